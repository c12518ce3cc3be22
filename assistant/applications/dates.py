"""Dates as applications write them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from assistant.applications.readings import Reading

_DATE = re.compile(
    r"(?<![\d.\-/])(?P<year>(?:19|20)\d{2}|['’‘`]?\d{2})\s?(?P<joint>[.\-/년])\s{0,2}"
    r"(?P<month>1[0-2]|0?[1-9])(?!\d)\s?"
    r"(?:[.\-/월]\s{0,2}(?P<day>3[01]|[12]\d|0?[1-9])(?![\d])\s?[.일]?|[월.])?"
)
_COMPACT = re.compile(
    r"(?<![\d\-])(?P<year>(?:19|20)\d{2})(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])"
    r"(?![\d\-])"
)
_YEAR = re.compile(r"(?<![\d.\-/])(?P<year>(?:19|20)\d{2})\s?년?(?![\d.\-/])")
_CENTURY = 70  # two digits from here on are of the last century


def read_dates(text: str) -> Iterator[Reading]:
    """Yield the dates of a folded text in order; months and years alone where no day is told.

    >>> [one.value for one in read_dates("2021. 3. 4.부터 '39년 5월 6일까지")]
    ['2021-03-04', '2039-05-06']
    """
    found = [*_full(text)]
    taken = [(one.start, one.end) for one in found]
    for match in _YEAR.finditer(text):
        if not any(start < match.end() and match.start() < end for start, end in taken):
            found.append(_reading(match["year"], match.start(), match.end()))
    yield from sorted(found, key=lambda one: one.start)


def _full(text: str) -> Iterator[Reading]:
    for match in (*_DATE.finditer(text), *_COMPACT.finditer(text)):
        year, day = match["year"], match["day"]
        is_short = len(year) < 4
        if is_short and not day:
            continue  # 8.5 is a number
        full = _full_year(int(year.lstrip("'’‘`"))) if is_short else int(year)
        end = match.start() + len(match.group().rstrip())
        if day is None:
            yield _reading(f"{full}-{int(match['month']):02d}", match.start(), end)
            continue
        try:
            moment = date(full, int(match["month"]), int(day))
        except ValueError:
            continue
        yield _reading(moment.isoformat(), match.start(), end)


def _full_year(short: int) -> int:
    return short + (1900 if short >= _CENTURY else 2000)


def _reading(value: str, start: int, end: int) -> Reading:
    return Reading(value=value, display=shown_date(value), start=start, end=end)


def shown_date(value: str) -> str:
    """Return a date as official documents write it (행정업무규정 제7조제5항).

    >>> shown_date("2031-05-06"), shown_date("2031-05"), shown_date("2031")
    ('2031. 5. 6.', '2031. 5.', '2031.')
    """
    return " ".join(f"{int(part)}." for part in value.split("-"))
