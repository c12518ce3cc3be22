"""Checks of one part of the record against another: days, counts, samples, votes, periods."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from assistant.deadlines import day_text
from assistant.domain import Acquisition, EventKind
from assistant.figures import plain
from assistant.pilots.findings import (
    LEASE_PLAN,
    PLAN,
    REPORT,
    REPORT_CONTENT,
    Examined,
    PilotFinding,
    look,
    must,
)
from assistant.text import squeeze

_A_MONTH = timedelta(days=31)
_SAMPLE = re.compile(r"(?<![\d.,])(\d{1,3}(?:,\d{3})+|\d+)\s?(?:회|개|건|대|명|곳|장)(?!월)")
_MEMBERS = re.compile(r"위원\s?(\d{1,2})명")
_VOTES = re.compile(r"(\d{1,2})명(?:이|은)?\s?(?:모두\s?|전원\s?)?['‘]?(부적절|적절)")
_YEAR = re.compile(r"\d{4}")


def check_plan_further(case: Examined) -> Iterator[PilotFinding]:
    """Yield where parts of the plan contradict each other."""
    record, plan = case.record, case.record.plan
    contracted = record.day_of(EventKind.CONTRACTED)
    if plan.deliver_by and contracted and plan.deliver_by < contracted:
        text = f"납품기간 {day_text(plan.deliver_by)}이 계약일 {day_text(contracted)}보다 빠릅니다."
        yield look(
            "delivery_before_contract", "plan.deliver_by", text, "날짜를 확인하십시오.", PLAN
        )
    until = record.product.designated_until
    if until is not None and contracted is not None and until < contracted:
        text = f"지정기간이 {day_text(until)}에 끝나 계약일 {day_text(contracted)}보다 빠릅니다."
        advice = "계약할 때 지정기간 안이었는지 확인하십시오."
        yield look("designation_expired", "product.designated_until", text, advice, PLAN)
    if record.acquisition is Acquisition.LEASE and plan.starts_on and plan.ends_on:
        months = _months(plan.starts_on, plan.ends_on)
        for number, line in enumerate(plan.price_lines, start=1):
            if line.months is not None and abs(line.months - months) > 1:
                text = f"임차료는 {line.months}개월로 셈했으나 기간은 약 {months}개월입니다."
                place = f"plan.price_lines[{number}].months"
                yield look("months_differ", place, text, "개월 수를 확인하십시오.", LEASE_PLAN)


def check_results_further(case: Examined) -> Iterator[PilotFinding]:
    """Yield where results, surveys, stages and votes contradict each other or the plan."""
    yield from _measurements(case)
    yield from _effects(case)
    yield from _surveys(case)
    yield from _stages(case)
    yield from _votes(case)
    yield from _afterwards(case)


def _months(first: date, last: date) -> int:
    """Return how many months lie between two days, both of them in it.

    >>> _months(date(2025, 10, 1), date(2026, 9, 30))
    12
    """
    return round(((last - first).days + 1) / 30.44)


def _bounds(case: Examined) -> tuple[date | None, date]:
    """Return between which days results of the pilot can have come about."""
    record = case.record
    started = record.day_of(EventKind.STARTED) or record.plan.starts_on
    last = record.day_of(EventKind.EXTRA_ENDED) or record.day_of(EventKind.REPORT_SUBMITTED)
    if record.day_of(EventKind.EXTRA_STARTED) and not record.day_of(EventKind.EXTRA_ENDED):
        last = None
    return (started - _A_MONTH if started else None), last or case.today


def _is_outside(case: Examined, day: date | None) -> bool:
    first, last = _bounds(case)
    return day is not None and (day > last or (first is not None and day < first))


def _measurements(case: Examined) -> Iterator[PilotFinding]:
    items = {item.number: item for item in case.record.items}
    for each in case.record.measurements:
        place = f"measurements[{each.item_number}]"
        item = items.get(each.item_number)
        if _is_outside(case, each.measured_on) and each.measured_on is not None:
            day = day_text(each.measured_on)
            text = f"항목 {each.item_number}의 측정일 {day}이 시범사용과 맞지 않습니다."
            advice = "측정일을 확인하십시오."
            yield must("measurement_outside", f"{place}.measured_on", text, advice, REPORT)
        if item is None:
            continue
        asked = _SAMPLE.findall(item.method)
        if len(asked) == 1 and each.sample_size is not None:
            promised = int(asked[0].replace(",", ""))
            if each.sample_size < promised:
                text = (
                    f"항목 {item.number} ‘{item.name}’의 시험방법은 {promised:,}이나 "
                    f"표본은 {each.sample_size:,}입니다."
                )
                advice = "표본이 모자란 까닭을 적거나 수를 확인하십시오."
                yield look("sample_short", f"{place}.sample_size", text, advice, REPORT)
        if (
            item.unit == "%"
            and each.value is not None
            and not 0 <= each.value <= _limit(item.target)
        ):
            text = f"항목 {item.number} ‘{item.name}’의 결과 {plain(each.value)}%를 확인하십시오."
            yield look("value_unlikely", f"{place}.value", text, "단위와 자릿수를 확인하십시오.",
                       REPORT)  # fmt: skip


def _limit(target: Decimal | None) -> Decimal:
    """Return the most a percentage can be; a target above 100 speaks of growth."""
    return Decimal(100) if target is None or target <= 100 else Decimal(10_000)


def _effects(case: Examined) -> Iterator[PilotFinding]:
    planned = {effect.number: effect for effect in case.record.plan.effects}
    for each in case.record.effect_results:
        effect = planned.get(each.number)
        if effect is None or None in (each.amount, each.before, each.after, effect.is_decrease):
            continue
        before, after = each.before or Decimal(0), each.after or Decimal(0)
        change = before - after if effect.is_decrease else after - before
        if each.amount != change:
            text = (
                f"기대효과 ‘{effect.text}’의 실제 성과가 {plain(each.amount or 0)}{effect.unit}로 "
                f"적혀 있으나 도입 전 {plain(before)}, 도입 후 {plain(after)}이면 "
                f"{plain(change)}입니다."
            )
            place = f"effect_results[{each.number}].amount"
            yield must("effect_differs", place, text, "수를 확인하십시오.", REPORT_CONTENT)


def _surveys(case: Examined) -> Iterator[PilotFinding]:
    for position, survey in enumerate(case.record.surveys, start=1):
        place = f"surveys[{position}]"
        day = next((d for d in (survey.starts_on, survey.ends_on) if _is_outside(case, d)), None)
        if day is not None:
            text = f"설문한 날 {day_text(day)}이 시범사용 기간과 맞지 않습니다."
            yield look("survey_outside", f"{place}.starts_on", text, "날짜를 확인하십시오.", REPORT)
        if survey.starts_on and survey.ends_on and survey.ends_on < survey.starts_on:
            text = "설문이 끝난 날이 시작한 날보다 빠릅니다."
            yield must(
                "survey_reversed", f"{place}.ends_on", text, "두 날짜를 확인하십시오.", REPORT
            )
        for question in survey.questions:
            over = [c.score for c in question.counts if not 0 <= c.score <= question.scale_max]
            if over:
                most = question.scale_max
                text = f"‘{question.text}’에 척도 {most}점을 벗어난 {over[0]}점 답이 있습니다."
                at = f"{place}.questions[{question.number}].counts"
                yield must("scale_over", at, text, "답을 확인하십시오.", REPORT)


def _stages(case: Examined) -> Iterator[PilotFinding]:
    seen: set[object] = set()
    for row in case.record.stages:
        key = (row.held_on, row.kind, squeeze(row.summary))
        if row.held_on is not None and key in seen:
            text = f"진행 단계 {row.number}이(가) 앞의 단계와 일자·형식·내용이 같습니다."
            yield look("stage_twice", f"stages[{row.number}]", text, "겹쳐 적었는지 확인하십시오.",
                       REPORT)  # fmt: skip
        seen.add(key)
    for change in case.record.changes:
        if _is_outside(case, change.occurred_on) and change.occurred_on is not None:
            text = f"변경(문제)사항 {change.number}의 발생일자가 시범사용과 맞지 않습니다."
            place = f"changes[{change.number}].occurred_on"
            yield look("change_outside", place, text, "일자를 확인하십시오.", REPORT_CONTENT)


def _votes(case: Examined) -> Iterator[PilotFinding]:
    committee = case.record.committee
    names = Counter(squeeze(m.name) for m in committee.members if m.name)
    for number, member in enumerate(committee.members, start=1):
        if names[squeeze(member.name)] > 1:
            text = f"심의위원 {member.name}이(가) 두 번 적혀 있습니다."
            place = f"committee.members[{number}].name"
            yield must("member_twice", place, text, "위원 명단을 확인하십시오.", REPORT)
            break
    if not committee.members or not committee.decision:
        return
    votes = [member.approves for member in committee.members]
    counted = {"적절": votes.count(True), "부적절": votes.count(False)}
    wrong = [
        f"{word} {said}명(의결서 {counted[word]}명)"
        for said, word in _VOTES.findall(committee.decision)
        if None not in votes and int(said) != counted[word]
    ]
    members = _MEMBERS.search(committee.decision)
    if members and int(members[1]) != len(votes):
        wrong.append(f"위원 {members[1]}명(의결서 {len(votes)}명)")
    if wrong:
        text = f"의결 내용이 의결서와 다릅니다: {', '.join(wrong)}."
        advice = "의결 내용이나 위원별 의견을 고치십시오."
        yield must("decision_differs", "committee.decision", text, advice, REPORT)


def _afterwards(case: Examined) -> Iterator[PilotFinding]:
    record = case.record
    ended = record.day_of(EventKind.ENDED) or record.plan.ends_on
    for number, each in enumerate(record.care, start=1):
        if each.in_use is not None and each.installed is not None and each.in_use > each.installed:
            text = (
                f"사용 수량 {plain(each.in_use)}이 설치 수량 {plain(each.installed)}보다 많습니다."
            )
            yield must("care_over", f"care[{number}].in_use", text, "수를 확인하십시오.", REPORT)
    for number, planned in enumerate(record.purchases or (), start=1):
        if planned.year is not None and ended is not None and planned.year < ended.year:
            text = (
                f"{planned.institution}의 추가 구매 시기 {planned.year}년이 시범사용보다 앞섭니다."
            )
            yield look("purchase_past", f"purchases[{number}].year", text, "연도를 확인하십시오.",
                       REPORT_CONTENT)  # fmt: skip
    growth = record.growth
    for name in ("sales_won", "jobs", "investment_won", "export_won"):
        row = getattr(growth, name)
        before, after = _YEAR.search(row.before_label), _YEAR.search(row.after_label)
        if before and after and int(before[0]) >= int(after[0]):
            text = f"앞 시점 {row.before_label}이 뒤 시점 {row.after_label}보다 늦거나 같습니다."
            yield look("growth_reversed", f"growth.{name}.before_label", text,
                       "두 시점을 확인하십시오.", REPORT_CONTENT)  # fmt: skip
