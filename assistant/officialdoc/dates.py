"""Dates and times: `2026. 5. 19.(화)`, `13:20` (규정 제7조제5항)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, time

from assistant.officialdoc.findings import Found, correction
from assistant.officialdoc.script import HIDDEN, Line, Script

WEEKDAYS = "월화수목금토일"
_CENTURY = 2000
_NEAR = 60  # a full date this close before says which year one without a year means
_NOON = 12
_DAY_HOURS = 24
_HOUR_MINUTES = 60
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_FULL = re.compile(
    rf"(?<![\dA-Za-z.\-/제]){_YEAR}(?P<s1>\s?[.\-/년]\s{{0,3}})(?P<month>\d{{1,2}})"
    r"(?P<s2>\s?[.\-/월]\s{0,3})(?P<day>\d{1,2})(?P<s3>\s?일(?!간)|\s?\.(?!\d))?(?![\d\-/A-Za-z호])"
)
_YEAR_MONTH = re.compile(
    rf"(?<![\dA-Za-z.\-/]){_YEAR}(?:년\s{{0,3}}|\.\s{{0,3}})(?P<month>\d{{1,2}})월"
    r"(?!\s{0,3}\d{1,2}\s?일)(?!\s?[말초중상하])"
)
_MONTH_DAY = re.compile(r"(?<![\d.년])(?<!년 )(?P<month>\d{1,2})월\s{0,3}(?P<day>\d{1,2})일(?!간)")
_SHORT_YEAR = re.compile(
    r"['‘’](?P<year>\d\d)\.\s{0,3}(?P<month>\d{1,2})(?:\.\s{0,3}(?P<day>\d{1,2})\.?(?!\d)|월)"
)
_PARTIAL = re.compile(
    r"(?<![\d.])(?<!\d\. )(?<!\d\.)(?P<month>1[0-2]|[1-9])\. (?P<day>3[01]|[12]\d|[1-9])\."
    r"(?=[\s(,)~∼]|부터|까지|에|자|$)"
)
_WEEKDAY = re.compile(r"(?P<gap>[ \t]*)\((?P<day>[월화수목금토일])(?P<word>요일)?\)")
_ANY_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?=\s?[.년\-/])")
_HALF_DAY = re.compile(
    r"(?<![A-Za-z가-힣])(?P<half>오전|오후|AM|PM|am|pm)\s{0,3}(?P<hour>\d{1,2})"
    r"(?:\s?:\s?(?P<colon>\d\d)(?!\d)"
    r"|시(?!간)(?:\s{0,3}(?P<minute>\d{1,2})분(?!간)|\s?(?P<thirty>반)(?=[\s.,)~]|까지|부터|에|$))?)"
)
_CLOCK = re.compile(
    r"(?<![\d:.가-힣])(?P<hour>\d{1,2})시(?:\s{0,3}(?P<minute>\d{1,2})분(?!간)"
    r"|(?=[\s.,)~∼\-(]|부터|까지|에|경|이후|이전|$))"
)
_LOOSE_COLON = re.compile(r"(?<![\d:])(?P<hour>\d\d)(?: +: *| *: +)(?P<minute>\d\d)(?![\d:])")
_AFTER_DATE = re.compile(
    r"\d\.\s?(?:\([월화수목금토일]\))?,?\s{0,3}(?P<time>(?P<hour>\d{1,2}):(?P<minute>\d\d))(?!\d)"
)


def format_date(day: date, *, weekday: bool = False) -> str:
    """Write a date as official documents do.

    >>> format_date(date(2026, 5, 19)), format_date(date(2026, 5, 19), weekday=True)
    ('2026. 5. 19.', '2026. 5. 19.(화)')
    """
    written = f"{day.year}. {day.month}. {day.day}."
    return f"{written}({WEEKDAYS[day.weekday()]})" if weekday else written


def format_time(moment: time) -> str:
    """Write a time of day in 24 hours.

    >>> format_time(time(13, 20)), format_time(time(9, 5))
    ('13:20', '09:05')
    """
    return f"{moment:%H:%M}"


def dates(script: Script) -> Iterator[Found]:
    """Yield what is wrong with dates and times."""
    has_year = False
    for line in script.shown():
        if script.is_rule:
            break
        yield from _full_dates(line)
        yield from _short_dates(line)
        yield from _partial_dates(line, has_year=has_year)
        yield from _times(line)
        has_year = has_year or bool(_ANY_YEAR.search(line.masked))


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _full_dates(line: Line) -> Iterator[Found]:
    for match in _FULL.finditer(line.masked):
        signs = {match["s1"].strip(), match["s2"].strip()}
        if signs not in ({"."}, {"-"}, {"/"}, {"년", "월"}):
            continue
        if "월" in signs and (match["s3"] or "").strip() != "일":
            continue
        start, written = line.start + match.start(), match.group()
        day = _day(int(match["year"]), int(match["month"]), int(match["day"]))
        if day is None:
            yield Found(
                rule="date-impossible",
                start=start,
                end=start + len(written),
                facts={"found": written},
            )
            continue
        if written != format_date(day):
            yield correction("date-form", start, written, format_date(day))
        yield from _weekday(line, match.end(), day)


def _weekday(line: Line, at: int, day: date) -> Iterator[Found]:
    match = _WEEKDAY.match(line.masked, at)
    if match is None:
        return
    wanted, start = WEEKDAYS[day.weekday()], line.start + at
    if match["day"] != wanted:
        found = correction("date-weekday", start, match.group(), f"({wanted})", is_certain=False)
        yield Found(
            rule=found.rule,
            start=found.start,
            end=found.end,
            fix=found.fix,
            facts={"wanted": wanted, "date": format_date(day)},
        )
    elif match.group() != f"({wanted})":
        yield correction("date-weekday-form", start, match.group(), f"({wanted})")


def _short_dates(line: Line) -> Iterator[Found]:
    """Months without a day, and years cut to two digits."""
    for match in _YEAR_MONTH.finditer(line.masked):
        if 1 <= int(match["month"]) <= 12:
            wanted = f"{match['year']}. {int(match['month'])}."
            yield correction("date-form", line.start + match.start(), match.group(), wanted)
    for match in _SHORT_YEAR.finditer(line.masked):
        year, month = _CENTURY + int(match["year"]), int(match["month"])
        if _day(year, month, int(match["day"] or 1)) is None:
            continue
        wanted = f"{year}. {month}." + (f" {int(match['day'])}." if match["day"] else "")
        yield correction("date-form", line.start + match.start(), match.group(), wanted)


def _partial_dates(line: Line, *, has_year: bool) -> Iterator[Found]:
    """Dates without a year: their form, and their weekday by a full date before them."""
    margin = len(line.text) - len(line.text.lstrip())
    first = _ANY_YEAR.search(line.masked)
    for pattern in (_MONTH_DAY, _PARTIAL):
        for match in pattern.finditer(line.masked):
            month, number = int(match["month"]), int(match["day"])
            if _day(_CENTURY, month, number) is None or match.start() <= margin:
                continue
            before = line.masked[max(match.start() - _NEAR, 0) : match.start()]
            start, written = line.start + match.start(), match.group()
            if pattern is _MONTH_DAY:
                yield correction("date-form", start, written, f"{month}. {number}.")
            if not has_year and not (first and first.start() < match.start()):
                yield Found(
                    rule="date-year",
                    start=start,
                    end=start + len(written),
                    facts={"found": written},
                )
            # Only a full date on the same line says beyond doubt which year is meant.
            last = [*_FULL.finditer(before)][-1:]
            day = _day(int(last[0]["year"]), month, number) if last else None
            if day is not None:
                yield from _weekday(line, match.end(), day)


def _times(line: Line) -> Iterator[Found]:
    for match in _HALF_DAY.finditer(line.masked):
        hour = int(match["hour"])
        minute = int(match["colon"] or match["minute"] or (30 if match["thirty"] else 0))
        is_later = match["half"] in ("오후", "PM", "pm")
        if hour <= _NOON:
            hour = hour % _NOON + (_NOON if is_later else 0)
        yield _time(line, match, hour, minute)
    rest = _HALF_DAY.sub(lambda match: HIDDEN * len(match.group()), line.masked)
    for match in _CLOCK.finditer(rest):
        # Before noon or after it? Only the author knows of "3시".
        is_certain = int(match["hour"]) > _NOON
        yield _time(
            line, match, int(match["hour"]), int(match["minute"] or 0), is_certain=is_certain
        )
    for match in _LOOSE_COLON.finditer(line.masked):
        yield _time(line, match, int(match["hour"]), int(match["minute"]))
    for match in _AFTER_DATE.finditer(line.masked):
        if not _is_time(int(match["hour"]), int(match["minute"])):
            start = line.start + match.start("time")
            yield Found(
                rule="time-impossible",
                start=start,
                end=start + len(match["time"]),
                facts={"found": match["time"]},
            )


def _is_time(hour: int, minute: int) -> bool:
    is_midnight = hour == _DAY_HOURS and minute == 0
    return is_midnight or (hour < _DAY_HOURS and minute < _HOUR_MINUTES)


def _time(
    line: Line, match: re.Match[str], hour: int, minute: int, *, is_certain: bool = True
) -> Found:
    start, written = line.start + match.start(), match.group()
    if not _is_time(hour, minute):
        return Found(
            rule="time-impossible", start=start, end=start + len(written), facts={"found": written}
        )
    wanted = f"{hour:02d}:{minute:02d}"
    return correction("time-form", start, written, wanted, is_certain=is_certain)
