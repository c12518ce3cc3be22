"""Which extensions hold: how often, how far, for which reason, with whose consent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from assistant.deadlines.articles import Article
from assistant.deadlines.clock import Finding
from assistant.deadlines.counting import Count, Task, count
from assistant.deadlines.events import Extended, Ground
from assistant.deadlines.periods import Period, Unit
from assistant.deadlines.rules import Counting, ExtensionRule

_REFUSED = {
    Ground.WORKLOAD: "단순 업무과중은 연장 사유가 되지 않습니다.",
    Ground.LATE_ASSIGNMENT: "담당자 지정이 늦은 것은 연장 사유가 되지 않습니다.",
    Ground.ABSENCE: "담당자가 자리에 없는 것은 연장 사유가 되지 않습니다.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Extensions:
    """The extensions that hold, in order, and what is wrong with the others."""

    accepted: tuple[tuple[Extended, Period], ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def periods(self) -> tuple[Period, ...]:
        """How long each one is."""
        return tuple(period for _event, period in self.accepted)


def extensions_of(task: Task, asked: Iterable[Extended]) -> Extensions:
    """Return which of the extensions `asked` for hold, each judged against the date before it."""
    state = Extensions()
    for event in asked:
        finding, period = _judge(task, event, state)
        accepted = state.accepted if period is None else (*state.accepted, (event, period))
        found = state.findings if finding is None else (*state.findings, finding)
        state = Extensions(accepted=accepted, findings=found)
    return state


def longest(task: Task, rule: ExtensionRule) -> Period:
    """Return how far one extension may go."""
    return rule.limit or task.period


def _judge(task: Task, event: Extended, before: Extensions) -> tuple[Finding | None, Period | None]:
    rule = task.rule.extension
    if rule is None:
        text = f"{task.rule.name}에는 기간을 늘리는 규정이 없습니다."
        return _finding(event, "no_extension", text, task.rule.basis), None
    refusal = _refusal(task, event, before, rule)
    if refusal is not None:
        return refusal, None
    limit = longest(task, rule)
    if event.length is None or event.length == limit:
        return None, limit
    if event.length.unit is not limit.unit and not _in_days(event.length, limit, task.way):
        text = f"연장은 {limit} 안에서 같은 단위로 정해야 합니다."
        return _finding(event, "extension_unit", text, rule.basis), None
    if _amount(event.length, task.way) > _amount(limit, task.way):
        text = f"연장은 {limit}까지입니다. 넘는 부분은 넣지 않았습니다."
        return _finding(event, "extension_too_long", text, rule.basis), limit
    return None, event.length


def _refusal(
    task: Task, event: Extended, before: Extensions, rule: ExtensionRule
) -> Finding | None:
    number = len(before.accepted) + 1
    if number > rule.times:
        text = f"연장은 {rule.times}번까지입니다."
        return _finding(event, "too_many_extensions", text, rule.basis)
    if rule.consent_from is not None and number >= rule.consent_from and not event.consent:
        text = "두 번째 연장에는 민원인의 동의가 있어야 합니다."
        return _finding(event, "no_consent", text, rule.basis)
    if _is_late(event, count(task, before.periods)):
        text = "처리기간이 지난 뒤에 한 연장은 넣지 않았습니다."
        return _finding(event, "extension_late", text, rule.basis)
    return _ground_refused(task, event, rule)


def _ground_refused(task: Task, event: Extended, rule: ExtensionRule) -> Finding | None:
    """Return what is wrong with the reason; for cases from the day the list is in force."""
    if rule.grounds_since is None or task.start.date() < rule.grounds_since:
        return None
    if event.ground is None:
        text = "연장 사유를 시행령 제21조제1항 각 호에서 골라야 합니다."
        return _finding(event, "no_ground", text, rule.basis)
    if event.ground in _REFUSED:
        return _finding(
            event, "ground_refused", _REFUSED[event.ground], rule.refused_by or rule.basis
        )
    return None


def _is_late(event: Extended, due: Count) -> bool:
    if due.due_at is not None:
        return event.at > due.due_at
    return event.at.date() > due.due_on


def _in_days(length: Period, limit: Period, way: Counting) -> bool:
    """Whether hours and days are mixed in a period counted in hours, which can be compared."""
    return way is Counting.HOURS and {length.unit, limit.unit} <= {Unit.HOUR, Unit.DAY}


def _amount(period: Period, way: Counting) -> float:
    return period.working_time.total_seconds() if way is Counting.HOURS else period.number


def _finding(event: Extended, code: str, text: str, article: Article) -> Finding:
    return Finding(code=code, text=text, article=article, on=event.at.date())
