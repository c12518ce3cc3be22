"""Lateness: how many days after its due date a step was done, or is still not done."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from assistant.figures.figure import Figure, FigureInput


def lateness(
    figure_id: str, name: str, *, due_on: date | None, done_on: date | None, today: date
) -> Figure:
    """Return the days of delay, 0 when it was in time or still can be.

    >>> late = lateness("report.lateness", "완료보고서", due_on=date(2026, 9, 28),
    ...                 done_on=date(2026, 10, 2), today=date(2026, 11, 1))
    >>> late.text, late.working
    ('4일 늦음', '2026. 10. 2. − 2026. 9. 28. = 4일')
    """
    figure = Figure(
        figure_id=figure_id,
        name=f"{name} 지연 일수",
        unit="일",
        formula="한 날 − 기한, 0보다 작으면 0",
    )
    if due_on is None:
        return replace(figure, note="기한을 셀 시작일이 없습니다.")
    reached = done_on or today
    days = max(0, (reached - due_on).days)
    end = FigureInput(label="한 날" if done_on else "오늘", text=_day(reached))
    if days:
        text = f"{days}일 늦음" if done_on else f"{days}일 지남"
    else:
        text = "기한 안" if done_on else "기한 전"
    return replace(
        figure,
        value=Decimal(days),
        text=text,
        working=f"{_day(reached)} − {_day(due_on)} = {(reached - due_on).days}일",
        inputs=(FigureInput(label="기한", text=_day(due_on)), end),
    )


def _day(day: date) -> str:
    return f"{day.year}. {day.month}. {day.day}."
