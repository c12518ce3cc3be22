"""What comes next in a case, each with its own date."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from assistant.deadlines.articles import parse_article
from assistant.deadlines.clock import Act, ActKind, Finding
from assistant.deadlines.counting import Count, Task
from assistant.deadlines.events import (
    Arrived,
    Destination,
    Event,
    ProgressNotified,
    Transferred,
)
from assistant.deadlines.extending import Extensions, longest
from assistant.deadlines.phrases import moment_text
from assistant.deadlines.rules import COMPLAINTS_DECREE, rule_of
from assistant.deadlines.workdays import Office, walk

_PROGRESS_DAYS = 30
_PROGRESS = parse_article(f"{COMPLAINTS_DECREE} 제23조제1항")
_PROGRESS_AGAIN = parse_article(f"{COMPLAINTS_DECREE} 제23조제2항")
_ELECTRONIC = parse_article(f"{COMPLAINTS_DECREE} 제13조제4항")
_TRANSFER_NOTICE = parse_article(f"{COMPLAINTS_DECREE} 제13조제3항")
_RESULT = parse_article(f"{COMPLAINTS_DECREE} 제29조제1항")
_MOVES = {
    Destination.DEPARTMENT: "transfer_department",
    Destination.DISTANT_DEPARTMENT: "transfer_distant_department",
    Destination.WITHIN_BODY: "transfer_within_body",
    Destination.OTHER_BODY: "transfer_other_body",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A case as far as it is counted."""

    task: Task
    due: Count
    extensions: Extensions
    events: tuple[Event, ...]
    now: datetime


def main_acts(case: Standing) -> Iterable[Act]:
    """Yield the act that the period is for, and the extension that is still possible."""
    rule, due = case.task.rule, case.due
    yield Act(
        kind=ActKind.ANSWER,
        text=f"{rule.name} 처리" if rule.is_complaint else rule.name,
        on=due.due_on,
        at=due.due_at,
        article=rule.basis,
        is_late=_passed(due, case.now),
    )
    if rule.is_complaint:
        yield Act(
            kind=ActKind.RESULT_NOTICE, text="처리를 마치면 지체 없이 결과 통지",
            on=due.due_on, at=due.due_at, article=_RESULT, at_once=True, is_optional=True,
        )  # fmt: skip
    yield from _extension_acts(case)


def _extension_acts(case: Standing) -> Iterable[Act]:
    extension = case.task.rule.extension
    if extension is None:
        return
    used = len(case.extensions.accepted)
    if used and extension.notice is not None:
        latest = case.extensions.accepted[-1][0]
        yield Act(
            kind=ActKind.EXTENSION_NOTICE,
            text="연장 사유와 처리완료 예정일을 지체 없이 문서로 통지",
            on=latest.at.date(),
            article=extension.notice,
            at_once=True,
        )
    if used < extension.times and not _passed(case.due, case.now):
        needs = extension.consent_from is not None and used + 1 >= extension.consent_from
        consent = ", 민원인 동의 필요" if needs else ""
        limit = longest(case.task, extension)
        yield Act(
            kind=ActKind.EXTEND,
            text=f"사유가 있으면 이때까지 연장 결정(최대 {limit}{consent})",
            on=case.due.due_on,
            at=case.due.due_at,
            article=extension.basis,
            is_optional=True,
        )


def progress_acts(case: Standing) -> Iterable[Act]:
    """Yield the progress notices that fall before the end, or before now when it is over.

    Thirty days are counted by the calendar from the day after receipt; the notice belongs on the
    first working day after they have passed.
    """
    if not case.task.rule.is_complaint:
        return
    received = case.task.start.date()
    until = max(case.due.due_on, case.now.date())
    told = [event.at.date() for event in case.events if isinstance(event, ProgressNotified)]
    number = 1
    while (passed := received + timedelta(days=_PROGRESS_DAYS * number)) < until:
        due = case.task.office.next_workday(passed + timedelta(days=1))
        following = passed + timedelta(days=_PROGRESS_DAYS)
        is_done = any(passed < day <= following for day in told)
        yield Act(
            kind=ActKind.PROGRESS_NOTICE,
            text=f"접수 뒤 {_PROGRESS_DAYS * number}일이 지나 처리진행상황과 완료 예정일 통지"
            "(누리집 공개를 미리 안내했으면 생략 가능)",
            on=due,
            article=_PROGRESS if number == 1 else _PROGRESS_AGAIN,
            is_done=is_done,
            is_late=not is_done and case.now.date() > due,
        )
        number += 1


def transfer_acts(case: Standing) -> Iterable[Act]:
    """Yield until when a complaint that is not ours must go, and the notice after it went."""
    if not case.task.rule.is_complaint:
        return
    moved = [event for event in case.events if isinstance(event, Transferred)]
    if not moved:
        yield from _transfer_limits(case)
    elif moved[-1].to is Destination.OTHER_BODY:
        yield Act(
            kind=ActKind.TRANSFER_NOTICE,
            text="이송한 사실을 민원인에게 통지(공개를 미리 안내했으면 생략 가능)",
            on=moved[-1].at.date(),
            article=_TRANSFER_NOTICE,
            at_once=True,
        )


def _transfer_limits(case: Standing) -> Iterable[Act]:
    if any(isinstance(event, Arrived) for event in case.events):
        if case.now.date() == case.task.start.date():
            yield Act(
                kind=ActKind.TRANSFER,
                text="소관이 아니면 전자문서이므로 지체 없이 전자적으로 이송",
                on=case.task.start.date(),
                article=_ELECTRONIC,
                is_optional=True,
                at_once=True,
            )
        return
    for to in (Destination.DEPARTMENT, Destination.WITHIN_BODY, Destination.OTHER_BODY):
        rule = rule_of(_MOVES[to])
        limit = transfer_limit(case.task.start, to, office=case.task.office)
        if case.now <= limit:
            yield Act(
                kind=ActKind.TRANSFER,
                text=f"소관이 아니면 {rule.name}",
                on=limit.date(),
                at=limit,
                article=rule.basis,
                is_optional=True,
            )


def transfer_limit(start: datetime, to: Destination, *, office: Office) -> datetime:
    """Return until when a complaint received at `start` must be passed on (decree, art. 13)."""
    return _end_of_hours(_MOVES[to], start, office)


def receipt_limit(arrived: datetime, *, office: Office) -> datetime:
    """Return until when an electronic complaint must be received (decree, art. 6(8))."""
    return _end_of_hours("intake_electronic", arrived, office)


def _end_of_hours(kind: str, start: datetime, office: Office) -> datetime:
    return walk(start, rule_of(kind).length(None).working_time, office=office)[-1].end


def timing_findings(
    events: Sequence[Event], *, received: datetime, office: Office
) -> Iterable[Finding]:
    """Yield what was received or passed on too late."""
    for event in events:
        if isinstance(event, Arrived):
            limit = receipt_limit(event.at, office=office)
            if received > limit:
                rule = rule_of("intake_electronic")
                text = f"도달한 뒤 8근무시간({moment_text(limit)})을 넘겨 접수했습니다."
                yield Finding(
                    code="received_late", text=text, article=rule.basis, on=received.date()
                )
        elif isinstance(event, Transferred):
            yield from _transferred_late(event, received, office)


def _transferred_late(event: Transferred, received: datetime, office: Office) -> Iterable[Finding]:
    limit = transfer_limit(received, event.to, office=office)
    if event.at <= limit:
        return
    rule = rule_of(_MOVES[event.to])
    article = _ELECTRONIC if event.electronic else rule.basis
    text = f"{rule.name} 기한({moment_text(limit)})을 넘겼습니다."
    yield Finding(code="transferred_late", text=text, article=article, on=event.at.date())


def _passed(due: Count, now: datetime) -> bool:
    return now > due.due_at if due.due_at is not None else now.date() > due.due_on
