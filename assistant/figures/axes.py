"""The two axes of the 2026 plan: how the firm grew, and how the pilot leads on to purchases.

There is no sum over an axis: the plan names what counts but not how it is weighed, so each axis
shows its figures side by side and says how many of them there are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.domain import Growth, GrowthFigure, PlannedPurchase
from assistant.figures.effects import Effects
from assistant.figures.figure import (
    Figure,
    FigureInput,
    known,
    percent,
    plain,
    share,
    short_won,
    shown,
    total,
    won,
)
from assistant.figures.items import Fulfilment

_GROWTH = (
    ("sales_won", "매출", True),
    ("jobs", "고용", False),
    ("investment_won", "투자 유치", True),
    ("export_won", "수출", True),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class GrowthRow:
    """A figure of the firm before and after; the change in words, its rate where there is one."""

    growth_id: str
    name: str
    before_text: str
    after_text: str
    change_text: str
    rate: Figure
    before: int | None = None
    after: int | None = None
    before_label: str = ""
    after_label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GrowthAxis:
    """기업 성장: four rows, `known` of them with figures; `headline` is the first with a rate."""

    rows: tuple[GrowthRow, ...]
    known: int
    headline: Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class RelevanceAxis:
    """시범구매 연계성: goals reached, fit with what was expected, purchases that are planned."""

    goals: Figure
    fit: Figure
    institutions: Figure
    amount: Figure

    @property
    def known(self) -> int:
        """How many of the four figures there are."""
        return sum(not figure.is_missing for figure in self.figures)

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The four figures in the order of the page."""
        return (self.goals, self.fit, self.institutions, self.amount)


def growth_axis(growth: Growth) -> GrowthAxis:
    """Return the growth of the firm; what was not stated reads 자료 없음.

    >>> grown = Growth(sales_won=GrowthFigure(before=1_700_000_000, after=2_300_000_000),
    ...                export_won=GrowthFigure(before=0, after=40_000_000))
    >>> found = growth_axis(grown)
    >>> [row.change_text for row in found.rows]
    ['17억 원에서 35.3% 늘어남', '자료 없음', '자료 없음', '없음에서 처음 발생']
    >>> found.known, found.headline.text
    (2, '매출 +35.3%')
    """
    rows = tuple(_row(name, label, getattr(growth, name), money) for name, label, money in _GROWTH)
    known_rows = [row for row in rows if row.before is not None and row.after is not None]
    return GrowthAxis(rows=rows, known=len(known_rows), headline=_headline(rows))


def relevance_axis(
    fulfilment: Fulfilment, effects: Effects, purchases: Sequence[PlannedPurchase] | None
) -> RelevanceAxis:
    """Return how the pilot leads on to purchases; None purchases were not asked for."""
    return RelevanceAxis(
        goals=replace(fulfilment.rate, figure_id="relevance.goals", name="목표 달성"),
        fit=replace(effects.mean, figure_id="relevance.fit", name="기대효과 적합도"),
        institutions=_institutions(purchases),
        amount=_amount(purchases),
    )


def _row(name: str, label: str, figure: GrowthFigure, money: bool) -> GrowthRow:
    rate = _growth_rate(name, label, figure, money)
    return GrowthRow(
        growth_id=name,
        name=label,
        before_text=_words(figure.before, money),
        after_text=_words(figure.after, money),
        change_text=_change(figure, rate, money),
        rate=rate,
        before=figure.before,
        after=figure.after,
        before_label=figure.before_label,
        after_label=figure.after_label,
    )


def _words(value: int | None, money: bool) -> str:
    if value is None:
        return "자료 없음"
    return short_won(value) if money else f"{value:,}명"


def _change(figure: GrowthFigure, rate: Figure, money: bool) -> str:
    if figure.before is None or figure.after is None:
        return "자료 없음"
    if figure.before == figure.after:
        return "변화 없음"
    if figure.before == 0:
        return "없음에서 처음 발생"
    if rate.value is None:
        return rate.note
    way = "늘어남" if figure.after > figure.before else "줄어듦"
    return f"{_words(figure.before, money)}에서 {percent(abs(rate.value))} {way}"


def _growth_rate(name: str, label: str, figure: GrowthFigure, money: bool) -> Figure:
    place = f"growth.{name}"
    result = Figure(
        figure_id=f"{place}.rate", name=f"{label} 증감률", unit="%",
        formula="(이후 − 이전) ÷ 이전 × 100", note="이전이나 이후의 값이 없습니다.",
    )  # fmt: skip
    before, after = figure.before, figure.after
    if before is None or after is None:
        return result
    exact = won if money else (lambda people: f"{people:,}명")
    result = replace(
        result,
        note="",
        inputs=(
            FigureInput(label=figure.before_label or "이전", text=exact(before),
                        place=f"{place}.before"),
            FigureInput(label=figure.after_label or "이후", text=exact(after),
                        place=f"{place}.after"),
        ),
    )  # fmt: skip
    if before <= 0:
        return replace(result, note="이전 값이 0이어서 비율을 구하지 않습니다.")
    value = share(Decimal(after - before), Decimal(before))
    if value is None:
        return result
    working = f"({after:,} − {before:,}) ÷ {before:,} × 100 = {shown(value)}"
    return replace(result, value=value, text=percent(value), working=working)


def _headline(rows: Sequence[GrowthRow]) -> Figure:
    for row in rows:
        if row.rate.value is not None:
            sign = "+" if row.rate.value > 0 else ""
            return replace(row.rate, text=f"{row.name} {sign}{row.rate.text}")
    return Figure(
        figure_id="growth.headline", name="기업 성장", note="비율을 구할 자료가 없습니다."
    )


def _institutions(purchases: Sequence[PlannedPurchase] | None) -> Figure:
    figure = Figure(
        figure_id="relevance.institutions", name="추가 구매 계획", unit="개 기관",
        formula="구매를 계획한 기관의 수", note="추가 구매 계획을 적지 않았습니다.",
    )  # fmt: skip
    if purchases is None:
        return figure
    names = sorted({each.institution for each in purchases})
    return replace(
        figure,
        value=Decimal(len(names)),
        text=f"{len(names)}개 기관",
        working=", ".join(names) or "계획한 기관 없음",
        inputs=tuple(
            FigureInput(label=each.institution, text=_purchase(each), place=f"purchases[{number}]")
            for number, each in enumerate(purchases, start=1)
        ),
        note="",
    )


def _purchase(purchase: PlannedPurchase) -> str:
    quantity = known(purchase.quantity)
    parts = [
        f"{purchase.year}년" if purchase.year else "",
        f"{plain(quantity)}개" if quantity is not None else "",
        won(purchase.amount_won) if purchase.amount_won is not None else "금액 자료 없음",
    ]
    return " ".join(filter(None, parts))


def _amount(purchases: Sequence[PlannedPurchase] | None) -> Figure:
    figure = Figure(
        figure_id="relevance.amount", name="추가 구매 금액", unit="원",
        formula="계획한 금액의 합", note="추가 구매 계획을 적지 않았습니다.",
    )  # fmt: skip
    if purchases is None:
        return figure
    amounts = [each.amount_won for each in purchases]
    value = total(None if amount is None else Decimal(amount) for amount in amounts)
    if value is None:
        return replace(figure, note="금액을 적지 않은 구매 계획이 있습니다.")
    working = " + ".join(won(amount) for amount in amounts if amount is not None)
    return replace(
        figure,
        value=value,
        text=won(int(value)),
        working=f"{working} = {won(int(value))}" if working else "",
        inputs=tuple(
            FigureInput(label=each.institution, text=_purchase(each), place=f"purchases[{number}]")
            for number, each in enumerate(purchases, start=1)
        ),
        note="",
    )
