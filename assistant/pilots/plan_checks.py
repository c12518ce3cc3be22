"""Checks of the performance plan: goals, dates, limits of the period, sums, numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from assistant.deadlines import Period, Unit
from assistant.deadlines.periods import last_day
from assistant.domain import Acquisition, Direction, PerformanceItem, PilotPlan
from assistant.figures import Figure, won
from assistant.pilots.findings import (
    COST,
    LEASE_PLAN,
    NUMBERING,
    PLAN,
    TOTAL_PERIOD,
    Examined,
    PilotFinding,
    look,
    must,
)

_PURCHASE_MONTHS = 10  # 수행계획서 서식(별지 10)의 안내
_LEASE_MONTHS = 24
_DIGITS = (
    ("classification_number", "물품분류번호", 8),
    ("detail_number", "세부품명번호", 10),
    ("identification_number", "물품식별번호", 8),
)
_BUSINESS_DIGITS = 10


def check_plan(case: Examined) -> Iterator[PilotFinding]:
    """Yield what is wrong with the plan."""
    yield from _goals(case.record.items)
    yield from _period(case)
    yield from _sums(case)
    yield from _numbers(case)
    yield from _form(case)


def _goals(items: tuple[PerformanceItem, ...]) -> Iterator[PilotFinding]:
    if not items:
        text, advice = "성과목표가 없습니다.", "수행계획서의 성과목표 표를 넣으십시오."
        yield must("items_missing", "items", text, advice, PLAN)
        return
    if not any(item.is_required for item in items):
        text, advice = "필수항목이 없습니다.", "필수항목을 하나 이상 정하십시오."
        yield must("required_missing", "items", text, advice, PLAN)
    for number, times in Counter(item.number for item in items).items():
        if times > 1:
            text = f"번호 {number}인 항목이 {times}개입니다."
            advice = "항목마다 다른 번호를 붙이십시오."
            yield must("item_number_twice", f"items[{number}]", text, advice, PLAN)
    for item in items:
        yield from _goal(item)


def _goal(item: PerformanceItem) -> Iterator[PilotFinding]:
    place, name = f"items[{item.number}]", f"항목 {item.number} ‘{item.name}’"
    if item.direction is not Direction.JUDGED and item.target is None:
        text = f"{name}에 성능목표가 없습니다."
        advice = "목표를 수로 적거나 적합 여부로 보는 항목이라고 표시하십시오."
        yield must("target_missing", f"{place}.target", text, advice, PLAN)
    low, high = item.target, item.target_high
    if item.direction is Direction.WITHIN and low is not None and (high is None or high < low):
        text = f"{name}의 범위에 위쪽 끝이 없거나 아래쪽보다 작습니다."
        advice = "범위의 두 끝을 확인하십시오."
        yield must("target_range", f"{place}.target_high", text, advice, PLAN)
    if not item.method:
        text, advice = f"{name}에 시험방법이 없습니다.", "어떻게 재는지 적으십시오."
        yield look("method_missing", f"{place}.method", text, advice, PLAN)


def _period(case: Examined) -> Iterator[PilotFinding]:
    plan = case.record.plan
    if plan.starts_on is None or plan.ends_on is None:
        text, advice = "시범사용 기간이 없습니다.", "시작일과 종료일을 넣으십시오."
        yield must("period_missing", "plan.starts_on", text, advice, PLAN)
        return
    if plan.ends_on < plan.starts_on:
        text, advice = "종료일이 시작일보다 빠릅니다.", "두 날짜를 확인하십시오."
        yield must("period_reversed", "plan.ends_on", text, advice, PLAN)
        return
    yield from _length(case.record.acquisition, plan.starts_on, plan.ends_on)
    if plan.deliver_by is not None and plan.deliver_by > plan.ends_on:
        text, advice = "납품기간이 시범사용 종료일보다 늦습니다.", "두 날짜를 확인하십시오."
        yield must("delivery_after_end", "plan.deliver_by", text, advice, PLAN)
    yield from _schedule(plan, plan.starts_on, plan.ends_on)


def _length(acquisition: Acquisition, starts_on: date, ends_on: date) -> Iterator[PilotFinding]:
    lease = acquisition is Acquisition.LEASE
    planned = _LEASE_MONTHS if lease else _PURCHASE_MONTHS
    total = Period(number=4 if lease else 1, unit=Unit.YEAR)
    if ends_on > last_day(starts_on, total):
        text = f"계획한 기간이 총 시범사용기간 {total}을 넘습니다."
        advice = "기간을 줄이십시오. 천재지변 등의 사정이 있으면 근거를 남기십시오."
        yield must("period_over_total", "plan.ends_on", text, advice, TOTAL_PERIOD)
    elif ends_on > last_day(starts_on, Period(number=planned, unit=Unit.MONTH)):
        text = f"계획한 기간이 수행계획서 서식에서 안내하는 {planned}개월을 넘습니다."
        advice = "기간을 줄이거나 조달청과 협의한 근거를 남기십시오."
        yield must("period_over_plan", "plan.ends_on", text, advice, PLAN)


def _schedule(plan: PilotPlan, starts_on: date, ends_on: date) -> Iterator[PilotFinding]:
    # meetings before the start and a final check after the end are usual
    early, late = starts_on - timedelta(days=31), ends_on + timedelta(days=31)
    for row in plan.schedule:
        place = f"plan.schedule[{row.number}]"
        if row.starts_on and row.ends_on and row.ends_on < row.starts_on:
            text = f"일정 ‘{row.task}’의 끝이 시작보다 빠릅니다."
            yield must("schedule_reversed", place, text, "두 날짜를 확인하십시오.", PLAN)
        elif any(day and not early <= day <= late for day in (row.starts_on, row.ends_on)):
            text = f"일정 ‘{row.task}’이(가) 시범사용 기간에서 한 달 넘게 벗어나 있습니다."
            yield look("schedule_outside", place, text, "날짜를 확인하십시오.", PLAN)


def _sums(case: Examined) -> Iterator[PilotFinding]:
    plan, money = case.record.plan, case.figures.money
    leases = case.record.acquisition is Acquisition.LEASE
    if leases and plan.price_lines and all(line.months is None for line in plan.price_lines):
        text = "임차인데 개월 수를 적은 줄이 없습니다."
        advice = "임차료에 개월 수를 적으십시오. 총금액은 단가 × 수량 × 개월입니다."
        yield look("months_missing", "plan.price_lines[1].months", text, advice, LEASE_PLAN)
    for number, (line, figure) in enumerate(zip(plan.price_lines, money.lines, strict=True), 1):
        place = f"plan.price_lines[{number}]"
        yield from _sum(f"{place}.amount_won", line.name, line.amount_won, figure)
    if plan.price_lines:
        yield from _sum("plan.goods_won", "물품대", plan.goods_won, money.goods)
    yield from _sum("plan.total_won", "총금액", plan.total_won, money.total)
    share = money.cost_share
    if share.is_within is False:
        text = f"시범사용 비용이 물품대의 {share.text}로 15%를 넘습니다."
        advice = "비용을 줄이거나 신성장조달업무심의회 심의를 받으십시오."
        yield must("cost_over_limit", "plan.pilot_cost_won", text, advice, COST)
    if plan.pilot_cost_won is not None and plan.costs:
        yield from _budget(plan, plan.pilot_cost_won)


def _sum(place: str, name: str, written: int | None, figure: Figure) -> Iterator[PilotFinding]:
    if written is None or figure.value is None or Decimal(written) == figure.value:
        return
    text = f"{name}이(가) {won(written)}으로 적혀 있으나 셈하면 {figure.text}입니다."
    advice = f"단가와 수량, 합계를 확인하십시오({figure.working})."
    yield must("sum_wrong", place, text, advice, PLAN)


def _budget(plan: PilotPlan, cost: int) -> Iterator[PilotFinding]:
    amounts = [line.amount_won for line in plan.costs]
    known = [amount for amount in amounts if amount is not None]
    if len(known) == len(amounts) and sum(known) not in {cost, plan.total_won}:
        text = f"소요예산의 합 {won(sum(known))}이 시범사용 비용이나 총금액과 같지 않습니다."
        advice = "줄마다 금액을 확인하고 무엇의 합인지 적으십시오."
        yield look("budget_sum", "plan.costs", text, advice, PLAN)
    for number, line in enumerate(plan.costs, start=1):
        if not line.payer:
            text = f"소요예산 ‘{line.name}’에 부담주체가 없습니다."
            advice = "누가 부담하는지 적으십시오."
            yield look("payer_missing", f"plan.costs[{number}].payer", text, advice, PLAN)


def _numbers(case: Examined) -> Iterator[PilotFinding]:
    product = case.record.product
    for field, name, digits in _DIGITS:
        written = getattr(product, field)
        if written and not (written.isascii() and written.isdigit() and len(written) == digits):
            text = f"{name} ‘{written}’은(는) 숫자 {digits}자리가 아닙니다."
            advice = "목록정보시스템에서 번호를 확인하십시오."
            yield must("number_format", f"product.{field}", text, advice, NUMBERING)
    business = case.record.supplier.business_number
    digits_of = [letter for letter in business if letter.isdigit()]
    if business and (len(digits_of) != _BUSINESS_DIGITS or len(business) > _BUSINESS_DIGITS + 2):
        text = f"사업자등록번호 ‘{business}’은(는) 숫자 10자리가 아닙니다."
        advice = "사업자등록증의 번호를 확인하십시오."
        yield must("number_format", "supplier.business_number", text, advice, PLAN)


def _form(case: Examined) -> Iterator[PilotFinding]:
    record = case.record
    given = (
        ("plan.place", record.plan.place, "시범사용 장소"),
        ("institution.manager", record.institution.manager, "기관 사업수행담당자"),
        ("supplier.manager", record.supplier.manager, "기업 담당자"),
    )
    for place, value, name in given:
        if not value:
            text, advice = f"{name}이(가) 비어 있습니다.", "서식의 칸을 채우십시오."
            yield look("field_empty", place, text, advice, PLAN)
    for effect in record.plan.effects:
        if effect.amount is None or effect.amount <= 0:
            place = f"plan.effects[{effect.number}].amount"
            text = f"기대효과 ‘{effect.text}’의 크기가 없어 부합률을 구할 수 없습니다."
            advice = "얼마나 줄이거나 늘릴지 수로 적으십시오."
            yield look("effect_unmeasurable", place, text, advice, PLAN)
