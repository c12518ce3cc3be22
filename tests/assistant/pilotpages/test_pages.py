"""Pages of a pilot: every one is made of any record, what is missing is never made up."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from assistant import templates
from assistant.domain import (
    OPEN_MARK,
    Origin,
    Paper,
    PaperParagraph,
    PaperPart,
    PaperSentence,
    PartKind,
    Table,
)
from assistant.domain.pilots import PilotRecord
from assistant.figures import compute_figures
from assistant.papers import rename
from assistant.pilotforms import put
from assistant.pilotpages import (
    PAGES,
    PORTFOLIO_PAGES,
    Heading,
    Material,
    Stance,
    arrange,
    charts_of,
    hints_of,
    refreshed,
    speaking,
)
from assistant.pilots import course
from assistant.prompts import load_all
from evals.pilots import CASES, load_pilot_cases
from tests.assistant.pilotforms.test_places import blank
from tests.make import make_passage

NOW = datetime(2026, 11, 23, tzinfo=UTC)
RECORDS = {case.case_id: case.record for case in load_pilot_cases(CASES)} | {"blank": blank()}


def material(record: PilotRecord) -> Material:
    return Material(
        record=record,
        figures=compute_figures(record),
        course=course(record, now=NOW),
        today=date(2026, 11, 23),
    )


def shown(blocks: tuple[object, ...]) -> str:
    out = []
    for block in blocks:
        if isinstance(block, PaperParagraph):
            out.append(block.text)
        elif isinstance(block, Table):
            out += ["".join(run.text for run in cell.runs) for row in block.rows for cell in row]
    return "\n".join(out)


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("case", RECORDS)
def test_every_page_is_made_of_every_record(name: str, case: str) -> None:
    blocks = PAGES[name](material(RECORDS[case]))
    assert blocks
    assert "None" not in shown(blocks)
    assert "nan" not in shown(blocks).lower()


@pytest.mark.parametrize("name", PORTFOLIO_PAGES)
def test_every_page_over_many_pilots_is_made_of_all_of_them(name: str) -> None:
    blocks = PORTFOLIO_PAGES[name]([material(record) for record in RECORDS.values()])
    assert "None" not in shown(blocks)


@pytest.mark.parametrize("page", ["checklist", "score", "effects", "money", "committee", "stages"])
def test_what_a_record_lacks_is_left_open(page: str) -> None:
    assert OPEN_MARK in shown(PAGES[page](material(blank())))


def test_an_item_without_a_result_is_neither_met_nor_unmet() -> None:
    record = put(blank(), [("items[1].name", "응답시간"), ("items[1].target", "3")])
    text = shown(PAGES["checklist"](material(record)))
    assert "측정값" in text
    assert "\n충족\n" not in text
    assert "\n미충족\n" not in text


def test_votes_are_counted_and_those_not_on_record_said() -> None:
    changes = [(f"committee.members[{n}].name", f"위원{n}") for n in (1, 2, 3)]
    votes = [("committee.members[1].approves", "true"), ("committee.members[2].approves", "false")]
    none = shown(PAGES["committee"](material(put(blank(), changes))))
    assert f"{OPEN_MARK} 위원별 의결" in none
    some = shown(PAGES["committee"](material(put(blank(), [*changes, *votes]))))
    assert "적절 1명, 부적절 1명, 의결 기록이 없는 위원 1명" in some


def test_a_cost_over_the_limit_is_said_to_be_over_it() -> None:
    record = put(
        blank(),
        [
            ("plan.price_lines[1].name", "단말"),
            ("plan.price_lines[1].unit_price_won", "1000"),
            ("plan.price_lines[1].quantity", "10"),
            ("plan.pilot_cost_won", "1501"),
        ],
    )
    assert "한도 15%를 넘습니다" in shown(PAGES["money"](material(record)))


def test_a_blank_record_has_no_charts() -> None:
    assert charts_of(compute_figures(blank())) == {}


# -- templates --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", [name for name in templates.load_all() if name.startswith("pilot_")]
)
def test_a_template_names_pages_and_prompts_that_exist(name: str) -> None:
    template = templates.load(name)
    functions = {*PAGES, *PORTFOLIO_PAGES}
    assert templates.check(template, prompts=load_all(), functions=functions) == ()
    values = template.values(template.sample())
    assert templates.one_line(template.title, values)
    for section in template.sections:
        templates.lines(section.text, values)
        assert section.kind is not PartKind.DRAFTED or section.hints, section.section_id


# -- sentences of files -----------------------------------------------------------------------


def heading(section_id: str, *hints: str, max_chars: int = 400) -> Heading:
    return Heading(section_id=section_id, hints=hints, max_chars=max_chars)


def arranged(text: str, *headings: Heading) -> dict[str, list[str]]:
    found = arrange(
        [make_passage(text=text, label="3. 논의")], headings, reference_date=date(2026, 11, 23)
    )
    return {name: [line.text for line in ledger] for name, ledger in found.items()}


def test_a_sentence_goes_where_most_words_speak_for_it() -> None:
    text = "1. 화면이 느려 쓰기 불편하다고 했다.\n2. 사고가 없어 안전하다고 했다."
    found = arranged(text, heading("a", "안전", "사고"), heading("b", "느려", "불편"))
    assert found == {
        "a": ["사고가 없어 안전하다고 했다."],
        "b": ["화면이 느려 쓰기 불편하다고 했다."],
    }


def test_praise_fault_and_plan_stand_below_their_own_headings() -> None:
    text = (
        "1) 정확도는 좋으나 화면 글자가 작아 읽기 어렵다.\n"
        "2) 화면이 커서 어르신이 보기 편하다고 함.\n"
        "3) 기업은 화면 글자를 키우겠다고 했다.\n"
        "4) 화면은 7인치이다.\n"
    )
    wanted = (Stance.PRAISE, Stance.FAULT, Stance.PLAN)
    found = arranged(text, *(replace(heading(str(s), "화면"), stance=s) for s in wanted))
    assert found == {
        "praise": ["화면이 커서 어르신이 보기 편하다고 함."],
        "fault": ["정확도는 좋으나 화면 글자가 작아 읽기 어렵다."],
        "plan": ["기업은 화면 글자를 키우겠다고 했다."],
    }


def test_two_versions_of_one_sentence_count_once() -> None:
    text = "내부위원은 순찰에 공백이 없었다고 했다.\n내부위원: 순찰에 공백이 없었다고 했다."
    assert len(arranged(text, heading("a", "순찰"))["a"]) == 1


def test_rows_captions_and_remarks_are_no_sentences() -> None:
    text = "| 1 | 안전 | 충족이다 |\n표: 안전 점검\n가상의 안전 기관입니다."
    assert arranged(text, heading("a", "안전"))["a"] == []


def test_a_section_is_not_filled_beyond_its_length() -> None:
    text = "\n".join(f"{name}에서 안전 사고가 한 건도 없었다고 보고했다." for name in "가나다라마")
    found = arranged(text, heading("a", "안전", max_chars=70))["a"]
    assert 1 <= len(found) <= 2


def test_passages_that_say_nothing_of_a_heading_are_not_sent_for_it() -> None:
    one = make_passage(text="사고가 없어 안전하다고 했다.")
    other = make_passage(text="화면이 느리다고 했다.")
    hints = hints_of({"a": "안전, 사고"})["a"]
    assert speaking([other, one], heading("a", *hints)) == (one,)


# -- following the record again ---------------------------------------------------------------


def part(part_id: str, kind: PartKind, text: str, origin: Origin) -> PaperPart:
    sentence = PaperSentence(text=text, origin=origin)
    return PaperPart(part_id=part_id, kind=kind, blocks=(PaperParagraph(sentences=(sentence,)),))


def test_what_follows_from_the_record_is_set_anew_and_what_people_wrote_stays() -> None:
    held = Paper(
        title="앞",
        template="pilot_completion@1",
        parts=(
            part("computed", PartKind.COMPUTED, "앞", Origin.CODE),
            part("given", PartKind.GIVEN, "앞", Origin.RECORD),
            part("by_hand", PartKind.GIVEN, "사람이 씀", Origin.PERSON),
            part("drafted", PartKind.DRAFTED, "초안", Origin.MODEL),
        ),
    )
    built = replace(
        held,
        title="뒤",
        parts=tuple(part(p.part_id, p.kind, "뒤", Origin.CODE) for p in held.parts),
    )
    texts = [shown(each.blocks) for each in refreshed(held, built).parts]
    assert texts == ["뒤", "뒤", "사람이 씀", "초안"]


def test_title_and_headings_that_a_person_gave_stay_when_the_record_changes() -> None:
    part = PaperPart(part_id="items", kind=PartKind.COMPUTED, blocks=(), heading="성능 점검표")
    built = Paper(title="새 제목", template="a@1", parts=(part,))
    own = rename(built, {"": "나의 제목", "items": "나의 소제목"})
    after = refreshed(own, replace(built, title="더 새 제목"))
    assert (after.title, after.parts[0].heading) == ("나의 제목", "나의 소제목")
