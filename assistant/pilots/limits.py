"""The periods of a step held against what happened: due when, done when, late by how much."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from assistant.deadlines import (
    SEOUL,
    Article,
    Clock,
    Counting,
    Ended,
    Office,
    compute,
    day_text,
    rule_of,
)
from assistant.domain import Acquisition, EventKind, PilotRecord
from assistant.figures import Figure, lateness
from assistant.pilots.steps import DESIGNATION_END, YEARS, LimitRule

_MORNING = time(9)
_MOST_YEARS = 10
_FINAL_REPORT = "pilot_report"


class LimitState(StrEnum):
    """Where a period stands."""

    DONE = "done"
    DONE_LATE = "done_late"
    RUNNING = "running"
    OVERDUE = "overdue"
    OPEN = "open"  # may be applied for from this day on
    UNRECORDED = "unrecorded"  # the step is passed, the day of the act is not on record


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """A period that has begun, or with `is_planned` will begin as the plan says.

    `days` are left when positive or zero, over when `lateness` is above zero. `is_bound` marks the
    last day that is allowed where nothing is to be handed in. `why` says from when and how long.
    """

    clock_kind: str
    name: str
    act: str
    who: str
    article: Article
    starts_on: date
    due_on: date
    done_on: date | None
    state: LimitState
    days: int
    lateness: Figure
    why: str
    note: str
    clock: Clock
    is_bound: bool = False
    is_planned: bool = False

    @property
    def is_late(self) -> bool:
        """Whether it was, or is, too late."""
        return self.state in {LimitState.DONE_LATE, LimitState.OVERDUE}


@dataclass(frozen=True, slots=True)
class Viewing:
    """From when periods are looked at, by whose calendar, and whether the step is passed."""

    now: datetime
    office: Office
    is_passed: bool = False

    @property
    def today(self) -> date:
        """The day in Seoul."""
        return self.now.astimezone(SEOUL).date()


def limits_of(
    rules: tuple[LimitRule, ...], record: PilotRecord, viewing: Viewing
) -> tuple[Limit, ...]:
    """Return the periods of a step that have begun or are foreseen."""
    found: list[Limit] = []
    for rule in rules:
        if rule.only in {None, record.acquisition}:
            spans = list(_spans(rule, record, viewing))
            if rule.clock == _FINAL_REPORT:
                # the yearly report of the last full year is the final one
                years = year_ends(record, viewing)
                spans = [span for span in spans if span.starts_on not in years]
            found.extend(_limit(rule, span, viewing) for span in spans)
    return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Span:
    """From when a period runs, and when what it waits for was done."""

    starts_on: date
    done_on: date | None
    is_planned: bool = False


def _spans(rule: LimitRule, record: PilotRecord, viewing: Viewing) -> Iterator[_Span]:
    if rule.start == YEARS:
        yield from _years(record, viewing)
    elif rule.start == DESIGNATION_END:
        if (end := designation_end(record, viewing)) is not None:
            yield _Span(starts_on=end, done_on=None)
    elif isinstance(rule.start, EventKind):
        yield from _from_event(rule, rule.start, record)


def _from_event(rule: LimitRule, start: EventKind, record: PilotRecord) -> Iterator[_Span]:
    started = record.day_of(start)
    done = record.day_of(rule.done_by) if rule.done_by else None
    if started is not None:
        yield _Span(starts_on=started, done_on=done)
    elif rule.is_planned and record.plan.ends_on is not None:
        yield _Span(starts_on=record.plan.ends_on, done_on=done, is_planned=True)


def designation_end(record: PilotRecord, viewing: Viewing) -> date | None:
    """Return the last day of the designation: as the product's papers say, else three years."""
    if record.product.designated_until is not None:
        return record.product.designated_until
    designated = record.day_of(EventKind.DESIGNATED)
    if designated is None:
        return None
    return _clock("designation", designated, None, viewing).due_on


def year_ends(record: PilotRecord, viewing: Viewing) -> tuple[date, ...]:
    """Return the last day of each full year of a lease of more than one year (제36조제1항 단서)."""
    starts = record.day_of(EventKind.STARTED) or record.plan.starts_on
    ends = record.day_of(EventKind.ENDED) or record.plan.ends_on
    if record.acquisition is not Acquisition.LEASE or starts is None or ends is None:
        return ()
    found: list[date] = []
    while len(found) < _MOST_YEARS:
        end = _clock("pilot_year", starts, None, viewing).due_on
        if end > ends:
            break
        found.append(end)
        starts = end + timedelta(days=1)
    return tuple(found) if found and ends > found[0] else ()


def _years(record: PilotRecord, viewing: Viewing) -> Iterator[_Span]:
    done = [event.on for event in record.events_of(EventKind.YEARLY_REPORT_SUBMITTED)]
    begun = record.day_of(EventKind.STARTED) is not None
    for number, end in enumerate(year_ends(record, viewing)):
        yield _Span(
            starts_on=end,
            done_on=done[number] if number < len(done) else None,
            is_planned=not begun or end > viewing.today,
        )


def _limit(rule: LimitRule, span: _Span, viewing: Viewing) -> Limit:
    clock = _clock(rule.clock, span.starts_on, span.done_on, viewing)
    clock_rule = rule_of(rule.clock)
    today = viewing.today
    late = lateness(
        f"limits.{rule.clock}", rule.act, due_on=clock.due_on, done_on=span.done_on, today=today
    )
    reached = span.done_on or today
    return Limit(
        clock_kind=rule.clock,
        name=clock_rule.name,
        act=rule.act,
        who=clock_rule.who,
        article=clock.basis,
        starts_on=span.starts_on,
        due_on=clock.due_on,
        done_on=span.done_on,
        state=_state(clock, span, viewing, rule),
        days=abs((clock.due_on - reached).days),
        lateness=late,
        why=f"{clock_rule.start} {day_text(span.starts_on)}{_direction(clock)} {clock.period}",
        note=clock_rule.note,
        clock=clock,
        is_bound=rule.is_bound,
        is_planned=span.is_planned,
    )


def _direction(clock: Clock) -> str:
    return "에서 거꾸로" if clock.counting is Counting.BEFORE else "부터"


def _state(clock: Clock, span: _Span, viewing: Viewing, rule: LimitRule) -> LimitState:
    today = viewing.today
    if clock.counting is Counting.BEFORE:
        return LimitState.OPEN if today >= clock.due_on else LimitState.RUNNING
    if span.done_on is not None:
        return LimitState.DONE_LATE if span.done_on > clock.due_on else LimitState.DONE
    if viewing.is_passed and rule.done_by is not None:
        return LimitState.UNRECORDED
    if today > clock.due_on:
        # a period that nobody has to end is simply over
        return LimitState.OVERDUE if rule.done_by or not rule.is_bound else LimitState.DONE
    return LimitState.RUNNING


def _clock(kind: str, starts_on: date, done_on: date | None, viewing: Viewing) -> Clock:
    done = () if done_on is None else (Ended(at=_moment(done_on)),)
    return compute(kind, _moment(starts_on), done, now=viewing.now, office=viewing.office)


def _moment(day: date) -> datetime:
    return datetime.combine(day, _MORNING, tzinfo=SEOUL)
