"""What replies cost and under which key they are kept."""

from __future__ import annotations

from pathlib import Path

from assistant.domain import Message, ReplySchema
from assistant.jobs.replies import reply_key
from assistant.llm import Endpoint, EndpointModel
from tests.assistant.jobs.office import open_office
from tests.fakes import FakeEndpoint

ASKED = [Message(role="user", content="질문")]


def key(schema: ReplySchema | None = None) -> str:
    return reply_key("m", ASKED, run=0, schema=schema)


def test_a_reply_to_another_schema_is_another_reply() -> None:
    one, other = (ReplySchema(name="a", schema={"type": kind}) for kind in ("object", "array"))
    assert len({key(), key(one), key(other)}) == 3
    assert key(one) == key(ReplySchema(name="a", schema={"type": "object"}))


def test_replies_that_broke_off_are_paid_for_and_counted(
    tmp_path: Path, endpoint: FakeEndpoint
) -> None:
    endpoint.mode = "length"
    model = EndpointModel(Endpoint(base_url=endpoint.base_url, model="test-model"))
    with open_office(tmp_path, model=model) as office:
        job = office.job(office.file("가"))
        use = office.wait(job.job_id).use
    assert (use.calls, use.completion_tokens) == (0, len(endpoint.requests) * len(endpoint.reply))


def test_figures_that_no_database_holds_cost_no_row(tmp_path: Path, endpoint: FakeEndpoint) -> None:
    endpoint.mode = f"said:{10**30}:{10**30}"
    model = EndpointModel(Endpoint(base_url=endpoint.base_url, model="test-model"))
    with open_office(tmp_path, model=model) as office:
        done = office.wait(office.job(office.file("가")).job_id)
    assert (done.counts.done, done.use.calls, done.use.prompt_tokens) == (1, 1, None)
