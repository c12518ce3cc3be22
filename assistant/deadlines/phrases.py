"""Dates and times as official documents write them; see the decree on official work, art. 7(5)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

SEOUL = ZoneInfo("Asia/Seoul")
_WEEKDAYS = "월화수목금토일"


def day_text(day: date) -> str:
    """Return `day` with its weekday.

    >>> day_text(date(2026, 5, 4))
    '2026. 5. 4.(월)'
    """
    return f"{day.year}. {day.month}. {day.day}.({_WEEKDAYS[day.weekday()]})"


def moment_text(moment: datetime) -> str:
    """Return `moment` in Seoul, to the minute, on the 24-hour clock.

    >>> moment_text(datetime(2026, 5, 4, 10, 0, tzinfo=SEOUL))
    '2026. 5. 4.(월) 10:00'
    """
    local = moment.astimezone(SEOUL)
    return f"{day_text(local.date())} {local:%H:%M}"


def hours_text(length: timedelta) -> str:
    """Return a length of working time.

    >>> hours_text(timedelta(hours=3)), hours_text(timedelta(minutes=90))
    ('3시간', '1시간 30분')
    """
    hours, minutes = divmod(int(length.total_seconds()) // 60, 60)
    parts = [f"{hours}시간"] * bool(hours) + [f"{minutes}분"] * bool(minutes)
    return " ".join(parts) or "0분"
