"""A job as sheets and as a book: what holds, where it comes from, and what is to be checked."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from assistant.domain import (
    Grade,
    Job,
    JobCounts,
    JobItem,
    JobItemState,
    JobState,
    ModelUse,
    Paragraph,
    RowConfirmation,
    Table,
)
from assistant.flows.batch import Prices
from assistant.flows.batch_book import book
from assistant.flows.batch_sheets import (
    as_csv,
    as_json,
    evidence_table,
    failures_table,
    sheets,
    values_table,
)
from tests.assistant.store.jobs import COLUMNS, correction, make_file, make_result

NOON = datetime(2026, 7, 1, 3, 0, tzinfo=UTC)


def make_item(number: int = 0, **overrides: object) -> JobItem:
    made = JobItem(
        item_id=f"i{number}",
        job_id="j",
        institution_id="default",
        position=number,
        file=make_file(number),
        state=JobItemState.DONE,
        attempts=1,
        error_code=None,
        error_reason=None,
        changed=1,
        result=make_result("가상정밀", "1250000"),
    )
    return replace(made, **overrides)  # type: ignore[arg-type]


FAILED = make_item(
    1,
    state=JobItemState.FAILED,
    result=None,
    error_code="document_unreadable",
    error_reason="encrypted",
)
CONFLICTING = make_item(2, result=make_result("가상전자", "1000", "2000"))


@pytest.fixture
def job() -> Job:
    return Job(
        job_id="j",
        institution_id="default",
        title="7월 신청서",
        columns=COLUMNS,
        state=JobState.DONE,
        grade=Grade.OPEN,
        counts=JobCounts(total=3, done=2, failed=1, conflicting=1),
        use=ModelUse(),
        reused=0,
        by="주무관 김가상",
        created_at=NOON,
        updated_at=NOON,
        finished_at=NOON,
        changed=9,
    )


def test_a_number_stays_a_number_and_a_conflict_shows_both(job: Job) -> None:
    table = values_table(job, [make_item(), FAILED, CONFLICTING])
    column = table.header.index("가격 (원)")
    assert [row[column] for row in table.rows] == [Decimal(1250000), None, "1000 ≠ 2000"]
    doubts = [row[table.header.index("확인할 칸")] for row in table.rows]
    assert doubts[0] is None
    assert "암호" in str(doubts[1])
    assert doubts[2] == "상충: 가격"


def test_a_correction_holds_and_the_machines_value_stays_in_the_evidence(job: Job) -> None:
    item = make_item(corrections=(correction(value="1300000"),))
    row = values_table(job, [item]).rows[0]
    assert Decimal(1300000) in row
    assert "가격" in row
    proof = next(row for row in evidence_table(job, [item]).rows if row[2] == "가격")
    assert (proof[3], proof[11], proof[13]) == ("1250000", "주무관 김가상", "유선 확인")


def test_every_value_has_its_quote_and_place(job: Job) -> None:
    rows = evidence_table(job, [make_item(), CONFLICTING]).rows
    assert [(row[0], row[2], row[5]) for row in rows] == [
        (1, "업체명", "가상정밀"),
        (1, "가격", "1250000"),
        (3, "업체명", "가상전자"),
        (3, "가격", "1000"),
        (3, "가격", "2000"),
    ]
    assert all(row[7] for row in rows)


def test_what_failed_is_listed_with_what_to_do() -> None:
    [row] = failures_table([make_item(), FAILED]).rows
    assert row[0] == 2
    assert "암호를 푼 파일" in str(row[2])


def test_a_row_for_each_file_in_their_order(job: Job) -> None:
    items = [make_item(), FAILED, CONFLICTING]
    told = json.loads(as_json(job, items))
    assert [row["position"] for row in told["rows"]] == [0, 1, 2]
    assert told["rows"][2]["cells"]["price"]["status"] == "conflicting"
    assert as_csv(job, items).decode("utf-8-sig").count("\r\n") == 4


def test_the_book_marks_what_is_doubtful_and_who_decided(job: Job) -> None:
    made = book(job, [make_item(), FAILED, CONFLICTING], institution="가상청", at=NOON)
    runs = [
        run
        for block in made.blocks
        if isinstance(block, Table)
        for row in block.rows
        for cell in row
        for run in cell.runs
    ]
    assert [run.text for run in runs if run.is_open] == ["1000 ≠ 2000 〔상충〕"]
    texts = [run.text for b in made.blocks if isinstance(b, Paragraph) for run in b.runs]
    assert any("암호를 푼 파일" in text for text in texts)
    assert not made.facts.is_confirmed


@pytest.mark.parametrize(("confirmed", "is_whole"), [(1, False), (2, True)])
def test_a_book_is_confirmed_when_every_row_is(job: Job, confirmed: int, *, is_whole: bool) -> None:
    mark = RowConfirmation(by="과장 이가상", at=NOON)
    items = [make_item(n, confirmation=mark if n < confirmed else None) for n in range(2)]
    facts = book(job, items, institution="가상청", at=NOON).facts
    assert facts.is_confirmed is is_whole


@pytest.mark.parametrize(
    ("use", "won"),
    [
        (ModelUse(), None),
        (ModelUse(calls=1, prompt_tokens=2_000_000, completion_tokens=1_000_000), 4_000.0),
        (ModelUse(calls=1, prompt_tokens=2_000_000), 2_000.0),
    ],
)
def test_the_cost_is_told_where_tokens_are_counted(use: ModelUse, won: float | None) -> None:
    assert Prices(prompt_won=1_000, completion_won=2_000).cost_won(use) == won
    assert Prices().cost_won(use) is None


@pytest.mark.parametrize("pick", [lambda job: sheets(job, []), lambda job: [as_csv(job, [])]])
def test_an_empty_job_can_be_written(job: Job, pick: Callable[[Job], list[object]]) -> None:
    assert pick(job)
