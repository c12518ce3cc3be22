from __future__ import annotations

import pytest

from assistant.domain import Draft, DraftBlock, DraftStyle, Heading, Note, Paragraph, Run, Table
from assistant.writing.numbering import AI_LINE, ai_line, numbered, official_marker
from assistant.writing.tidying import tidied
from tests.assistant.writing.sample_drafts import SAMPLE_DRAFTS, cell


def markers(style: DraftStyle, *blocks: DraftBlock) -> list[str]:
    return [found.marker for found in numbered(Draft(title="", blocks=blocks, style=style))]


def item(depth: int) -> Paragraph:
    return Paragraph(runs=(Run(text="글"),), depth=depth)


def heading(level: int) -> Heading:
    return Heading(runs=(Run(text="글"),), level=level)


def test_a_shallower_item_starts_the_deeper_ones_anew() -> None:
    found = markers(DraftStyle.OFFICIAL, *map(item, (1, 2, 2, 3, 1, 2, 3)))
    assert found == ["1.", "가.", "나.", "1)", "2.", "가.", "1)"]


def test_text_without_a_number_does_not_interrupt_the_count() -> None:
    assert markers(DraftStyle.OFFICIAL, *map(item, (1, 0, 1))) == ["1.", "", "2."]


def test_headings_of_an_official_document_stand_on_the_same_ladder() -> None:
    found = markers(DraftStyle.OFFICIAL, heading(1), item(2), heading(1), item(2))
    assert found == ["1.", "가.", "2.", "가."]


def test_a_report_counts_headings_and_marks_items() -> None:
    blocks = (heading(1), item(1), item(2), item(3), item(4), heading(2), heading(1), heading(2))
    found = markers(DraftStyle.REPORT, *blocks)
    assert found == ["Ⅰ.", "□", "○", "-", "·", "1.", "Ⅱ.", "1."]


def test_plain_text_has_no_marks() -> None:
    assert markers(DraftStyle.PLAIN, heading(1), item(1), item(8)) == ["", "", ""]


def test_a_note_gets_its_mark_once() -> None:
    notes = (Note(runs=(Run(text="값"),)), Note(runs=(Run(text="※ 값"),)))
    assert markers(DraftStyle.PLAIN, *notes) == ["※", ""]


@pytest.mark.parametrize("depth", range(1, 9))
def test_no_two_items_of_a_depth_carry_the_same_mark(depth: int) -> None:
    assert len({official_marker(depth, n) for n in range(1, 85)}) == 84


def test_only_captioned_tables_are_counted() -> None:
    tables = (Table(rows=((cell("가"),),), caption=c) for c in ("첫째", "", "둘째"))
    found = numbered(Draft(title="", blocks=tuple(tables)))
    assert [block.caption for block in found] == ["<표 1> 첫째", "", "<표 2> 둘째"]


def test_the_ai_line_stands_until_a_person_confirms() -> None:
    assert ai_line(SAMPLE_DRAFTS["report"]) == AI_LINE
    assert ai_line(SAMPLE_DRAFTS["plain"]) is None
    assert ai_line(SAMPLE_DRAFTS["long_table"]) is None


def test_a_citation_without_a_source_is_dropped() -> None:
    runs = (Run(text="글", sources=(9, 1, 1)),)
    draft = Draft(
        title="",
        blocks=(Paragraph(runs=runs),),
        sources=SAMPLE_DRAFTS["complaint"].sources,
    )
    (block,) = tidied(draft).blocks
    assert isinstance(block, Paragraph)
    assert block.runs[0].sources == (1,)


def test_tidying_twice_changes_nothing() -> None:
    for draft in SAMPLE_DRAFTS.values():
        assert tidied(tidied(draft)) == tidied(draft)
