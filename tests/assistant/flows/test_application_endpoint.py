"""One application over a real client: the reply is bound, tokens are counted, all is checked."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from assistant.applications import parse_reply, reply_schema
from assistant.domain import Block, CellStatus, Grade, ItemResult, JobFile
from assistant.flows.application import PROMPT, ApplicationFlow
from assistant.prompts import load
from tests.assistant.applications.making import columns, document, line, table
from tests.assistant.test_llm import make_model
from tests.fakes import FakeEndpoint

FORM = table(["기업명", "㈜가나테크"], ["제품명", "가나 수위계"], ["TRL", "8단계"])
TOLD = line("기술의 쓰임은 하천의 물 높이를 재는 일이며 반사파를 함께 읽음.")


def suggesting(column: str, value: str, quote: str) -> str:
    values = [{"column": column, "value": value, "quote": quote}]
    return json.dumps({"values": values, "summary": []}, ensure_ascii=False)


def row(endpoint: FakeEndpoint, *blocks: Block, only: tuple[str, ...] = ()) -> ItemResult:
    flow = ApplicationFlow(model=make_model(endpoint), prompt=load(PROMPT), is_internal=True)
    file = JobFile(file_name="가.hwpx", sha256="0" * 64, size_bytes=1, blob_id="", grade=Grade.OPEN)
    return asyncio.run(flow.extract(document(*blocks), columns(), file=file, only=only))


def bound(endpoint: FakeEndpoint) -> dict[str, Any]:
    """Return the schema that the first request was bound to."""
    schema: dict[str, Any] = endpoint.requests[0]["response_format"]["json_schema"]["schema"]
    return schema


def test_the_tokens_of_a_row_are_those_that_the_endpoint_tells(endpoint: FakeEndpoint) -> None:
    endpoint.reply, endpoint.mode = suggesting("use", "가", "가"), "said:1200:34"
    use = row(endpoint, FORM).use
    assert (use.calls, use.prompt_tokens, use.completion_tokens) == (1, 1200, 34)


def test_tokens_that_are_not_told_stay_unknown(endpoint: FakeEndpoint) -> None:
    endpoint.mode = "silent"
    use = row(endpoint, FORM).use
    assert (use.calls, use.prompt_tokens, use.completion_tokens) == (1, None, None)


def test_a_reply_may_name_the_columns_that_are_asked_for_and_no_other(
    endpoint: FakeEndpoint,
) -> None:
    row(endpoint, FORM, only=("trl", "price"))
    value = bound(endpoint)["properties"]["values"]["items"]
    assert sorted(value["properties"]["column"]["enum"]) == ["price", "trl"]


def test_every_object_of_the_schema_is_closed_and_wants_all_its_fields() -> None:
    def objects(node: object) -> list[dict[str, Any]]:
        inner = node.values() if isinstance(node, dict) else []
        found = [node] if isinstance(node, dict) and node.get("type") == "object" else []
        return [*found, *(one for each in inner for one in objects(each))]

    found = objects(dict(reply_schema(columns()).schema))
    assert len(found) == 2
    for one in found:
        assert one["required"] == list(one["properties"])
        assert one["additionalProperties"] is False


def test_a_reply_of_the_schema_is_what_the_code_reads() -> None:
    schema: Any = reply_schema(columns()).schema
    value = dict.fromkeys(schema["properties"]["values"]["items"]["required"], "가")
    suggested = parse_reply(json.dumps({"values": [value], "summary": ["나"]}))
    assert suggested is not None
    assert (len(suggested.values), suggested.summary) == (1, ("나",))


def test_an_endpoint_without_schemas_fills_the_same_cells(endpoint: FakeEndpoint) -> None:
    endpoint.reply = suggesting("use", "하천의 물 높이를 재는 일", TOLD.text)
    with_schema = row(endpoint, FORM, TOLD)
    endpoint.mode = "noschema"
    without = row(endpoint, FORM, TOLD)
    assert without.cells == with_schema.cells
    assert with_schema.cell("use").status is CellStatus.INFERRED
    assert len(endpoint.requests) == 3


@pytest.mark.parametrize(
    ("column", "value", "quote"),
    [
        pytest.param("price", "2643063090270000", "2643063090270000", id="a number from nowhere"),
        pytest.param("trl", "9", "TRL 9단계", id="a likely value that the file does not hold"),
        pytest.param("company", "㈜다라상사", "기업명 ㈜다라상사", id="another company"),
        pytest.param("price", "가나 수위계", "제품명 가나 수위계", id="words for an amount"),
    ],
)
def test_values_that_fit_the_schema_and_are_nonsense_change_nothing(
    endpoint: FakeEndpoint, column: str, value: str, quote: str
) -> None:
    endpoint.reply = '{"values": [], "summary": []}'
    honest = row(endpoint, FORM)
    endpoint.reply = suggesting(column, value, quote)
    lied = row(endpoint, FORM)
    assert lied.cells == honest.cells
    assert "model_dropped:1" in lied.notices


def test_a_reply_cut_off_in_its_schema_leaves_the_rules_and_is_paid_for(
    endpoint: FakeEndpoint,
) -> None:
    endpoint.reply, endpoint.mode = '{"values": [{"column": "trl", "val', "length"
    found = row(endpoint, FORM)
    assert "model_failed:incomplete" in found.notices
    assert found.cell("trl").value == "8"
    assert found.use.completion_tokens == len(endpoint.reply)
