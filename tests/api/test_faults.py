"""However a model endpoint fails, sources and an answer come all the same; over real HTTP."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from typing import Any

import httpx2
import pytest
from pydantic import SecretStr

from assistant.settings import Settings
from tests.api.conftest import RULE
from tests.api.events import Received, parse
from tests.api.live import LiveServer, live_server, read_until
from tests.fakes import FakeEndpoint

# Two seconds are promised; a machine that does other work besides gets more.
PATIENCE_S = 6.0
QUESTION = "시범사용 완료보고서는 며칠 이내에 제출하나요?"
SUPPORTED = "계약상대자는 시범사용이 끝난 날부터 14일 이내에 완료보고서를 제출하여야 한다 [S1]."
REPLY = f"{SUPPORTED} 제1항의 기한은 한 번만 7일의 범위에서 늘릴 수 있다 [S1]. " * 3
DEADLINE_S = 3.0
READ_TIMEOUT_S = 1.5
SPARE_S = 6.0  # for searching, checking and storing on a busy machine

# What the endpoint does, and what the answer says of it.
NOTHING_USABLE = [
    ("429:9:1", "model_failed:rate_limited"),
    ("500:9", "model_failed:server_error"),
    ("hang", "model_failed:timeout"),
    ("slow:9", "model_failed:timeout"),
    ("stall", "model_failed:timeout"),
    ("badjson", "model_failed:bad_reply"),
    ("badchunk", "model_failed:bad_reply"),
    ("wrongschema", "model_failed:bad_reply"),
    ("empty", "model_failed:bad_reply"),
    ("html", "model_failed:server_error"),
    ("reset", "model_failed:unreachable"),
    ("400", "model_failed:refused"),
    ("truncated", "model_failed:incomplete"),
    ("endless", "model_failed:too_long"),
]


@pytest.fixture
def served(settings: Settings, endpoint: FakeEndpoint) -> Iterator[LiveServer]:
    """Return a server with one document and a model whose time is short."""
    model = {
        "llm_base_url": endpoint.base_url,
        "llm_model": "test-model",
        "llm_api_key": SecretStr("test"),
        "llm_deadline_s": DEADLINE_S,
        "llm_read_timeout_s": READ_TIMEOUT_S,
    }
    with live_server(settings.model_copy(update=model)) as server:
        with httpx2.Client(base_url=server.address, timeout=30) as client:
            sent = client.post(
                "/api/documents", params={"file_name": "규정.md"}, content=RULE.encode()
            )
            document_id = sent.json()["document"]["document_id"]
            client.get(f"/api/documents/{document_id}/events")
        yield server


def ask(server: LiveServer) -> tuple[list[Received], float]:
    began = time.monotonic()
    response = httpx2.post(f"{server.address}/api/chat", json={"question": QUESTION}, timeout=60)
    return parse(response.text), time.monotonic() - began


def stored(server: LiveServer, started: dict[str, Any]) -> dict[str, Any]:
    address = f"{server.address}/api/conversations/{started['conversation_id']}"
    (turn,) = httpx2.get(address).json()["turns"]
    return dict(turn)


@pytest.mark.slow
@pytest.mark.parametrize(("mode", "notice"), NOTHING_USABLE, ids=[m for m, _ in NOTHING_USABLE])
def test_a_fault_leaves_sources_an_answer_a_notice_and_a_stored_turn(
    served: LiveServer, endpoint: FakeEndpoint, mode: str, notice: str
) -> None:
    endpoint.mode, endpoint.reply = mode, REPLY
    events, took_s = ask(served)
    answer = events[-1].data
    assert took_s < DEADLINE_S + SPARE_S
    assert [event.name for event in events].count("passages") == 1
    assert notice in answer["notices"]
    assert "14일" in answer["text"]
    assert answer["citations"]
    assert stored(served, events[0].data)["answer"] == answer


@pytest.mark.parametrize(
    ("mode", "reply"),
    [
        pytest.param("length", REPLY, id="length"),
        pytest.param("filter", REPLY, id="content filter"),
        pytest.param("drip:0.1", REPLY * 9, id="drip"),
    ],
)
def test_what_a_model_had_written_before_it_broke_off_is_checked_and_marked_incomplete(
    served: LiveServer, endpoint: FakeEndpoint, mode: str, reply: str
) -> None:
    endpoint.mode, endpoint.reply = mode, reply
    events, took_s = ask(served)
    answer = events[-1].data
    assert took_s < DEADLINE_S + SPARE_S
    assert not answer["complete"]
    assert "incomplete" in answer["notices"]
    assert answer["sentences"][0]["status"] == "supported"
    assert stored(served, events[0].data)["answer"] == answer


@pytest.mark.parametrize(
    "reply",
    ["죄송하지만 도와드릴 수 없습니다.", "I'm sorry, but I can't help with that.", "???", "\u200b"],
)
def test_a_refusal_in_words_is_never_shown_as_an_answer(
    served: LiveServer, endpoint: FakeEndpoint, reply: str
) -> None:
    endpoint.reply = reply
    events, _ = ask(served)
    answer = events[-1].data
    assert "passages" in [event.name for event in events]
    assert reply not in answer["text"]
    assert answer["outcome"] == "no_evidence" or answer["citations"]


def test_a_short_spell_of_trouble_is_sat_out(served: LiveServer, endpoint: FakeEndpoint) -> None:
    endpoint.mode, endpoint.reply = "500:1", SUPPORTED
    events, _ = ask(served)
    assert events[-1].data["model"] == "test-model"
    assert len(endpoint.requests) == 2


@pytest.mark.parametrize("mode", ["hang", "slow:9", "endless"])
@pytest.mark.parametrize("by", ["leaving", "stop"])
def test_a_call_that_brings_nothing_ends_within_two_seconds_of_the_wish(
    served: LiveServer, endpoint: FakeEndpoint, mode: str, by: str
) -> None:
    endpoint.mode = mode
    body = json.dumps({"question": QUESTION}).encode()
    with served.post("/api/chat", body) as connection:
        seen = read_until(connection, "event: passages")
        assert endpoint.asked.wait(5)
        began = time.monotonic()
        if by == "stop":
            turn_id = json.loads(seen.split("event: started\ndata: ")[1].split("\n")[0])["turn_id"]
            assert httpx2.post(f"{served.address}/api/turns/{turn_id}/stop").status_code == 204
    while endpoint.under_way and mode != "slow:9":
        assert time.monotonic() - began < PATIENCE_S
        time.sleep(0.02)
    while (turn := only_turn(served))["state"] == "running":
        assert time.monotonic() - began < PATIENCE_S
        time.sleep(0.02)
    assert turn["state"] in {"stopped", "final"}


def only_turn(server: LiveServer) -> dict[str, Any]:
    (one,) = httpx2.get(f"{server.address}/api/conversations").json()["conversations"]
    return stored(server, one)
