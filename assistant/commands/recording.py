"""Times, periods and events as officials type them: `보완요구 2026-05-06 14:00 기한=2026-05-13`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar

from assistant import deadlines
from assistant.deadlines import (
    SEOUL,
    Destination,
    Ending,
    Event,
    Ground,
    Pause,
    Period,
    Unit,
)

_DATE = r"(?P<year>\d{4})[-./] ?(?P<month>\d{1,2})[-./] ?(?P<day>\d{1,2})\.?"
_MOMENT = rf"{_DATE}(?:[T ]\s*(?P<hour>\d{{1,2}}):(?P<minute>\d{{2}}))?"
_EVENT = re.compile(rf"(?P<name>[^\s=]+)\s+{_MOMENT}(?P<details>(?:\s+.*)?)", re.DOTALL)
_PERIOD = re.compile(r"(?P<number>\d{1,5})\s*(?P<unit>\D{1,6}?)s?")
_OPENS = 9  # a day without a time begins with working hours

_UNITS = {
    "근무시간": Unit.HOUR, "시간": Unit.HOUR, "hour": Unit.HOUR,
    "일": Unit.DAY, "day": Unit.DAY,
    "주": Unit.WEEK, "week": Unit.WEEK,
    "개월": Unit.MONTH, "달": Unit.MONTH, "month": Unit.MONTH,
    "년": Unit.YEAR, "year": Unit.YEAR,
}  # fmt: skip
EVENTS: Mapping[str, tuple[str, type[Event]]] = {
    "도달": ("arrived", deadlines.Arrived),
    "보완요구": ("supplement_requested", deadlines.SupplementRequested),
    "보완연장": ("supplement_prolonged", deadlines.SupplementProlonged),
    "재보완요구": ("supplement_urged", deadlines.SupplementUrged),
    "보완": ("supplement_received", deadlines.SupplementReceived),
    "반송": ("supplement_bounced", deadlines.SupplementBounced),
    "이송": ("transferred", deadlines.Transferred),
    "연장": ("extended", deadlines.Extended),
    "불산입": ("suspended", deadlines.Suspended),
    "중간통지": ("progress_notified", deadlines.ProgressNotified),
    "종결": ("ended", deadlines.Ended),
}
_DETAILS = {
    "기한": "until", "까지": "until", "곳": "to", "전자": "electronic", "사유": "ground",
    "기간": "length", "동의": "consent", "원인": "why", "추가": "prolonged", "결과": "how",
}  # fmt: skip
WORDS: Mapping[str, StrEnum] = {
    "협조": Ground.COOPERATION, "사실조사": Ground.FACTS, "불가항력": Ground.FORCE_MAJEURE,
    "그밖": Ground.SIMILAR, "업무과중": Ground.WORKLOAD, "담당자지정": Ground.LATE_ASSIGNMENT,
    "부재": Ground.ABSENCE,
    "먼기관이송": Pause.DISTANT_TRANSFER, "대표자선정": Pause.REPRESENTATIVES,
    "의견청취": Pause.HEARING, "검사": Pause.EXAMINATION, "선행사무": Pause.PRECEDING_TASK,
    "장애": Pause.SYSTEM_FAILURE, "현장조사": Pause.SITE_INVESTIGATION,
    "구비서류": Pause.CERTIFICATES, "의견회신": Pause.OPINION_REPLY,
    "기관협조": Pause.CONSULTATION,
    "부서": Destination.DEPARTMENT, "먼부서": Destination.DISTANT_DEPARTMENT,
    "기관내": Destination.WITHIN_BODY, "다른기관": Destination.OTHER_BODY,
    "답변": Ending.ANSWERED, "취하": Ending.WITHDRAWN, "반려": Ending.RETURNED,
    "내부종결": Ending.CLOSED,
}  # fmt: skip
_Named = TypeVar("_Named", bound=StrEnum)


def parse_day(text: str) -> date:
    """Return the day that `text` names.

    Raises:
        ValueError: it names none.

    >>> parse_day("2026. 5. 4.")
    datetime.date(2026, 5, 4)
    """
    match = re.fullmatch(_DATE, text.strip())
    if match is None:
        raise ValueError(text)
    return date(int(match["year"]), int(match["month"]), int(match["day"]))


def parse_moment(text: str) -> datetime:
    """Return the time of Seoul that `text` names; a day without a time begins at nine.

    Raises:
        ValueError: it names none.

    >>> parse_moment("2026-05-04 14:30").isoformat()
    '2026-05-04T14:30:00+09:00'
    """
    match = re.fullmatch(_MOMENT, text.strip())
    if match is None:
        raise ValueError(text)
    return _moment(match)


def parse_period(text: str) -> Period:
    """Return the period that `text` names.

    Raises:
        ValueError: it names none.

    >>> str(parse_period("14일")), str(parse_period("3 hours"))
    ('14일', '3근무시간')
    """
    match = _PERIOD.fullmatch(text.strip())
    unit = _UNITS.get(match["unit"].strip()) if match else None
    if match is None or unit is None:
        raise ValueError(text)
    return Period(number=int(match["number"]), unit=unit)


def parse_event(text: str) -> Event:
    """Return what `text` says has happened.

    Raises:
        ValueError: it is not understood, lacks a detail or has one that does not belong to it.

    >>> parse_event("이송 2026-05-06 14:00 곳=다른기관 전자").to
    <Destination.OTHER_BODY: 'other_body'>
    """
    match = _EVENT.fullmatch(text.strip())
    if match is None:
        raise ValueError(text)
    noun = _noun(match["name"])
    values: dict[str, object] = {"at": _moment(match)}
    for word in match["details"].split():
        name, _, value = word.partition("=")
        field = _field(name, noun)
        if field in values:
            raise ValueError(word)
        values[field] = _read(field, value, noun)
    known = {each.name for each in fields(noun)}
    needed = {each.name for each in fields(noun) if each.default is MISSING}
    if not needed <= values.keys() <= known:
        raise ValueError(text)
    return noun(**values)  # type: ignore[arg-type]  # each value was read as its field wants it


def _moment(match: re.Match[str]) -> datetime:
    hour, minute = match["hour"] or _OPENS, match["minute"] or 0
    day = (int(match["year"]), int(match["month"]), int(match["day"]))
    return datetime(*day, int(hour), int(minute), tzinfo=SEOUL)


def _noun(name: str) -> type[Event]:
    for korean, (english, noun) in EVENTS.items():
        if name in (korean, english):
            return noun
    raise ValueError(name)


def _field(name: str, noun: type[Event]) -> str:
    """Return the field that a detail fills; officials call both kinds of reason by one word."""
    field = _DETAILS.get(name, name)
    return "why" if field == "ground" and noun is deadlines.Suspended else field


def _read(field: str, value: str, noun: type[Event]) -> object:
    readers: Mapping[str, Callable[[str], object]] = {
        "until": _exact_moment if noun is deadlines.Suspended else parse_day,
        "length": parse_period,
        "to": lambda text: _named(Destination, text),
        "ground": lambda text: _named(Ground, text),
        "why": lambda text: _named(Pause, text),
        "how": lambda text: _named(Ending, text),
        "electronic": _flag,
        "consent": _flag,
        "prolonged": _flag,
    }
    if field not in readers:
        raise ValueError(field)
    return readers[field](value)


def _exact_moment(text: str) -> datetime:
    """Read a time; whether a day alone would count in full cannot be told."""
    if ":" not in text:
        raise ValueError(text)
    return parse_moment(text)


def _named(kind: type[_Named], text: str) -> _Named:
    word = WORDS.get(text)
    return word if isinstance(word, kind) else kind(text)


def _flag(text: str) -> bool:
    if text not in {"", "예", "yes", "true"}:
        raise ValueError(text)
    return True
