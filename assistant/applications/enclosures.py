"""Which of the required papers a file says are with it (운영규정 별표 2)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.applications.folding import fold
from assistant.applications.labels import label_key
from assistant.applications.layout import Piece, Place, TableView
from assistant.applications.marks import says_yes
from assistant.applications.merging import Texts
from assistant.domain import CellEvidence, ColumnSet, PaperFound, PaperPresence, RequiredPaper

_LIST_HEADING = re.compile(r"제출\s?서류|구비\s?서류|첨부\s?서류|첨부\s?자료|붙임|별첨|첨부")
_COPIES = re.compile(r"\d{1,2}\s?(?:부|매|식|건)(?:\s*[.,]|\s|$)")
_NAME_CHARS = 40
_ENTRY = re.compile(r"(?:^|\s)(?:\d{1,2}[.)]|[①-⑳]|[-·○ㅇ])\s*")


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
    results = []
    for paper in columns.papers:
        mentions = [mention for piece in found for mention in _mentions(piece, paper)]
        mention = _deciding(mentions)
        presence = mention.presence if mention else PaperPresence.NOT_MENTIONED
        results.append(
            PaperFound(
                paper=paper.name,
                need=paper.need,
                presence=presence,
                evidence=_evidence(mention, texts, file_name) if mention else None,
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


def _mentions(piece: Piece, paper: RequiredPaper) -> Iterator[_Mention]:
    if isinstance(piece, TableView):
        yield from _in_table(piece, paper)
    elif not piece.is_doubtful:
        yield from _in_text(piece, paper)


def _keys(paper: RequiredPaper) -> frozenset[str]:
    return frozenset(label_key(name) for name in (paper.label, *paper.labels))


def _in_table(view: TableView, paper: RequiredPaper) -> Iterator[_Mention]:
    keys = _keys(paper)
    for row in range(len(view.places)):
        cells = view.cells(row)
        for number, place in enumerate(cells):
            if place.is_doubtful or not _is_name(place.text, keys):
                continue
            marks = [says_yes(fold(cell.text)) for cell in cells[number + 1 :]]
            known = [mark for mark in marks if mark is not None]
            if known:
                presence = PaperPresence.PRESENT if known[0] else PaperPresence.MISSING
                yield _Mention(place, 0, len(place.text), presence)
            elif _LIST_HEADING.search(f"{view.heading} {view.caption}"):
                yield _Mention(place, 0, len(place.text), PaperPresence.PRESENT)


def _is_name(text: str, keys: frozenset[str]) -> bool:
    if not text.strip() or len(text) > _NAME_CHARS:
        return False
    bare = re.sub(r"[(\[][^()\[\]]*[)\]]", "", text)
    return label_key(text) in keys or label_key(bare) in keys


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
