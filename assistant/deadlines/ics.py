"""Dates for calendars: iCalendar text (RFC 5545) that mail and calendar programs take in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from unicodedata import category

from assistant.deadlines.clock import Act, Clock

_LINE_BYTES = 75
_PRODUCT = "-//Gongmun//Deadlines 1//KO"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of a calendar; `uid` stays the same when the date moves.

    `at` gives the entry a time; without it, it takes the whole day.
    """

    uid: str
    title: str
    on: date
    at: datetime | None = None
    description: str = ""
    alarm_before: timedelta | None = None


def uid_of(clock: Clock, *, label: str = "") -> str:
    """Return what names a case in calendars: the same each time, and telling nothing of it."""
    facts = f"{clock.kind} {clock.start.timestamp():.0f} {label}"
    return f"{sha256(facts.encode()).hexdigest()[:24]}@gongmun"


def entries_of(clock: Clock, *, uid: str, label: str = "") -> tuple[Entry, ...]:
    """Return the dates of `clock` that are still to come as entries.

    Args:
        clock: the clock of one case.
        uid: what names the case and nobody in it.
        label: put before every title, as a case number; no personal data belongs here.
    """
    kept = [act for act in clock.acts if not (act.is_done or act.is_optional or act.at_once)]
    return tuple(
        Entry(
            uid=f"{uid}-{act.kind}-{number}",
            title=" ".join(filter(None, (label, act.text))),
            on=act.on,
            at=act.at,
            description=_why(clock, act),
        )
        for number, act in enumerate(kept, start=1)
    )


def to_ics(entries: Iterable[Entry], *, stamp: datetime, name: str = "처리기한") -> str:
    r"""Return a calendar of `entries` with the line ends and folding that the standard asks for.

    Args:
        entries: what to put in, in any order.
        stamp: when this calendar was made.
        name: how calendar programs show it.

    >>> due = Entry(uid="1@gongmun", title="답변, 기한", on=date(2026, 5, 13))
    >>> text = to_ics([due], stamp=datetime(2026, 5, 4, 1, 0, tzinfo=UTC))
    >>> text.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"), "SUMMARY:답변\\, 기한\r\n" in text
    (True, True)
    """
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{_PRODUCT}", "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH", f"X-WR-CALNAME:{escape(name)}", "X-WR-TIMEZONE:Asia/Seoul",
    ]  # fmt: skip
    for entry in sorted(entries, key=lambda each: (each.on, each.uid)):
        lines += _event(entry, stamp)
    lines.append("END:VCALENDAR")
    return "".join(f"{fold(line)}\r\n" for line in lines)


def escape(text: str) -> str:
    r"""Return `text` as a value of iCalendar.

    >>> escape("가; 나, 다\\라\n마")
    '가\\; 나\\, 다\\\\라\\n마'
    """
    for plain, escaped in (("\\", "\\\\"), (";", "\\;"), (",", "\\,")):
        text = text.replace(plain, escaped)
    return "\\n".join(_clean(line) for line in text.splitlines())


def fold(line: str) -> str:
    r"""Break `line` so that no part is over 75 octets and no character is cut in two.

    >>> fold("가" * 30).split("\r\n ") == ["가" * 25, "가" * 5]
    True
    """
    parts: list[str] = []
    current, room, size = "", _LINE_BYTES, 0
    for character in line:
        width = len(character.encode())
        if size + width > room:
            parts.append(current)
            current, size, room = "", 0, _LINE_BYTES - 1
        current += character
        size += width
    return "\r\n ".join([*parts, current])


def _event(entry: Entry, stamp: datetime) -> list[str]:
    if entry.at is None:
        starts = f"DTSTART;VALUE=DATE:{entry.on:%Y%m%d}"
        ends = f"DTEND;VALUE=DATE:{entry.on + timedelta(days=1):%Y%m%d}"
    else:
        starts, ends = f"DTSTART:{_utc(entry.at)}", f"DTEND:{_utc(entry.at)}"
    lines = [
        "BEGIN:VEVENT", f"UID:{escape(entry.uid)}", f"DTSTAMP:{_utc(stamp)}", starts, ends,
        f"SUMMARY:{escape(entry.title)}",
    ]  # fmt: skip
    if entry.description:
        lines.append(f"DESCRIPTION:{escape(entry.description)}")
    lines += ["TRANSP:TRANSPARENT", *_alarm(entry), "END:VEVENT"]
    return lines


def _alarm(entry: Entry) -> list[str]:
    if entry.alarm_before is None:
        return []
    minutes = int(entry.alarm_before.total_seconds()) // 60
    return [
        "BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{escape(entry.title)}",
        f"TRIGGER:-PT{minutes}M", "END:VALARM",
    ]  # fmt: skip


def _why(clock: Clock, act: Act) -> str:
    due = clock.working[-1].text if act.on == clock.due_on else ""
    return "\n".join(filter(None, (str(act.article), due)))


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _clean(line: str) -> str:
    return "".join(each for each in line if each == "\t" or category(each) != "Cc")
