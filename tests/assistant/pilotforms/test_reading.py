"""Forms read into proposals: the right value, its cell, and nothing that is not there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from assistant.domain import Draft, DraftFacts, Heading, Paragraph, Run, Table, TableCell
from assistant.domain.pilot_plan import ValueSource
from assistant.domain.pilot_proposals import Proposal, StoredProposal
from assistant.pilotforms import choices, is_same, propose, put
from assistant.reading import DEFAULT_LIMITS, read_in_process
from assistant.writing import write
from tests.assistant.pilotforms.test_places import blank

ROOT = Path(__file__).resolve().parents[3]
PILOTS = ROOT / "corpus" / "pilots"


@cache
def proposals(folder: str) -> tuple[Proposal, ...]:
    return tuple(each for path in sorted((PILOTS / folder).iterdir()) for each in of_file(path))


@cache
def of_file(path: Path) -> tuple[Proposal, ...]:
    document = read_in_process(path.read_bytes(), file_name=path.name, limits=DEFAULT_LIMITS)
    return propose(document, file_name=path.name)


def stored(found: tuple[Proposal, ...]) -> list[StoredProposal]:
    return [StoredProposal(proposal_id=str(n), proposal=each) for n, each in enumerate(found)]


def made(table: list[list[str]], *, heading: str = "", fmt: str = "hwpx") -> tuple[Proposal, ...]:
    """Return what a form with one table proposes."""
    rows = tuple(tuple(TableCell(runs=(Run(text=cell),)) for cell in row) for row in table)
    head = (Heading(runs=(Run(text=heading),)),) if heading else ()
    draft = Draft(
        title="서식",
        blocks=(*head, Table(rows=rows, header_rows=1), Paragraph(runs=(Run(text="끝"),))),
        facts=DraftFacts(is_generated=False),
    )
    name = f"서식.{fmt}"
    document = read_in_process(write(draft, fmt), file_name=name, limits=DEFAULT_LIMITS)
    return propose(document, file_name=name)


def said(found: tuple[Proposal, ...]) -> dict[str, str]:
    return {each.place: each.value for each in found}


EXPECTED: dict[str, dict[str, str]] = {
    "가람시_화재감지": {
        "product.name": "불씨지기 F7 화재 조기감지기",
        "product.detail_number": "9900000004",
        "track": "citizens",
        "acquisition": "purchase",
        "plan.starts_on": "2026-01-05",
        "plan.ends_on": "2026-08-28",
        "plan.goods_won": "34980000",
        "plan.pilot_cost_won": "4200000",
        "plan.price_lines[2].unit_price_won": "880000",
        "plan.schedule[103].times": "3",
        "plan.effects[1].amount": "300",
        "plan.effects[1].is_decrease": "true",
        "items[2].target": "0.1",
        "items[2].direction": "at_most",
        "items[3].is_required": "true",
        "items[4].is_required": "false",
        "measurements[2].value": "0.068",
        "measurements[3].value": "99.40",
        "measurements[3].sample_size": "1036800",
        "surveys[1].asked": "150",
        "surveys[1].questions[1].counts[5].people": "66",
        "gradings.users": "first",
        "effect_results[1].after": "48",
        "growth.sales_won.after": "470000000",
        "purchases[1].amount_won": "9900000",
        "committee.members[4].is_external": "true",
        "committee.held_on": "2026-09-10",
        "stages[8].held_on": "2026-08-28",
        "stages[2].kind": "training",
        "changes[1].notified_on": "2026-01-21",
        "events[matched].on": "2025-10-15",
        "events[report_submitted].on": "2026-09-21",
        "events[ended].on": "2026-08-28",
        "report.items[1].is_met": "true",
        "report.scores.total": "94",
        "surveys[1].starts_on": "2026-08-18",
        "surveys[1].ends_on": "2026-08-21",
        "committee.decision": "참석 위원 5명 가운데 5명이 '적절'로 의결했다.",
        "usable_elsewhere": "true",
        "plan.costs[1].payer": "조달청",
        "plan.costs[1].amount_won": "4200000",
    },
    "나래군_도로파임": {
        "items[6].is_required": "true",
        "measurements[1].value": "84.3",
        "report.items[4].is_met": "false",
        "committee.members[3].approves": "false",
        "plan.price_lines[2].amount_won": "9000000",
        "plan.costs[1].name": "통신비",
        "gradings.recommendation": "third",
        "changes[2].occurred_on": "2026-05-07",
        "events[verdict_notified].on": "2026-09-16",
        "events[verdict_notified].verdict": "supplement",
        "events[supplement_plan_submitted].on": "2026-10-12",
        "events[extra_started].on": "2026-11-02",
        "committee.decision": "참석 위원 5명 가운데 4명이 '적절', 1명이 '부적절'로 의결했다.",
        "plan.costs[2].payer": "조달청",
        "surveys[1].ends_on": "2026-07-30",
    },
    "다솜시_상담요약": {
        "acquisition": "lease",
        "product.is_ai": "true",
        "plan.price_lines[1].months": "12",
        "items[3].target": "0.5",
        "stages[7].held_on": "2026-09-30",
        "stages[2].evidence[1].caption": "이수 명부",
        "committee.members[5].name": "교수 러음성(가상)",
        "surveys[1].answered": "18",
        "committee.decision": "참석 위원 6명이 모두 '적절'로 의결했다.",
        "surveys[1].starts_on": "2026-09-21",
        "plan.costs[1].name": "시범사용 비용",
    },
}


@pytest.mark.parametrize(
    ("folder", "place"), [(f, p) for f, wanted in EXPECTED.items() for p in wanted]
)
def test_the_files_of_a_pilot_say_what_was_planned_measured_and_decided(
    folder: str, place: str
) -> None:
    values = {each.value for each in proposals(folder) if each.place == place}
    assert any(is_same(value, EXPECTED[folder][place]) for value in values), values


@pytest.mark.parametrize("folder", EXPECTED)
def test_the_files_of_a_pilot_agree_and_can_all_be_taken_over(folder: str) -> None:
    found = choices(blank(), stored(proposals(folder)))
    assert [choice.place for choice in found if choice.is_conflict] == []
    record = put(blank(), [(each.place, each.options[0].value) for each in found])
    assert len(record.items) >= 5
    assert len(record.measurements) == len(record.items)


@pytest.mark.parametrize("folder", EXPECTED)
def test_every_value_names_its_file_its_place_and_the_words_it_was_read_from(folder: str) -> None:
    for each in proposals(folder):
        assert each.source.file_name, each
        assert each.source.where, each
        assert each.source.quote or each.value == "false", each


def test_two_files_that_disagree_are_a_conflict_with_both_cells() -> None:
    path = PILOTS / "가람시_화재감지" / "가람시_측정값.xlsx"
    one = Proposal(
        place="measurements[1].value",
        value="31.5",
        source=ValueSource(file_name="다른.csv", where="2행", quote="31.5"),
    )
    found = choices(blank(), stored((*of_file(path), one)))
    conflicts = [choice for choice in found if choice.is_conflict]
    assert [choice.place for choice in conflicts] == ["measurements[1].value"]
    files = [option.proposals[0].proposal.source.file_name for option in conflicts[0].options]
    assert files == ["가람시_측정값.xlsx", "다른.csv"]


def test_a_value_that_a_person_entered_differs_from_what_a_file_says() -> None:
    by_hand = ValueSource(file_name="", where="입력", quote="")
    record = put(blank(), [("track", "social")])
    record = replace(record, sources={"track": by_hand})
    proposal = Proposal(place="track", value="global", source=by_hand)
    (choice,) = choices(record, stored((proposal,)))
    assert choice.current == "social"
    assert choice.is_conflict


@pytest.mark.parametrize("fmt", ["hwpx", "docx", "pdf", "html", "md"])
def test_goals_are_read_from_every_format(fmt: str) -> None:
    table = [
        ["번호", "시범사용 항목", "시험방법", "성능기준", "성능목표", "필수"],
        ["1", "응답시간", "부하시험", "평균", "3.0초 이하", "필수"],
        ["2", "적합 여부", "확인", "", "적합", ""],
    ]
    found = said(made(table, fmt=fmt))
    assert found["items[1].target"] == "3.0"
    assert found["items[1].direction"] == "at_most"
    assert found["items[2].direction"] == "judged"
    assert "items[2].target" not in found


def test_a_cell_with_two_dates_or_numbers_proposes_none() -> None:
    found = said(
        made([["단계", "날짜"], ["협약", "2025. 11. 3. 또는 2025. 11. 5."], ["계약", "2025. 12."]])
    )
    assert found == {}
    assert said(made([["번호", "항목", "결과치"], ["1", "응답", "3초, 4초"]])) == {}


def test_labels_side_by_side_are_read_with_the_cell_beside_them() -> None:
    table = [["제품명", "지킴이", "유형", "임차"], ["세부품명번호", "123", "설치장소", "본관"]]
    found = made(table, heading="1. 제품")
    assert said(found) == {
        "product.name": "지킴이",
        "acquisition": "lease",
        "plan.place": "본관",
    }
    assert found[1].source.where == "제품 · 1행 · 유형"


def test_the_papers_of_a_meeting_say_nothing_of_the_place_of_the_pilot() -> None:
    found = said(made([["일시", "2026. 9. 10. 14:00"], ["장소", "회의실"], ["안건", "적정성"]]))
    assert found["committee.held_on"] == "2026-09-10"
    assert "plan.place" not in found


def rule_files() -> Iterator[Path]:
    yield from sorted((ROOT / "corpus" / "rules").glob("*.md"))[:8]
    yield from sorted((ROOT / "corpus" / "guides").glob("*.md"))


def test_rules_and_guides_propose_nothing_for_a_record() -> None:
    found = {path.name: said(of_file(path)) for path in rule_files()}
    assert {name: values for name, values in found.items() if values} == {}
