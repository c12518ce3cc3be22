"""A paper as a draft: what the writers turn into files, with numbered sources."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from assistant.domain import (
    OPEN_PLACE,
    Approval,
    Citation,
    Draft,
    DraftBlock,
    DraftFacts,
    DraftSource,
    Heading,
    Note,
    Origin,
    Paper,
    PaperBlock,
    PaperParagraph,
    PaperSentence,
    Paragraph,
    Run,
    Runs,
    SentenceStatus,
    Table,
)

SourceOf = Callable[[Citation], DraftSource | None]
NO_BASIS = "〔근거 없음〕"
MARKS = {
    SentenceStatus.UNSUPPORTED: NO_BASIS,
    SentenceStatus.DIFFERS: "〔수치 다름〕",
    SentenceStatus.UNCHECKED: "〔원본 확인 필요〕",
}
_Span = tuple[str, str, int, int, int]


def cited(paper: Paper) -> tuple[Citation, ...]:
    """Return the citations of a paper in order of use, each span once."""
    found: dict[_Span, Citation] = {}
    for part in paper.parts:
        for block in part.blocks:
            if isinstance(block, PaperParagraph):
                for citation in (c for s in block.sentences for c in s.citations):
                    found.setdefault(_span(citation), citation)
    return tuple(found.values())


def to_draft(
    paper: Paper,
    *,
    approval: Approval | None,
    institution: str,
    created_at: datetime,
    sources: SourceOf,
    is_plain: bool = False,
) -> Draft:
    """Return a paper as the writers take it.

    A sentence without basis carries 〔근거 없음〕, one whose figures differ 〔수치 다름〕, until a
    person has approved the text. A sentence whose sources cannot be opened counts as without basis.

    Args:
        paper: The text.
        approval: The decision that holds for exactly this text; None makes it an "AI 초안".
        institution: Whose paper it is.
        created_at: When this version was saved.
        sources: What a note says of a citation (its number is set here); None when the cited
            text cannot be opened.
        is_plain: Leave out the numbers and the list of sources, as for pasting into a form.
    """
    numbering = _Numbering(sources)
    blocks: list[DraftBlock] = []
    for part in paper.parts:
        if part.heading:
            blocks.append(Heading(runs=_with_open(part.heading), level=part.level))
        blocks += [
            _block(b, numbering, is_final=approval is not None, is_plain=is_plain)
            for b in part.blocks
        ]
    return Draft(
        title=paper.title,
        blocks=tuple(blocks),
        style=paper.style,
        sources=() if is_plain else tuple(numbering.sources),
        facts=DraftFacts(
            summary=paper.summary,
            keywords=paper.keywords,
            created_at=created_at,
            institution=institution,
            reviewer=approval.by if approval else "",
            confirmed_at=approval.at if approval else None,
            is_generated=is_generated(paper),
            is_model_written=bool(paper.models),
            grade=paper.grade,
        ),
    )


def is_generated(paper: Paper) -> bool:
    """Return whether a paper is a draft of the assistant's until a person takes it over.

    Wording of a template, filled in with what was computed, has been seen by nobody either: only a
    text that a person wrote whole is none.
    """
    return bool(paper.models) or any(
        sentence.origin is not Origin.PERSON
        for part in paper.parts
        for block in part.blocks
        if isinstance(block, PaperParagraph)
        for sentence in block.sentences
    )


class _Numbering:
    """Sources numbered in order of first use, one number for each span."""

    def __init__(self, look_up: SourceOf) -> None:
        self._look_up = look_up
        self._numbers: dict[_Span, int | None] = {}
        self.sources: list[DraftSource] = []

    def of(self, citation: Citation) -> int | None:
        """Return the number of a citation, None when its source cannot be opened."""
        span = _span(citation)
        if span not in self._numbers:
            source = self._look_up(citation)
            if source is not None:
                self.sources.append(replace(source, number=len(self.sources) + 1))
            self._numbers[span] = None if source is None else len(self.sources)
        return self._numbers[span]


def _span(citation: Citation) -> _Span:
    return (
        citation.document_id,
        citation.version_id,
        citation.section_ordinal,
        citation.start,
        citation.end,
    )


def _block(
    block: PaperBlock, numbering: _Numbering, *, is_final: bool, is_plain: bool
) -> DraftBlock:
    match block:
        case PaperParagraph():
            runs: list[Run] = []
            for sentence in block.sentences:
                runs += [Run(text=" ")] if runs else []
                runs += _sentence(sentence, numbering, is_final=is_final, is_plain=is_plain)
            return Paragraph(runs=tuple(runs), depth=block.depth, align=block.align)
        case Table():
            rows = tuple(
                tuple(replace(cell, runs=_bare(cell.runs)) for cell in row) for row in block.rows
            )
            return replace(block, rows=rows)
        case Note():
            return replace(block, runs=_bare(block.runs))
        case _:
            return block


def _bare(runs: Runs) -> Runs:
    """Leave out source numbers of another draft, which would name a wrong source here."""
    return tuple(replace(run, sources=()) for run in runs)


def _sentence(
    sentence: PaperSentence, numbering: _Numbering, *, is_final: bool, is_plain: bool
) -> list[Run]:
    numbers = [numbering.of(citation) for citation in sentence.citations]
    known = tuple(dict.fromkeys(number for number in numbers if number is not None))
    mark = MARKS.get(sentence.status) if sentence.status else None
    if sentence.citations and not known:
        mark = NO_BASIS
    *before, last = _with_open(sentence.text) or (Run(text=""),)
    cites = replace(last, sources=() if is_plain else known)
    return [*before, cites, *([Run(text=f" {mark}")] if mark and not is_final else [])]


def _with_open(text: str) -> tuple[Run, ...]:
    """Cut a text at its open marks.

    >>> [run.text for run in _with_open("기한은 【확인 필요】입니다.")]
    ['기한은 ', '【확인 필요】', '입니다.']
    """
    runs: list[Run] = []
    last = 0
    for match in OPEN_PLACE.finditer(text):
        runs += [Run(text=text[last : match.start()])] if match.start() > last else []
        runs.append(Run(text=match[0], is_open=True))
        last = match.end()
    return (*runs, Run(text=text[last:])) if last < len(text) else tuple(runs)
