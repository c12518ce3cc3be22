"""What the plan expected beside what came of it (완료보고서 서식 4. 기대효과 대비 성과)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.domain import EffectResult, ExpectedEffect
from assistant.figures.figure import Figure, FigureInput, known, percent, plain, share, shown

_WHOLE = Decimal(100)


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectComparison:
    """An expected effect with what was reached of it; the texts are in the unit of the plan."""

    number: int
    text: str
    expected_text: str
    actual: Figure
    rate: Figure
    before: Decimal | None = None
    after: Decimal | None = None
    unit: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Effects:
    """Every comparison in the order of the plan, and their mean, each counted up to 100 %."""

    comparisons: tuple[EffectComparison, ...]
    mean: Figure


def compare_effects(expected: Sequence[ExpectedEffect], results: Sequence[EffectResult]) -> Effects:
    """Return plan and outcome side by side.

    >>> effect = ExpectedEffect(
    ...     number=1, text="알림 시간 단축", amount=Decimal(300), unit="초", is_decrease=True
    ... )
    >>> came = EffectResult(number=1, before=Decimal(360), after=Decimal(48))
    >>> found = compare_effects([effect], [came]).comparisons[0]
    >>> found.actual.text, found.rate.text, found.rate.working
    ('312초', '104.0%', '312 ÷ 300 × 100 = 104.0')
    """
    by_number = {result.number: result for result in results}
    compared = tuple(_compared(each, by_number.get(each.number)) for each in expected)
    return Effects(comparisons=compared, mean=_mean(compared))


def change_of(effect: ExpectedEffect, result: EffectResult | None) -> Decimal | None:
    """Return the size of the change towards what was hoped for; below zero when it got worse."""
    if result is None:
        return None
    if (amount := known(result.amount)) is not None:
        return amount
    before, after = known(result.before), known(result.after)
    if before is None or after is None or effect.is_decrease is None:
        return None
    return before - after if effect.is_decrease else after - before


def _compared(effect: ExpectedEffect, result: EffectResult | None) -> EffectComparison:
    amount = known(effect.amount)
    actual = _actual(effect, result)
    return EffectComparison(
        number=effect.number,
        text=effect.text,
        expected_text="자료 없음" if amount is None else f"{plain(amount)}{effect.unit}",
        actual=actual,
        rate=_rate(effect, amount, actual),
        before=known(result.before) if result else None,
        after=known(result.after) if result else None,
        unit=effect.unit,
        note=result.note if result else "",
    )


def _actual(effect: ExpectedEffect, result: EffectResult | None) -> Figure:
    place = f"effect_results[{effect.number}]"
    figure = Figure(
        figure_id=f"effects[{effect.number}].actual", name="실제 성과", unit=effect.unit
    )
    value = change_of(effect, result)
    if value is None or result is None:
        return replace(figure, note=_why_unknown(effect, result))
    if result.amount is not None:
        given = FigureInput(label="실제 성과", text=plain(value), place=f"{place}.amount")
        return replace(figure, value=value, text=f"{plain(value)}{effect.unit}", inputs=(given,))
    before, after = plain(result.before or 0), plain(result.after or 0)
    first, second = (before, after) if effect.is_decrease else (after, before)
    return replace(
        figure,
        value=value,
        text=f"{plain(value)}{effect.unit}",
        formula="도입 전 − 도입 후" if effect.is_decrease else "도입 후 − 도입 전",
        working=f"{first} − {second} = {plain(value)}",
        inputs=(
            FigureInput(label="도입 전", text=f"{before}{effect.unit}", place=f"{place}.before"),
            FigureInput(label="도입 후", text=f"{after}{effect.unit}", place=f"{place}.after"),
        ),
    )


def _why_unknown(effect: ExpectedEffect, result: EffectResult | None) -> str:
    if result is None or (result.before is None and result.after is None):
        return "실제 성과를 적지 않았습니다."
    if result.before is None or result.after is None:
        return "도입 전과 후 가운데 하나가 없습니다."
    return (
        "" if effect.is_decrease is not None else "줄이는 효과인지 늘리는 효과인지 알 수 없습니다."
    )


def _rate(effect: ExpectedEffect, amount: Decimal | None, actual: Figure) -> Figure:
    figure = Figure(
        figure_id=f"effects[{effect.number}].rate",
        name="부합률",
        unit="%",
        formula="실제 성과 ÷ 기대효과 × 100",
        inputs=(
            FigureInput(label="실제 성과", text=actual.text, place=actual.figure_id),
            FigureInput(
                label="기대효과",
                text="자료 없음" if amount is None else f"{plain(amount)}{effect.unit}",
                place=f"plan.effects[{effect.number}].amount",
            ),
        ),
        note=actual.note,
    )
    if amount is None or amount <= 0:
        return replace(figure, note="기대효과를 수로 적지 않았습니다.")
    value = None if actual.value is None else share(actual.value, amount)
    if value is None or actual.value is None:
        return figure
    working = f"{plain(actual.value)} ÷ {plain(amount)} × 100 = {shown(value)}"
    return replace(figure, value=value, text=percent(value), working=working)


def _mean(compared: Sequence[EffectComparison]) -> Figure:
    figure = Figure(
        figure_id="effects.mean",
        name="기대효과 부합률 평균",
        unit="%",
        formula="부합률을 각각 0%에서 100%까지만 세어 더한 값 ÷ 개수",
        inputs=tuple(
            FigureInput(label=each.text, text=each.rate.text, place=each.rate.figure_id)
            for each in compared
        ),
    )
    rates = [each.rate.value for each in compared if each.rate.value is not None]
    if not rates:
        return replace(figure, note="부합률을 구한 기대효과가 없습니다.")
    counted = [min(max(rate, Decimal(0)), _WHOLE) for rate in rates]
    value = sum(counted, Decimal(0)) / len(counted)
    left_out = len(compared) - len(rates)
    return replace(
        figure,
        value=value,
        text=percent(value),
        working=f"({' + '.join(shown(each) for each in counted)}) ÷ {len(counted)} = "
        f"{shown(value)}",
        note=f"값이 없는 기대효과 {left_out}개는 뺐습니다." if left_out else "",
    )
