"""Where a pilot stands among the nineteen steps: what is done, due next, late, by which article.

The place follows from the events alone. A step counts as passed when it has its own event, or when
a later step of the line has one; nothing is ever inferred about a date.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from assistant.deadlines import SEOUL, Article, Office, day_text
from assistant.domain import Acquisition, EventKind, PilotRecord
from assistant.pilots.limits import Limit, LimitState, Viewing, limits_of
from assistant.pilots.steps import StepRule, step_rules

_NOT_RECORDED = "지나간 단계이나 날짜 기록이 없습니다."


class StepState(StrEnum):
    """Where a step stands."""

    DONE = "done"
    UNRECORDED = "unrecorded"  # passed, without a day on record
    CURRENT = "current"
    RUNNING = "running"  # beside the line
    AHEAD = "ahead"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseStep:
    """One step; `why` says why it is skipped, optional or without a date."""

    number: int
    step_id: str
    name: str
    who: str
    articles: tuple[Article, ...]
    state: StepState
    done_on: date | None
    limits: tuple[Limit, ...]
    why: str = ""

    @property
    def is_late(self) -> bool:
        """Whether a period of the step was, or is, missed."""
        return any(limit.is_late for limit in self.limits)


@dataclass(frozen=True, slots=True, kw_only=True)
class NextAct:
    """What is due next: the words for the page, and the period behind it."""

    step: CourseStep
    limit: Limit
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """The steps in order; `current` is None when the line is over or the pilot was cancelled."""

    steps: tuple[CourseStep, ...]
    current: CourseStep | None
    next_act: NextAct | None
    late: tuple[Limit, ...]
    cancelled_on: date | None = None

    @property
    def is_cancelled(self) -> bool:
        """Whether the pilot was given up."""
        return self.cancelled_on is not None

    def step(self, step_id: str) -> CourseStep:
        """Return a step by its id."""
        return next(step for step in self.steps if step.step_id == step_id)


def course(record: PilotRecord, *, now: datetime, office: Office | None = None) -> Course:
    """Return where `record` stands at `now`.

    Raises:
        DeadlineInputError: a date lies outside the years that can be counted.
    """
    days = office or Office()
    record = _until(record, now)
    rules = tuple(_in_force(rule, record) for rule in step_rules())
    reached = max((r.number for r in rules if r.is_main and _done_on(r, record)), default=0)
    cancelled = record.day_of(EventKind.CANCELLED)
    current = _current(rules, reached) if cancelled is None else None
    steps = tuple(
        _step(
            rule,
            record,
            limits_of(rule.limits, record, Viewing(now, days, is_passed=rule.number <= reached)),
            _state(rule, record, reached=reached, current=current),
        )
        for rule in rules
    )
    return Course(
        steps=steps,
        current=next((step for step in steps if step.state is StepState.CURRENT), None),
        next_act=None if cancelled else _next(steps),
        late=tuple(limit for step in steps for limit in step.limits if _counts(limit, cancelled)),
        cancelled_on=cancelled,
    )


def _until(record: PilotRecord, now: datetime) -> PilotRecord:
    """Return the record without what is still to happen."""
    today = now.astimezone(SEOUL).date()
    return replace(record, events=tuple(event for event in record.events if event.on <= today))


def _counts(limit: Limit, cancelled: date | None) -> bool:
    """Return whether a missed period counts: not what a cancelled pilot no longer owes."""
    return limit.is_late and not (cancelled and limit.done_on is None)


def _in_force(rule: StepRule, record: PilotRecord) -> StepRule:
    """Return the step as the verdict makes it."""
    verdict = record.verdict
    if rule.verdicts is None or verdict is None:
        return rule
    return rule.verdicts.get(verdict, rule)


def _done_on(rule: StepRule, record: PilotRecord) -> date | None:
    days = (record.day_of(kind) for kind in rule.done_by)
    return next((day for day in days if day is not None), None)


def _current(rules: Sequence[StepRule], reached: int) -> int | None:
    ahead = [rule.number for rule in rules if rule.is_main and rule.number > reached]
    return ahead[0] if ahead else None


def _state(
    rule: StepRule, record: PilotRecord, *, reached: int, current: int | None
) -> tuple[StepState, str]:
    if rule.is_parallel:
        return _beside(record)
    if _done_on(rule, record) is not None:
        return StepState.DONE, ""
    if rule.number == current:
        return StepState.CURRENT, ""
    if rule.is_optional and rule.until is not None and rule.until <= reached:
        return StepState.SKIPPED, rule.passed_over
    if rule.number > reached or rule.is_optional:
        return _to_come(rule, record)
    return StepState.UNRECORDED, _NOT_RECORDED


def _beside(record: PilotRecord) -> tuple[StepState, str]:
    known = record.product.designated_until or record.day_of(EventKind.DESIGNATED)
    return (StepState.RUNNING, "") if known else (StepState.AHEAD, "지정일 기록이 없습니다.")


def _to_come(rule: StepRule, record: PilotRecord) -> tuple[StepState, str]:
    cancelled = record.day_of(EventKind.CANCELLED)
    if cancelled is not None:
        return StepState.SKIPPED, f"{day_text(cancelled)} 취소되었습니다."
    return StepState.AHEAD, rule.passed_over if rule.is_optional else ""


def _step(
    rule: StepRule, record: PilotRecord, limits: tuple[Limit, ...], standing: tuple[StepState, str]
) -> CourseStep:
    leased = record.acquisition is Acquisition.LEASE and rule.lease_articles
    state, why = standing
    return CourseStep(
        number=rule.number,
        step_id=rule.step_id,
        name=rule.name,
        who=rule.who,
        articles=rule.lease_articles if leased else rule.articles,
        state=state,
        done_on=_done_on(rule, record),
        limits=limits,
        why=why,
    )


def _next(steps: Sequence[CourseStep]) -> NextAct | None:
    """Return the most pressing act: what is overdue before what is to come, then by date.

    What runs beside the line (the designation, a matter of the firm) is left out.
    """
    open_states = {LimitState.RUNNING, LimitState.OVERDUE}
    found = [
        (step, limit)
        for step in steps
        for limit in step.limits
        if limit.state in open_states and step.state is not StepState.RUNNING
    ]
    if not found:
        return None
    step, limit = min(found, key=lambda each: _pressing(each[1]))
    return NextAct(step=step, limit=limit, text=_words(limit))


def _pressing(limit: Limit) -> tuple[bool, bool, bool, date]:
    return (
        limit.state is not LimitState.OVERDUE,
        limit.is_bound,
        limit.is_planned,
        limit.due_on,
    )


def _words(limit: Limit) -> str:
    if limit.state is LimitState.OVERDUE:
        return f"{limit.act} 기한 {day_text(limit.due_on)}에서 {limit.days}일 지났습니다."
    if limit.is_bound:
        return f"{limit.act}: {day_text(limit.due_on)}까지입니다."
    foreseen = "계획대로 끝나면 " if limit.is_planned else ""
    return f"{foreseen}{limit.act}: {day_text(limit.due_on)}까지 해야 합니다."
