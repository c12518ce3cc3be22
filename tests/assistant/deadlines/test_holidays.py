"""Public holidays of 2026 and 2027, written down from the rule on public holidays of offices."""

from __future__ import annotations

from datetime import date, datetime, time
from importlib.resources import files

import pytest
import yaml

from assistant.deadlines import SEOUL, Office, compute, public_holidays
from assistant.errors import DeadlineInputError

BY_HAND = {
    2026: "1-1 2-16 2-17 2-18 3-1 3-2 5-1 5-5 5-24 5-25 6-3 6-6 7-17 8-15 8-17 9-24 9-25 9-26 "
    "10-3 10-5 10-9 12-25",
    2027: "1-1 2-6 2-7 2-8 2-9 3-1 5-1 5-3 5-5 5-13 6-6 7-17 7-19 8-15 8-16 9-14 9-15 9-16 "
    "10-3 10-4 10-9 10-11 12-25 12-27",
}


@pytest.mark.parametrize("year", BY_HAND)
def test_the_holidays_of_a_year_are_those_written_down_by_hand(year: int) -> None:
    days = {date(year, *map(int, day.split("-"))) for day in BY_HAND[year].split()}
    assert set(public_holidays(year)) == days


@pytest.mark.parametrize(
    ("day", "name"),
    [
        pytest.param(date(2026, 5, 1), "노동절", id="labour day is new in 2026"),
        pytest.param(date(2026, 7, 17), "제헌절", id="constitution day is back in 2026"),
        pytest.param(date(2026, 6, 3), "지방선거 선거일", id="an election at the end of a term"),
        pytest.param(date(2026, 8, 17), "대체공휴일(광복절)", id="a substitute"),
        pytest.param(date(2026, 1, 1), "1월 1일", id="new year"),
    ],
)
def test_holidays_bear_the_names_of_the_rule(day: date, name: str) -> None:
    assert public_holidays(day.year)[day] == name


@pytest.mark.parametrize("day", [date(2025, 5, 1), date(2025, 7, 17)])
def test_the_new_holidays_do_not_reach_back(day: date) -> None:
    assert Office().day_off(day) == ""


def test_every_override_names_its_source() -> None:
    text = (files("assistant.deadlines") / "overrides.yaml").read_text(encoding="utf-8")
    rows = yaml.safe_load(text)["days"]
    assert all(row["source"] and row["name"] for row in rows)
    for row in rows:
        assert (row["date"] in public_holidays(row["date"].year)) is row["holiday"]


def test_a_temporary_holiday_is_left_out_of_days_and_hours() -> None:
    office = Office(temporary_holidays={date(2026, 6, 9): "임시공휴일"})
    start = datetime(2026, 6, 8, 17, tzinfo=SEOUL)
    days = compute("query_procedure", start, now=start, office=office)
    hours = compute("other", start, now=start, office=office)
    assert days.due_on == date(2026, 6, 17)
    assert hours.due_at == datetime(2026, 6, 10, 11, tzinfo=SEOUL)


def test_a_day_off_of_the_institution_stops_hours_but_not_days() -> None:
    office = Office(closures={date(2026, 6, 9): "개청기념일"})
    start = datetime(2026, 6, 8, 17, tzinfo=SEOUL)
    days = compute("query_procedure", start, now=start, office=office)
    hours = compute("other", start, now=start, office=office)
    assert days.due_on == date(2026, 6, 16)
    assert any("개청기념일" in step.text for step in days.working)
    assert hours.due_at == datetime(2026, 6, 10, 11, tzinfo=SEOUL)


def test_an_office_may_work_other_hours() -> None:
    office = Office(hours=((time(10), time(14)), (time(15), time(19))))
    start = datetime(2026, 6, 8, 13, tzinfo=SEOUL)
    clock = compute("other", start, now=start, office=office)
    assert clock.due_at == datetime(2026, 6, 8, 17, tzinfo=SEOUL)


@pytest.mark.parametrize(
    "hours", [(), ((time(9), time(9)),), ((time(13), time(18)), (time(9), time(12)))]
)
def test_hours_that_make_no_day_are_refused(hours: tuple[tuple[time, time], ...]) -> None:
    with pytest.raises(DeadlineInputError, match="hours"):
        Office(hours=hours)
