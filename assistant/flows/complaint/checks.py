"""What a letter still lacks before it can be approved: form, points, personal data, remedies."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from assistant.complaints import LetterFacts, check_letter
from assistant.domain import (
    Approval,
    DraftSource,
    GateFinding,
    GateSeverity,
    ItemKind,
    OpenItem,
    Origin,
    Paper,
    PaperParagraph,
    PaperPart,
    PaperRecord,
    Point,
    PointStatus,
    Remedy,
    Span,
)
from assistant.errors import NotFoundError
from assistant.flows.complaint.contesting import remedies_of
from assistant.flows.complaint.masking import MaskedCase
from assistant.lexical import tagged
from assistant.officialdoc import DocumentKind, Severity, lint
from assistant.papers import to_draft
from assistant.privacy import Kind, mask
from assistant.store import Letter, Store, StoredCase
from assistant.writing import numbered_lines

_POINTS = "point-"
_PERSONAL = frozenset({"personal", "placeholder"})
# What an official body writes into a letter itself, and what says where the matter lies.
_NOT_PERSONAL = frozenset({Kind.PHONE, Kind.ADDRESS, Kind.MARKER})


class LetterChecks:
    """The checks of complaint letters, called with each stored paper.

    Args:
        store: the truth.
        now: the clock of the installation.
    """

    def __init__(self, store: Store, *, now: Callable[[], datetime]) -> None:
        self._store = store
        self._now = now

    def __call__(self, record: PaperRecord) -> Sequence[OpenItem]:
        """Return what blocks a letter beside what its text itself shows."""
        paper = record.current.paper
        try:
            case, letter, masked = self._case(record)
        except NotFoundError:
            return tuple(form_items(paper, now=self._now()))
        facts = LetterFacts(
            letter=letter.letter,
            kind=case.kind,
            decision=letter.decision,
            points=tuple(_as_answered(point, paper) for point in case.points),
            remedies=_remedies(case, letter),
            officer=case.officer,
            find_personal=_finder(masked),
        )
        found = [
            _item(one, paper)
            for one in check_letter(paper, facts)
            if (one.severity is GateSeverity.ERROR or one.rule.startswith(_POINTS))
            and not _is_open_anyway(one, paper)
        ]
        return (*found, *form_items(paper, now=self._now()))

    def _case(self, record: PaperRecord) -> tuple[StoredCase, Letter, MaskedCase]:
        complaints = self._store.complaints
        institution_id = record.institution_id
        complaint_id, letter = complaints.case_of_paper(
            record.paper_id, institution_id=institution_id
        )
        case = complaints.get(complaint_id, institution_id=institution_id)
        payload = complaints.payload(complaint_id, institution_id=institution_id)
        return case, letter, MaskedCase.from_json(payload, is_checked=True)


def _remedies(case: StoredCase, letter: Letter) -> tuple[Remedy, ...]:
    if not letter.decision.refuses:
        return ()
    return remedies_of(case, is_disposition=letter.is_disposition)


def _as_answered(point: Point, paper: Paper) -> Point:
    """Return a point as the letter answers it: what a person wrote there counts as an answer."""
    part = next((one for one in paper.parts if one.subject_id == point.point_id), None)
    if part is None:
        return replace(point, status=PointStatus.UNTOUCHED)
    sentences = [
        sentence
        for block in part.blocks
        if isinstance(block, PaperParagraph)
        for sentence in block.sentences
    ]
    is_finished = any(one.origin is Origin.PERSON for one in sentences) and not any(
        one.is_open for one in sentences
    )
    if is_finished and not point.status.is_settled:
        return replace(point, status=PointStatus.ANSWERED)
    return point


def _is_open_anyway(found: GateFinding, paper: Paper) -> bool:
    """Return whether the answer to a point has a place to be filled in, which blocks by itself."""
    return found.rule.startswith(_POINTS) and any(
        sentence.is_open
        for part in paper.parts
        if part.subject_id == found.point_id
        for block in part.blocks
        if isinstance(block, PaperParagraph)
        for sentence in block.sentences
    )


def _finder(case: MaskedCase) -> Callable[[str], Sequence[Span]]:
    """Return what finds personal data in a sentence: that of the case, and any other."""
    values = [one.value for one in case.masked.register.entries if one.kind not in _NOT_PERSONAL]

    def find(text: str) -> Sequence[Span]:
        places = [
            Span(start=at, end=at + len(value))
            for value in values
            if len(value) > 1 and (at := text.find(value)) >= 0
        ]
        others = mask(text, names=tagged).masks
        return (
            *places,
            *(
                Span(start=one.start, end=one.end)
                for one in others
                if one.kind not in _NOT_PERSONAL
            ),
        )

    return find


def _item(found: GateFinding, paper: Paper) -> OpenItem:
    kind = ItemKind.FORM
    if found.rule.startswith(_POINTS):
        kind = ItemKind.POINT
    elif found.rule in _PERSONAL:
        kind = ItemKind.PERSONAL
    part_id = found.part_id
    if not part_id and found.point_id:
        part = next((one for one in paper.parts if one.subject_id == found.point_id), None)
        part_id = part.part_id if part else ""
    return OpenItem(
        item_id="",
        kind=kind,
        part_id=part_id,
        text=found.message,
        block=found.block,
        sentence=found.sentence,
        code=found.rule,
    )


# -- form -------------------------------------------------------------------------------------


def form_items(paper: Paper, *, now: datetime) -> Iterator[OpenItem]:
    """Yield the errors of form in a letter as it will be written out."""
    lines, places = _as_written(paper, now)
    starts: list[int] = []
    length = 0
    for line in lines:
        starts.append(length)
        length += len(line) + 1
    for one in lint("\n".join(lines), kind=DocumentKind.REPLY):
        if one.severity is not Severity.ERROR:
            continue
        part, block = places[max(bisect_right(starts, one.place.start) - 1, 0)]
        yield OpenItem(
            item_id="",
            kind=ItemKind.FORM,
            part_id=part.part_id,
            text=one.message,
            block=block,
            code=one.rule,
        )


def _as_written(paper: Paper, now: datetime) -> tuple[list[str], list[tuple[PaperPart, int]]]:
    """Return the lines of a letter with their marks, and the part and block of each."""
    final = Approval(version_number=0, content_hash="", by="-", at=now)
    draft = to_draft(
        paper,
        approval=final,
        institution="",
        created_at=now,
        sources=lambda citation: DraftSource(number=0, where=citation.document_id),
        is_plain=True,
    )
    lines: list[str] = []
    places: list[tuple[PaperPart, int]] = []
    written = iter(numbered_lines(draft))
    for part in paper.parts:
        if part.heading:
            lines.append(next(written))
            places.append((part, 0))
        for number, _ in enumerate(part.blocks):
            lines.append(" ".join(next(written).splitlines()).rstrip())
            places.append((part, number))
    return lines, places
