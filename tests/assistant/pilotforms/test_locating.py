"""Every value that a file proposes is found again in it, at its very cell or passage."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assistant.domain import Block, Document
from assistant.domain.pilot_plan import ValueSource
from assistant.domain.pilot_proposals import Proposal, ValuePlace
from assistant.pilotforms import locate, propose
from assistant.reading import DEFAULT_LIMITS, read_in_process
from assistant.tablegrid import grid
from assistant.text import normalise
from tests.tree import ROOT

FILES = sorted(
    path for path in (ROOT / "corpus" / "pilots").glob("*/*") if path.stem[-2:] != "메모"
)


def read(path: Path) -> Document:
    return read_in_process(path.read_bytes(), file_name=path.name, limits=DEFAULT_LIMITS)


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", normalise(text)).removesuffix("…")


def stands_at(document: Document, place: ValuePlace) -> str:
    """Return the text of the cell or block that a place names."""
    block: Block = next(one for one in document.blocks if one.locator.ordinal == place.block)
    if place.row is None or place.column is None:
        return block.text
    slot = grid(block.rows)[place.row][place.column]
    return slot.cell.text if slot else ""


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_proposed_value_is_found_at_its_cell(path: Path) -> None:
    document = read(path)
    found = propose(document, file_name=path.name)
    for each in found:
        place = locate(document, each.source, place=each.place)
        assert place is not None, each
        assert squeezed(place.quote) in squeezed(stands_at(document, place)), each
        assert begins_alike(each, place), each


def begins_alike(proposal: Proposal, place: ValuePlace) -> bool:
    """Tell whether a place begins as the quote does: a text of several paragraphs at its first."""
    quote, said = squeezed(proposal.source.quote), squeezed(place.quote)
    return said.startswith(quote) or quote.startswith(said)


def test_a_value_that_the_file_says_no_more_is_nowhere() -> None:
    document = read(FILES[0])
    gone = ValueSource(file_name="", where="성과목표 · 99행", quote="없는 값")
    assert locate(document, gone) is None


def test_words_that_stand_once_are_found_without_the_name_of_their_place() -> None:
    table = "| 항목 | 값 |\n| --- | --- |\n| 단가 | 7 |\n| 개수 | 7 |\n"
    text = f"# 회의록\n\n비용은 지어낸 가나군이 낸다.\n\n{table}"
    document = read_in_process(text.encode(), file_name="a.md", limits=DEFAULT_LIMITS)
    once = ValueSource(file_name="", where="본문", quote="가나군이 낸다")
    place = locate(document, once)
    assert place is not None
    assert "가나군이 낸다" in stands_at(document, place)
    twice = ValueSource(file_name="", where="본문", quote="7")
    assert locate(document, twice) is None
