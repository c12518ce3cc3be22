"""From a start and a period to the due date, with every day of the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from assistant.deadlines.articles import Article, parse_article
from assistant.deadlines.clock import Step, StepKind
from assistant.deadlines.pausing import Pauses
from assistant.deadlines.periods import Period, Unit, last_day
from assistant.deadlines.phrases import day_text, hours_text, moment_text
from assistant.deadlines.rules import Counting, Rule
from assistant.deadlines.workdays import Office, days_from, walk
from assistant.errors import DeadlineInputError
from assistant.text import settle_particles

_CIVIL_MONTHS = parse_article("민법 제160조")
_CIVIL_END = parse_article("민법 제161조")
_CIVIL_FIRST_DAY = parse_article("민법 제157조")


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What is to be counted."""

    rule: Rule
    start: datetime
    period: Period
    office: Office
    pauses: Pauses

    @property
    def way(self) -> Counting:
        """How it is counted."""
        return self.rule.way(self.period)

    @property
    def counted_by(self) -> Article:
        """The article that says how it is counted."""
        return self.rule.counting_article(self.period)


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """The end of a period and the steps to it."""

    due_on: date
    due_at: datetime | None
    steps: tuple[Step, ...]


def count(task: Task, extensions: Sequence[Period] = ()) -> Count:
    """Return when the period of `task` ends, extended by `extensions` one after the other."""
    if task.way is Counting.HOURS:
        return _hours(task, extensions)
    if task.way in {Counting.WORKDAYS, Counting.WORKDAYS_AFTER}:
        return _workdays(task, extensions)
    if task.way is Counting.BEFORE:
        return _before(task)
    return _calendar(task, extensions)


def _hours(task: Task, extensions: Sequence[Period]) -> Count:
    length = sum((each.working_time for each in (task.period, *extensions)), timedelta())
    walked = walk(task.start, length, office=task.office, blocked=task.pauses.stretches)
    done = timedelta()
    steps = [*_gaps(task, task.start.date(), walked[-1].end.date())]
    for piece in walked:
        done += piece.length
        steps.append(
            Step(
                kind=StepKind.COUNTED,
                day=piece.start.date(),
                text=f"{moment_text(piece.start)}부터 {piece.end:%H:%M}까지 "
                f"{hours_text(piece.length)}(모두 {hours_text(done)})",
                article=task.counted_by,
            )
        )
    due = walked[-1].end
    in_order = sorted(steps, key=lambda step: step.day or date.min)
    return Count(due_on=due.date(), due_at=due, steps=tuple(in_order))


def _gaps(task: Task, first: date, last: date) -> list[Step]:
    """Return the days between that have no countable hour."""
    steps = []
    for offset in range((last - first).days + 1):
        day = first + timedelta(days=offset)
        if why := task.office.day_off(day) or task.office.closures.get(day, ""):
            steps.append(_skipped(day, why, task.counted_by))
        elif paused := task.pauses.on(day, task.office):
            steps.append(_paused(day, paused.name, paused.article))
    return steps


def _workdays(task: Task, extensions: Sequence[Period]) -> Count:
    ends = _running_totals(task.period, extensions)
    first = task.start.date() + timedelta(days=not task.way.first_day_counts)
    steps: list[Step] = []
    number = 0
    for day in days_from(first):
        if why := task.office.day_off(day):
            steps.append(_skipped(day, why, task.counted_by))
        elif paused := task.pauses.on(day, task.office):
            steps.append(_paused(day, paused.name, paused.article))
        else:
            number += 1
            steps.append(_counted(day, number, task))
            if number in ends[:-1]:
                steps.append(_extension_starts(task, day, extensions[ends.index(number)]))
            if number == ends[-1]:
                return Count(due_on=day, due_at=None, steps=tuple(steps))
    raise AssertionError  # days_from raises before it ends


def _running_totals(period: Period, extensions: Sequence[Period]) -> list[int]:
    """Return after how many days the period and each extension end.

    >>> _running_totals(Period(number=7), [Period(number=3), Period(number=7)])
    [7, 10, 17]
    """
    totals = [period.number]
    for each in extensions:
        totals.append(totals[-1] + each.number)
    return totals


def _calendar(task: Task, extensions: Sequence[Period]) -> Count:
    first = task.start.date() + timedelta(days=not task.way.first_day_counts)
    steps = [_first_day(task, first)]
    due = first
    for number, period in enumerate((task.period, *extensions)):
        if number:
            first = due + timedelta(days=1)
            steps.append(_extension_starts(task, due, period))
        due = _end(task, first, period, steps)
    return Count(due_on=due, due_at=None, steps=tuple(steps))


def _end(task: Task, first: date, period: Period, steps: list[Step]) -> date:
    """Return the last day of one period that starts on `first`, adding the steps to it."""
    plain = last_day(first, period)
    named = _CIVIL_MONTHS if period.unit in {Unit.WEEK, Unit.MONTH, Unit.YEAR} else task.counted_by
    steps.append(
        Step(
            kind=StepKind.COUNTED,
            day=plain,
            number=period.number if period.unit is Unit.DAY else None,
            text=f"{period}의 마지막 날 {day_text(plain)}",
            article=named,
        )
    )
    end = _with_pauses(task, first, plain, steps)
    if not task.way.end_moves or not task.office.day_off(end):
        return end
    moved = task.office.next_open_day(end)
    why = task.office.day_off(end)
    text = f"{day_text(end)}은 {why}이므로 {day_text(moved)}에 끝남"
    steps.append(Step(kind=StepKind.MOVED, day=moved, text=text, article=_CIVIL_END))
    return moved


def _with_pauses(task: Task, first: date, plain: date, steps: list[Step]) -> date:
    """Return `plain` moved on by a day for each day that does not count."""
    left = (plain - first).days + 1
    end = first
    for day in days_from(first):
        if paused := task.pauses.on(day, task.office):
            steps.append(_paused(day, paused.name, paused.article))
            continue
        left -= 1
        if not left:
            end = day
            break
    if end != plain:
        text = f"뺀 날만큼 미루어 {day_text(end)}"
        steps.append(Step(kind=StepKind.COUNTED, day=end, text=text, article=task.counted_by))
    return end


def _before(task: Task) -> Count:
    """Count backwards; an opening day does not move off a holiday."""
    base = task.start.date()
    if task.period.unit is Unit.DAY:
        day = base - timedelta(days=task.period.number)
    elif task.period.unit is Unit.YEAR:
        day = _years_before(base, task.period.number)
    else:
        raise DeadlineInputError("period")
    counted = settle_particles(f"{task.period}을(를)")
    text = f"{day_text(base)}부터 거꾸로 {counted} 세면 {day_text(day)}"
    step = Step(kind=StepKind.COUNTED, day=day, text=text, article=task.counted_by)
    return Count(due_on=day, due_at=None, steps=(step,))


def _years_before(day: date, years: int) -> date:
    """Return the same day `years` earlier; 28 February for 29 February.

    >>> _years_before(date(2028, 2, 29), 5)
    datetime.date(2023, 2, 28)
    """
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def _first_day(task: Task, first: date) -> Step:
    if task.way.first_day_counts:
        text, article = f"첫날을 넣어 {day_text(first)}부터 셈", task.counted_by
    else:
        text, article = f"첫날을 빼고 다음 날 {day_text(first)}부터 셈", _CIVIL_FIRST_DAY
    return Step(kind=StepKind.COUNTED, day=first, number=1, text=text, article=article)


def _counted(day: date, number: int, task: Task) -> Step:
    text = f"{number}일차 {day_text(day)}"
    if closure := task.office.closures.get(day):
        text += f" {closure}: 기관 휴무이지만 공휴일이 아니어서 셈에 넣음"
    return Step(kind=StepKind.COUNTED, day=day, number=number, text=text, article=task.counted_by)


def _skipped(day: date, why: str, article: Article) -> Step:
    text = f"{day_text(day)} {why}: 세지 않음"
    return Step(kind=StepKind.SKIPPED, day=day, text=text, article=article)


def _paused(day: date, why: str, article: Article) -> Step:
    text = f"{day_text(day)} {why}: 세지 않음"
    return Step(kind=StepKind.PAUSED, day=day, text=text, article=article)


def _extension_starts(task: Task, day: date, period: Period) -> Step:
    text = f"{day_text(day)}에 끝날 기간을 {period} 연장, 다음 날부터 이어서 셈"
    extension = task.rule.extension
    article = extension.basis if extension else task.rule.basis
    return Step(kind=StepKind.EXTENDED, day=day, text=text, article=article)
