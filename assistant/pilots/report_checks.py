"""Checks of the completion report against plan, measurements and records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from assistant.domain import (
    Direction,
    EventKind,
    PerformanceItem,
    ReportedItem,
    StageKind,
    WrittenReport,
)
from assistant.figures import met_words, plain, rounded, target_words
from assistant.pilots.findings import (
    PLAN_CHANGE,
    REPORT,
    REPORT_CONTENT,
    Examined,
    PilotFinding,
    look,
    must,
)
from assistant.text import squeeze

STAGE_NAMES = {
    StageKind.MEETING: "회의",
    StageKind.TRAINING: "교육",
    StageKind.MEASUREMENT: "측정",
}
_SCORES = ("fulfilment", "efficiency", "users", "safety", "recommendation")


def check_report(case: Examined) -> Iterator[PilotFinding]:
    """Yield what is wrong with the results, and with the report where there is one."""
    yield from _measured(case)
    yield from _gradings(case)
    yield from _effects(case)
    yield from _surveys(case)
    yield from _stages(case)
    yield from _changes(case)
    if case.record.report is not None:
        yield from _items(case, case.record.report)
        yield from _scores(case, case.record.report)


# -- measurements and items -------------------------------------------------------------------


def _measured(case: Examined) -> Iterator[PilotFinding]:
    for item in case.figures.fulfilment.items:
        if item.is_met is None:
            text = f"항목 {item.number} ‘{item.name}’의 결과치가 없습니다."
            advice = "측정값을 넣으십시오. 재지 못했으면 까닭을 문제점에 적으십시오."
            yield must("measurement_missing", item.place, text, advice, REPORT)
    planned = {item.number for item in case.record.items}
    for number in sorted({each.item_number for each in case.record.measurements} - planned):
        text = f"계획서에 없는 항목 {number}의 측정값이 있습니다."
        advice = "항목 번호를 확인하십시오. 항목을 바꾸었으면 변경 승인을 받아야 합니다."
        place = f"measurements[{number}]"
        yield must("measurement_of_no_item", place, text, advice, PLAN_CHANGE)


def _items(case: Examined, report: WrittenReport) -> Iterator[PilotFinding]:
    if not report.items:
        return
    times = Counter(row.number for row in report.items)
    for number, count in times.items():
        if count > 1:
            text = f"보고서의 성능 체크리스트에 항목 {number}이(가) {count}번 있습니다."
            advice = "한 번만 남기십시오."
            yield must("report_item_twice", f"report.items[{number}]", text, advice, REPORT)
    rows = {row.number: row for row in report.items}
    for item in case.record.items:
        if item.number not in rows:
            text = f"계획서의 항목 {item.number} ‘{item.name}’이(가) 보고서에 없습니다."
            advice = "계획서의 성과목표와 같은 항목을 모두 넣으십시오."
            yield must("report_item_missing", f"report.items[{item.number}]", text, advice, REPORT)
        else:
            yield from _row(case, item, rows[item.number])
    for number in sorted(set(rows) - {item.number for item in case.record.items}):
        text = f"보고서의 항목 {number} ‘{rows[number].name}’은(는) 계획서에 없습니다."
        advice = "빼거나, 계획서 변경 승인을 받으십시오."
        place = f"report.items[{number}]"
        yield must("report_item_unplanned", place, text, advice, PLAN_CHANGE)


def _row(case: Examined, item: PerformanceItem, row: ReportedItem) -> Iterator[PilotFinding]:
    place, name = f"report.items[{item.number}]", f"항목 {item.number} ‘{item.name}’"
    changed = [label for label, differs in _differences(item, row) if differs]
    if changed:
        text = f"{name}의 {', '.join(changed)}이(가) 계획서와 다릅니다."
        advice = f"계획서대로 적으십시오(목표 {target_words(item)})."
        yield must("report_item_changed", place, text, advice, REPORT)
    result = next(r for r in case.figures.fulfilment.items if r.number == item.number)
    if row.value is not None and result.value is not None and not _same(row.value, result.value):
        text = f"{name}의 결과치가 측정값 {result.value_text}과(와) 다릅니다."
        advice = f"{plain(row.value)}{item.unit}을(를) 확인하십시오."
        yield must("report_value_differs", f"{place}.value", text, advice, REPORT)
    if row.is_met is not None and result.is_met is not None and row.is_met is not result.is_met:
        text = (
            f"{name}을(를) ‘{met_words(row.is_met)}’이라고 적었으나 "
            f"결과 {result.value_text}, 목표 {result.target_text}이므로 "
            f"‘{met_words(result.is_met)}’입니다."
        )
        advice = "충족 여부를 고치십시오."
        yield must("flag_wrong", f"{place}.is_met", text, advice, REPORT)


def _differences(item: PerformanceItem, row: ReportedItem) -> Iterator[tuple[str, bool]]:
    yield "항목 이름", squeeze(row.name) != squeeze(item.name)
    yield (
        "성능기준",
        bool(row.criterion and item.criterion)
        and squeeze(row.criterion) != squeeze(item.criterion),
    )
    if item.direction is not Direction.JUDGED:
        yield "성능목표", row.target is not None and row.target != item.target
        high = row.target_high
        yield "성능목표의 위쪽 끝", high is not None and high != item.target_high
        yield "이상ㆍ이하", row.direction is not None and row.direction is not item.direction
        yield "단위", bool(row.unit) and squeeze(row.unit) != squeeze(item.unit)
    yield "필수 여부", row.is_required is not None and row.is_required is not item.is_required


def _same(written: Decimal, measured: Decimal) -> bool:
    """Return whether `written` is `measured`, or what it comes to with fewer digits."""
    exponent = written.as_tuple().exponent
    digits = max(0, -exponent) if isinstance(exponent, int) else 0
    return written == measured or written == rounded(measured, digits)


# -- scores, effects, surveys -----------------------------------------------------------------


def _gradings(case: Examined) -> Iterator[PilotFinding]:
    for part in case.figures.score.parts[1:]:
        place = f"gradings.{part.part_id}"
        if part.points.is_missing:
            text, advice = f"{part.points.name}의 단계가 없습니다.", "네 단계 가운데 고르십시오."
            yield must("grading_missing", place, text, advice, REPORT)
        elif not part.reason:
            text = f"{part.points.name} {part.points.text}의 근거가 없습니다."
            advice = "그 단계로 본 까닭을 적으십시오."
            yield look("grading_without_reason", f"{place}_reason", text, advice, REPORT)


def _scores(case: Examined, report: WrittenReport) -> Iterator[PilotFinding]:
    written = report.scores
    for part in case.figures.score.parts:
        stated = getattr(written, part.part_id)
        if stated is not None and part.points.value is not None and stated != part.points.value:
            text = (
                f"{part.points.name}이(가) {plain(stated)}점으로 적혀 있으나 "
                f"셈하면 {part.points.text}입니다."
            )
            advice = f"{part.points.formula}: {part.points.working}"
            yield must("score_wrong", f"report.scores.{part.part_id}", text, advice, REPORT)
    stated_parts = [getattr(written, name) for name in _SCORES]
    known = [points for points in stated_parts if points is not None]
    if len(known) == len(stated_parts) and written.total not in {None, sum(known)}:
        stated_total = plain(written.total or 0)
        text = f"합계 {stated_total}점이 적힌 점수의 합 {plain(sum(known))}점과 다릅니다."
        advice = "①부터 ⑤까지 더한 값으로 고치십시오."
        yield must("score_sum_wrong", "report.scores.total", text, advice, REPORT)
    total = case.figures.score.total
    if not known and written.total is not None and total.value not in {None, written.total}:
        text = f"만족도가 {plain(written.total)}점으로 적혀 있으나 셈하면 {total.text}입니다."
        yield must("score_wrong", "report.scores.total", text, f"{total.working}", REPORT)


def _effects(case: Examined) -> Iterator[PilotFinding]:
    planned = {effect.number for effect in case.record.plan.effects}
    results = {result.number: result for result in case.record.effect_results}
    for each in case.figures.effects.comparisons:
        place = f"effect_results[{each.number}]"
        if each.actual.is_missing and each.number not in results:
            text = f"기대효과 ‘{each.text}’의 실제 성과가 없습니다."
            yield must("effect_missing", place, text, "실제 성과를 넣으십시오.", REPORT_CONTENT)
            continue
        stated = results[each.number].reported_rate if each.number in results else None
        if (
            stated is not None
            and each.rate.value is not None
            and not _same(stated, each.rate.value)
        ):
            text = f"부합률이 {plain(stated)}%로 적혀 있으나 셈하면 {each.rate.text}입니다."
            yield must("rate_wrong", f"{place}.reported_rate", text, each.rate.working,
                       REPORT_CONTENT)  # fmt: skip
    for number in sorted(set(results) - planned):
        text = f"계획서에 없는 기대효과 {number}의 성과가 있습니다."
        advice = "번호를 확인하십시오."
        yield look("effect_unplanned", f"effect_results[{number}]", text, advice, REPORT_CONTENT)


def _surveys(case: Examined) -> Iterator[PilotFinding]:
    for position, survey in enumerate(case.record.surveys, start=1):
        place, figures = f"surveys[{position}]", case.figures.surveys[position - 1]
        asked, answered = survey.asked, survey.answered
        if asked is not None and answered is not None and answered > asked:
            text = f"답한 사람 {answered}명이 물은 사람 {asked}명보다 많습니다."
            yield must("survey_over", f"{place}.answered", text, "수를 확인하십시오.", REPORT)
        for question, figure in zip(survey.questions, figures.questions, strict=True):
            at = f"{place}.questions[{question.number}]"
            if answered is not None and figure.people > answered:
                text = (
                    f"‘{question.text}’의 답 {figure.people}개가 응답자 {answered}명보다 많습니다."
                )
                yield must("survey_over", f"{at}.counts", text, "수를 확인하십시오.", REPORT)
            stated, mean = question.reported_mean, figure.mean.value
            if stated is not None and mean is not None and not _same(stated, mean):
                text = (
                    f"‘{question.text}’의 평균이 {plain(stated)}로 적혀 있으나 "
                    f"셈하면 {figure.mean.text}입니다."
                )
                yield must("mean_wrong", f"{at}.reported_mean", text, figure.mean.working, REPORT)


# -- stages and changes -----------------------------------------------------------------------


def _stages(case: Examined) -> Iterator[PilotFinding]:
    record = case.record
    promised: Counter[StageKind] = Counter()
    for planned in record.plan.schedule:
        if planned.kind is not None:
            promised[planned.kind] += planned.times
    held = Counter(row.kind for row in record.stages if row.kind is not None)
    for kind in StageKind if promised else ():
        if promised[kind] != held[kind]:
            text = (
                f"{STAGE_NAMES[kind]}이(가) 계획은 {promised[kind]}회, 보고는 {held[kind]}회입니다."
            )
            advice = "단계별 진행사항의 횟수는 계획서와 같아야 합니다. 빠진 기록을 넣으십시오."
            yield must("stage_count", "stages", text, advice, REPORT)
    first = record.plan.starts_on
    last = record.day_of(EventKind.REPORT_SUBMITTED) or case.today
    for row in record.stages:
        yield from _stage(row.number, row.held_on, bool(row.evidence), first, last)


def _stage(
    number: int, held_on: date | None, has_evidence: bool, first: date | None, last: date
) -> Iterator[PilotFinding]:
    place = f"stages[{number}]"
    if held_on is None:
        text, advice = f"진행 단계 {number}에 일자가 없습니다.", "언제 했는지 적으십시오."
        yield must("stage_undated", f"{place}.held_on", text, advice, REPORT)
    elif held_on > last or (first is not None and (first - held_on).days > 31):
        text = f"진행 단계 {number}의 일자 {_day(held_on)}이 시범사용 기간과 맞지 않습니다."
        yield must("stage_outside", f"{place}.held_on", text, "일자를 확인하십시오.", REPORT)
    if not has_evidence:
        when = f" ‘{_day(held_on)}’" if held_on else f" {number}"
        text = f"진행 단계{when}에 붙인 자료가 없습니다."
        advice = "회의록, 사진, 측정 기록 가운데 하나를 붙이십시오."
        yield must("evidence_missing", f"{place}.evidence", text, advice, REPORT)


def _changes(case: Examined) -> Iterator[PilotFinding]:
    for row in case.record.changes:
        place = f"changes[{row.number}]"
        if row.occurred_on is None or row.notified_on is None:
            missing = "발생일자" if row.occurred_on is None else "조달청 통보일자"
            text = f"변경(문제)사항 {row.number}에 {missing}가 없습니다."
            yield look("change_undated", place, text, "일자를 적으십시오.", PLAN_CHANGE)
        elif row.notified_on < row.occurred_on:
            text = f"변경(문제)사항 {row.number}의 통보일자가 발생일자보다 빠릅니다."
            yield must("change_reversed", place, text, "두 날짜를 확인하십시오.", PLAN_CHANGE)
        if not row.action:
            text, advice = f"변경(문제)사항 {row.number}에 조치가 없습니다.", "조치를 적으십시오."
            yield look("change_without_action", f"{place}.action", text, advice, REPORT_CONTENT)


def _day(day: date) -> str:
    return f"{day.year}. {day.month}. {day.day}."
