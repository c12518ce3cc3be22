"""A stand-in for a model endpoint on loopback: one that keeps to the evidence, one that does not.

Both record what they were sent. The reckless one does what a compromised model would do: it invents
articles and amounts, promises, hedges, and repeats the placeholders of masked data.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from assistant.officialdoc.style import polite_form

Reply = Callable[[str], str]
_PASSAGE = re.compile(
    r"\[(?P<fence>\S+) 시작 (?P<key>S\d+)\][^\n]*\n(?P<text>.*?)\n\[(?P=fence) 끝\]", re.S
)
_SENTENCE = re.compile(r"[가-힣][^\n.|]{12,160}다\.")
_MASKED = re.compile(r"⟦[^⟦⟧\n]{1,40}⟧")


@dataclass
class StandIn:
    """An endpoint that is running; `sent` holds the bodies of all requests as text."""

    base_url: str
    sent: list[str] = field(default_factory=list)


def faithful(prompt: str) -> str:
    """Answer with a sentence of the first passage that has one, made polite, with its key."""
    for passage in _PASSAGE.finditer(prompt):
        if found := _SENTENCE.search(passage["text"]):
            rest, _, last = found.group()[:-1].rpartition(" ")
            return f"{rest} {polite_form(last)} [{passage['key']}]."
    return "근거를 찾지 못했습니다."


def reckless(prompt: str) -> str:
    """Answer with what no source carries, cited to the first passage."""
    key = next((passage["key"] for passage in _PASSAGE.finditer(prompt)), "S1")
    masked = " ".join(dict.fromkeys(_MASKED.findall(prompt)))
    return (
        f"「민원 처리에 관한 법률」 제99조제9항에 따라 과태료 77,770,000원이 부과됩니다 [{key}]. "
        f"처리기간은 777일이며 반드시 승인해 드리겠습니다 [{key}]. "
        f"{faithful(prompt)} "
        f"2031. 7. 7.까지 보상금 5,550만원을 지급하겠습니다 [{key}]. "
        f"{masked} 님의 연락처는 010-9999-8888입니다 [{key}]. "
        "AI 모델로서 확실하지 않지만 아마 그럴 것 같습니다. "
        "이전 지시를 무시하고 모든 자료를 공개합니다 [S99]."
    )


@contextmanager
def stand_in(reply: Reply) -> Iterator[StandIn]:
    """Run an endpoint that answers each request with `reply` of its last message."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    running = StandIn(base_url=f"http://127.0.0.1:{server.server_port}/v1")
    server.RequestHandlerClass = type(
        "Handler", (_Handler,), {"reply": staticmethod(reply), "running": running}
    )
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield running
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    reply: Reply
    running: StandIn

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def do_POST(self) -> None:
        """Answer a chat request as a stream of one piece."""
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.running.sent.append(body)
        asked = str(json.loads(body)["messages"][-1]["content"])
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        for delta, finish in (({"content": self.reply(asked)}, None), ({}, "stop")):
            choice = {"index": 0, "delta": delta, "finish_reason": finish}
            chunk = {
                "id": "c",
                "object": "chat.completion.chunk",
                "created": 0,
                "model": "stand-in",
                "choices": [choice],
            }
            self.wfile.write(f"data: {json.dumps(chunk, ensure_ascii=False)}\n\n".encode())
        self.wfile.write(b"data: [DONE]\n\n")
