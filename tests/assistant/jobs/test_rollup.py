"""The report for the deliberation meeting: computed from the rows, with room for an opinion."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from assistant.applications.columnsets import shipped_sets
from assistant.domain import (
    CellStatus,
    Grade,
    ItemCell,
    ItemResult,
    Job,
    JobCounts,
    JobItem,
    JobItemState,
    JobState,
    ModelUse,
    PaperParagraph,
    PartKind,
    Table,
)
from assistant.flows.selection import look_over
from assistant.jobs import roll_up
from tests.assistant.store.jobs import make_file, make_result, make_value

COLUMNS = shipped_sets()["product_application"]
NOON = datetime(2026, 7, 1, 3, 0, tzinfo=UTC)


def row(**values: str) -> ItemResult:
    cells = tuple(
        ItemCell(column=name, status=CellStatus.FOUND, values=(make_value(value),), reason="label")
        for name, value in values.items()
    )
    return replace(make_result(), cells=cells, columns=COLUMNS.reference)


def make_item(number: int, result: ItemResult | None, **overrides: object) -> JobItem:
    made = JobItem(
        item_id=f"i{number}",
        job_id="j",
        institution_id="default",
        position=number,
        file=make_file(number),
        state=JobItemState.DONE if result else JobItemState.FAILED,
        attempts=1,
        error_code=None if result else "document_unreadable",
        error_reason=None if result else "damaged",
        changed=1,
        result=result,
    )
    return replace(made, **overrides)  # type: ignore[arg-type]


ITEMS = [
    make_item(0, row(company="가상정밀", product="감지기", trl="5", track="국민체감")),
    make_item(1, row(company="가상전자", product="측정기", trl="8", track="국민체감")),
    make_item(2, None),
]
JOB = Job(
    job_id="j",
    institution_id="default",
    title="7월 신청서",
    columns=COLUMNS,
    state=JobState.DONE,
    grade=Grade.SENSITIVE,
    counts=JobCounts(total=3, done=2, failed=1),
    use=ModelUse(),
    reused=0,
    by="주무관 김가상",
    created_at=NOON,
    updated_at=NOON,
    finished_at=NOON,
    changed=9,
)


def texts(part_id: str) -> list[str]:
    paper = roll_up(JOB, ITEMS, look_over(ITEMS, COLUMNS, on=date(2026, 7, 31)))
    part = next(part for part in paper.parts if part.part_id == part_id)
    return [block.text for block in part.blocks if isinstance(block, PaperParagraph)]


def table(part_id: str) -> list[list[str]]:
    paper = roll_up(JOB, ITEMS, look_over(ITEMS, COLUMNS, on=date(2026, 7, 31)))
    part = next(part for part in paper.parts if part.part_id == part_id)
    [found] = [block for block in part.blocks if isinstance(block, Table)][-1:]
    return [["".join(run.text for run in cell.runs) for cell in line] for line in found.rows]


def test_what_was_read_is_counted() -> None:
    assert texts("overview")[0] == "신청 3건 가운데 2건을 읽었습니다."
    assert table("groups") == [["시범구매 분야", "건수"], ["국민체감", "2"]]


def test_a_row_for_each_file_with_the_columns_that_hold_something() -> None:
    assert table("table")[1:] == [
        ["1", "가상정밀", "감지기", "국민체감", "5"],
        ["2", "가상전자", "측정기", "국민체감", "8"],
        ["3", "읽지 못함: 신청서 2.hwpx", "-", "-", "-"],
    ]


def test_a_limit_that_is_passed_is_told_of_its_row_and_an_unknown_one_of_all() -> None:
    told = texts("limits")
    assert told[0].startswith("1번 가상정밀 · 감지기: 기술성숙도(TRL)가 7~9단계 밖입니다: 5")
    assert any("외국산 부품" in line and "2건(1, 2번)" in line for line in told)


def test_what_could_not_be_read_says_what_to_do() -> None:
    [told] = texts("failures")
    assert told.startswith("3번 신청서 2.hwpx: 파일이 손상되어")


def test_everything_but_the_opinion_is_computed_and_the_opinion_is_open() -> None:
    paper = roll_up(JOB, ITEMS, look_over(ITEMS, COLUMNS, on=date(2026, 7, 31)))
    kinds = {part.part_id: part.kind for part in paper.parts}
    assert kinds.pop("opinion") is PartKind.RESERVED
    assert set(kinds.values()) == {PartKind.COMPUTED}
    assert paper.grade is Grade.SENSITIVE
    assert texts("opinion")[0].startswith("【확인 필요】")
