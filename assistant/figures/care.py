"""After the pilot: how much of the product is still in use, what fails, what it costs to keep."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.domain import CareFigure
from assistant.figures.figure import Figure, FigureInput, known, percent, plain, share, shown, won


@dataclass(frozen=True, slots=True, kw_only=True)
class Care:
    """The indicators as last seen, and the change of the rate of use since the first time."""

    use_rate: Figure
    change: Figure
    faults: Figure
    upkeep: Figure

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The four figures in order."""
        return (self.use_rate, self.change, self.faults, self.upkeep)


def care(seen: Sequence[CareFigure]) -> Care:
    """Return the indicators of what was seen after the pilot, in any order.

    >>> from datetime import date
    >>> first = CareFigure(observed_on=date(2026, 12, 1), in_use=Decimal(180),
    ...                    installed=Decimal(180), faults=2)
    >>> later = CareFigure(observed_on=date(2027, 6, 1), in_use=Decimal(171),
    ...                    installed=Decimal(180), faults=5)
    >>> found = care([later, first])
    >>> found.use_rate.text, found.change.text, found.faults.text, found.upkeep.text
    ('95.0%', '-5.0%p', '7건', '자료 없음')
    """
    rows = sorted(seen, key=lambda each: each.observed_on)
    rates = [(position, _rate(row)) for position, row in enumerate(rows, start=1)]
    return Care(
        use_rate=_use(rows, rates),
        change=_change(rates),
        faults=_sum("faults", "고장", [row.faults for row in rows], "건"),
        upkeep=_sum("upkeep", "유지보수비", [row.upkeep_won for row in rows], "원"),
    )


def _rate(row: CareFigure) -> Decimal | None:
    in_use, installed = known(row.in_use), known(row.installed)
    return None if in_use is None or installed is None else share(in_use, installed)


def _use(rows: Sequence[CareFigure], rates: Sequence[tuple[int, Decimal | None]]) -> Figure:
    figure = Figure(
        figure_id="care.use_rate", name="활용률", unit="%", formula="쓰는 수 ÷ 설치한 수 × 100",
        note="활용 현황 자료가 없습니다.",
    )  # fmt: skip
    found = [(position, rate) for position, rate in rates if rate is not None]
    if not found:
        return figure
    position, rate = found[-1]
    row = rows[position - 1]
    in_use, installed = plain(row.in_use or 0), plain(row.installed or 0)
    return replace(
        figure,
        value=rate,
        text=percent(rate),
        working=f"{in_use} ÷ {installed} × 100 = {shown(rate)}",
        inputs=(
            FigureInput(label="쓰는 수", text=in_use, place=f"care[{position}].in_use"),
            FigureInput(label="설치한 수", text=installed, place=f"care[{position}].installed"),
        ),
        note="",
    )


def _change(rates: Sequence[tuple[int, Decimal | None]]) -> Figure:
    figure = Figure(
        figure_id="care.change", name="활용률 변화", unit="%p", formula="마지막 − 처음",
        note="두 번 이상 본 자료가 있어야 합니다.",
    )  # fmt: skip
    found = [rate for _, rate in rates if rate is not None]
    if len(found) < 2:
        return figure
    value = found[-1] - found[0]
    working = f"{shown(found[-1])} − {shown(found[0])} = {shown(value)}"
    return replace(figure, value=value, text=f"{shown(value)}%p", working=working, note="")


def _sum(name: str, label: str, values: Sequence[int | None], unit: str) -> Figure:
    figure = Figure(
        figure_id=f"care.{name}", name=label, unit=unit, formula="본 때마다 적은 값의 합",
        note="자료가 없거나 빠진 때가 있습니다.",
    )  # fmt: skip
    given = [value for value in values if value is not None]
    if not given or len(given) < len(values):
        return figure
    amount = sum(given)
    text = won(amount) if unit == "원" else f"{amount:,}{unit}"
    working = f"{' + '.join(f'{value:,}' for value in given)} = {amount:,}"
    return replace(figure, value=Decimal(amount), text=text, working=working, note="")
