"""Places of a record: every value can be found, put and taken away by its place."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.domain.pilot_kinds import EventKind, Track
from assistant.domain.pilots import PilotRecord, Product, Supplier, UserInstitution
from assistant.errors import PilotPlaceError
from assistant.pilotforms.places import get, put, values


def blank() -> PilotRecord:
    return PilotRecord(
        pilot_id="p1",
        title="시험",
        institution=UserInstitution(name="가람시"),
        supplier=Supplier(name="한들센서(주)"),
        product=Product(name="불씨지기"),
    )


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ("title", "다른 이름"),
        ("track", "citizens"),
        ("acquisition", "lease"),
        ("plan.ends_on", "2026-08-28"),
        ("items[3].target", "99.0"),
        ("items[3].is_required", "true"),
        ("measurements[3].value", "99.40"),
        ("surveys[1].questions[2].counts[5].people", "66"),
        ("events[matched].on", "2025-10-15"),
        ("growth.sales_won.before", "330000000"),
        ("gradings.safety", "first"),
        ("report.scores.total", "94"),
        ("committee.members[1].is_external", "false"),
        ("purchases[1].institution", "가람시"),
        ("purchases", "none"),
        ("stages[2].evidence[1].file_name", "회의록.hwpx"),
    ],
)
def test_a_value_that_was_put_is_found_at_its_place(place: str, text: str) -> None:
    record = put(blank(), [(place, text)])
    assert values(record)[place] == text
    if place != "purchases":
        assert get(record, place) == text


def test_rows_stand_in_the_order_of_their_numbers_whatever_came_first() -> None:
    record = put(blank(), [("items[2].name", "나"), ("items[1].name", "가")])
    assert [item.number for item in record.items] == [1, 2]


def test_a_row_that_needs_a_date_takes_it_wherever_it_stands_among_the_changes() -> None:
    record = put(blank(), [("events[agreed].note", "서면"), ("events[agreed].on", "2025-11-03")])
    (event,) = record.events
    assert (event.kind, event.on, event.note) == (EventKind.AGREED, date(2025, 11, 3), "서면")


def test_two_events_of_one_kind_have_places_of_their_own() -> None:
    record = put(
        blank(), [("events[checked].on", "2026-03-02"), ("events[checked:2].on", "2026-05-04")]
    )
    assert [event.on for event in record.events_of(EventKind.CHECKED)] == [
        date(2026, 3, 2),
        date(2026, 5, 4),
    ]


def test_a_value_is_taken_away_and_a_row_too() -> None:
    record = put(blank(), [("track", "social"), ("items[1].name", "가"), ("items[2].name", "나")])
    record = put(record, [("track", None), ("items[1]", None)])
    assert record.track is None
    assert [item.number for item in record.items] == [2]


@pytest.mark.parametrize(
    ("place", "text", "reason"),
    [
        ("nothing", "x", "unknown"),
        ("items[1].nothing", "x", "unknown"),
        ("items", "x", "unknown"),
        ("pilot_id", "other", "unknown"),
        ("sources", "x", "unknown"),
        ("items[x].name", "x", "value"),
        ("plan.ends_on", "2026. 8. 28.", "value"),
        ("plan.ends_on", "20260828", "value"),
        ("items[1].target", "많이", "value"),
        ("items[1].target", "NaN", "value"),
        ("items[1].target", "1e400", "value"),
        ("track", "unheard", "value"),
        ("items[1].is_required", "예", "value"),
        ("plan.price_lines[2].name", "x", "gap"),
        ("events[agreed].note", "x", "incomplete"),
        ("plan..x", "x", "unknown"),
        ("", "x", "unknown"),
        ("__class__", "x", "unknown"),
    ],
)
def test_what_does_not_fit_is_refused_with_a_reason(place: str, text: str, reason: str) -> None:
    with pytest.raises(PilotPlaceError) as caught:
        put(blank(), [(place, text)])
    assert caught.value.reason == reason


@given(
    st.dictionaries(
        st.sampled_from(
            [
                "title",
                "plan.place",
                "items[1].name",
                "items[7].name",
                "stages[4].summary",
                "report.opinions[safety].text",
            ]
        ),
        st.text(min_size=1, max_size=20),
        min_size=1,
    )
)
def test_putting_the_listed_values_again_gives_the_same_record(changes: dict[str, str]) -> None:
    record = put(blank(), changes.items())
    again = put(blank(), values(record).items())
    assert again == record
    assert values(again) == values(record)


def test_numbers_keep_their_digits() -> None:
    record = put(blank(), [("measurements[1].value", "99.40")])
    measurement = record.measurement_of(1)
    assert measurement is not None
    assert measurement.value == Decimal("99.40")
    assert put(record, [("track", "global")]).track is Track.GLOBAL
