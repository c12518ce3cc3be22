"""How values are shown: the closed set of filters and tests that a template may use."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation

from jinja2 import Undefined

_DIGITS = "영일이삼사오육칠팔구"
_PLACES = ("", "십", "백", "천")
_MYRIADS = ("", "만", "억", "조", "경", "해")
_MYRIAD = 10_000
_WEEKDAYS = "월화수목금토일"
_MAX_DIGITS = 24
_WRITTEN_DATE = re.compile(r"(\d{4})[-./] ?(\d{1,2})[-./] ?(\d{1,2})\.?")


def shown(value: object) -> str:
    """Return the text of a single value.

    Raises:
        ValueError: It is a list or a group of values, which has no one text.

    >>> shown(True), shown(1.50), shown(date(2026, 5, 19))
    ('예', '1.5', '2026. 5. 19.')
    """
    match value:
        case str():
            return value
        case bool():
            return "예" if value else "아니오"
        case float() | Decimal():
            return _number_text(value)
        case int():
            return str(value)
        case date():
            return as_date(value)
        case time():
            return as_time(value)
        case _:
            raise ValueError("no single value")


def as_date(value: object, style: str = "") -> str:
    """Write a date as official documents do.

    Args:
        value: A date, or a text such as `2026-05-19`.
        style: Nothing, `요일` (day of the week added) or `한글` (년 월 일).

    >>> as_date("2026-05-19"), as_date("2026-05-19", "요일"), as_date("2026-05-19", "한글")
    ('2026. 5. 19.', '2026. 5. 19.(화)', '2026년 5월 19일')
    """
    day = _day(value)
    if style == "한글":
        return f"{day.year}년 {day.month}월 {day.day}일"
    plain = f"{day.year}. {day.month}. {day.day}."
    return f"{plain}({_WEEKDAYS[day.weekday()]})" if style == "요일" else plain


def as_time(value: object) -> str:
    """Write a time of day in 24 hours.

    >>> as_time("2026-05-19T09:05:00")
    '09:05'
    """
    if isinstance(value, str):
        text = value.strip()
        value = datetime.fromisoformat(text) if "-" in text else time.fromisoformat(text)
    if isinstance(value, datetime | time):
        return f"{value:%H:%M}"
    raise ValueError("no time")


def with_commas(value: object) -> str:
    """Group the digits of a number in threes.

    >>> with_commas(1234567), with_commas("-1234.50")
    ('1,234,567', '-1,234.50')
    """
    return f"{_number(value):,f}"


def as_won(value: object) -> str:
    """Write an amount in figures.

    >>> as_won(113560)
    '113,560원'
    """
    return f"{_whole(value):,}원"


def as_amount(value: object) -> str:
    """Write an amount as official documents do, in figures and in Hangul.

    >>> as_amount(113560)
    '금113,560원(금일십일만삼천오백육십원)'
    """
    return f"금{_whole(value):,}원(금{in_hangul(value)}원)"


def in_hangul(value: object) -> str:
    """Write a whole number in Hangul.

    >>> in_hangul(0), in_hangul(10_000), in_hangul(120_003_005)
    ('영', '일만', '일억이천만삼천오')
    """
    number = _whole(value)
    if number < 0:
        raise ValueError("negative amount")
    words = []
    for myriad in _MYRIADS:
        number, group = divmod(number, _MYRIAD)
        if group:
            words.append(_group(group) + myriad)
    return "".join(reversed(words)) or _DIGITS[0]


def joined(values: object, separator: str = ", ") -> str:
    """Put the entries of a list side by side.

    >>> joined(["가", 2])
    '가, 2'
    """
    if isinstance(values, Sequence) and not isinstance(values, str):
        return str(separator).join(shown(value) for value in values)
    raise ValueError("no list")


def counted(values: object) -> int:
    """Count the entries of a list.

    >>> counted(["가", "나"])
    2
    """
    if isinstance(values, Sequence) and not isinstance(values, str):
        return len(values)
    raise ValueError("no list")


def with_default(value: object, text: str = "") -> object:
    """Return `text` where no value is given.

    >>> with_default(None, "미정"), with_default("", "미정")
    ('미정', '')
    """
    return value if is_given(value) else text


def is_given(value: object) -> bool:
    """Return whether there is a value at all.

    >>> is_given(None), is_given("")
    (False, True)
    """
    return value is not None and not isinstance(value, Undefined)


def is_absent(value: object) -> bool:
    """Return whether there is no value.

    >>> is_absent(None)
    True
    """
    return not is_given(value)


DEFAULT_FILTERS = frozenset({"default", "기본값"})
FILTERS: Mapping[str, Callable[..., object]] = {
    "default": with_default,
    "기본값": with_default,
    "date": as_date,
    "날짜": as_date,
    "time": as_time,
    "시각": as_time,
    "comma": with_commas,
    "쉼표": with_commas,
    "won": as_won,
    "원": as_won,
    "amount": as_amount,
    "금액": as_amount,
    "hangul": in_hangul,
    "한글금액": in_hangul,
    "join": joined,
    "잇기": joined,
    "count": counted,
    "개수": counted,
}
TESTS: Mapping[str, Callable[..., bool]] = {
    "defined": is_given,
    "있음": is_given,
    "undefined": is_absent,
    "없음": is_absent,
}


def _day(value: object) -> date:
    if isinstance(value, str):
        written = _WRITTEN_DATE.fullmatch(value.strip())
        if written:
            return date(*(int(part) for part in written.groups()))
        return datetime.fromisoformat(value.strip()).date()
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    raise ValueError("no date")


def _number(value: object) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal):
        raise ValueError("no number")
    try:
        number = Decimal(str(value).replace(",", "").strip())
    except InvalidOperation as error:
        raise ValueError("no number") from error
    if not number.is_finite() or abs(number.adjusted()) > _MAX_DIGITS:
        raise ValueError("no number of a usual size")
    return number


def _whole(value: object) -> int:
    number = _number(value)
    if number != int(number) or abs(number) >= 10**_MAX_DIGITS:
        raise ValueError("no whole amount")
    return int(number)


def _number_text(value: float | Decimal) -> str:
    text = f"{_number(value):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _group(number: int) -> str:
    digits = [divmod(number // 10**place, 10)[1] for place in range(len(_PLACES))]
    words = [_DIGITS[d] + p for d, p in zip(digits, _PLACES, strict=True) if d]
    return "".join(reversed(words))
