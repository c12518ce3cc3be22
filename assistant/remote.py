"""Hand work to the server that holds the data folder, over its own HTTP interface."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeAlias
from urllib.parse import quote, urlencode, urlsplit

from assistant.errors import AssistantError, NotFoundError, ServiceError

_TIMEOUT_S = 120.0
_BLOCK_BYTES = 65_536
_AS_JSON = {"Content-Type": "application/json"}

Json: TypeAlias = dict[str, Any]  # bodies of our own server; the border of this module


class RemoteError(AssistantError):
    """The server refused; `detail` is its wording and `remote_code` its code."""

    code = "service"

    def __init__(self, *, status: int, remote_code: str, detail: str) -> None:
        super().__init__(f"server answered {status} {remote_code}")
        self.status = status
        self.remote_code = remote_code
        self.detail = detail


class RemoteAssistant:
    """The server at `address`, for example `http://127.0.0.1:8000`."""

    def __init__(self, address: str, *, timeout_s: float = _TIMEOUT_S) -> None:
        parts = urlsplit(address)
        self._host = parts.hostname or "127.0.0.1"
        self._port = parts.port or 80
        self._timeout_s = timeout_s

    def health(self) -> Json:
        """Return what `/api/health` says."""
        return self._json("GET", "/api/health")

    def document(self, document_id: str) -> Json:
        """Return a document as the page sees it."""
        return self._json("GET", f"/api/documents/{quote(document_id, safe='')}")

    def collection_id(self, name: str) -> str:
        """Return the id of the collection with that id or name.

        Raises:
            NotFoundError: There is none.
        """
        for found in self._json("GET", "/api/collections")["collections"]:
            if name in (found["collection_id"], found["name"]):
                return str(found["collection_id"])
        raise NotFoundError(what="collection")

    def upload(
        self,
        path: Path,
        *,
        file_name: str,
        collection_id: str | None,
        grade: str | None,
    ) -> Json:
        """Upload a file and return `{document, duplicate, changed}`."""
        asked = {"file_name": file_name, "collection_id": collection_id, "grade": grade}
        query = urlencode({name: value for name, value in asked.items() if value})
        size = path.stat().st_size
        headers = {
            "Content-Type": "application/octet-stream",
            "Content-Length": str(size),
        }

        def blocks() -> Iterator[bytes]:
            with path.open("rb") as file:
                while block := file.read(_BLOCK_BYTES):
                    yield block

        return self._json("POST", f"/api/documents?{query}", body=blocks(), headers=headers)

    def pilots(self) -> Json:
        """Return the portfolio of pilots as the page sees it."""
        return self._json("GET", "/api/pilots")

    def pilot_report(self, pilot_id: str, *, kind: str, fmt: str) -> bytes:
        """Return a report on a pilot as a file."""
        query = urlencode({"kind": kind, "format": fmt})
        return self._bytes(f"/api/pilots/{quote(pilot_id, safe='')}/report?{query}")

    def answer_file(self, turn_id: str, *, fmt: str) -> bytes:
        """Return a finished answer as a file."""
        query = urlencode({"format": fmt})
        return self._bytes(f"/api/turns/{quote(turn_id, safe='')}/export?{query}")

    def take_complaint(
        self, data: bytes, *, file_name: str, number: str, received_at: str | None
    ) -> Json:
        """Hand in the complaint that a file holds; return the case as the page sees it."""
        asked = {"file_name": file_name, "number": number, "received_at": received_at}
        query = urlencode({name: value for name, value in asked.items() if value})
        headers = {"Content-Type": "application/octet-stream", "Content-Length": str(len(data))}
        return self._json(
            "POST", f"/api/complaints/file?{query}", body=iter((data,)), headers=headers
        )

    def change_complaint(self, complaint_id: str, changed: Json) -> Json:
        """Change details of a case."""
        target = f"/api/complaints/{quote(complaint_id, safe='')}"
        return self._json("PATCH", target, body=json.dumps(changed).encode(), headers=_AS_JSON)

    def complaint(self, complaint_id: str) -> Json:
        """Return a case as the page sees it."""
        return self._json("GET", f"/api/complaints/{quote(complaint_id, safe='')}")

    def write_letter(self, complaint_id: str) -> Json:
        """Have the reply of a case written; return `{paper_id, notices}`."""
        target = f"/api/complaints/{quote(complaint_id, safe='')}/letters"
        return self._last_event(target, {}, wanted="written")

    def draft(self, paper_id: str) -> Json:
        """Return a draft with what blocks its approval."""
        return self._json("GET", f"/api/drafts/{quote(paper_id, safe='')}")

    def draft_file(self, paper_id: str, *, fmt: str) -> bytes:
        """Return a draft as a file."""
        query = urlencode({"format": fmt})
        return self._bytes(f"/api/drafts/{quote(paper_id, safe='')}/export?{query}")

    def ask(self, question: str) -> Json:
        """Ask and return the final answer, as the page gets it."""
        return self._last_event("/api/chat", {"question": question}, wanted="answer")

    def _last_event(self, target: str, body: Json, *, wanted: str) -> Json:
        """Return the event that ends a stream."""
        sent = json.dumps(body).encode()
        connection, response = self._send("POST", target, body=sent, headers=_AS_JSON)
        try:
            event = ""
            for raw in response:
                name, _, value = raw.decode("utf-8").rstrip("\r\n").partition(": ")
                if name == "event":
                    event = value
                elif name == "data" and event == wanted:
                    return _object(value)
                elif name == "data" and event == "error":
                    raise _refusal(500, value)
        except OSError as error:
            raise ServiceError("the server went away") from error
        finally:
            connection.close()
        raise ServiceError("the server ended without an answer")

    def _bytes(self, target: str) -> bytes:
        connection, response = self._send("GET", target, body=None, headers=None)
        try:
            return response.read()
        except OSError as error:
            raise ServiceError("the server went away") from error
        finally:
            connection.close()

    def _json(
        self,
        method: str,
        target: str,
        *,
        body: bytes | Iterator[bytes] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Json:
        connection, response = self._send(method, target, body=body, headers=headers)
        try:
            return _object(response.read().decode("utf-8"))
        except OSError as error:
            raise ServiceError("the server went away") from error
        finally:
            connection.close()

    def _send(
        self,
        method: str,
        target: str,
        *,
        body: bytes | Iterator[bytes] | None,
        headers: Mapping[str, str] | None,
    ) -> tuple[http.client.HTTPConnection, http.client.HTTPResponse]:
        connection = http.client.HTTPConnection(self._host, self._port, timeout=self._timeout_s)
        try:
            connection.request(method, target, body=body, headers=dict(headers or {}))
            response = connection.getresponse()
            if response.status >= 400:
                raise _refusal(response.status, response.read().decode("utf-8", "replace"))
        except OSError as error:
            connection.close()
            raise ServiceError("the server cannot be reached") from error
        except RemoteError:
            connection.close()
            raise
        return connection, response


def _object(text: str) -> Json:
    try:
        found = json.loads(text)
    except ValueError as error:
        raise ServiceError("the server sent no JSON") from error
    if not isinstance(found, dict):
        raise ServiceError("the server sent no object")
    return found


def _refusal(status: int, text: str) -> RemoteError:
    try:
        found = _object(text)
    except ServiceError:
        found = {}
    return RemoteError(
        status=status,
        remote_code=str(found.get("code", "")),
        detail=str(found.get("detail", "")),
    )
