"""Notes every attempt of this process to reach another host; nothing of ours may make one."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

_OURS = frozenset({"127.0.0.1", "::1", "localhost", "", "0.0.0.0", "::"})  # noqa: S104 (compared)
_CALLS = frozenset(
    {"socket.connect", "socket.getaddrinfo", "socket.sendto", "socket.gethostbyname"}
)


@dataclass
class Trap:
    """What was caught while the trap was set, as `call host`."""

    caught: list[str] = field(default_factory=list)
    is_set: bool = False

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        if not self.is_set or event not in _CALLS:
            return
        where = (
            arguments[0]
            if event in {"socket.getaddrinfo", "socket.gethostbyname"}
            else arguments[1]
        )
        host = where[0] if isinstance(where, tuple) else where
        name = host.decode(errors="replace") if isinstance(host, bytes) else host
        if isinstance(name, str) and not name.startswith("/") and name not in _OURS:
            self.caught.append(f"{event} {name}")


_TRAP = Trap()
_HOOKED: list[Trap] = []


@contextmanager
def no_way_out() -> Iterator[Trap]:
    """Give a trap that catches connections and look-ups until the block ends."""
    if not _HOOKED:  # a hook can never be taken out again, so there is one for all tests
        sys.addaudithook(_TRAP)
        _HOOKED.append(_TRAP)
    _TRAP.caught, _TRAP.is_set = [], True
    try:
        yield _TRAP
    finally:
        _TRAP.is_set = False
