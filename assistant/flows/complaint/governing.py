"""The rules that govern a reply whatever its points are, quoted once after the answers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from assistant.complaints import Reading, governs_letter, governs_point
from assistant.domain import (
    Origin,
    PaperBlock,
    PaperParagraph,
    PaperPart,
    PaperSentence,
    PartKind,
)
from assistant.domain.complaints import Point
from assistant.flows.complaint.composing import DraftedPart, open_sentence
from assistant.flows.complaint.letters import Facts
from assistant.flows.complaint.phrasing import quotation
from assistant.flows.complaint.shelf import Opened, Shelf

PART = "governing"
_QUOTED = 3
_ONE = "이 사항의 처리에 적용되는 규정을 알려 드립니다."
_SEVERAL = "이 사항의 처리에 적용되는 규정은 다음과 같습니다."
Section = tuple[str, int]  # document, ordinal


def reading_of(facts: Facts) -> Reading:
    """Return a case as it is read for what governs its reply; its text stays masked."""
    return Reading(
        kind=facts.case.kind,
        decision=facts.request.decision,
        text=facts.masked.text,
        reason=facts.request.reason,
    )


def ruled(shelf: Shelf, reading: Reading, point: Point) -> tuple[Opened, ...]:
    """Return the articles that bear on what a point says, as the store holds them."""
    found = governs_point(reading, f"{point.text}\n{point.question}")
    return shelf.opened([one.place for one in found]) if found else ()


def governing_part(
    shelf: Shelf, reading: Reading, drafted: Mapping[str, DraftedPart]
) -> PaperPart | None:
    """Return the part that quotes what governs the letter and no answer quotes; None without any.

    What cannot be opened in the store is not named.
    """
    found = governs_letter(reading)
    opened = {one.place: one for one in shelf.opened([each.place for each in found])}
    quoted = sections_of(block for part in drafted.values() for block in part.blocks)
    told = [one for one in opened.values() if section_of(one) not in quoted][:_QUOTED]
    further = [each.open for each in found if each.open and each.place in opened]
    if not told and not further:
        return None
    blocks = (
        *_laid_out([quotation(one.ledger, one.passage, one.label) for one in told]),
        *(PaperParagraph(sentences=(open_sentence(what),), depth=1) for what in further),
    )
    return PaperPart(part_id=PART, kind=PartKind.GIVEN, blocks=blocks)


def section_of(one: Opened) -> Section:
    """Return the section that an article stands in."""
    return one.passage.document_id, one.passage.section_ordinal


def sections_of(blocks: Iterable[PaperBlock]) -> Collection[Section]:
    """Return the sections that paragraphs cite."""
    return {
        (citation.document_id, citation.section_ordinal)
        for block in blocks
        if isinstance(block, PaperParagraph)
        for sentence in block.sentences
        for citation in sentence.citations
    }


def _laid_out(quotes: list[PaperSentence]) -> tuple[PaperBlock, ...]:
    """Return quotes below a sentence that says what they are; one alone follows it."""
    if not quotes:
        return ()
    lead = PaperSentence(text=_ONE if len(quotes) == 1 else _SEVERAL, origin=Origin.TEMPLATE)
    if len(quotes) == 1:
        return (PaperParagraph(sentences=(lead, quotes[0]), depth=1),)
    return (
        PaperParagraph(sentences=(lead,), depth=1),
        *(PaperParagraph(sentences=(one,), depth=2) for one in quotes),
    )
