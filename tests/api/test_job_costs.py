"""What a job cost, from the endpoint's count to the page, and nothing where it is not known."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from pydantic import SecretStr
from starlette.testclient import TestClient

from tests.api.test_jobs import begin, events, form, send
from tests.fakes import FakeEndpoint


def job_of_two(open_client: Callable[..., TestClient], endpoint: FakeEndpoint) -> dict[str, Any]:
    client = open_client(
        llm_base_url=endpoint.base_url,
        llm_model="test-model",
        llm_api_key=SecretStr("k"),
        llm_prompt_won=1_000.0,
        llm_completion_won=5_000.0,
    )
    endpoint.reply = '{"values": [], "summary": []}'
    job = begin(client, title="비용")
    for company in ("가상정밀", "가상전자"):
        send(client, job["job_id"], f"{company}.md", form(company))
    told: dict[str, Any] = events(client, job["job_id"])[-1].data
    return told


@pytest.mark.parametrize(
    ("mode", "prompt", "completion", "won"),
    [
        pytest.param("said:10000:2000", 20_000, 4_000, 40.0, id="told"),
        pytest.param("silent", None, None, None, id="not told"),
        pytest.param("nousage", None, None, None, id="refused"),
    ],
)
def test_a_job_tells_tokens_and_cost_where_they_are_known(
    open_client: Callable[..., TestClient],
    endpoint: FakeEndpoint,
    mode: str,
    prompt: int | None,
    completion: int | None,
    won: float | None,
) -> None:
    endpoint.mode = mode
    job = job_of_two(open_client, endpoint)
    assert (job["counts"]["done"], job["calls"]) == (2, 2)
    assert (job["prompt_tokens"], job["completion_tokens"]) == (prompt, completion)
    assert job["cost_won"] == won


def test_all_rows_of_a_job_are_asked_with_a_schema(
    open_client: Callable[..., TestClient], endpoint: FakeEndpoint
) -> None:
    job_of_two(open_client, endpoint)
    assert ["response_format" in request for request in endpoint.requests] == [True, True]
