"""A real server on a real port, for what only a network shows."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from api.app import Server, create_app
from assistant import assembly
from assistant.settings import Settings


class LiveServer:
    """A server in a thread of this process."""

    def __init__(self, settings: Settings, assistant: assembly.Assistant | None = None) -> None:
        self.assistant = assistant or assembly.build(settings)
        self.app = create_app(self.assistant, settings)
        self._listening = threading.Event()
        self.address = ""
        self.server = Server(self.app, host="127.0.0.1", port=0, on_listening=self._heard)
        self._thread = threading.Thread(target=lambda: asyncio.run(self.server.serve()))

    def _heard(self, address: str) -> None:
        self.address = address
        self._listening.set()

    def start(self) -> None:
        self._thread.start()
        assert self._listening.wait(20)

    def stop(self) -> float:
        """Stop as a signal would, and return how many seconds it took; harmless when done twice."""
        began = time.monotonic()
        self.server.should_exit = True
        self._thread.join(20)
        assert not self._thread.is_alive()
        return time.monotonic() - began

    def connect(self) -> socket.socket:
        parts = urlsplit(self.address)
        return socket.create_connection((parts.hostname, parts.port), timeout=20)

    def post(self, target: str, body: bytes) -> socket.socket:
        """Send a POST by hand and return the socket, the response unread."""
        connection = self.connect()
        head = (
            f"POST {target} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        connection.sendall(head.encode() + body)
        return connection


@contextmanager
def live_server(settings: Settings) -> Iterator[LiveServer]:
    """Run a server until the block ends."""
    server = LiveServer(settings)
    server.start()
    try:
        yield server
    finally:
        server.stop()


def read_until(connection: socket.socket, mark: str, *, within_s: float = 15.0) -> str:
    """Read until `mark` has come, and return everything."""
    received = b""
    deadline = time.monotonic() + within_s
    while mark.encode() not in received:
        assert time.monotonic() < deadline, received.decode(errors="replace")
        block = connection.recv(65_536)
        assert block, received.decode(errors="replace")
        received += block
    return received.decode(errors="replace")
