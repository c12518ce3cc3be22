"""A reply is bound to a schema where the endpoint can do so, and comes all the same elsewhere."""

from __future__ import annotations

import asyncio

import pytest

from assistant.domain import ReplySchema
from assistant.errors import ModelUnavailableError
from assistant.llm import EndpointModel, metered
from tests.assistant.test_llm import ASKED, make_model
from tests.fakes import FakeEndpoint

SCHEMA = ReplySchema(
    name="yes", schema={"type": "object", "properties": {}, "additionalProperties": False}
)
BOUND = {"name": "yes", "schema": dict(SCHEMA.schema), "strict": True}


def ask(model: EndpointModel, *, times: int = 1) -> list[str]:
    async def asked() -> list[str]:
        return [await model.complete(ASKED, schema=SCHEMA) for _ in range(times)]

    return asyncio.run(asked())


def sent(endpoint: FakeEndpoint) -> list[tuple[bool, bool]]:
    """Return of each request whether it asked for the schema and for tokens."""
    return [("response_format" in r, "stream_options" in r) for r in endpoint.requests]


def test_the_schema_is_sent_with_the_request(endpoint: FakeEndpoint) -> None:
    assert ask(make_model(endpoint)) == [endpoint.reply]
    assert endpoint.requests[0]["response_format"] == {"type": "json_schema", "json_schema": BOUND}


def test_the_responses_api_takes_it_in_its_own_words(endpoint: FakeEndpoint) -> None:
    assert ask(make_model(endpoint, use_responses_api=True)) == [endpoint.reply]
    assert endpoint.requests[0]["text"] == {"format": {"type": "json_schema", **BOUND}}


@pytest.mark.parametrize("mode", ["noschema", "plainest"])
def test_an_endpoint_that_refuses_schemas_is_asked_once_more_and_not_again_with_one(
    endpoint: FakeEndpoint, mode: str
) -> None:
    endpoint.mode = mode
    assert ask(make_model(endpoint), times=3) == [endpoint.reply] * 3
    assert [has_schema for has_schema, _ in sent(endpoint)] == [True, False, False, False]


def test_the_responses_api_is_asked_again_without_it_as_well(endpoint: FakeEndpoint) -> None:
    endpoint.mode = "noschema"
    assert ask(make_model(endpoint, use_responses_api=True), times=2) == [endpoint.reply] * 2
    assert ["text" in request for request in endpoint.requests] == [True, False, False]


def test_what_is_left_out_is_not_more_than_what_was_refused(endpoint: FakeEndpoint) -> None:
    endpoint.mode = "noschema"
    with metered() as meter:
        ask(make_model(endpoint), times=2)
    assert sent(endpoint) == [(True, True), (False, True), (False, True)]
    assert meter.completion_tokens == 2 * len(endpoint.reply)


def test_an_endpoint_that_refuses_to_count_keeps_the_schema(endpoint: FakeEndpoint) -> None:
    endpoint.mode = "nousage"
    with metered():
        ask(make_model(endpoint), times=2)
    assert sent(endpoint) == [(True, True), (False, True), (False, False), (True, False)]


def test_an_endpoint_that_refuses_both_is_found_out_in_two_calls(endpoint: FakeEndpoint) -> None:
    endpoint.mode = "plainest"
    with metered():
        assert ask(make_model(endpoint), times=3) == [endpoint.reply] * 3
    assert sent(endpoint)[:3] == [(True, True), (False, True), (False, False)]
    assert sent(endpoint)[3:] == [(True, False), (False, False), (False, False)]


def test_a_refusal_for_another_reason_is_told_and_the_schema_stays(endpoint: FakeEndpoint) -> None:
    model = make_model(endpoint)
    endpoint.mode = "400"
    with pytest.raises(ModelUnavailableError, match="refused"):
        ask(model)
    endpoint.mode = "ok"
    ask(model)
    assert [has_schema for has_schema, _ in sent(endpoint)] == [True, False, True]


@pytest.mark.parametrize("mode", ["500:2", "429:2:0"])
def test_a_schema_takes_no_try_away_from_passing_faults(endpoint: FakeEndpoint, mode: str) -> None:
    endpoint.mode = mode
    assert ask(make_model(endpoint)) == [endpoint.reply]


def test_a_reply_cut_short_is_incomplete_with_a_schema_as_without(endpoint: FakeEndpoint) -> None:
    endpoint.mode = "length"
    with pytest.raises(ModelUnavailableError, match="incomplete"):
        ask(make_model(endpoint))
    assert len(endpoint.requests) == 1
