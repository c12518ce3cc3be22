"""Letters of a case, built in a line."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.complaints import LetterFacts, remedies_for
from assistant.domain import (
    ComplaintKind,
    Decision,
    LetterKind,
    Officer,
    Origin,
    Paper,
    PaperParagraph,
    PaperPart,
    PaperSentence,
    PartKind,
    Point,
    PointStatus,
    Span,
)

OFFICER = Officer(department="민원봉사과", name="정다은", contact="000-000-0000")
OFFICER_LINE = (
    "추가 설명이 필요하시면 민원봉사과 정다은 주무관(☎ 000-000-0000)에게 연락하여 주십시오."
)


def point(
    point_id: str = "p1", *, status: PointStatus = PointStatus.ANSWERED, **extra: str
) -> Point:
    return Point(
        point_id=point_id,
        text="접수일도 포함되나요?",
        question="접수일도 포함되나요",
        status=status,
        **extra,
    )


def part(
    text: str, *, part_id: str = "core", subject_id: str = "p1", origin: Origin = Origin.MODEL
) -> PaperPart:
    sentences = tuple(
        PaperSentence(text=each, origin=origin)
        for each in re.split(r"(?<=[다오요]\.)\s+", text)
        if each
    )
    return PaperPart(
        part_id=part_id,
        kind=PartKind.DRAFTED,
        blocks=(PaperParagraph(sentences=sentences),),
        subject_id=subject_id,
    )


def letter(*parts: PaperPart, officer: str = OFFICER_LINE) -> Paper:
    closing = part(officer, part_id="officer", subject_id="", origin=Origin.TEMPLATE)
    held = (*parts, closing) if officer else parts
    return Paper(title="민원 답변", template="complaint_reply@1", parts=held)


def facts(
    *,
    kind: ComplaintKind = ComplaintKind.QUERY_LAW,
    decision: Decision = Decision.ANSWER,
    points: tuple[Point, ...] = (point(),),
    letter: LetterKind = LetterKind.REPLY,
    is_disposition: bool = False,
    **extra: object,
) -> LetterFacts:
    return LetterFacts(
        letter=letter,
        kind=kind,
        decision=decision,
        points=points,
        remedies=remedies_for(kind, is_disposition=is_disposition),
        officer=OFFICER,
        **extra,  # type: ignore[arg-type] # named by the test
    )


def phones(text: str) -> Sequence[Span]:
    """Find what looks like a telephone number, as a stand-in for the part that finds all."""
    found = re.finditer(r"0\d{2}-\d{3,4}-\d{4}", text)
    return [Span(start=match.start(), end=match.end()) for match in found]
