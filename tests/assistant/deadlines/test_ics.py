"""Calendars that other programs take in (RFC 5545)."""

from __future__ import annotations

import re
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.deadlines import Entry, compute, entries_of, to_ics
from tests.assistant.deadlines.cases import at

STAMP = at("2026-06-08 10:00")
LETTERS = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), max_size=200)


def unfolded(text: str) -> list[str]:
    return text.replace("\r\n ", "").split("\r\n")


def unescaped(value: str) -> str:
    return re.sub(r"\\(.)", lambda m: "\n" if m[1] in "nN" else m[1], value)


def value(text: str, name: str) -> str:
    return next(line.partition(":")[2] for line in unfolded(text) if line.startswith(name))


@settings(max_examples=100, deadline=None)
@given(title=LETTERS, lines=st.lists(LETTERS.filter(bool), min_size=1, max_size=4))
def test_every_text_comes_back_and_no_line_is_too_long(title: str, lines: list[str]) -> None:
    description = "\n".join(lines)
    entry = Entry(uid="a", title=title, on=date(2026, 6, 8), description=description)
    text = to_ics([entry], stamp=STAMP)
    assert unescaped(value(text, "SUMMARY")) == title
    assert unescaped(value(text, "DESCRIPTION")) == description
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    assert "\n" not in text.replace("\r\n", "")


def test_a_day_takes_the_whole_day_and_a_time_is_told_in_utc() -> None:
    day = Entry(uid="a", title="날", on=date(2026, 6, 8))
    moment = Entry(uid="b", title="때", on=date(2026, 6, 8), at=at("2026-06-08 14:00"))
    lines = unfolded(to_ics([day, moment], stamp=STAMP))
    assert {"DTSTART;VALUE=DATE:20260608", "DTEND;VALUE=DATE:20260609"} <= set(lines)
    assert {"DTSTART:20260608T050000Z", "DTSTAMP:20260608T010000Z"} <= set(lines)


def test_a_line_break_in_a_title_cannot_open_a_field() -> None:
    text = to_ics([Entry(uid="a", title="가\r\nEND:VEVENT", on=date(2026, 6, 8))], stamp=STAMP)
    assert unfolded(text).count("END:VEVENT") == 1


def test_an_alarm_goes_off_before_the_entry() -> None:
    entry = Entry(uid="a", title="가", on=date(2026, 6, 8), alarm_before=timedelta(days=1))
    assert "TRIGGER:-PT1440M" in unfolded(to_ics([entry], stamp=STAMP))


def test_an_empty_calendar_is_still_one() -> None:
    lines = unfolded(to_ics([], stamp=STAMP))
    assert (lines[0], lines[-2]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")


def test_the_dates_of_a_clock_become_entries_with_the_article() -> None:
    clock = compute("pilot_report", at("2026-09-30 10:00"), now=at("2026-10-01 09:00"))
    (entry,) = entries_of(clock, uid="pilot-7", label="시범 7호")
    assert (entry.uid, entry.on) == ("pilot-7-answer-1", date(2026, 11, 2))
    assert entry.title == "시범 7호 시범사용 완료보고서 제출"
    assert "「혁신제품 구매 운영 규정」 제36조제1항" in entry.description
