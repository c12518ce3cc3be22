"""What must hold for every case, whatever the day."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.deadlines import (
    SEOUL,
    Clock,
    Counting,
    Event,
    Extended,
    Ground,
    Office,
    Pause,
    Period,
    StepKind,
    SupplementReceived,
    SupplementRequested,
    Suspended,
    Unit,
    compute,
)

OFFICE = Office()
MOMENTS = st.datetimes(
    min_value=datetime(2025, 12, 1),  # noqa: DTZ001  the strategy adds the zone
    max_value=datetime(2027, 11, 30),  # noqa: DTZ001
    timezones=st.just(SEOUL),
).map(lambda moment: moment.replace(second=0, microsecond=0))
COMPLAINTS = st.sampled_from(["query_law", "query_procedure", "suggestion", "grievance", "other"])
KINDS = st.sampled_from(
    ["query_procedure", "other", "proposal", "disclosure", "pilot_report", "pilot_plan_request",
     "statutory_objection", "payment", "remedy_appeal_known"]
)  # fmt: skip
PERIODS = st.one_of(
    st.builds(Period, number=st.integers(1, 40), unit=st.just(Unit.DAY)),
    st.builds(Period, number=st.integers(1, 6), unit=st.sampled_from([Unit.WEEK, Unit.MONTH])),
    st.builds(Period, number=st.integers(1, 2), unit=st.just(Unit.YEAR)),
)
QUICK = settings(max_examples=60, deadline=None)


def clock(
    kind: str,
    start: datetime,
    *events: Event,
    period: Period | None = None,
    office: Office = OFFICE,
) -> Clock:
    return compute(
        kind, start, events, now=start + timedelta(days=900), period=period, office=office
    )


def end(found: Clock) -> datetime:
    return found.due_at or datetime.combine(found.due_on, time(23, 59), SEOUL)


@QUICK
@given(kind=KINDS, one=MOMENTS, other=MOMENTS)
def test_what_comes_in_later_is_never_due_earlier(
    kind: str, one: datetime, other: datetime
) -> None:
    first, second = sorted((one, other))
    assert end(clock(kind, first)) <= end(clock(kind, second))


@QUICK
@given(period=PERIODS, one=MOMENTS, other=MOMENTS)
def test_a_published_period_is_never_due_earlier_for_what_comes_in_later(
    period: Period, one: datetime, other: datetime
) -> None:
    first, second = sorted((one, other))
    assert end(clock("statutory", first, period=period)) <= end(
        clock("statutory", second, period=period)
    )


@QUICK
@given(kind=KINDS, start=MOMENTS)
def test_nothing_is_due_on_a_holiday_or_saturday(kind: str, start: datetime) -> None:
    assert OFFICE.day_off(clock(kind, start).due_on) == ""


@QUICK
@given(start=MOMENTS, period=PERIODS)
def test_no_published_period_ends_on_a_holiday_or_saturday(start: datetime, period: Period) -> None:
    assert OFFICE.day_off(clock("statutory", start, period=period).due_on) == ""


@QUICK
@given(start=MOMENTS, number=st.integers(6, 60))
def test_the_first_working_day_is_day_one_and_the_last_is_the_number_of_the_period(
    start: datetime, number: int
) -> None:
    found = clock("statutory", start, period=Period(number=number))
    counted = [step for step in found.working if step.kind is StepKind.COUNTED]
    assert [step.number for step in counted] == list(range(1, number + 1))
    assert counted[0].day == OFFICE.next_open_day(start.date())
    assert OFFICE.workdays_between(start.date(), found.due_on) == number


@QUICK
@given(start=MOMENTS, number=st.integers(1, 5))
def test_hours_of_a_short_period_add_up_to_eight_a_day(start: datetime, number: int) -> None:
    found = clock("statutory", start, period=Period(number=number))
    assert found.counting is Counting.HOURS
    assert f"(모두 {number * 8}시간)" in found.working[-2].text


@QUICK
@given(kind=COMPLAINTS, start=MOMENTS, days=st.integers(1, 40))
def test_an_extension_never_exceeds_the_first_period(kind: str, start: datetime, days: int) -> None:
    plain = clock(kind, start)
    asked = Extended(at=start, ground=Ground.FACTS, length=Period(number=days))
    longer = clock(kind, start, asked)
    full = clock(kind, start, Extended(at=start, ground=Ground.FACTS))
    assert end(plain) <= end(longer) <= end(full)
    if plain.counting is Counting.WORKDAYS:
        extra = OFFICE.workdays_between(plain.due_on + timedelta(days=1), longer.due_on)
        assert extra <= plain.period.number


@QUICK
@given(start=MOMENTS, first=st.integers(0, 20), length=st.integers(0, 30))
def test_waiting_for_a_supplement_never_brings_the_date_forward(
    start: datetime, first: int, length: int
) -> None:
    asked = start + timedelta(days=first)
    events = (
        SupplementRequested(at=asked),
        SupplementReceived(at=asked + timedelta(days=length)),
    )
    assert clock("query_law", start, *events).due_on >= clock("query_law", start).due_on


@QUICK
@given(start=MOMENTS, kind=KINDS, offset=st.integers(0, 30))
def test_a_temporary_holiday_never_brings_the_date_forward(
    start: datetime, kind: str, offset: int
) -> None:
    day = start.date() + timedelta(days=offset)
    more = Office(temporary_holidays={day: "임시공휴일"})
    found = clock(kind, start, office=more)
    assert end(found) >= end(clock(kind, start))
    assert found.due_on != day


@QUICK
@given(start=MOMENTS, data=st.data())
def test_the_order_in_which_events_are_told_changes_nothing(
    start: datetime, data: st.DataObject
) -> None:
    events: list[Event] = [
        SupplementRequested(at=start + timedelta(days=1)),
        SupplementReceived(at=start + timedelta(days=4)),
        Extended(at=start + timedelta(days=5), ground=Ground.COOPERATION),
        Suspended(at=start + timedelta(days=6), why=Pause.HEARING, until=start + timedelta(days=9)),
    ]
    told = data.draw(st.permutations(events))
    assert clock("query_law", start, *told) == clock("query_law", start, *events)


@QUICK
@given(kind=KINDS, start=MOMENTS, days=st.integers(0, 400))
def test_without_events_the_date_does_not_depend_on_when_one_looks(
    kind: str, start: datetime, days: int
) -> None:
    later = compute(kind, start, now=start + timedelta(days=days))
    assert (later.due_on, later.due_at) == (clock(kind, start).due_on, clock(kind, start).due_at)
    assert later == compute(kind, start, now=start + timedelta(days=days))
