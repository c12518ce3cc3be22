"""Edits by people: what stays keeps its evidence, what changes is theirs, nothing is lost."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.domain import (
    Origin,
    Paper,
    PaperParagraph,
    PaperPart,
    PaperSentence,
    PartKind,
    Run,
    SentenceStatus,
    Table,
    TableCell,
)
from assistant.errors import NotFoundError, PartLockedError
from assistant.grounding import split_sentences
from assistant.papers import (
    CellText,
    Line,
    content_hash,
    edit_cells,
    edit_part,
    part_lines,
    rename,
    replace_part,
)
from tests.make import make_paper, make_sentence

TABLE = Table(rows=((TableCell(runs=(Run(text="표"),)),),))


def edited(paper: Paper, *lines: str, part_id: str = "answer", **options: object) -> PaperPart:
    """Return a part as it is after an edit."""
    typed = [Line(text=line) for line in lines]
    after = edit_part(paper, part_id, typed, split=split_sentences, **options)  # type: ignore[arg-type] # table data
    return next(part for part in after.parts if part.part_id == part_id)


def sentences(part: PaperPart) -> list[PaperSentence]:
    return [s for b in part.blocks if isinstance(b, PaperParagraph) for s in b.sentences]


def test_an_unchanged_sentence_keeps_what_carries_it() -> None:
    part = edited(
        make_paper(),
        "완료보고서는 7일 이내에 제출하여야 합니다. 연장은 되지 않습니다.",
        "제출할 곳은 담당 부서입니다.",
    )
    first, second, third = sentences(part)
    assert [s.status for s in (first, third)] == [SentenceStatus.SUPPORTED] * 2
    assert first.citations
    assert third.origin is Origin.MODEL
    assert (second.origin, second.status, second.citations) == (
        Origin.PERSON,
        SentenceStatus.GIVEN,
        (),
    )


def test_a_sentence_that_moves_to_another_paragraph_keeps_what_carries_it() -> None:
    part = edited(
        make_paper(),
        "제출할 곳은 담당 부서입니다. 완료보고서는 7일 이내에 제출하여야 합니다.",
    )
    assert all(s.status is SentenceStatus.SUPPORTED and s.citations for s in sentences(part))


def test_the_same_text_typed_twice_is_carried_once() -> None:
    part = edited(make_paper(), "제출할 곳은 담당 부서입니다.", "제출할 곳은 담당 부서입니다.")
    assert [s.origin for s in sentences(part)] == [Origin.MODEL, Origin.PERSON]


def test_a_changed_sentence_is_looked_at_against_the_one_it_stood_for() -> None:
    seen: list[tuple[str, str]] = []

    def recheck(mine: PaperSentence, stood: object) -> PaperSentence:
        assert isinstance(stood, list)
        seen.append((mine.text, stood[0].text))
        return replace(mine, status=SentenceStatus.DIFFERS)

    part = edited(
        make_paper(),
        "완료보고서는 9일 이내에 제출하여야 합니다. 다만, 연장할 수 있습니다.",
        "제출할 곳은 담당 부서입니다.",
        recheck=recheck,
    )
    assert seen == [
        (
            "완료보고서는 9일 이내에 제출하여야 합니다.",
            "완료보고서는 7일 이내에 제출하여야 합니다.",
        )
    ]
    assert sentences(part)[0].status is SentenceStatus.DIFFERS


def test_computed_text_cannot_be_typed_over() -> None:
    with pytest.raises(PartLockedError):
        edited(make_paper(), "점수는 100점입니다.", part_id="figures")


def test_a_part_that_is_not_there_cannot_be_edited() -> None:
    with pytest.raises(NotFoundError):
        edited(make_paper(), "글", part_id="none")
    with pytest.raises(NotFoundError):
        replace_part(make_paper(), PaperPart(part_id="none", kind=PartKind.GIVEN, blocks=()))


def test_typing_what_is_there_changes_nothing() -> None:
    paper = make_paper()
    answer = next(part for part in paper.parts if part.part_id == "answer")
    assert edit_part(paper, "answer", part_lines(answer), split=split_sentences) is paper


def test_a_table_stays_behind_the_paragraph_that_it_followed() -> None:
    paper = make_paper()
    answer = paper.parts[1]
    first, second = answer.blocks
    paper = replace_part(paper, replace(answer, blocks=(first, TABLE, second)))
    part = edited(paper, "새 문단입니다.", first.text, "제출할 곳은 담당 부서입니다.")  # type: ignore[union-attr] # a paragraph
    assert [isinstance(block, Table) for block in part.blocks] == [False, False, True, False]
    assert [isinstance(block, Table) for block in edited(paper).blocks] == [True]


def test_a_new_paragraph_takes_the_depth_that_was_asked_for() -> None:
    after = edit_part(
        make_paper(),
        "answer",
        [Line(text="가", depth=2), Line(text="제출할 곳은 담당 부서입니다.")],
        split=split_sentences,
    )
    assert [block.depth for block in after.parts[1].blocks] == [2, 0]  # type: ignore[union-attr] # paragraphs


def with_table(kind: PartKind = PartKind.GIVEN) -> Paper:
    part = PaperPart(part_id="cover", kind=kind, blocks=(*make_paper().parts[0].blocks, TABLE))
    return make_paper(part)


def test_a_person_fills_in_a_cell() -> None:
    after = edit_cells(with_table(), "cover", [CellText(block=1, row=0, cell=0, text=" 11. 30. ")])
    table = after.parts[0].blocks[1]
    assert isinstance(table, Table)
    assert table.rows[0][0].runs == (Run(text="11. 30."),)


@pytest.mark.parametrize(
    "place", [(0, 0, 0), (9, 0, 0), (1, 1, 0), (1, 0, 1)], ids=["text", "block", "row", "cell"]
)
def test_a_cell_that_is_not_there_is_not_found(place: tuple[int, int, int]) -> None:
    block, row, cell = place
    with pytest.raises(NotFoundError):
        edit_cells(with_table(), "cover", [CellText(block=block, row=row, cell=cell, text="값")])


def test_a_computed_table_cannot_be_typed_over() -> None:
    with pytest.raises(PartLockedError):
        edit_cells(with_table(PartKind.COMPUTED), "cover", [])


def test_writing_what_a_cell_says_changes_nothing() -> None:
    paper = with_table()
    assert edit_cells(paper, "cover", [CellText(block=1, row=0, cell=0, text="표")]) is paper


WORDS = st.lists(
    st.sampled_from(["보고서는", "7일", "이내에", "제출합니다.", "담당", "부서입니다.", "안"]),
    max_size=8,
).map(" ".join)


@given(old=st.lists(WORDS, max_size=5), new=st.lists(WORDS, max_size=5))
def test_an_edit_says_exactly_what_was_typed(old: list[str], new: list[str]) -> None:
    blocks = tuple(
        PaperParagraph(
            sentences=tuple(make_sentence(text[s.start : s.end]) for s in split_sentences(text))
        )
        for text in old
        if text
    )
    paper = make_paper(PaperPart(part_id="answer", kind=PartKind.DRAFTED, blocks=blocks))
    part = edited(paper, *new)
    assert [line.text for line in part_lines(part)] == [line for line in new if line]
    before = list(sentences(paper.parts[0]))
    for sentence in sentences(part):
        assert sentence.origin is Origin.PERSON or sentence in before


# -- title and headings -----------------------------------------------------------------------


def test_title_and_headings_become_what_a_person_gives_and_are_remembered_as_theirs() -> None:
    paper = with_heading()
    after = rename(paper, {"": "  새  제목 ", "cover": "새 소제목"})
    assert (after.title, after.parts[0].heading) == ("새 제목", "새 소제목")
    assert after.renamed == ("", "cover")
    assert content_hash(after) != content_hash(paper)


def test_the_name_that_is_there_changes_nothing() -> None:
    paper = with_heading()
    assert rename(paper, {"": paper.title, "cover": "표지"}) is paper


@pytest.mark.parametrize("part_id", ["no such part", "plain"])
def test_a_part_without_a_heading_gets_none(part_id: str) -> None:
    with pytest.raises(NotFoundError):
        rename(with_heading(), {part_id: "소제목"})


def with_heading() -> Paper:
    cover = PaperPart(part_id="cover", kind=PartKind.COMPUTED, blocks=(), heading="표지")
    return make_paper(cover, PaperPart(part_id="plain", kind=PartKind.GIVEN, blocks=()))
