"""The trap itself works: else all that it proves would be nothing."""

import socket
from contextlib import suppress

from tests.attacks.trap import Trap


def test_a_look_up_of_another_host_is_caught(trap: Trap) -> None:
    trap.caught.clear()
    with suppress(OSError):
        socket.getaddrinfo("veil-attacker.invalid", 80)
    assert trap.caught == ["socket.getaddrinfo veil-attacker.invalid"]
    trap.caught.clear()


def test_a_connection_to_another_host_is_caught(trap: Trap) -> None:
    trap.caught.clear()
    with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
        one.connect(("192.0.2.1", 9))
    assert trap.caught == ["socket.connect 192.0.2.1"]
    trap.caught.clear()
