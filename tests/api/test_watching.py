"""Document states as a client that watches all of them is told."""

from __future__ import annotations

import json
import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from urllib.parse import quote, urlsplit

from assistant.settings import Settings
from tests.api.live import LiveServer, live_server, read_until


@contextmanager
def watching(server: LiveServer) -> Iterator[socket.socket]:
    with server.connect() as connection:
        connection.sendall(b"GET /api/documents/events HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        read_until(connection, "text/event-stream")
        yield connection


def call(server: LiveServer, method: str, path: str, body: str = "") -> dict[str, object]:
    connection = HTTPConnection(urlsplit(server.address).netloc, timeout=20)
    try:
        connection.request(method, path, body.encode())
        found: dict[str, object] = json.loads(connection.getresponse().read())
        return found
    finally:
        connection.close()


def upload(server: LiveServer, name: str, text: str) -> str:
    answer = call(server, "POST", f"/api/documents?file_name={quote(name)}", text)
    return str(answer["document"]["document_id"])  # type: ignore[index]


def test_a_file_that_settles_between_two_looks_is_told_in_its_last_state(
    settings: Settings,
) -> None:
    with live_server(settings) as server, watching(server) as connection:
        document_id = upload(server, "짧은 글.md", "# 짧은 글\n\n금방 읽는다.")
        told = read_until(connection, '"state":"ready"')
    assert re.search(rf'"document_id":"{document_id}".*"state":"ready"', told)


def test_a_refused_file_and_a_deleted_one_are_told(settings: Settings) -> None:
    with live_server(settings) as server, watching(server) as connection:
        document_id = upload(server, "깨진 파일.pdf", "%PDF-1.7 broken")
        assert "document_unreadable" in read_until(connection, '"state":"failed"')
        call(server, "DELETE", f"/api/documents/{document_id}")
        assert "event: gone" in read_until(connection, f'data: {{"document_id":"{document_id}"}}')


def test_a_deleted_file_that_comes_back_is_told(settings: Settings) -> None:
    with live_server(settings) as server:
        document_id = upload(server, "글.md", "# 글\n\n본문이다.")
        with watching(server) as connection:
            call(server, "DELETE", f"/api/documents/{document_id}")
            read_until(connection, "event: gone")
            call(server, "POST", f"/api/documents/{document_id}/restore")
            assert document_id in read_until(connection, "event: document")
