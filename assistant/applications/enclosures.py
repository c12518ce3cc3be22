"""Which of the required papers a file says are with it (운영규정 별표 2)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from assistant.applications.folding import fold
from assistant.applications.labels import label_key
from assistant.applications.layout import Piece, Place, TableView
from assistant.applications.marks import says_yes
from assistant.applications.merging import Texts
from assistant.domain import CellEvidence, ColumnSet, PaperFound, PaperPresence, RequiredPaper

_LIST_HEADING = re.compile(r"제출\s?서류|구비\s?서류|첨부\s?서류|첨부\s?자료|붙임|별첨|첨부")
_COPIES = re.compile(r"\d{1,2}\s?(?:부|매|식|건)(?:\s*[.,]|\s|$)")
_NAME_CHARS = 40


@dataclass(frozen=True, slots=True)
class _Mention:
    place: Place
    start: int
    end: int
    presence: PaperPresence


def papers(
    found: Sequence[Piece], columns: ColumnSet, *, texts: Texts, file_name: str
) -> tuple[PaperFound, ...]:
    """Return for each paper of the set whether the file lists it as handed in.

    A mark in a table (○, ×, ☑, 제출) decides; a name in a list of enclosures counts as present; a
    mention elsewhere says nothing.
    """
    named = {key: paper for paper in columns.papers for key in _keys(paper)}
    mentions: dict[str, list[_Mention]] = defaultdict(list)
    for piece in found:
        for paper, mention in _mentions(piece, named, columns.papers):
            mentions[paper.name].append(mention)
    results = []
    for paper in columns.papers:
        deciding = _deciding(mentions[paper.name])
        results.append(
            PaperFound(
                paper=paper.name,
                need=paper.need,
                presence=deciding.presence if deciding else PaperPresence.NOT_MENTIONED,
                evidence=_evidence(deciding, texts, file_name) if deciding else None,
            )
        )
    return tuple(results)


def _deciding(mentions: Sequence[_Mention]) -> _Mention | None:
    """Return the mention that counts: missing beats present, so that a doubt is looked at."""
    missing = [one for one in mentions if one.presence is PaperPresence.MISSING]
    present = [one for one in mentions if one.presence is PaperPresence.PRESENT]
    return next(iter(missing or present), None)


def _evidence(mention: _Mention, texts: Texts, file_name: str) -> CellEvidence:
    place = mention.place
    source = texts[place.block, place.row, place.column]
    return place.evidence(mention.start, mention.end, source=source, file_name=file_name)


_Named: TypeAlias = Mapping[str, RequiredPaper]
_Told: TypeAlias = tuple[RequiredPaper, _Mention]


def _mentions(piece: Piece, named: _Named, papers: Sequence[RequiredPaper]) -> Iterator[_Told]:
    if isinstance(piece, TableView):
        yield from _in_table(piece, named)
    elif not piece.is_doubtful:
        for paper in papers:
            for mention in _in_text(piece, paper):
                yield paper, mention


def _keys(paper: RequiredPaper) -> frozenset[str]:
    return frozenset(label_key(name) for name in (paper.label, *paper.labels))


def _in_table(view: TableView, named: _Named) -> Iterator[_Told]:
    for row in range(len(view.places)):
        cells = view.cells(row)
        for number, place in enumerate(cells):
            paper = None if place.is_doubtful or place.row != row else _paper(place.text, named)
            if paper is None:
                continue
            known = _first_mark(cells[number + 1 :])
            if known is not None:
                presence = PaperPresence.PRESENT if known else PaperPresence.MISSING
                yield paper, _Mention(place, 0, len(place.text), presence)
            elif _LIST_HEADING.search(f"{view.heading} {view.caption}"):
                yield paper, _Mention(place, 0, len(place.text), PaperPresence.PRESENT)


def _first_mark(cells: Sequence[Place]) -> bool | None:
    marks = (says_yes(fold(cell.text)) for cell in cells)
    return next((mark for mark in marks if mark is not None), None)


def _paper(text: str, named: _Named) -> RequiredPaper | None:
    """Return the paper that a cell names, with or without a remark in brackets."""
    if not text.strip() or len(text) > _NAME_CHARS:
        return None
    key = label_key(text)
    if key not in named and ("(" in text or "[" in text):
        key = label_key(re.sub(r"[(\[][^()\[\]]*[)\]]", "", text))
    return named.get(key)


def _in_text(place: Place, paper: RequiredPaper) -> Iterator[_Mention]:
    """Yield mentions in lists of enclosures: 붙임 1. 규격서 1부., □ 제안서, ☑ 규격서."""
    folded = fold(place.text)
    pattern = _spaced(paper)
    start = 0
    for line in folded.split("\n"):
        is_list = bool(_LIST_HEADING.search(f"{place.heading} {line}"))
        for match in pattern.finditer(line):
            before, after = line[: match.start()], line[match.end() :]
            presence = _told(before, after, is_list=is_list)
            if presence is not None:
                yield _Mention(place, start + match.start(), start + match.end(), presence)
        start += len(line) + 1


@lru_cache(maxsize=256)
def _spaced(paper: RequiredPaper) -> re.Pattern[str]:
    names = sorted(_keys(paper), key=len, reverse=True)
    spaced = (r"\s?".join(re.escape(sign) for sign in name) for name in names)
    return re.compile(
        rf"(?<![가-힣A-Za-z])(?:{'|'.join(spaced)})(?!\s?(?:작성|참조|에\s?따|의\s?내용))", re.I
    )


def _told(before: str, after: str, *, is_list: bool) -> PaperPresence | None:
    box = re.search(r"([☑☒✔✓■√☐□])\s*$", before)
    if box:
        return PaperPresence.MISSING if box[1] in "☐□" and not is_list else _boxed(box[1])
    mark = re.match(r"\s*[:(\[]\s*([^()\[\]:,]{1,12}?)\s*(?:[)\]]|$|,)", after)
    said = says_yes(mark[1]) if mark else None
    if said is not None:
        return PaperPresence.PRESENT if said else PaperPresence.MISSING
    if _COPIES.match(after.strip()) or (is_list and len(before.strip()) <= _NAME_CHARS):
        return PaperPresence.PRESENT
    return None


def _boxed(sign: str) -> PaperPresence:
    return PaperPresence.MISSING if sign in "☐□" else PaperPresence.PRESENT
