"""Periods and their last day by the calendar (Civil Act, arts. 159 and 160)."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

HOURS_A_DAY = 8
"""One day of a period that is counted in hours (complaints act, art. 19(1))."""


class Unit(StrEnum):
    """What a period is measured in; hours are working hours."""

    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


_NAMES = {
    Unit.HOUR: "근무시간",
    Unit.DAY: "일",
    Unit.WEEK: "주",
    Unit.MONTH: "개월",
    Unit.YEAR: "년",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A length of time as a rule states it."""

    number: int
    unit: Unit = Unit.DAY

    def __str__(self) -> str:
        return f"{self.number}{_NAMES[self.unit]}"

    @property
    def working_time(self) -> timedelta:
        """The working time of a period of hours or of days counted in hours."""
        hours = self.number if self.unit is Unit.HOUR else self.number * HOURS_A_DAY
        return timedelta(hours=hours)


def last_day(first: date, period: Period) -> date:
    """Return the last day of `period` when `first` is its first counted day (Civil Act, 160).

    >>> last_day(date(2026, 5, 4), Period(number=1, unit=Unit.MONTH))
    datetime.date(2026, 6, 3)
    >>> last_day(date(2026, 1, 31), Period(number=1, unit=Unit.MONTH))
    datetime.date(2026, 2, 28)
    >>> last_day(date(2026, 3, 1), Period(number=1, unit=Unit.MONTH))
    datetime.date(2026, 3, 31)
    """
    if period.unit is Unit.DAY:
        return first + timedelta(days=period.number - 1)
    if period.unit is Unit.WEEK:
        return first + timedelta(weeks=period.number, days=-1)
    months = period.number * (12 if period.unit is Unit.YEAR else 1)
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    length = monthrange(year, month + 1)[1]
    if first.day > length:
        return date(year, month + 1, length)
    return date(year, month + 1, first.day) - timedelta(days=1)
