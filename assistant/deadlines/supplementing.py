"""The supplement road: the applicant's date, more time, a second request, return or withdrawal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime

from assistant.deadlines.articles import Article, parse_article
from assistant.deadlines.clock import Act, ActKind, Finding
from assistant.deadlines.counting import Task, count
from assistant.deadlines.events import (
    Ended,
    Ending,
    Event,
    SupplementBounced,
    SupplementProlonged,
    SupplementRequested,
    SupplementUrged,
)
from assistant.deadlines.pausing import Pauses, open_supplement
from assistant.deadlines.phrases import day_text
from assistant.deadlines.rules import COMPLAINTS_ACT, COMPLAINTS_DECREE, rule_of
from assistant.deadlines.workdays import Office

_ASK = parse_article(f"{COMPLAINTS_ACT} 제22조제1항")
_PROLONG = parse_article(f"{COMPLAINTS_DECREE} 제24조제2항")
_URGE = parse_article(f"{COMPLAINTS_DECREE} 제24조제3항")
_RETURN = parse_article(f"{COMPLAINTS_DECREE} 제25조제1항")
_BOUNCED = parse_article(f"{COMPLAINTS_DECREE} 제25조제2항")
_MOST_PROLONGED = 2
_MOST_BOUNCED = 2


def urged_until(urged: datetime, *, office: Office) -> date:
    """Return the latest day that a second request may set (decree, art. 24(3) and (4))."""
    rule = rule_of("supplement_urged")
    task = Task(rule=rule, start=urged, period=rule.length(None), office=office, pauses=Pauses())
    return count(task).due_on


def supplement_acts(events: Sequence[Event], *, now: datetime, office: Office) -> Iterable[Act]:
    """Yield what a supplement that is still missing calls for."""
    if open_supplement(events) is None:
        return
    if sum(isinstance(event, SupplementBounced) for event in events) >= _MOST_BOUNCED:
        yield _may(ActKind.CLOSE_AS_WITHDRAWN, "보완요구가 2회 반송되어 취하로 보고 종결 가능",
                   now.date(), _BOUNCED)  # fmt: skip
        return
    until = _current_limit(events)
    if until is None:
        yield _may(ActKind.SUPPLEMENT, "상당한 기간을 정해 보완 요구", now.date(), _ASK)
    elif now.date() <= until:
        yield Act(kind=ActKind.SUPPLEMENT, text="민원인의 보완 제출 기한", on=until, article=_ASK)
    else:
        yield from _after_the_limit(events, now=now, office=office)


def supplement_findings(events: Sequence[Event], *, office: Office) -> Iterable[Finding]:
    """Yield what went beyond the rules on supplements."""
    prolonged = [event for event in events if isinstance(event, SupplementProlonged)]
    for extra in prolonged[_MOST_PROLONGED:]:
        text = "보완기간을 늘려 달라는 요청은 2회까지입니다."
        yield Finding(code="prolonged_often", text=text, article=_PROLONG, on=extra.at.date())
    for event in events:
        if isinstance(event, SupplementUrged):
            latest = urged_until(event.at, office=office)
            if event.until > latest:
                text = f"다시 요구하는 보완기간은 10일 이내({day_text(latest)}까지)입니다."
                yield Finding(code="urged_long", text=text, article=_URGE, on=event.at.date())
    yield from _returned_early(events)


def asked_late(task: Task, events: Sequence[Event]) -> Iterable[Finding]:
    """Yield requests for a supplement that came after the day a rule sets for them."""
    if not task.rule.supplement_by:
        return
    rule = rule_of(task.rule.supplement_by)
    limit = count(replace(task, rule=rule, period=rule.length(None), pauses=Pauses())).due_on
    for event in events:
        if isinstance(event, SupplementRequested) and event.at.date() > limit:
            text = f"{rule.name} 기한({day_text(limit)})을 넘겨 요청했습니다."
            yield Finding(code="asked_late", text=text, article=rule.basis, on=event.at.date())


def _returned_early(events: Sequence[Event]) -> Iterable[Finding]:
    returned = [e for e in events if isinstance(e, Ended) and e.how is Ending.RETURNED]
    until = _current_limit(events)
    if not returned:
        return
    if until is None:
        text = "보완을 요구하지 않고 되돌려 보냈습니다."
    elif returned[-1].at.date() <= until:
        text = f"보완기간({day_text(until)})이 끝나기 전에 되돌려 보냈습니다."
    else:
        return
    yield Finding(code="returned_early", text=text, article=_RETURN, on=returned[-1].at.date())


def _after_the_limit(events: Sequence[Event], *, now: datetime, office: Office) -> Iterable[Act]:
    if not any(isinstance(event, SupplementUrged) for event in events):
        latest = urged_until(now, office=office)
        text = f"오늘 다시 요구하면 {day_text(latest)}까지 기간을 줄 수 있음"
        yield _may(ActKind.SUPPLEMENT_AGAIN, text, now.date(), _URGE)
    text = "기간 안에 보완하지 않아 이유를 밝혀 되돌려 보낼 수 있음"
    yield _may(ActKind.RETURN, text, now.date(), _RETURN)


def _current_limit(events: Sequence[Event]) -> date | None:
    """Return the day until which the applicant may complete the papers, as last set."""
    limit: date | None = None
    prolonged = 0
    for event in events:
        if isinstance(event, SupplementRequested):
            limit = event.until or limit
        elif isinstance(event, SupplementUrged):
            limit = event.until
        elif isinstance(event, SupplementProlonged):
            prolonged += 1
            limit = event.until if prolonged <= _MOST_PROLONGED else limit
    return limit


def _may(kind: ActKind, text: str, on: date, article: Article) -> Act:
    return Act(kind=kind, text=text, on=on, article=article, is_optional=True)
