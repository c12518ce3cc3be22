"""The clock of a case: its events as stored, its date, and what follows from both."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from assistant import deadlines
from assistant.deadlines import SEOUL, Clock, Event, Period, Unit, compute
from assistant.domain.complaints import ComplaintKind
from assistant.errors import ComplaintInputError
from assistant.store import CaseEvent, Due, StoredCase

EVENTS: Mapping[str, type[Event]] = {
    "arrived": deadlines.Arrived,
    "supplement_requested": deadlines.SupplementRequested,
    "supplement_prolonged": deadlines.SupplementProlonged,
    "supplement_urged": deadlines.SupplementUrged,
    "supplement_received": deadlines.SupplementReceived,
    "supplement_bounced": deadlines.SupplementBounced,
    "transferred": deadlines.Transferred,
    "extended": deadlines.Extended,
    "suspended": deadlines.Suspended,
    "progress_notified": deadlines.ProgressNotified,
    "ended": deadlines.Ended,
}
_NAMES = {noun: name for name, noun in EVENTS.items()}
_WORDS: Mapping[str, type[StrEnum]] = {
    "ground": deadlines.Ground,
    "why": deadlines.Pause,
    "to": deadlines.Destination,
    "how": deadlines.Ending,
}


def clock_of(case: StoredCase, *, now: datetime, further: Iterable[Event] = ()) -> Clock | None:
    """Return the clock of a case; None while the published period of a 법정민원 is not known.

    Raises:
        DeadlineInputError: It cannot be computed from what is recorded.
    """
    events = [event_of(one.name, one.at, one.facts) for one in case.events]
    return clock(case.kind, case.received_at, [*events, *further], period=case.period, now=now)


def clock(
    kind: ComplaintKind,
    received_at: datetime,
    events: Iterable[Event],
    *,
    period: str,
    now: datetime,
) -> Clock | None:
    """Return the clock of a complaint; see `clock_of`."""
    length = period_of(period)
    if length is None and deadlines.rule_of(kind.value).period is None:
        return None
    return compute(kind.value, received_at, events, now=now, period=length)


def due_of(clock: Clock | None, received_at: datetime) -> Due:
    """Return what the queue is ordered by; without a clock a case stands at the front of it."""
    if clock is None:
        local = received_at.astimezone(SEOUL)
        return Due(on=local.date(), at=None, moment=received_at)
    midnight = datetime.combine(clock.due_on + timedelta(days=1), time.min, tzinfo=SEOUL)
    return Due(
        on=clock.due_on,
        at=clock.due_at,
        moment=clock.due_at or midnight,
        is_over=clock.state.is_over,
        is_provisional=clock.is_provisional,
    )


def period_of(text: str) -> Period | None:
    """Return a published period as stored, None for that of the kind.

    >>> str(period_of("30 day"))
    '30일'
    """
    if not text:
        return None
    number, unit = text.split()
    return Period(number=int(number), unit=Unit(unit))


def period_text(period: Period | None) -> str:
    """Return a period as stored."""
    return "" if period is None else f"{period.number} {period.unit.value}"


# -- events -----------------------------------------------------------------------------------


def recorded(event: Event, *, by: str, now: datetime) -> CaseEvent:
    """Return an event as the store keeps it."""
    facts = {
        one.name: _plain(value)
        for one in fields(event)
        if one.name != "at" and (value := getattr(event, one.name)) is not None
    }
    return CaseEvent(
        event_id="", name=_NAMES[type(event)], at=event.at, facts=facts, by=by, recorded_at=now
    )


def event_of(name: str, at: datetime, facts: Mapping[str, object]) -> Event:
    """Return an event from what the store kept.

    Raises:
        ComplaintInputError: There is no such event.
    """
    noun = EVENTS.get(name)
    if noun is None:
        raise ComplaintInputError(reason="event")
    known = {one.name for one in fields(noun)} - {"at"}
    values = {key: _value(key, value) for key, value in facts.items() if key in known}
    return noun(at=at, **values)  # type: ignore[arg-type] # values by the name of their field


def _plain(value: object) -> object:
    if isinstance(value, Period):
        return period_text(value)
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, StrEnum) else value


def _value(key: str, value: object) -> object:
    if key in _WORDS:
        return _WORDS[key](str(value))
    if key == "length":
        return period_of(str(value))
    if key == "until":
        text = str(value)
        return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
    return value
