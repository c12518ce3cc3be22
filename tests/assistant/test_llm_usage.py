"""Tokens are counted where somebody asks for it and the endpoint tells them."""

from __future__ import annotations

import asyncio

import pytest

from assistant.errors import ModelUnavailableError
from assistant.llm import Meter, metered
from tests.assistant.test_llm import ASKED, make_model
from tests.fakes import FakeEndpoint


def test_tokens_are_asked_for_while_somebody_counts(endpoint: FakeEndpoint) -> None:
    model = make_model(endpoint)
    with metered() as meter:
        assert asyncio.run(model.complete(ASKED)) == endpoint.reply
    assert meter.completion_tokens == len(endpoint.reply)
    assert meter.prompt_tokens
    asyncio.run(model.complete(ASKED))
    assert ["stream_options" in sent for sent in endpoint.requests] == [True, False]


def test_the_responses_api_tells_its_tokens(endpoint: FakeEndpoint) -> None:
    with metered() as meter:
        asyncio.run(make_model(endpoint, use_responses_api=True).complete(ASKED))
    assert meter.completion_tokens == len(endpoint.reply)


def test_an_endpoint_that_knows_no_tokens_is_asked_again_without(endpoint: FakeEndpoint) -> None:
    endpoint.mode = "nousage"
    model = make_model(endpoint)
    with metered() as meter:
        assert asyncio.run(model.complete(ASKED)) == endpoint.reply
        asyncio.run(model.complete(ASKED))
    assert meter == Meter()
    assert ["stream_options" in sent for sent in endpoint.requests] == [True, False, False]


@pytest.mark.parametrize(
    "mode",
    [
        pytest.param("silent", id="nothing told"),
        pytest.param("said:0:0", id="zeros"),
        pytest.param("said:-5:-1", id="less than nothing"),
        pytest.param(f"said:{10**30}:{10**30}", id="more than a database holds"),
    ],
)
def test_what_an_endpoint_does_not_tell_stays_unknown(endpoint: FakeEndpoint, mode: str) -> None:
    endpoint.mode = mode
    with metered() as meter:
        assert asyncio.run(make_model(endpoint).complete(ASKED)) == endpoint.reply
    assert meter == Meter()


def test_sums_told_with_each_piece_are_not_added_up(endpoint: FakeEndpoint) -> None:
    endpoint.mode = "sums"
    with metered() as meter:
        asyncio.run(make_model(endpoint).complete(ASKED))
    assert meter.completion_tokens == len(endpoint.reply)


def test_a_reply_that_broke_off_is_counted_too(endpoint: FakeEndpoint) -> None:
    endpoint.mode = "length"
    with metered() as meter, pytest.raises(ModelUnavailableError, match="incomplete"):
        asyncio.run(make_model(endpoint).complete(ASKED))
    assert meter.completion_tokens == len(endpoint.reply)


def test_whoever_counts_outside_counts_what_is_counted_inside(endpoint: FakeEndpoint) -> None:
    model = make_model(endpoint)
    with metered() as outer:
        for _ in range(2):
            with metered() as inner:
                asyncio.run(model.complete(ASKED))
    assert inner.completion_tokens == len(endpoint.reply)
    assert outer.completion_tokens == 2 * len(endpoint.reply)


@pytest.mark.parametrize("mode", ["400", "filter"])
def test_a_refusal_stays_one(endpoint: FakeEndpoint, mode: str) -> None:
    endpoint.mode = mode
    with metered(), pytest.raises(ModelUnavailableError, match="refused"):
        asyncio.run(make_model(endpoint).complete(ASKED))


def test_a_refusal_for_another_reason_does_not_end_the_counting(endpoint: FakeEndpoint) -> None:
    model = make_model(endpoint)
    with metered() as meter:
        endpoint.mode = "400"
        with pytest.raises(ModelUnavailableError):
            asyncio.run(model.complete(ASKED))
        endpoint.mode = "ok"
        asyncio.run(model.complete(ASKED))
    assert meter.completion_tokens == len(endpoint.reply)
