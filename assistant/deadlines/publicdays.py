"""Public holidays of Korea: a well-kept library, corrected by `overrides.yaml` (its home)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files

import yaml

_SUBSTITUTE = re.compile(r"(.+) 대체 휴일")
_NAMES = {"신정연휴": "1월 1일", "지방선거일": "지방선거 선거일"}


@cache
def public_holidays(year: int) -> Mapping[date, str]:
    """Return the public holidays of `year` by date, Sundays left out, substitutes included.

    >>> public_holidays(2027)[date(2027, 5, 3)]
    '대체공휴일(노동절)'
    >>> date(2027, 6, 7) in public_holidays(2027)
    False
    """
    import holidays  # loads slowly, and most commands count no days

    found = holidays.country_holidays("KR", years=year, language="ko")
    named = {day: _named(name) for day, name in found.items()}
    for day, (name, is_holiday) in _overrides().items():
        if day.year == year:
            named.pop(day, None)
            if is_holiday:
                named[day] = name
    return named


def _named(name: str) -> str:
    """Write a holiday's name as calendars of the government do.

    >>> _named("광복절 대체 휴일"), _named("신정연휴")
    ('대체공휴일(광복절)', '1월 1일')
    """
    parts = [_SUBSTITUTE.sub(r"대체공휴일(\1)", part) for part in name.split("; ")]
    return "ㆍ".join(_NAMES.get(part, part) for part in parts)


@cache
def _overrides() -> Mapping[date, tuple[str, bool]]:
    text = (files("assistant.deadlines") / "overrides.yaml").read_text(encoding="utf-8")
    return {row["date"]: (row["name"], row["holiday"]) for row in yaml.safe_load(text)["days"]}
