"""Stand-ins for what lies outside the process: a scripted model endpoint, and clocks."""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class FrozenClock:
    """A clock that moves only when told to."""

    now: float = 0.0

    def __call__(self) -> float:
        return self.now


@dataclass
class FakeEndpoint:
    """An OpenAI-compatible endpoint on loopback that answers as it is told.

    `mode` is one of: ok, echo, slow:<s>, 429:<n>:<retry_after>, 500:<n>, hang, stall, drip:<s>,
    truncated, endless, badjson, badchunk, wrongschema, empty, length, filter, html, reset, 400,
    temperature, nousage, noschema (names what it refuses), plainest (400 to any extra field),
    silent (tells no tokens), sums (tells the tokens so far with each piece), or said:<p>:<c>
    (tells these). `replies` maps a piece of the request to the reply for it; `reply` is
    the rest's.
    """

    reply: str = "예, 그렇습니다 [S1]."
    mode: str = "ok"
    replies: dict[str, str] = field(default_factory=dict)
    models: tuple[str, ...] = ("test-model",)
    requests: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    asked: threading.Event = field(default_factory=threading.Event)
    disconnected: threading.Event = field(default_factory=threading.Event)
    under_way: int = 0
    most_under_way: int = 0
    base_url: str = ""
    _closing: threading.Event = field(default_factory=threading.Event)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def sent_text(self) -> str:
        """All that the endpoint was sent, as one text."""
        return json.dumps(self.requests, ensure_ascii=False)

    def reply_to(self, body: dict[str, Any]) -> str:
        """Return the text that a request is answered with."""
        if self.mode == "echo":
            return str(body["messages"][-1]["content"])
        sent = json.dumps(body, ensure_ascii=False)
        return next((reply for part, reply in self.replies.items() if part in sent), self.reply)

    def wait(self, seconds: float) -> None:
        """Sleep, but not past the end of the test."""
        self._closing.wait(seconds)

    @property
    def is_closing(self) -> bool:
        return self._closing.is_set()


_BODIES = {
    "html": (502, "text/html", b"<html>gateway</html>"),
    "badjson": (200, "application/json", b'{"choices":[{"message":'),
    "wrongschema": (200, "application/json", b'{"result": "hi"}'),
    "400": (400, "application/json", b'{"error": {"message": "bad request"}}'),
    "noschema": (422, "application/json", b'{"detail": [{"loc": ["body", "response_format"]}]}'),
    "nousage": (400, "application/json", b'{"error": {"message": "unknown field"}}'),
    "plainest": (400, "application/json", b'{"error": {"message": "unknown field"}}'),
    "temperature": (400, "application/json", b'{"error": {"message": "no temperature here"}}'),
}


# What a request must hold for the fault to be due; every request where nothing is named.
_DUE = {
    "temperature": ("temperature",),
    "noschema": ("response_format", "text"),
    "plainest": ("response_format", "stream_options"),
    "nousage": ("stream_options",),
}


def _piece(text: str | None, finish: str | None = None) -> bytes:
    choice = {
        "index": 0,
        "delta": {} if text is None else {"content": text},
        "finish_reason": finish,
    }
    chunk = {"id": "c", "object": "chat.completion.chunk", "created": 0, "model": "test-model"}
    return f"data: {json.dumps({**chunk, 'choices': [choice]}, ensure_ascii=False)}\n\n".encode()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    endpoint: FakeEndpoint

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        if self.endpoint.mode == "nolist":
            self._json(404, {"error": {"message": "no such page"}})
            return
        models = [{"id": name, "object": "model"} for name in self.endpoint.models]
        self._json(200, {"object": "list", "data": models})

    def do_POST(self) -> None:
        endpoint = self.endpoint
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        with endpoint._lock:
            endpoint.requests.append(body)
            endpoint.asked.set()
            endpoint.headers.append({k.lower(): v for k, v in self.headers.items()})
            endpoint.under_way += 1
            endpoint.most_under_way = max(endpoint.most_under_way, endpoint.under_way)
        try:
            if not self._fault(body):
                self._answer(body)
        except (BrokenPipeError, ConnectionResetError):
            endpoint.disconnected.set()
            self.close_connection = True
        finally:
            with endpoint._lock:
                endpoint.under_way -= 1

    def _json(self, status: int, content: object, headers: dict[str, str] | None = None) -> None:
        self._send(status, json.dumps(content).encode(), "application/json", headers or {})

    def _send(self, status: int, content: bytes, kind: str, headers: dict[str, str]) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def _fault(self, body: dict[str, Any]) -> bool:
        """Answer with a fault that needs no stream; return whether one was due."""
        mode, *facts = self.endpoint.mode.split(":")
        if mode in {"429", "500"} and len(self.endpoint.requests) <= int(facts[0]):
            headers = {"Retry-After": facts[1]} if len(facts) > 1 else {}
            self._json(int(mode), {"error": {"message": "busy"}}, headers)
        elif mode in _BODIES and any(name in body for name in _DUE.get(mode, body)):
            status, kind, content = _BODIES[mode]
            self._send(status, content, kind, {})
        elif mode == "hang":
            self._hang()
        elif mode == "reset":
            self.connection.close()
            self.close_connection = True
        else:
            self.endpoint.wait(float(facts[0]) if mode == "slow" else 0)
            return False
        return True

    def _hang(self) -> None:
        """Stay silent until the other side goes away or the test ends."""
        self.connection.settimeout(0.05)
        while not self.endpoint.is_closing:
            try:
                if not self.connection.recv(1):
                    self.endpoint.disconnected.set()
                    break
            except TimeoutError:
                continue
        self.close_connection = True

    def _answer(self, body: dict[str, Any]) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        is_responses = self.path.endswith("/responses")
        for block in self._events(body) if is_responses else self._blocks(body):
            self.wfile.write(block)
            self.wfile.flush()

    def _events(self, body: dict[str, Any]) -> Iterator[bytes]:
        """Yield the events of the Responses API."""
        text = self.endpoint.reply_to(body)
        status = "incomplete" if self.endpoint.mode == "length" else "completed"
        response = {
            "id": "r", "object": "response", "created_at": 0, "model": "test-model", "output": [],
            "parallel_tool_calls": False, "tool_choice": "auto", "tools": [],
        }  # fmt: skip
        part = {"item_id": "m", "output_index": 0, "content_index": 0, "logprobs": []}
        events: list[dict[str, Any]] = [
            {"type": "response.created", "response": {**response, "status": "in_progress"}},
            *(
                {"type": "response.output_text.delta", "delta": piece, **part}
                for piece in re.findall(r".{1,4}", text, re.S)
            ),
            {
                "type": f"response.{status}",
                "response": {**response, "status": status, "usage": _counted(body, text)},
            },
        ]
        for number, event in enumerate(events):
            content = json.dumps({**event, "sequence_number": number}, ensure_ascii=False)
            yield f"event: {event['type']}\ndata: {content}\n\n".encode()

    def _blocks(self, body: dict[str, Any]) -> Iterator[bytes]:
        mode, *facts = self.endpoint.mode.split(":")
        text = "" if mode == "empty" else self.endpoint.reply_to(body)
        while mode == "endless" and not self.endpoint.is_closing:
            yield _piece("가" * 50)
            time.sleep(0.001)
        for index, piece in enumerate(re.findall(r".{1,4}", text, re.S)):
            yield _piece(piece)
            if mode == "sums":
                yield from _usage(body, text[: 4 * index + 4], mode)
            if mode == "drip":
                self.endpoint.wait(float(facts[0]))
            if mode == "stall" and index == 1:
                self._hang()
                return
            if mode == "truncated" and index == 1:
                return
            if mode == "badchunk" and index == 1:
                yield b'data: {"choices":[{"del\n\n'
        yield _piece(None, {"length": "length", "filter": "content_filter"}.get(mode, "stop"))
        yield from _usage(body, text, self.endpoint.mode)
        yield b"data: [DONE]\n\n"


def _counted(body: dict[str, Any], text: str) -> dict[str, Any]:
    """Return the tokens of a request to the Responses API; here each character is one."""
    counts = {"input_tokens": len(str(body["input"])), "output_tokens": len(text)}
    details = {
        "input_tokens_details": {"cached_tokens": 0},
        "output_tokens_details": {"reasoning_tokens": 0},
    }
    return {**counts, "total_tokens": sum(counts.values()), **details}


def _usage(body: dict[str, Any], text: str, mode: str) -> Iterator[bytes]:
    """Yield the tokens of a request that asks for them; each character is one unless told."""
    if "stream_options" not in body or mode == "silent":
        return
    prompt, completion = len(str(body["messages"])), len(text)
    if mode.startswith("said:"):
        prompt, completion = map(int, mode.split(":")[1:])
    counts = {"prompt_tokens": prompt, "completion_tokens": completion}
    usage = {**counts, "total_tokens": prompt + completion}
    chunk = {"id": "c", "object": "chat.completion.chunk", "created": 0, "model": "test-model"}
    yield f"data: {json.dumps({**chunk, 'choices': [], 'usage': usage})}\n\n".encode()


@contextmanager
def fake_endpoint(**facts: Any) -> Iterator[FakeEndpoint]:
    """Run a fake endpoint on a free port of loopback."""
    endpoint = FakeEndpoint(**facts)
    handler = type("Handler", (_Handler,), {"endpoint": endpoint})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    server.block_on_close = False
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    endpoint.base_url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    try:
        yield endpoint
    finally:
        endpoint._closing.set()
        server.shutdown()
        server.server_close()
        thread.join(2)
