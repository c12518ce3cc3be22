"""What a complaint asks: its kind and points, found in masked text and changed by people."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from assistant.complaints import find_points, guess_kind
from assistant.domain import Span
from assistant.domain.complaints import KindGuess, Point, PointStatus, Sign
from assistant.errors import ComplaintInputError
from assistant.flows.complaint import masking
from assistant.flows.complaint.masking import MaskedCase
from assistant.lexical import tagged


@dataclass(frozen=True, slots=True, kw_only=True)
class EditedPoint:
    """A point as a person leaves it; `point_id` "" makes a new one.

    `spans` count in the masked text; `text` is as the person typed it and is masked here.
    """

    point_id: str = ""
    text: str = field(repr=False)
    question: str = field(default="", repr=False)
    spans: tuple[Span, ...] = ()
    status: PointStatus = PointStatus.UNTOUCHED
    other_body: str = ""


def guessed(case: MaskedCase) -> KindGuess:
    """Return the kind that a complaint seems to be of; words are placed in the whole text."""
    found = guess_kind(case.title, case.body)
    start = case.body_span.start
    return replace(
        found,
        signs=_placed(found.signs, start),
        alternatives=tuple(
            replace(one, signs=_placed(one.signs, start)) for one in found.alternatives
        ),
    )


def _placed(signs: Iterable[Sign], start: int) -> tuple[Sign, ...]:
    return tuple(
        sign
        if sign.is_in_title
        else replace(sign, span=Span(start=sign.span.start + start, end=sign.span.end + start))
        for sign in signs
    )


def split(case: MaskedCase) -> tuple[Point, ...]:
    """Return the points of the body, their places counted in the whole masked text."""
    start = case.body_span.start
    return tuple(
        replace(
            point,
            point_id=new_point_id(),
            spans=tuple(
                Span(start=span.start + start, end=span.end + start) for span in point.spans
            ),
        )
        for point in find_points(case.body, title=case.title, tagged=tagged)
    )


def new_point_id() -> str:
    """Return an id that no other point of any case has."""
    return f"p{secrets.token_hex(5)}"


def edited_point(one: EditedPoint, old: Point | None, case: MaskedCase, *, by: str) -> Point:
    """Return a point as a person left it, personal data in it masked.

    Raises:
        ComplaintInputError: It says nothing, or its place is none of the text.
    """
    length = len(case.masked.text)
    if any(not 0 <= span.start < span.end <= length for span in one.spans):
        raise ComplaintInputError(reason="points")
    text = masking.hide(" ".join(one.text.split()), case.masked)
    if not text:
        raise ComplaintInputError(reason="points")
    question = masking.hide(" ".join(one.question.split()), case.masked)
    if not question:
        question = old.question if old is not None and old.text == text else text
    made = Point(
        point_id=one.point_id or new_point_id(),
        text=text,
        question=question,
        spans=one.spans,
        status=one.status,
        other_body=" ".join(one.other_body.split()),
        by=old.by if old else by,
    )
    return made if old == made else replace(made, by=by)
