"""A scripted chat endpoint on loopback: answers late, and counts what it was asked."""

from __future__ import annotations

import hashlib
import json
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

_NOTHING = json.dumps({"values": [], "summary": []})


@dataclass
class ScriptedEndpoint:
    """What the endpoint saw: for each text, the calls that began and those it answered in full."""

    latency_s: float
    base_url: str = ""
    begun: Counter[str] = field(default_factory=Counter)
    answered: Counter[str] = field(default_factory=Counter)
    under_way: int = 0
    most: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)


@contextmanager
def scripted_endpoint(latency_s: float) -> Iterator[ScriptedEndpoint]:
    """Serve until the block ends; every reply is an empty suggestion after `latency_s`."""
    endpoint = ScriptedEndpoint(latency_s=latency_s)

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:  # the name is the base's
            """Say nothing."""

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            _answer(self, endpoint, _asked(body))

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 256

    server = Server(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    endpoint.base_url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    try:
        yield endpoint
    finally:
        server.shutdown()
        server.server_close()


def _asked(body: dict[str, object]) -> str:
    """Return a name for what was asked that does not change with the random fence."""
    messages = body.get("messages")
    text = str(messages[-1]["content"]) if isinstance(messages, list) else ""
    found = text.find("접수번호")
    return text[found : found + 20] if found >= 0 else hashlib.sha256(text.encode()).hexdigest()


def _answer(handler: BaseHTTPRequestHandler, endpoint: ScriptedEndpoint, asked: str) -> None:
    with endpoint.lock:
        endpoint.begun[asked] += 1
        endpoint.under_way += 1
        endpoint.most = max(endpoint.most, endpoint.under_way)
    time.sleep(endpoint.latency_s)
    try:
        handler.send_response(200)
        handler.send_header("Content-Type", "text/event-stream")
        handler.end_headers()
        for piece, finish in ((_NOTHING, None), (None, "stop")):
            handler.wfile.write(_chunk(piece, finish))
        handler.wfile.write(b"data: [DONE]\n\n")
        handler.wfile.flush()
        with endpoint.lock:
            endpoint.answered[asked] += 1
    except OSError:
        return  # the asker was killed while it waited
    finally:
        with endpoint.lock:
            endpoint.under_way -= 1


def _chunk(text: str | None, finish: str | None) -> bytes:
    delta = {} if text is None else {"content": text}
    body = {
        "id": "c",
        "object": "chat.completion.chunk",
        "created": 0,
        "model": "scripted",
        "choices": [{"index": 0, "delta": delta, "finish_reason": finish}],
    }
    return f"data: {json.dumps(body, ensure_ascii=False)}\n\n".encode()
