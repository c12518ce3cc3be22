"""One door: from a kind, a start and what happened since, to the clock of the case."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from assistant.deadlines.acts import (
    Standing,
    main_acts,
    progress_acts,
    timing_findings,
    transfer_acts,
)
from assistant.deadlines.clock import Act, Clock, Finding, Remaining, State, Step, StepKind
from assistant.deadlines.counting import Count, Task, count
from assistant.deadlines.events import (
    Arrived,
    Destination,
    Ended,
    Ending,
    Event,
    Extended,
    Suspended,
    Transferred,
)
from assistant.deadlines.extending import extensions_of
from assistant.deadlines.pausing import open_supplement, pauses_of
from assistant.deadlines.periods import Period
from assistant.deadlines.phrases import SEOUL, day_text, moment_text
from assistant.deadlines.rules import Counting, rule_of
from assistant.deadlines.supplementing import asked_late, supplement_acts, supplement_findings
from assistant.deadlines.workdays import Office, worked_between
from assistant.errors import DeadlineInputError
from assistant.text import settle_particles

_FIRST_YEAR, _LAST_YEAR = 1970, 2100
_WAYS = {
    Counting.HOURS: "시간으로 세고 1일은 8근무시간, 공휴일과 토요일은 빼고 셈",
    Counting.WORKDAYS: "날로 세고 첫날을 넣으며 공휴일과 토요일은 빼고 셈",
    Counting.WORKDAYS_AFTER: "날로 세고 첫날을 빼며 공휴일과 토요일은 빼고 셈",
    Counting.CALENDAR_FIRST: "첫날을 넣고 달력으로 세며 마지막 날이 휴일이면 그다음 날 끝남",
    Counting.CALENDAR: "첫날을 빼고 달력으로 세며 마지막 날이 휴일이면 그다음 날 끝남",
    Counting.FIXED: "첫날을 넣고 달력으로 세며 휴일이어도 그날 끝남",
    Counting.BEFORE: "그날부터 거꾸로 달력으로 셈",
}
_ENDINGS = {
    Ending.WITHDRAWN: State.WITHDRAWN,
    Ending.RETURNED: State.RETURNED,
    Ending.CLOSED: State.CLOSED,
}


def compute(
    kind: str,
    received_at: datetime,
    events: Iterable[Event] = (),
    *,
    now: datetime,
    office: Office | None = None,
    period: Period | None = None,
) -> Clock:
    """Return the clock of a case of `kind` as it stands at `now`.

    Args:
        kind: a key of `rules.yaml` or `pilot.yaml`.
        received_at: when the case was received, or when whatever starts the period took place.
        events: what has happened since, in any order; what lies after `now` is left out.
        now: the moment to look from.
        office: holidays, closures and hours; the usual ones if none is given.
        period: the published period of this case, where the rule has none of its own.

    Raises:
        DeadlineInputError: unknown kind, no period or one that does not fit, or a time without a
            time zone or of another century.

    >>> monday = datetime(2026, 5, 4, 10, 0, tzinfo=SEOUL)
    >>> clock = compute("query_procedure", monday, now=monday)
    >>> clock.due_on, clock.remaining.days
    (datetime.date(2026, 5, 13), 6)
    >>> clock.working[2].text, str(clock.working[2].article)
    ('1일차 2026. 5. 4.(월)', '「민원 처리에 관한 법률」 제19조제2항')
    """
    rule, moment = rule_of(kind), _local(now)
    start = _local(received_at)
    recorded = tuple(events)
    known = _happened(recorded, moment)
    length = rule.length(period)
    pauses = pauses_of(rule, known, now=_horizon(known, moment))
    task = Task(rule=rule, start=start, period=length, office=office or Office(), pauses=pauses)
    extensions = extensions_of(task, [each for each in known if isinstance(each, Extended)])
    due = count(task, extensions.periods)
    case = Standing(task=task, due=due, extensions=extensions, events=known, now=moment)
    state = _state(case)
    return Clock(
        kind=kind,
        name=rule.name,
        basis=rule.basis,
        start=start,
        period=length,
        counting=task.way,
        due_on=due.due_on,
        due_at=due.due_at,
        state=state,
        remaining=_remaining(task, due, moment),
        acts=() if _is_settled(state) else tuple(_acts(case, state)),
        working=tuple(_working(case)),
        findings=tuple(_findings(case)),
        extensions=extensions.periods,
        is_provisional=not state.is_over and any(each.is_open for each in pauses.paused),
        left_out=len(recorded) - len(known),
    )


def _local(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise DeadlineInputError("time_zone")
    if not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
        raise DeadlineInputError("year")
    return moment.astimezone(SEOUL)


def _happened(events: Iterable[Event], now: datetime) -> tuple[Event, ...]:
    """Return the events up to `now`, in Seoul's time and order; what ends a case comes last."""
    known = [each for each in map(_in_seoul, events) if each.at <= now]
    return tuple(sorted(known, key=lambda event: (event.at, isinstance(event, Ended))))


def _in_seoul(event: Event) -> Event:
    if isinstance(event, Suspended) and event.until is not None:
        return replace(event, at=_local(event.at), until=_local(event.until))
    return replace(event, at=_local(event.at))


def _horizon(events: Sequence[Event], now: datetime) -> datetime:
    """Return how far time that does not count can reach: to the end of the case, else to now."""
    ended = [event.at for event in events if isinstance(event, Ended)]
    return min([*ended, now])


def _state(case: Standing) -> State:
    for event in reversed(case.events):
        if isinstance(event, Ended):
            answered = State.DONE_LATE if _late(case.due, event.at) else State.DONE
            return _ENDINGS.get(event.how, answered)
        if isinstance(event, Transferred) and event.to is Destination.OTHER_BODY:
            return State.TRANSFERRED
    if case.task.way is Counting.BEFORE:
        return State.OPEN if case.now.date() >= case.due.due_on else State.RUNNING
    if _late(case.due, case.now):
        return State.OVERDUE
    waits = case.task.rule.supplement is not None and open_supplement(case.events) is not None
    return State.WAITING if waits else State.RUNNING


def _late(due: Count, moment: datetime) -> bool:
    if due.due_at is not None:
        return moment > due.due_at
    return moment.date() > due.due_on


def _remaining(task: Task, due: Count, now: datetime) -> Remaining:
    late = _late(due, now)
    first, last = (due.due_on, now.date()) if late else (now.date(), due.due_on)
    by_workdays = task.way in {Counting.HOURS, Counting.WORKDAYS, Counting.WORKDAYS_AFTER}
    days = (last - first).days
    if by_workdays and days:
        days = task.office.workdays_between(first + timedelta(days=1), last)
    minutes = None
    if due.due_at is not None:
        between = (due.due_at, now) if late else (max(now, task.start), due.due_at)
        minutes = int(worked_between(*between, office=task.office).total_seconds()) // 60
    return Remaining(days=days, minutes=minutes, is_late=late)


def _is_settled(state: State) -> bool:
    return state.is_over and state is not State.TRANSFERRED


def _acts(case: Standing, state: State) -> Iterable[Act]:
    found: list[Act] = []
    if state is not State.TRANSFERRED:
        found += main_acts(case)
        found += progress_acts(case)
        if case.task.rule.supplement is not None:
            found += supplement_acts(case.events, now=case.now, office=case.task.office)
    found += transfer_acts(case)
    return sorted(found, key=lambda act: (act.on, act.is_optional))


def _findings(case: Standing) -> Iterable[Finding]:
    yield from case.task.pauses.findings
    yield from case.extensions.findings
    if case.task.rule.is_complaint:
        yield from supplement_findings(case.events, office=case.task.office)
        yield from timing_findings(case.events, received=case.task.start, office=case.task.office)
    yield from asked_late(case.task, case.events)
    yield from _out_of_order(case)


def _out_of_order(case: Standing) -> Iterable[Finding]:
    for event in case.events:
        if event.at < case.task.start and not isinstance(event, Arrived):
            text = f"{case.task.rule.start}보다 앞선 기록입니다. 일시를 확인하십시오."
            yield Finding(
                code="before_start", text=text, article=case.task.rule.basis, on=event.at.date()
            )


def _working(case: Standing) -> Iterable[Step]:
    task, due = case.task, case.due
    yield Step(
        kind=StepKind.START,
        day=task.start.date(),
        text=f"{task.rule.start} {_start_text(task)}",
        article=task.rule.basis,
    )
    yield Step(
        kind=StepKind.RULE,
        text=f"{task.rule.name} {task.period}: {_WAYS[task.way]}",
        article=task.counted_by,
    )
    yield from due.steps
    if task.way is Counting.HOURS:
        for period in case.extensions.periods:
            yield Step(
                kind=StepKind.EXTENDED,
                text=settle_particles(f"연장 {period}을(를) 이어서 셈"),
                article=task.rule.extension.basis if task.rule.extension else task.rule.basis,
            )
    ends = moment_text(due.due_at) if due.due_at is not None else day_text(due.due_on)
    label = "시작할 수 있는 날" if task.way is Counting.BEFORE else "기한"
    yield Step(kind=StepKind.DUE, day=due.due_on, text=f"{label} {ends}", article=task.rule.basis)
    if task.rule.note:
        yield Step(kind=StepKind.NOTE, text=task.rule.note, article=task.rule.basis)


def _start_text(task: Task) -> str:
    shows_time = task.rule.is_complaint or task.way is Counting.HOURS
    return moment_text(task.start) if shows_time else day_text(task.start.date())
