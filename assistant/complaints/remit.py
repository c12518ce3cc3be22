"""Signs that a point is another body's affair, with the words that tell; a suggestion alone."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from assistant.complaints.shelf import shelf
from assistant.domain import LawPlace, Point, RemitSign, Sign, Span

_FILE = "remit.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Subject:
    body: str
    subject: str
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None


def remit_signs(
    text: str, points: Sequence[Point], *, own: Collection[str] = ()
) -> tuple[RemitSign, ...]:
    """Return for which points `text` speaks of what is usually another body's affair.

    Args:
        text: the text that was split into `points`.
        points: the points in order.
        own: bodies whose affairs are ours: those are no signs. `관할 시ㆍ군ㆍ구` stands for any
            local government.

    >>> text = "부가세 신고는 언제까지 하나요?"
    >>> point = Point(point_id="p1", text=text, question=text, spans=(Span(start=0, end=18),))
    >>> [(sign.body, sign.signs[0].text) for sign in remit_signs(text, [point])]
    [('관할 세무서', '부가세')]
    """
    return tuple(
        sign
        for point, around in _with_surroundings(text, points)
        for sign in _of_point(text, point, around, own)
    )


def _with_surroundings(text: str, points: Sequence[Point]) -> Iterator[tuple[Point, Span]]:
    """Yield each point with the stretch that leads up to it: what a wish is about stands before.

    The last point has what follows it as well.
    """
    before = 0
    for number, point in enumerate(points):
        if not point.spans:
            continue
        first = point.spans[0]
        is_last = number == len(points) - 1
        start = min(before, first.start)
        yield point, Span(start=start, end=len(text) if is_last else first.end)
        before = first.end


def _of_point(text: str, point: Point, around: Span, own: Collection[str]) -> Iterator[RemitSign]:
    asked = point.spans[0]
    near = _signs(text, asked, own) or _signs(text, around, own)
    by_body: dict[str, list[tuple[_Subject, Sign]]] = {}
    for subject, sign in near:
        by_body.setdefault(subject.body, []).append((subject, sign))
    for body, found in by_body.items():
        yield RemitSign(
            point_id=point.point_id,
            body=body,
            subject=found[0][0].subject,
            signs=tuple(sign for _, sign in found),
            basis=LawPlace(**shelf(_FILE)["basis"]),
        )


def _signs(text: str, span: Span, own: Collection[str]) -> list[tuple[_Subject, Sign]]:
    found: list[tuple[_Subject, Sign]] = []
    for subject in _subjects():
        if subject.body in own:
            continue
        match = subject.pattern.search(text, span.start, span.end)
        if match is None or (subject.unless and subject.unless.search(text, span.start, span.end)):
            continue
        sign = Sign(
            span=Span(start=match.start(), end=match.end()),
            text=match.group().strip(),
            reason=f"{subject.subject}: 보통 {subject.body}의 일",
        )
        found.append((subject, sign))
    return found


@cache
def _subjects() -> tuple[_Subject, ...]:
    return tuple(
        _Subject(
            body=entry["body"],
            subject=row["subject"],
            pattern=re.compile(row["pattern"]),
            unless=re.compile(row["unless"]) if "unless" in row else None,
        )
        for entry in shelf(_FILE)["bodies"]
        for row in entry["signs"]
    )


def known_bodies() -> tuple[str, ...]:
    """Return the bodies that are told apart, for the settings of an institution."""
    return tuple(entry["body"] for entry in shelf(_FILE)["bodies"])
