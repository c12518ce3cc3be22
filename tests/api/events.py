"""Reading server-sent events in tests."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from starlette.testclient import TestClient


@dataclass(frozen=True)
class Received:
    """One event as a client got it."""

    number: str
    name: str
    data: dict[str, Any]


def parse(text: str) -> list[Received]:
    events = []
    for block in text.split("\n\n"):
        lines = [line for line in block.split("\n") if line and not line.startswith(":")]
        fields = dict(line.split(": ", 1) for line in lines)
        if fields:
            events.append(Received(fields["id"], fields["event"], json.loads(fields["data"])))
    return events


def ask(client: TestClient, question: str, **fields: Any) -> list[Received]:
    """Ask and return all events; the answer is the last."""
    response = client.post("/api/chat", json={"question": question, **fields})
    assert response.status_code == 200, response.text
    return parse(response.text)
