"""Time that does not count: supplements, hearings, examinations, failures and the like."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from assistant.deadlines.articles import Article, parse_article
from assistant.deadlines.clock import Finding
from assistant.deadlines.events import (
    Event,
    Pause,
    SupplementReceived,
    SupplementRequested,
    Suspended,
)
from assistant.deadlines.phrases import SEOUL
from assistant.deadlines.rules import COMPLAINTS_DECREE, Rule, pause_rules
from assistant.deadlines.workdays import Office, Stretch, without

_FAILURES_SINCE = date(2026, 5, 6)
_SITE_DAYS, _SITE_DAYS_PROLONGED = 14, 21
_REPLY_WEEKS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Paused:
    """A stretch of time that does not count, and why."""

    time: Stretch
    name: str
    article: Article
    is_open: bool = False

    def covers(self, day: date, office: Office) -> bool:
        """Whether all the working hours of `day` lie within it."""
        return not any(without(hours, [self.time]) for hours in office.usual_hours(day))


@dataclass(frozen=True, slots=True, kw_only=True)
class Pauses:
    """What does not count in one case, and what was asked for without a rule."""

    paused: tuple[Paused, ...] = ()
    findings: tuple[Finding, ...] = ()

    def on(self, day: date, office: Office) -> Paused | None:
        """Return what takes all of `day` out of the count, if anything does."""
        return next((each for each in self.paused if each.covers(day, office)), None)

    @property
    def stretches(self) -> tuple[Stretch, ...]:
        """The stretches alone."""
        return tuple(each.time for each in self.paused)


def pauses_of(rule: Rule, events: Sequence[Event], *, now: datetime) -> Pauses:
    """Return the time that `rule` leaves out; what still lasts is taken to last until `now`."""
    found: list[Paused] = []
    faults: list[Finding] = []
    for each in (*_supplements(rule, events, now), *_suspensions(rule, events, now)):
        if isinstance(each, Finding):
            faults.append(each)
        else:
            found.append(each)
    return Pauses(paused=tuple(found), findings=tuple(faults))


def open_supplement(events: Sequence[Event]) -> SupplementRequested | None:
    """Return the request for a supplement that nothing has answered yet."""
    waiting: SupplementRequested | None = None
    for event in events:
        if isinstance(event, SupplementRequested):
            waiting = waiting or event
        elif isinstance(event, SupplementReceived):
            waiting = None
    return waiting


def _supplements(rule: Rule, events: Sequence[Event], now: datetime) -> Iterable[Paused | Finding]:
    asked: datetime | None = None
    for event in events:
        if isinstance(event, SupplementRequested):
            asked = asked or event.at
            if rule.supplement is None:
                yield _no_rule(rule, event.at.date(), "보완에 걸린 기간")
        elif isinstance(event, SupplementReceived) and asked is not None:
            yield from _supplement(rule, asked, event.at)
            asked = None
    if asked is not None:
        yield from _supplement(rule, asked, max(now, asked), is_open=True)


def _supplement(
    rule: Rule, asked: datetime, ended: datetime, *, is_open: bool = False
) -> Iterable[Paused]:
    """Yield whole days: for complaints with the day of sending and that of arrival.

    Elsewhere the rules say only "the time the supplement takes": the day of sending counts
    (Civil Act, art. 157).
    """
    if rule.supplement is None:
        return
    first = asked.date() + timedelta(days=not rule.is_complaint)
    time_out = Stretch(start=_midnight(first), end=_midnight(ended.date() + timedelta(days=1)))
    if time_out.start < time_out.end:
        yield Paused(time=time_out, name="보완기간", article=rule.supplement, is_open=is_open)


def _suspensions(rule: Rule, events: Sequence[Event], now: datetime) -> Iterable[Paused | Finding]:
    for event in events:
        if not isinstance(event, Suspended):
            continue
        known = pause_rules()[event.why]
        if event.why not in rule.pauses:
            yield _not_listed(rule, event, known.name)
            continue
        if event.why is Pause.SYSTEM_FAILURE and event.at.date() < _FAILURES_SINCE:
            yield Finding(
                code="failure_too_early",
                text="2026. 5. 6. 전에 생긴 정보시스템 장애는 뺄 수 없습니다(시행령 부칙 제3조).",
                article=known.basis,
                on=event.at.date(),
            )
            continue
        until = event.until if event.until is not None else max(now, event.at)
        latest = _latest(event)
        if latest is not None and until > latest:
            yield _over_limit(event, latest)
            until = latest
        yield Paused(
            time=Stretch(start=event.at, end=until),
            name=known.name,
            article=known.basis,
            is_open=event.until is None and until == max(now, event.at),
        )


def _latest(event: Suspended) -> datetime | None:
    """Return the end that a rule sets to this pause, if one does."""
    if event.why is Pause.SITE_INVESTIGATION:
        days = _SITE_DAYS_PROLONGED if event.prolonged else _SITE_DAYS
        return _midnight(event.at.date() + timedelta(days=days))
    if event.why is Pause.OPINION_REPLY:
        return _midnight(event.at.date() + timedelta(weeks=_REPLY_WEEKS, days=1))
    return None


def _over_limit(event: Suspended, latest: datetime) -> Finding:
    if event.why is Pause.OPINION_REPLY:
        text, place = "의견 회신은 3주까지만 뺄 수 있습니다.", "국민 제안 규정 제9조제4항"
    else:
        days = _SITE_DAYS_PROLONGED if event.prolonged else _SITE_DAYS
        text = f"현장조사는 {days}일까지만 뺄 수 있습니다."
        place = f"{COMPLAINTS_DECREE} 제17조제4항"
    return Finding(code="pause_too_long", text=text, article=parse_article(place), on=latest.date())


def _not_listed(rule: Rule, event: Suspended, name: str) -> Finding:
    if event.why is Pause.CONSULTATION and rule.is_complaint:
        return Finding(
            code="consultation_counts",
            text="협조 요청의 회신기간은 처리기간 안에서 정하므로 빼지 않습니다.",
            article=parse_article("민원 처리에 관한 법률 제20조제1항"),
            on=event.at.date(),
        )
    return _no_rule(rule, event.at.date(), name)


def _no_rule(rule: Rule, day: date, what: str) -> Finding:
    return Finding(
        code="no_pause", text=f"{rule.name}에는 뺄 근거가 없어 셈에 넣었습니다: {what}",
        article=rule.basis, on=day,
    )  # fmt: skip


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), SEOUL)
