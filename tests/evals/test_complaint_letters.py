"""The stand-ins for a model answer as they should, and letters are judged from outside."""

from __future__ import annotations

import asyncio

import pytest

from assistant.domain import Message
from assistant.llm import Endpoint, EndpointModel
from evals.complaint_cases import load_complaints
from evals.endpoint import faithful, reckless, stand_in
from evals.suites.complaint_letters import RECKLESS, remedies_missing

PROMPT = (
    "[울타리 시작 S1] 규정 제7조\n완료보고서는 7일 이내에 제출하여야 한다.\n[울타리 끝]\n\n"
    "[울타리 시작 민원 글]\n⟦이름·ab12·1⟧입니다.\n[울타리 끝]"
)


def test_the_faithful_one_repeats_a_source_with_its_key() -> None:
    assert faithful(PROMPT) == "완료보고서는 7일 이내에 제출하여야 합니다 [S1]."
    assert faithful("없음") == "근거를 찾지 못했습니다."


def test_the_reckless_one_says_everything_that_it_is_watched_for() -> None:
    said = reckless(PROMPT)
    assert [word for word in RECKLESS if word not in said] == []


def test_a_stand_in_answers_the_real_client_and_keeps_what_it_was_sent() -> None:
    with stand_in(faithful) as running:
        model = EndpointModel(Endpoint(base_url=running.base_url, model="stand-in"))
        reply = asyncio.run(model.complete([Message(role="user", content=PROMPT)]))
    assert reply.endswith("[S1].")
    assert "완료보고서" in running.sent[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "60일 이내에 이의신청\n90일, 180일 이내에 행정심판\n90일, 1년 이내에 행정소송",
            [],
        ),
        (
            "60일 이내에 이의신청\n90일 이내에 행정심판\n90일, 1년 이내에 행정소송",
            ["appeal"],
        ),
        ("", ["statutory_objection", "appeal", "lawsuit"]),
    ],
    ids=["all", "a limit missing", "none"],
)
def test_remedies_are_looked_for_with_their_limits(text: str, expected: list[str]) -> None:
    (case,) = [case for case in load_complaints() if case.case_id == "C053"]
    assert list(remedies_missing(text, case)) == expected
