"""Stretches of papers: what evidence carries is written, the rest is left to a person."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import pytest

from assistant.domain import Grade, Passage, Retrieval, Scope, SentenceStatus
from assistant.drafting import Drafted, Drafter, DraftingBounds, DraftingTask, DraftOutcome
from assistant.errors import ConfigurationError
from assistant.prompts import load_all
from tests.assistant.flows.answering import RIGHT, make_model
from tests.fakes import FakeEndpoint
from tests.make import make_passage

QUESTION = "완료보고서는 며칠 안에 제출하나요?"
TERMS = {"완료보고서": 2.0, "제출": 1.0, "며칠": 0.5}
CASE_FILE = make_passage(
    document_id="case-1",
    document_title="가나구 회의록",
    label="2. 논의",
    text="회의에서 완료보고서 제출을 10월 말까지 마치기로 하였다.",
    grade=Grade.OPEN,
)
SEEDED = "900101-1234568"


@dataclass
class Found:
    """A retriever that finds what it is told to."""

    passages: tuple[Passage, ...] = field(default_factory=lambda: (make_passage(),))
    sufficiency: float = 0.9

    def retrieve(
        self, question: str, *, scope: Scope, limit: int, context: str | None = None
    ) -> Retrieval:
        return Retrieval(
            passages=self.passages[:limit],
            words_only=False,
            sufficiency=self.sufficiency,
            terms=TERMS,
            elapsed_ms=1.0,
        )


def drafted(
    endpoint: FakeEndpoint | None = None,
    *,
    found: Found | None = None,
    is_internal: bool = True,
    **task: Any,
) -> Drafted:
    drafter = Drafter(
        retriever=found or Found(),
        model=make_model(endpoint) if endpoint else None,
        prompts=load_all(),
        is_internal=is_internal,
        bounds=DraftingBounds(secrets=("sk-test-0123456789",)),
    )
    facts: dict[str, Any] = {
        "question": QUESTION,
        "scope": Scope(),
        "reference_date": date(2026, 6, 1),
        "prompt": "answer_question",
    }
    return asyncio.run(drafter.draft(DraftingTask(**(facts | task))))


def statuses(result: Drafted) -> list[SentenceStatus]:
    return [line.status for line in result.ledger]


def test_without_a_model_the_sentences_are_those_of_the_sources() -> None:
    result = drafted()
    assert (result.outcome, result.is_verbatim) == (DraftOutcome.ANSWERED, True)
    assert "no_model" in result.notices
    line = result.ledger[0]
    assert line.text in make_passage().text
    assert line.citations[0].quote in make_passage().text


def test_with_a_model_each_sentence_is_checked(endpoint: FakeEndpoint) -> None:
    endpoint.reply = RIGHT
    result = drafted(endpoint)
    assert (result.outcome, result.model) == (DraftOutcome.ANSWERED, "test-model")
    assert (result.prompt, statuses(result)) == ("answer_question@1", [SentenceStatus.SUPPORTED])


def test_a_sentence_without_basis_is_never_called_supported(endpoint: FakeEndpoint) -> None:
    endpoint.reply = f"{RIGHT} 위반하면 과태료 300만원을 냅니다 [S1]. 담당자가 도와 드립니다."
    result = drafted(endpoint)
    assert result.outcome is DraftOutcome.PARTLY
    assert statuses(result)[0] is SentenceStatus.SUPPORTED
    assert SentenceStatus.SUPPORTED not in statuses(result)[1:]


@pytest.mark.parametrize(
    "reply",
    [
        pytest.param("근거를 찾지 못했습니다.", id="declined"),
        pytest.param("과태료는 300만원입니다.", id="invented"),
        pytest.param("", id="nothing"),
    ],
)
def test_nothing_supported_leaves_an_empty_ledger(endpoint: FakeEndpoint, reply: str) -> None:
    endpoint.reply = reply or " "
    result = drafted(endpoint, found=Found(sufficiency=0.1))
    assert (result.outcome, result.ledger) == (DraftOutcome.NO_EVIDENCE, ())


def test_nothing_found_asks_no_model(endpoint: FakeEndpoint) -> None:
    result = drafted(endpoint, found=Found(passages=()))
    assert (result.outcome, endpoint.requests) == (DraftOutcome.NO_EVIDENCE, [])


def test_doubtful_finds_are_no_basis_without_a_model() -> None:
    assert drafted(found=Found(sufficiency=0.1)).outcome is DraftOutcome.NO_EVIDENCE


def test_a_model_that_fails_costs_only_its_wording(endpoint: FakeEndpoint) -> None:
    endpoint.mode = "400"
    result = drafted(endpoint)
    assert (result.outcome, result.model) == (DraftOutcome.ANSWERED, None)
    assert any(notice.startswith("model_failed:") for notice in result.notices)


def test_a_model_that_misreports_its_source_is_not_used(endpoint: FakeEndpoint) -> None:
    endpoint.reply = "완료보고서는 시험구매가 끝난 날부터 9일 이내에 제출하여야 합니다 [S1]."
    result = drafted(endpoint)
    assert result.is_verbatim
    assert "reply_differs" in result.notices


def test_a_papers_own_files_come_first_and_can_be_cited() -> None:
    result = drafted(given=(CASE_FILE,))
    assert [p.document_id for p in result.passages] == ["case-1", "doc-1"]
    assert [p.key for p in result.passages] == ["S1", "S2"]
    assert {c.document_id for line in result.ledger for c in line.citations} == {"case-1", "doc-1"}


def test_own_files_that_say_nothing_of_it_are_left_out() -> None:
    other = replace(CASE_FILE, text="창고의 열쇠는 금고에 둔다.")
    result = drafted(given=(other,), limit=0)
    assert (result.outcome, result.passages) == (DraftOutcome.NO_EVIDENCE, ())


def test_the_draft_takes_the_highest_grade_of_what_it_cites() -> None:
    sensitive = replace(CASE_FILE, grade=Grade.SENSITIVE)
    assert drafted(grade=Grade.OPEN).grade is Grade.OPEN
    assert drafted(given=(sensitive,), grade=Grade.OPEN).grade is Grade.SENSITIVE


def test_a_long_draft_ends_with_a_whole_sentence(endpoint: FakeEndpoint) -> None:
    endpoint.reply = f"{RIGHT} {RIGHT}"
    result = drafted(endpoint, max_chars=60)
    assert len(result.ledger) == 1
    assert "shortened" in result.notices


# -- what leaves the institution --------------------------------------------------------------


def test_a_sensitive_task_is_not_sent_outside(endpoint: FakeEndpoint) -> None:
    result = drafted(endpoint, is_internal=False)
    assert endpoint.requests == []
    assert (result.is_verbatim, "model_withheld:grade" in result.notices) == (True, True)


@pytest.mark.parametrize(
    "task",
    [
        pytest.param({"question": f"{SEEDED}의 완료보고서는 언제 제출하나요?"}, id="question"),
        pytest.param({"given": (replace(CASE_FILE, text=f"완료보고서 제출 {SEEDED}"),)}, id="file"),
    ],
)
def test_an_identifier_never_leaves(endpoint: FakeEndpoint, task: dict[str, Any]) -> None:
    drafted(endpoint, is_internal=False, grade=Grade.OPEN, **task)
    assert SEEDED not in endpoint.sent_text


def test_a_sensitive_passage_stays_inside(endpoint: FakeEndpoint) -> None:
    endpoint.reply = RIGHT
    secret = replace(CASE_FILE, grade=Grade.SENSITIVE)
    result = drafted(endpoint, is_internal=False, grade=Grade.OPEN, given=(secret,))
    assert "회의에서" not in endpoint.sent_text
    assert "grade_withheld" in result.notices


def test_what_may_not_be_shown_is_not_in_a_draft(endpoint: FakeEndpoint) -> None:
    endpoint.reply = f"{RIGHT} 열쇠는 sk-test-0123456789입니다 [S1]."
    assert all("sk-test" not in line.text for line in drafted(endpoint).ledger)


def test_a_prompt_that_is_not_there_is_a_mistake_of_ours(endpoint: FakeEndpoint) -> None:
    with pytest.raises(ConfigurationError):
        drafted(endpoint, prompt="none")
