"""Performance items: met or not, how near to the target, and the rate of fulfilment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.domain import Direction, Measurement, PerformanceItem
from assistant.figures.figure import Figure, FigureInput, known, percent, plain, share, shown

_WORDS = {
    Direction.AT_LEAST: "이상",
    Direction.AT_MOST: "이하",
    Direction.MORE_THAN: "초과",
    Direction.LESS_THAN: "미만",
}
_RISING = {Direction.AT_LEAST, Direction.MORE_THAN}


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemResult:
    """An item with its outcome; `is_met` is None while there is no result.

    `ratio` is what was reached of the target in percent, turned over where less is better, so that
    100 is the target in both cases; None where a ratio says nothing (ranges, zero, below zero).
    """

    number: int
    name: str
    is_required: bool
    target_text: str
    value_text: str
    is_met: bool | None
    ratio: Decimal | None
    working: str
    place: str
    unit: str = ""
    value: Decimal | None = None
    target: Decimal | None = None
    sample_size: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fulfilment:
    """All items in the order of the plan, the counts, and the rate."""

    items: tuple[ItemResult, ...]
    rate: Figure
    met: int
    unmet: int
    unmeasured: int
    required: int
    required_met: int

    @property
    def total(self) -> int:
        """How many items the plan has."""
        return len(self.items)


def is_met(item: PerformanceItem, measurement: Measurement | None) -> bool | None:
    """Return whether the result reaches the target; None while there is no result or no target.

    >>> fast = PerformanceItem(
    ...     number=1, name="감지시간", target=Decimal(30), direction=Direction.AT_MOST
    ... )
    >>> is_met(fast, Measurement(item_number=1, value=Decimal("24.6"))), is_met(fast, None)
    (True, None)
    """
    if measurement is None:
        return None
    if item.direction is Direction.JUDGED:
        return measurement.is_fit
    value, target = known(measurement.value), known(item.target)
    if value is None or target is None:
        return None
    if item.direction is Direction.WITHIN:
        high = known(item.target_high)
        return None if high is None else target <= value <= high
    return {
        Direction.AT_LEAST: value >= target,
        Direction.AT_MOST: value <= target,
        Direction.MORE_THAN: value > target,
        Direction.LESS_THAN: value < target,
    }[item.direction]


def target_words(item: PerformanceItem) -> str:
    """Return the target as a form writes it.

    >>> target_words(PerformanceItem(
    ...     number=1, name="", target=Decimal("99.0"), unit="%", direction=Direction.AT_LEAST))
    '99.0% 이상'
    """
    if item.target_text:
        return item.target_text
    if item.direction is Direction.JUDGED:
        return "적합"
    if item.target is None:
        return ""
    if item.direction is Direction.WITHIN:
        high = "" if item.target_high is None else plain(item.target_high)
        return f"{plain(item.target)}~{high}{item.unit}"
    return f"{plain(item.target)}{item.unit} {_WORDS[item.direction]}"


def item_result(item: PerformanceItem, measurement: Measurement | None) -> ItemResult:
    """Return the outcome of one item."""
    met = is_met(item, measurement)
    value = known(measurement.value) if measurement else None
    target = target_words(item)
    words = _value_words(item, measurement)
    return ItemResult(
        number=item.number,
        name=item.name,
        is_required=item.is_required,
        target_text=target,
        value_text=words,
        is_met=met,
        ratio=_ratio(item, value),
        working=f"결과 {words}, 목표 {target}: {met_words(met)}",
        place=f"measurements[{item.number}].value",
        unit=item.unit,
        value=value,
        target=known(item.target),
        sample_size=measurement.sample_size if measurement else None,
    )


def met_words(met: bool | None) -> str:
    """Return the word of the form for an outcome.

    >>> met_words(True), met_words(False), met_words(None)
    ('충족', '미충족', '측정값 없음')
    """
    if met is None:
        return "측정값 없음"
    return "충족" if met else "미충족"


def fulfilment(items: Sequence[PerformanceItem], measurements: Sequence[Measurement]) -> Fulfilment:
    """Return the outcome of every item and the rate: items met of all items of the plan.

    >>> plan = [PerformanceItem(number=n, name=f"항목 {n}", target=Decimal(90)) for n in (1, 2)]
    >>> taken = [Measurement(item_number=1, value=Decimal(95))]
    >>> found = fulfilment(plan, taken)
    >>> found.rate.text, found.rate.working, found.rate.note
    ('50.0%', '1 ÷ 2 × 100 = 50.0', '측정값이 없는 항목 1개는 충족으로 세지 않았습니다.')
    """
    last = {each.item_number: each for each in measurements}
    results = tuple(item_result(item, last.get(item.number)) for item in items)
    outcomes = [result.is_met for result in results]
    met, unmeasured = outcomes.count(True), outcomes.count(None)
    required = [result.is_met for result in results if result.is_required]
    return Fulfilment(
        items=results,
        rate=_rate(met, len(results), unmeasured),
        met=met,
        unmet=outcomes.count(False),
        unmeasured=unmeasured,
        required=len(required),
        required_met=required.count(True),
    )


def _rate(met: int, all_items: int, unmeasured: int) -> Figure:
    figure = Figure(
        figure_id="fulfilment.rate",
        name="성능 항목 충족률",
        unit="%",
        formula="충족 항목 수 ÷ 전체 항목 수 × 100",
        inputs=(
            FigureInput(label="충족 항목", text=f"{met}개", place="measurements"),
            FigureInput(label="전체 항목", text=f"{all_items}개", place="items"),
        ),
        note="측정값이 없습니다." if all_items else "성과목표가 없습니다.",
    )
    value = share(Decimal(met), Decimal(all_items))
    if value is None or unmeasured == all_items:
        return figure
    left_out = f"측정값이 없는 항목 {unmeasured}개는 충족으로 세지 않았습니다."
    return replace(
        figure,
        value=value,
        text=percent(value),
        working=f"{met} ÷ {all_items} × 100 = {shown(value)}",
        note=left_out if unmeasured else "",
    )


def _value_words(item: PerformanceItem, measurement: Measurement | None) -> str:
    if measurement is not None:
        if item.direction is Direction.JUDGED and measurement.is_fit is not None:
            return "적합" if measurement.is_fit else "부적합"
        if (value := known(measurement.value)) is not None:
            return f"{plain(value)}{item.unit}"
    return "자료 없음"


def _ratio(item: PerformanceItem, value: Decimal | None) -> Decimal | None:
    target = known(item.target)
    if value is None or target is None or value < 0 or target <= 0:
        return None
    if item.direction in _RISING:
        return share(value, target)
    if item.direction in {Direction.AT_MOST, Direction.LESS_THAN}:
        return share(target, value)
    return None
