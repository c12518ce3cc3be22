"""Money of the plan: what the lines come to, and the share of the pilot's own cost."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.domain import Acquisition, PilotPlan, PriceLine
from assistant.figures.figure import Figure, FigureInput, known, percent, plain, share, shown, won

COST_LIMIT = Decimal(15)
"""How much the pilot may cost of the goods, in percent (혁신제품 구매 운영 규정 제31조제2항)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """What every line comes to, the goods in all, the sum with the pilot's cost, and its share."""

    lines: tuple[Figure, ...]
    goods: Figure
    total: Figure
    cost_share: Figure


def money(plan: PilotPlan, acquisition: Acquisition) -> Money:
    """Return the sums of a plan, computed from its lines.

    >>> line = PriceLine(name="감지기", unit_price_won=165_000, quantity=Decimal(180))
    >>> plan = PilotPlan(price_lines=(line,), goods_won=29_700_000, pilot_cost_won=4_200_000)
    >>> found = money(plan, Acquisition.PURCHASE)
    >>> found.goods.text, found.total.text, found.cost_share.text, found.cost_share.is_within
    ('29,700,000원', '33,900,000원', '14.1%', True)
    """
    lines = tuple(
        line_figure(line, acquisition, number)
        for number, line in enumerate(plan.price_lines, start=1)
    )
    goods = _goods(plan, lines)
    return Money(
        lines=lines, goods=goods, total=_total(plan, goods), cost_share=_share(plan, goods)
    )


def line_figure(line: PriceLine, acquisition: Acquisition, number: int) -> Figure:
    """Return what a line comes to: unit price × quantity, × months where it is leased."""
    place = f"plan.price_lines[{number}]"
    by_month = acquisition is Acquisition.LEASE and line.months is not None
    figure = Figure(
        figure_id=f"{place}.amount",
        name=line.name,
        unit="원",
        formula="단가 × 수량 × 개월" if by_month else "단가 × 수량",
    )
    quantity = known(line.quantity)
    if line.unit_price_won is None or quantity is None:
        return replace(figure, note="단가나 수량이 없습니다.")
    factors = [
        (f"{won(line.unit_price_won)}", "단가", "unit_price_won", Decimal(line.unit_price_won)),
        (plain(quantity), "수량", "quantity", quantity),
    ]
    if by_month and line.months is not None:
        factors.append((f"{line.months}개월", "개월", "months", Decimal(line.months)))
    value = Decimal(1)
    for *_, factor in factors:
        value *= factor
    return replace(
        figure,
        value=value,
        text=f"{plain(value.normalize())}원",
        working=f"{' × '.join(text for text, *_ in factors)} = {plain(value.normalize())}원",
        inputs=tuple(
            FigureInput(label=label, text=text, place=f"{place}.{name}")
            for text, label, name, _ in factors
        ),
    )


def _goods(plan: PilotPlan, lines: tuple[Figure, ...]) -> Figure:
    figure = Figure(
        figure_id="money.goods", name="물품대", unit="원", formula="줄마다 구한 금액의 합"
    )
    values = [line.value for line in lines]
    if not values or None in values:
        if plan.goods_won is None:
            return replace(figure, note="물품대를 구할 단가나 수량이 없습니다.")
        given = FigureInput(label="물품대", text=won(plan.goods_won), place="plan.goods_won")
        return replace(
            figure, value=Decimal(plan.goods_won), text=won(plan.goods_won), inputs=(given,),
            formula="계획서에 적힌 금액",
        )  # fmt: skip
    value = sum((each for each in values if each is not None), Decimal(0)).normalize()
    return replace(
        figure,
        value=value,
        text=f"{plain(value)}원",
        working=f"{' + '.join(line.text for line in lines)} = {plain(value)}원",
        inputs=tuple(
            FigureInput(label=line.name, text=line.text, place=line.figure_id) for line in lines
        ),
    )


def _total(plan: PilotPlan, goods: Figure) -> Figure:
    figure = Figure(
        figure_id="money.total", name="총금액", unit="원", formula="물품대 + 시범사용 비용"
    )
    if goods.value is None or plan.pilot_cost_won is None:
        return replace(figure, note="물품대나 시범사용 비용이 없습니다.")
    value = goods.value + plan.pilot_cost_won
    cost = won(plan.pilot_cost_won)
    return replace(
        figure,
        value=value,
        text=f"{plain(value)}원",
        working=f"{goods.text} + {cost} = {plain(value)}원",
        inputs=(
            FigureInput(label="물품대", text=goods.text, place=goods.figure_id),
            FigureInput(label="시범사용 비용", text=cost, place="plan.pilot_cost_won"),
        ),
    )


def _share(plan: PilotPlan, goods: Figure) -> Figure:
    figure = Figure(
        figure_id="money.cost_share",
        name="시범사용 비용 비율",
        unit="%",
        formula="시범사용 비용 ÷ 물품대 × 100",
        limit=COST_LIMIT,
    )
    if goods.value is None or plan.pilot_cost_won is None:
        return replace(figure, note="물품대나 시범사용 비용이 없습니다.")
    value = share(Decimal(plan.pilot_cost_won), goods.value)
    if value is None:
        return replace(figure, note="물품대가 0원입니다.")
    cost = won(plan.pilot_cost_won)
    return replace(
        figure,
        value=value,
        text=percent(value, limit=COST_LIMIT),
        working=f"{cost} ÷ {goods.text} × 100 = {shown(value, limit=COST_LIMIT)}",
        inputs=(
            FigureInput(label="시범사용 비용", text=cost, place="plan.pilot_cost_won"),
            FigureInput(label="물품대", text=goods.text, place=goods.figure_id),
        ),
        is_within=value <= COST_LIMIT,
    )
