"""A client that leaves, a Stop button, and a server that stops: the answer so far is kept."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import httpx2
import pytest
from pydantic import SecretStr

from assistant.settings import Settings
from assistant.store import NewTurn, Store
from tests.api.conftest import RULE
from tests.api.live import LiveServer, live_server, read_until
from tests.fakes import FakeEndpoint

QUESTION = json.dumps({"question": "시범사용 완료보고서는 며칠 이내에 제출하나요?"}).encode()
REPLY = "시범사용이 끝난 날부터 14일 이내에 완료보고서를 제출하여야 합니다 [S1]. " * 20


@contextmanager
def slow_model_server(
    settings: Settings, endpoint: FakeEndpoint, **changes: object
) -> Iterator[LiveServer]:
    """Run a server with one document and a model that writes slowly."""
    endpoint.mode = "drip:0.1"
    endpoint.reply = REPLY
    model = {
        "llm_base_url": endpoint.base_url,
        "llm_model": "test-model",
        "llm_api_key": SecretStr("test"),
        "llm_internal": True,
    }
    with live_server(settings.model_copy(update=model | changes)) as server:
        with httpx2.Client(base_url=server.address, timeout=20) as client:
            upload = client.post(
                "/api/documents", params={"file_name": "규정.md"}, content=RULE.encode()
            )
            document_id = upload.json()["document"]["document_id"]
            client.get(f"/api/documents/{document_id}/events")
        yield server


@pytest.fixture
def served(settings: Settings, endpoint: FakeEndpoint) -> Iterator[LiveServer]:
    """Return a server with one document and a model that writes slowly."""
    with slow_model_server(settings, endpoint) as server:
        yield server


def turn_of(server: LiveServer, **wanted: str) -> dict[str, Any]:
    """Return the one stored turn, once it has the `wanted` state."""
    deadline = time.monotonic() + 10
    with httpx2.Client(base_url=server.address, timeout=20) as client:
        while True:
            (one,) = client.get("/api/conversations").json()["conversations"]
            address = f"/api/conversations/{one['conversation_id']}"
            (turn,) = client.get(address).json()["turns"]
            if all(turn[key] == value for key, value in wanted.items()):
                found: dict[str, Any] = turn
                return found
            assert time.monotonic() < deadline, turn["state"]
            time.sleep(0.05)


def wait_for(condition: Callable[[], bool], *, within_s: float) -> float:
    began = time.monotonic()
    while not condition():
        assert time.monotonic() - began < within_s
        time.sleep(0.02)
    return time.monotonic() - began


def test_leaving_ends_the_call_to_the_model_within_two_seconds(
    served: LiveServer, endpoint: FakeEndpoint
) -> None:
    with served.post("/api/chat", QUESTION) as connection:
        read_until(connection, "event: delta")
    assert wait_for(endpoint.disconnected.is_set, within_s=10.0) < 4.0


def test_leaving_keeps_the_text_so_far_as_incomplete(served: LiveServer) -> None:
    with served.post("/api/chat", QUESTION) as connection:
        read_until(connection, "event: delta")
    answer = turn_of(served, state="stopped")["answer"]
    assert answer["text"]
    assert REPLY.startswith(answer["text"])
    assert not answer["complete"]


def test_the_stop_button_ends_the_stream_with_what_there_is(
    served: LiveServer, endpoint: FakeEndpoint
) -> None:
    with served.post("/api/chat", QUESTION) as connection:
        seen = read_until(connection, "event: delta")
        turn_id = json.loads(seen.split("event: started\ndata: ")[1].split("\n")[0])["turn_id"]
        stopped = httpx2.post(f"{served.address}/api/turns/{turn_id}/stop")
        assert stopped.status_code == 204
        read_until(connection, '"state":"stopped"')
    assert wait_for(endpoint.disconnected.is_set, within_s=10.0) < 4.0


def test_a_server_that_stops_keeps_the_text_so_far(served: LiveServer, settings: Settings) -> None:
    with served.post("/api/chat", QUESTION) as connection:
        read_until(connection, "event: delta")
        assert served.stop() < 10
    with live_server(settings) as again:
        text = turn_of(again, state="stopped")["answer"]["text"]
    assert text
    assert REPLY.startswith(text)


def test_a_stream_that_never_ends_does_not_hold_up_the_stop(settings: Settings) -> None:
    with live_server(settings) as server, server.connect() as connection:
        connection.sendall(b"GET /api/documents/events HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        read_until(connection, "200 OK")
        assert server.stop() < 5


def test_what_a_crash_left_running_is_stopped_at_the_next_start(settings: Settings) -> None:
    settings.data_dir.mkdir(parents=True)
    with Store.open(settings.resolved_database_url) as store:
        store.conversations.start_turn(NewTurn(institution_id="default", question="기한은?"))
    with live_server(settings) as server:
        assert turn_of(server, state="stopped")["answer"]["complete"] is False


def test_more_answers_at_once_than_allowed_are_asked_to_wait(
    settings: Settings, endpoint: FakeEndpoint
) -> None:
    with (
        slow_model_server(settings, endpoint, chat_max_concurrent=1) as server,
        server.post("/api/chat", QUESTION) as first,
    ):
        read_until(first, "event: delta")
        with server.post("/api/chat", QUESTION) as second:
            refused = read_until(second, "request_id")
    assert refused.startswith("HTTP/1.1 429")
    assert "retry-after: 5" in refused.lower()
    assert "too_many_chats" in refused
