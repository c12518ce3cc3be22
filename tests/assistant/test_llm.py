from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Coroutine
from contextlib import aclosing
from typing import Any

import pytest
from pydantic import SecretStr

from assistant.domain import Message
from assistant.errors import ModelUnavailableError
from assistant.llm import CircuitBreaker, Endpoint, EndpointModel, check
from assistant.settings import Settings
from tests.fakes import FakeEndpoint, FrozenClock

ASKED = [Message(role="system", content="규칙"), Message(role="user", content="질문")]


def make_model(endpoint: FakeEndpoint, **overrides: Any) -> EndpointModel:
    facts: dict[str, Any] = {
        "base_url": endpoint.base_url,
        "model": "test-model",
        "api_key": SecretStr("test-key"),
        "deadline_s": 4.0,
        "read_timeout_s": 1.0,
        "backoff_s": 0.01,
    }
    breaker = overrides.pop("breaker", None)
    return EndpointModel(Endpoint(**(facts | overrides)), breaker=breaker)


def run(work: Coroutine[Any, Any, Any]) -> Any:
    return asyncio.run(work)


async def outcome_of(model: EndpointModel) -> tuple[str, str]:
    """Return the text that was given out and the reason of the failure."""
    pieces: list[str] = []
    try:
        async for piece in model.stream(ASKED):
            pieces.append(piece)
    except ModelUnavailableError as error:
        return "".join(pieces), error.reason
    return "".join(pieces), ""


def test_a_reply_comes_in_pieces_and_whole(endpoint: FakeEndpoint) -> None:
    model = make_model(endpoint)
    assert run(outcome_of(model)) == (endpoint.reply, "")
    assert run(model.complete(ASKED)) == endpoint.reply


def test_the_request_holds_the_messages_and_nothing_that_servers_refuse(
    endpoint: FakeEndpoint,
) -> None:
    run(make_model(endpoint).complete(ASKED))
    sent = endpoint.requests[0]
    assert [(m["role"], m["content"]) for m in sent["messages"]] == [
        ("system", "규칙"),
        ("user", "질문"),
    ]
    assert set(sent) == {"messages", "model", "stream", "temperature"}
    assert endpoint.headers[0]["authorization"] == "Bearer test-key"


@pytest.mark.parametrize(("mode", "reason"), [("ok", ""), ("length", "incomplete")])
def test_the_responses_api_is_used_when_the_settings_say_so(
    endpoint: FakeEndpoint, mode: str, reason: str
) -> None:
    endpoint.mode = mode
    found = run(outcome_of(make_model(endpoint, use_responses_api=True)))
    assert found == (endpoint.reply, reason)
    assert "input" in endpoint.requests[0]


@pytest.mark.parametrize(
    ("mode", "given", "reason", "requests"),
    [
        pytest.param("hang", "", "timeout", 1, id="silence"),
        pytest.param("slow:2", "", "timeout", 1, id="late first token"),
        pytest.param("stall", "some", "timeout", 1, id="silence within the reply"),
        pytest.param("truncated", "some", "incomplete", 1, id="stream ends without a finish"),
        pytest.param("length", "all", "incomplete", 1, id="cut by the server's limit"),
        pytest.param("filter", "all", "refused", 1, id="content filter"),
        pytest.param("endless", "some", "too_long", 1, id="never ends"),
        pytest.param("badjson", "", "bad_reply", 1, id="half a JSON body"),
        pytest.param("badchunk", "some", "bad_reply", 1, id="half a JSON chunk"),
        pytest.param("wrongschema", "", "bad_reply", 1, id="another schema"),
        pytest.param("empty", "", "bad_reply", 1, id="no text"),
        pytest.param("html", "", "server_error", 3, id="gateway page"),
        pytest.param("reset", "", "unreachable", 3, id="connection dropped"),
        pytest.param("400", "", "refused", 1, id="bad request"),
        pytest.param("500:9", "", "server_error", 3, id="server error stays"),
        pytest.param("429:9:0", "", "rate_limited", 3, id="rate limit stays"),
        pytest.param("429:9:60", "", "rate_limited", 1, id="asked to wait too long"),
    ],
)
def test_each_fault_ends_in_time_with_its_reason(
    endpoint: FakeEndpoint, mode: str, given: str, reason: str, requests: int
) -> None:
    endpoint.mode = mode
    started = time.monotonic()
    text, found = run(outcome_of(make_model(endpoint, max_chars=2_000)))
    assert found == reason
    assert time.monotonic() - started < 3
    assert len(endpoint.requests) == requests
    expected = {"": text == "", "all": text == endpoint.reply, "some": bool(text)}
    assert expected[given]


@pytest.mark.parametrize("mode", ["500:1", "500:2", "429:1:0", "429:2:0"])
def test_a_passing_fault_is_retried_before_the_first_token(
    endpoint: FakeEndpoint, mode: str
) -> None:
    endpoint.mode = mode
    assert run(outcome_of(make_model(endpoint))) == (endpoint.reply, "")


def test_retry_after_is_honoured(endpoint: FakeEndpoint) -> None:
    endpoint.mode = "429:1:1"
    started = time.monotonic()
    assert run(outcome_of(make_model(endpoint))) == (endpoint.reply, "")
    assert time.monotonic() - started >= 1


def test_retries_count_against_the_deadline(endpoint: FakeEndpoint) -> None:
    endpoint.mode = "429:9:2"
    started = time.monotonic()
    assert run(outcome_of(make_model(endpoint, deadline_s=1.0)))[1] == "rate_limited"
    assert time.monotonic() - started < 1


def test_a_dripping_reply_ends_at_the_total_deadline(endpoint: FakeEndpoint) -> None:
    endpoint.mode, endpoint.reply = "drip:0.1", "가나다라" * 100
    started = time.monotonic()
    text, reason = run(outcome_of(make_model(endpoint, deadline_s=0.8)))
    assert (bool(text), reason) == (True, "timeout")
    assert time.monotonic() - started < 1.6


def test_nothing_listening_is_unreachable() -> None:
    nobody = FakeEndpoint(base_url="http://127.0.0.1:9/v1")
    assert run(outcome_of(make_model(nobody))) == ("", "unreachable")


def test_a_model_without_temperature_is_asked_again_without_it(endpoint: FakeEndpoint) -> None:
    endpoint.mode = "temperature"
    assert run(outcome_of(make_model(endpoint))) == (endpoint.reply, "")
    assert "temperature" not in endpoint.requests[-1]


def test_closing_the_stream_closes_the_connection_at_once(endpoint: FakeEndpoint) -> None:
    endpoint.mode = "stall"

    async def take_one_piece() -> bool:
        async with aclosing(make_model(endpoint, read_timeout_s=20.0).stream(ASKED)) as pieces:
            await anext(pieces)
        return await asyncio.to_thread(endpoint.disconnected.wait, 6)

    assert run(take_one_piece())


def test_cancelling_while_waiting_closes_the_connection(endpoint: FakeEndpoint) -> None:
    endpoint.mode = "hang"

    async def cancel_soon() -> bool:
        model = make_model(endpoint, read_timeout_s=20.0, deadline_s=20.0)
        task = asyncio.create_task(model.complete(ASKED))
        await asyncio.sleep(0.3)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        return await asyncio.to_thread(endpoint.disconnected.wait, 6)

    assert run(cancel_soon())


def test_no_more_replies_than_allowed_are_under_way_at_once(endpoint: FakeEndpoint) -> None:
    endpoint.mode = "slow:0.1"

    async def ask_five_times() -> list[str]:
        model = make_model(endpoint, max_concurrent=2)
        return await asyncio.gather(*(model.complete(ASKED) for _ in range(5)))

    assert run(ask_five_times()) == [endpoint.reply] * 5
    assert endpoint.most_under_way == 2


def test_a_full_house_is_reported_when_the_deadline_passes(endpoint: FakeEndpoint) -> None:
    endpoint.mode = "hang"

    async def ask_twice() -> str:
        model = make_model(endpoint, max_concurrent=1, read_timeout_s=5.0, deadline_s=0.4)
        first = asyncio.create_task(outcome_of(model))
        await asyncio.sleep(0.05)
        second = await outcome_of(model)
        await first
        return second[1]

    assert run(ask_twice()) in {"rate_limited", "timeout"}


def test_a_dead_endpoint_is_left_alone_for_half_a_minute(endpoint: FakeEndpoint) -> None:
    clock = FrozenClock()
    model = make_model(endpoint, breaker=CircuitBreaker(clock=clock))
    endpoint.mode = "500:6"

    async def ask_three_times_then_later() -> tuple[int, str, str]:
        await outcome_of(model)
        await outcome_of(model)
        asked = len(endpoint.requests)
        _, refused = await outcome_of(model)
        assert len(endpoint.requests) == asked
        clock.now = 31
        endpoint.mode = "ok"
        text, _ = await outcome_of(model)
        return asked, refused, text

    assert run(ask_three_times_then_later()) == (5, "unreachable", endpoint.reply)


def test_one_model_serves_several_event_loops(endpoint: FakeEndpoint) -> None:
    model = make_model(endpoint)
    assert [run(model.complete(ASKED)) for _ in range(3)] == [endpoint.reply] * 3


def test_tracing_is_off_whatever_the_environment_says(
    endpoint: FakeEndpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANGSMITH_TRACING", "true")
    run(make_model(endpoint).complete(ASKED))
    assert os.environ["LANGSMITH_TRACING"] == "false"


def test_the_key_is_not_in_the_representation() -> None:
    made = Endpoint(base_url="http://x", model="m", api_key=SecretStr("sk-secret"))
    assert "sk-secret" not in repr(made)


def make_settings(endpoint: FakeEndpoint, **overrides: Any) -> Settings:
    facts: dict[str, Any] = {
        "llm_base_url": endpoint.base_url,
        "llm_model": "test-model",
        "llm_deadline_s": 3.0,
        "llm_read_timeout_s": 0.5,
    }
    return Settings(_env_file=None, **(facts | overrides))


@pytest.mark.parametrize(
    ("mode", "model", "expected"),
    [
        pytest.param("ok", "test-model", ["", "", "", ""], id="all well"),
        pytest.param("ok", "other", ["", "", "not_listed", ""], id="model not listed"),
        pytest.param("nolist", "test-model", ["", "", "cannot_list", ""], id="no listing"),
        pytest.param("400", "test-model", ["", "", "", "refused"], id="refuses to write"),
        pytest.param("hang", "test-model", ["", "", "", "timeout"], id="does not write"),
    ],
)
def test_doctor_finds_what_is_wrong_with_an_endpoint(
    endpoint: FakeEndpoint, mode: str, model: str, expected: list[str]
) -> None:
    endpoint.mode = mode
    findings = run(check(make_settings(endpoint, llm_model=model)))
    assert [finding.reason for finding in findings] == expected


def test_doctor_names_an_endpoint_that_is_not_there() -> None:
    nobody = FakeEndpoint(base_url="http://127.0.0.1:9/v1")
    assert [f.reason for f in run(check(make_settings(nobody)))] == ["", "unreachable"]


def test_doctor_says_when_no_model_is_set() -> None:
    findings = run(check(Settings(_env_file=None)))
    assert [finding.reason for finding in findings] == ["not_configured"]
