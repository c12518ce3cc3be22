"""Tokens are counted where somebody asks for it and the endpoint tells them."""

from __future__ import annotations

import asyncio

import pytest

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


def test_an_endpoint_that_knows_no_tokens_is_asked_again_without(endpoint: FakeEndpoint) -> None:
    endpoint.mode = "nousage"
    model = make_model(endpoint)
    with metered() as meter:
        assert asyncio.run(model.complete(ASKED)) == endpoint.reply
        asyncio.run(model.complete(ASKED))
    assert meter == Meter()
    assert ["stream_options" in sent for sent in endpoint.requests] == [True, False, False]


@pytest.mark.parametrize("mode", ["400", "filter"])
def test_a_refusal_stays_one(endpoint: FakeEndpoint, mode: str) -> None:
    from assistant.errors import ModelUnavailableError

    endpoint.mode = mode
    with metered(), pytest.raises(ModelUnavailableError, match="refused"):
        asyncio.run(make_model(endpoint).complete(ASKED))
