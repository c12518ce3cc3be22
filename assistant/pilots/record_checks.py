"""Checks of the committee, of the days on record, and of an AI product's evaluation."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from assistant.deadlines import day_text
from assistant.domain import Committee, EventKind
from assistant.figures import CRITERIA, QUORUM, plain
from assistant.pilots.findings import (
    AI_EVALUATION,
    BOARD,
    REPORT,
    TOTAL_PERIOD,
    Examined,
    PilotFinding,
    look,
    must,
)
from assistant.pilots.limits import Limit, LimitState

# the kinds that can only come one after the other
_ORDER = (
    (EventKind.DESIGNATED, "지정"),
    (EventKind.APPLIED, "시범사용 신청"),
    (EventKind.MATCHED, "수요매칭"),
    (EventKind.AGREED, "협약"),
    (EventKind.PLAN_REQUESTED, "수행계획서 작성 요청"),
    (EventKind.PLAN_SUBMITTED, "수행계획서 제출"),
    (EventKind.PLAN_APPROVED, "수행계획서 승인"),
    (EventKind.CONTRACTED, "시범구매계약"),
    (EventKind.STARTED, "시범사용 시작"),
    (EventKind.ENDED, "시범사용 종료"),
    (EventKind.REPORT_SUBMITTED, "완료보고서 제출"),
    (EventKind.JUDGED, "판정"),
    (EventKind.VERDICT_NOTIFIED, "판정 결과 통보"),
    (EventKind.SUPPLEMENT_PLAN_SUBMITTED, "보완계획서 제출"),
    (EventKind.EXTRA_STARTED, "추가 시범사용 시작"),
    (EventKind.EXTRA_ENDED, "추가 시범사용 종료"),
)
_MAXIMA = {name: grades[0] for name, grades in CRITERIA.items()}


def check_committee(case: Examined) -> Iterator[PilotFinding]:
    """Yield what is wrong with the institution's own committee (제36조제1항)."""
    committee = case.record.committee
    if not committee.members:
        text, advice = "자체심의위원회 결과가 없습니다.", "위원과 심의 결과를 넣으십시오."
        yield must("committee_missing", "committee", text, advice, REPORT)
        return
    if not any(member.is_external for member in committee.members):
        unknown = any(member.is_external is None for member in committee.members)
        text = f"자체심의위원 {len(committee.members)}명 중 외부전문가가 없습니다."
        advice = "외부전문가가 참여한 심의를 하고 그 결과를 넣으십시오."
        if unknown:
            advice = "외부전문가인지 표시하지 않은 위원이 있습니다. " + advice
        yield must("outside_expert_missing", "committee.members", text, advice, REPORT)
    yield from _decided(committee)
    yield from _held(case, committee)


def _decided(committee: Committee) -> Iterator[PilotFinding]:
    if not committee.decision:
        text, advice = "심의 결과가 비어 있습니다.", "의결 내용을 적으십시오."
        yield must("decision_missing", "committee.decision", text, advice, REPORT)
    for number, member in enumerate(committee.members, start=1):
        if member.approves is None:
            place = f"committee.members[{number}].approves"
            text = f"{member.role}의 적절ㆍ부적절 의견이 없습니다."
            yield look("opinion_of_member", place, text, "의결서를 확인하십시오.", REPORT)


def _held(case: Examined, committee: Committee) -> Iterator[PilotFinding]:
    held = committee.held_on or case.record.day_of(EventKind.COMMITTEE_HELD)
    if held is None:
        text, advice = "자체심의 일시가 없습니다.", "심의한 날을 적으십시오."
        yield must("committee_undated", "committee.held_on", text, advice, REPORT)
        return
    ended = case.record.day_of(EventKind.ENDED)
    submitted = case.record.day_of(EventKind.REPORT_SUBMITTED)
    if submitted is not None and held > submitted:
        text = "자체심의가 완료보고서를 낸 뒤에 열렸습니다."
        advice = "보고서에는 심의 결과가 들어가야 합니다. 날짜를 확인하십시오."
        yield must("committee_after_report", "committee.held_on", text, advice, REPORT)
    elif ended is not None and held < ended:
        text = "자체심의가 시범사용이 끝나기 전에 열렸습니다."
        advice = "날짜를 확인하십시오."
        yield look("committee_before_end", "committee.held_on", text, advice, REPORT)


def check_days(case: Examined) -> Iterator[PilotFinding]:
    """Yield days that cannot be, and periods that were missed."""
    yield from _order(case)
    yield from _future(case)
    yield from _against_plan(case)
    for step in case.course.steps:
        for limit in step.limits:
            if limit in case.course.late:
                yield _missed(limit)


def _order(case: Examined) -> Iterator[PilotFinding]:
    before: tuple[str, date] | None = None
    for kind, name in _ORDER:
        day = case.record.day_of(kind)
        if day is None:
            continue
        if before is not None and day < before[1]:
            text = f"{name} {day_text(day)}이 {before[0]} {day_text(before[1])}보다 빠릅니다."
            advice = "두 날짜를 확인하십시오."
            yield must("days_reversed", f"events[{kind}].on", text, advice, None)
        else:
            before = (name, day)


def _future(case: Examined) -> Iterator[PilotFinding]:
    for event in case.record.events:
        if event.on > case.today:
            text = f"{day_text(event.on)}은(는) 아직 오지 않은 날입니다."
            advice = "있었던 일만 기록합니다. 예정이면 계획에 적으십시오."
            yield look("day_to_come", f"events[{event.kind}].on", text, advice, None)


def _against_plan(case: Examined) -> Iterator[PilotFinding]:
    plan, record = case.record.plan, case.record
    pairs = (
        (EventKind.STARTED, plan.starts_on, "시작일"),
        (EventKind.ENDED, plan.ends_on, "종료일"),
    )
    for kind, planned, name in pairs:
        day = record.day_of(kind)
        if day is not None and planned is not None and day != planned and not record.changes:
            text = (
                f"실제 {name} {day_text(day)}이 계획 {day_text(planned)}과 다르고 "
                "변경 이력이 없습니다."
            )
            advice = "변경(문제)사항 이력에 까닭과 통보일자를 적으십시오."
            yield look("period_changed", f"events[{kind}].on", text, advice, TOTAL_PERIOD)


def _missed(limit: Limit) -> PilotFinding:
    done = limit.done_on
    if limit.state is LimitState.DONE_LATE and done is not None:
        text = f"{limit.act}이(가) {limit.days}일 늦었습니다({day_text(limit.due_on)}까지)."
        advice = "늦은 까닭을 적어 두십시오."
    else:
        text = f"{limit.act} 기한 {day_text(limit.due_on)}이 {limit.days}일 지났습니다."
        advice = "바로 처리하고 늦은 까닭을 적어 두십시오."
    if limit.note:
        advice = f"{advice} {limit.note}"
    return must(f"late_{limit.clock_kind}", "events", text, advice, limit.article)


def check_evaluation(case: Examined) -> Iterator[PilotFinding]:
    """Yield what is wrong with the judges' points on an AI product."""
    ai = case.figures.ai
    if ai is None:
        return
    if len(ai.judges) < QUORUM:
        text = f"평가위원이 {len(ai.judges)}명으로 {QUORUM}명보다 적습니다."
        yield must("quorum", "judge_scores", text, "출석 위원을 확인하십시오.", BOARD)
    for number, score in enumerate(case.record.judge_scores, start=1):
        for name, grades in CRITERIA.items():
            points = getattr(score, name)
            if points is not None and points not in grades:
                text = (
                    f"{score.judge}의 점수 {plain(points)}은(는) "
                    f"{', '.join(map(str, grades))} 가운데 하나가 아닙니다."
                )
                advice = f"배점 {_MAXIMA[name]}점의 네 등급을 확인하십시오."
                place = f"judge_scores[{number}].{name}"
                yield must("grade_wrong", place, text, advice, AI_EVALUATION)
