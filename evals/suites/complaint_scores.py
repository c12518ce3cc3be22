"""Scorers of complaints: pure functions over what was found and what is right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from assistant.complaints import find_points, guess_kind, remedies_for
from assistant.deadlines import SEOUL, compute
from assistant.domain import Point, Span
from assistant.lexical import tagged
from assistant.privacy import MaskedText, mask
from evals.complaint_cases import ComplaintCase
from evals.suites.privacy import leaks

_COVERED = 0.5  # of the passage of the gold, and of the passage that was found


@dataclass(frozen=True, slots=True, kw_only=True)
class PointScore:
    """How the points that were found compare with the gold."""

    hits: int
    missed: tuple[str, ...]
    extra: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseScore:
    """What one case gave."""

    case_id: str
    split: str
    kind_found: str
    is_kind_right: bool
    is_due_right: bool
    are_remedies_right: bool
    points: PointScore
    leaked: tuple[str, ...]
    notes: tuple[str, ...] = field(default=())


def score_case(case: ComplaintCase) -> CaseScore:
    """Read one complaint as the product does: masked first, then its kind, points and clock."""
    title, body = mask(case.title, names=tagged), mask(case.body, names=tagged)
    guess = guess_kind(title.text, body.text)
    points = find_points(body.text, title=title.text, tagged=tagged)
    found = [_in_original(point, body) for point in points]
    shown = f"{title.text}\n{body.text}"
    return CaseScore(
        case_id=case.case_id,
        split=case.split,
        kind_found=guess.kind,
        is_kind_right=guess.kind is case.kind,
        is_due_right=due_of(case) == case.due,
        are_remedies_right=_remedies_right(
            case, [f"{case.title}: {one.question}" for one in points]
        ),
        points=score_points(case.body, found, case.points),
        leaked=tuple(secret.kind for secret in case.secrets if leaks(secret.text, shown)),
    )


def due_of(case: ComplaintCase) -> str:
    """Return the due date of a case as the gold writes it: with a time where hours count."""
    clock = compute(case.kind, case.received_at, now=case.received_at, period=case.period)
    return written(clock.due_at or clock.due_on)


def written(moment: date | datetime) -> str:
    """Return a due date as the case files write it.

    >>> written(date(2026, 11, 9)), written(datetime(2026, 11, 9, 10, 30, tzinfo=SEOUL))
    ('2026-11-09', '2026-11-09 10:30')
    """
    if isinstance(moment, datetime):
        return f"{moment.astimezone(SEOUL):%Y-%m-%d %H:%M}"
    return moment.isoformat()


def _remedies_right(case: ComplaintCase, points: Sequence[str]) -> bool:
    if not case.decision.refuses:
        return True
    named = remedies_for(case.kind, is_disposition=case.is_disposition, points=points)
    return {remedy.kind for remedy in named} == set(case.remedies)


def score_points(
    text: str, found: Sequence[Sequence[Span]], gold: Sequence[Sequence[Span]]
) -> PointScore:
    """Match found points with those of the gold, one to one.

    Two match where one passage of each covers at least half of the other.
    """
    left = list(range(len(found)))
    missed: list[str] = []
    for passages in gold:
        hit = next((at for at in left if _match(found[at], passages)), None)
        if hit is None:
            missed.append(text[passages[0].start : passages[0].end])
        else:
            left.remove(hit)
    extra = tuple(text[found[at][0].start : found[at][0].end] for at in left if found[at])
    return PointScore(hits=len(gold) - len(missed), missed=tuple(missed), extra=extra)


def _match(found: Sequence[Span], gold: Sequence[Span]) -> bool:
    return any(_covers(one, other) for one in found for other in gold)


def _covers(one: Span, other: Span) -> bool:
    shared = min(one.end, other.end) - max(one.start, other.start)
    longest = max(one.end - one.start, other.end - other.start)
    return shared >= _COVERED * longest


def f1(scores: Sequence[PointScore]) -> float:
    """Return the F1 of points over all cases together.

    >>> f1([PointScore(hits=3, missed=("",), extra=())])
    0.8571
    """
    hits = sum(score.hits for score in scores)
    wrong = sum(len(score.missed) + len(score.extra) for score in scores)
    return round(2 * hits / (2 * hits + wrong), 4) if hits else 0.0


def _in_original(point: Point, masked: MaskedText) -> tuple[Span, ...]:
    return tuple(
        Span(start=original_at(masked, span.start), end=original_at(masked, span.end, is_end=True))
        for span in point.spans
    )


def original_at(masked: MaskedText, at: int, *, is_end: bool = False) -> int:
    """Return the place in the original of a place in the masked text."""
    shift = 0
    for one in masked.masks:
        begins = one.start + shift
        ends = begins + len(one.placeholder)
        if at <= begins:
            break
        if at < ends:
            return one.end if is_end else one.start
        shift += len(one.placeholder) - (one.end - one.start)
    return at - shift
