"""How what a letter refuses is contested: the remedies of a case, and the last day for them."""

from __future__ import annotations

from datetime import date, datetime, time

from assistant.complaints import clock_of, remedies_for, told_until
from assistant.deadlines import SEOUL, compute
from assistant.domain.complaints import LetterKind, Remedy
from assistant.flows.complaint.letters import LetterRequest
from assistant.officialdoc import format_date
from assistant.store import StoredCase


def remedies_of(case: StoredCase, *, is_disposition: bool) -> tuple[Remedy, ...]:
    """Return the remedies that a refusal in a case names, told from its kind and its points."""
    points = [f"{case.title}: {point.question}" for point in case.points]
    return remedies_for(case.kind, is_disposition=is_disposition, points=points)


def remedy_texts(case: StoredCase, request: LetterRequest) -> tuple[str, ...]:
    """Return what a refusal says of ways to contest it, a remedy a paragraph; else nothing."""
    if request.letter is not LetterKind.REPLY or not request.decision.refuses:
        return ()
    return tuple(
        told_until(one, _last_day(one, request.notified_on))
        for one in remedies_of(case, is_disposition=request.is_disposition)
    )


def _last_day(remedy: Remedy, notified_on: date | None) -> str:
    """Return the last day for a remedy that runs from a notice before this letter."""
    rule = clock_of(remedy)
    if not rule or notified_on is None:
        return ""
    noon = datetime.combine(notified_on, time(12), tzinfo=SEOUL)
    return format_date(compute(rule, noon, now=noon).due_on)
