"""Aids over all rows: duplicates, limits, papers, groups and counts."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from assistant.applications import (
    SelectionRow,
    counts,
    duplicates,
    groups,
    limits,
    missing_papers,
    resemblance,
    sketch,
)
from assistant.domain import Block, CellCorrection, CellStatus, ItemResult, PaperPresence
from tests.assistant.applications.making import columns, document, extracted, line, table

FILLER = "수위와 유량을 함께 재어 홍수를 미리 알리고 현장 방문을 줄이는 단말로서 전지로 움직임. "


def row(item_id: str, *blocks: Block) -> SelectionRow:
    found = extracted(*blocks)
    result = ItemResult(
        file_name="가.hwpx",
        title="",
        sha256="",
        columns="",
        columns_fingerprint="",
        cells=found.cells,
        papers=found.papers,
        sketch=sketch(document(*blocks)),
    )
    return SelectionRow(item_id=item_id, result=result)


def form(**facts: str) -> Block:
    labels = {
        "item": "세부품명번호", "technology": "적용기술", "patent": "특허번호", "trl": "TRL",
        "track": "신청분야", "product": "제품명", "company": "기업명", "parts": "외산부품 비율",
    }  # fmt: skip
    return table(*([labels[name], value] for name, value in facts.items()))


PATENTS = table(
    ["특허번호", "등록일"], ["10-1234567", "2018. 3. 4."], ["20-0456789", "2025. 1. 2."]
)


def test_the_same_item_and_technology_is_a_likely_duplicate() -> None:
    one = row("a", form(item="4111230301", technology="초음파 보정 기술"))
    other = row("b", form(item="4111230301", technology="초음파 보정기술"))
    third = row("c", form(item="4111230301", technology="배터리 진단"))
    pairs = duplicates([one, other, third])
    assert [(p.first, p.second, p.reasons[0].code) for p in pairs] == [
        ("a", "b", "same_item_and_technology")
    ]


def test_a_shared_patent_is_a_likely_duplicate() -> None:
    pairs = duplicates([row("a", form(patent="10-1234567")), row("b", form(patent="10-1234567"))])
    assert [(p.reasons[0].code, p.reasons[0].detail) for p in pairs] == [
        ("same_patents", "10-1234567")
    ]


def test_near_identical_text_is_a_likely_duplicate_and_a_shared_form_is_not() -> None:
    text = "".join(f"{FILLER}{number}번째 현장에서 확인함. " for number in range(20))
    copied = row("a", line(text)), row("b", line(text.replace("3번째", "세번째")))
    assert [p.reasons[0].code for p in duplicates(copied)] == ["similar_text"]
    others = (
        row("a", form(product="가나 수위계", company="가나테크", technology="초음파 보정")),
        row("b", form(product="다라 로봇", company="다라상사", technology="자율 주행")),
    )
    assert duplicates(others) == ()


def test_likeness_of_texts_follows_what_they_share() -> None:
    text = "".join(f"{FILLER}{number}. " for number in range(30))
    same, half = document(line(text)), document(line(text[: len(text) // 2] + FILLER[::-1] * 15))
    assert resemblance(sketch(same), sketch(document(line(text)))) == 1.0
    assert 0.1 < resemblance(sketch(same), sketch(half)) < 0.9


def test_patents_beyond_their_age_are_named_with_the_rule() -> None:
    findings = limits([row("a", PATENTS)], on=date(2026, 3, 1))
    aged = [(f.code, f.value, f.is_known) for f in findings if f.code.endswith("age")]
    assert aged == [("patent_age", "10-1234567 (2018-03-04)", True)]
    assert all("제11조제5항" in f.basis for f in findings if f.code.endswith("age"))


@pytest.mark.parametrize(("on", "is_beyond"), [(date(2025, 3, 4), False), (date(2025, 3, 5), True)])
def test_the_last_day_of_the_age_is_still_within_it(on: date, is_beyond: bool) -> None:
    codes = [f.code for f in limits([row("a", PATENTS)], on=on)]
    assert ("patent_age" in codes) is is_beyond


@pytest.mark.parametrize(
    ("facts", "code", "is_known"),
    [
        pytest.param({"trl": "6", "parts": "10%"}, "trl", True, id="too early"),
        pytest.param({"trl": "8", "parts": "61%"}, "foreign_parts", True, id="too foreign"),
        pytest.param({"trl": "8"}, "foreign_parts", False, id="not stated"),
    ],
)
def test_limits_that_are_passed_or_unknown_are_told_apart(
    facts: dict[str, str], code: str, is_known: bool
) -> None:
    findings = limits([row("a", form(**facts))], on=date(2026, 3, 1))
    assert [(f.code, f.is_known) for f in findings] == [(code, is_known)]


def test_a_correction_counts_before_what_was_read() -> None:
    found = row("a", form(trl="6", parts="10%"))
    correction = CellCorrection(
        column="trl", value="8", display="8", replaced="6", by="김담당", at=datetime.now(UTC)
    )
    assert limits([replace(found, corrections=(correction,))], on=date(2026, 3, 1)) == ()


def test_papers_marked_as_missing_are_told_from_those_not_mentioned() -> None:
    papers = table(["서류명", "제출 여부"], ["규격서", "○"], ["제안서", "×"], ["시험성적서", "☐"])
    (found,) = missing_papers([row("a", papers)])
    assert [p.paper for p in found.missing] == ["proposal", "test_report"]
    assert "specification" not in {p.paper for p in found.unclear}
    assert "patent_register" in {p.paper for p in found.unclear}


@pytest.mark.parametrize(
    ("text", "presence"),
    [
        ("붙임  1. 규격서 1부.", PaperPresence.PRESENT),
        ("제출서류: 특허등록원부, 규격서", PaperPresence.PRESENT),
        ("□ 규격서  ☑ 제안서", PaperPresence.MISSING),
        ("규격서(미제출)", PaperPresence.MISSING),
        ("자세한 성능은 규격서에 따른다.", PaperPresence.NOT_MENTIONED),
    ],
)
def test_a_list_of_enclosures_says_what_is_there(text: str, presence: PaperPresence) -> None:
    papers = {paper.paper: paper.presence for paper in extracted(line(text)).papers}
    assert papers["specification"] is presence


def test_rows_are_grouped_whatever_the_spelling() -> None:
    rows = [
        row("a", form(technology="초음파 보정 기술")),
        row("b", form(technology="초음파보정기술")),
        row("c", form(product="가")),
    ]
    held = [(group.label, group.item_ids) for group in groups(rows, "technology")]
    assert held == [("초음파 보정 기술", ("a", "b")), ("", ("c",))]


def test_the_cells_of_each_column_are_counted() -> None:
    rows = [row("a", form(trl="8")), row("b", line("가"))]
    found = {one.column: one for one in counts(rows, columns())}["trl"]
    assert found.by_status == {CellStatus.FOUND: 1, CellStatus.NOT_STATED: 1}
    assert found.total == 2
