"""The record of a pilot answers for itself: what happened when, and what was measured last."""

from datetime import date
from decimal import Decimal

from assistant.domain import (
    EventKind,
    Measurement,
    PilotEvent,
    PilotRecord,
    Product,
    Supplier,
    UserInstitution,
)


def record(**overrides: object) -> PilotRecord:
    base = {
        "pilot_id": "p1",
        "title": "시험",
        "institution": UserInstitution(name="가상시"),
        "supplier": Supplier(name="가상기업"),
        "product": Product(name="가상제품"),
    }
    return PilotRecord(**{**base, **overrides})  # type: ignore[arg-type]  # named by the tests


def test_the_day_of_an_event_is_the_last_one() -> None:
    days = [date(2026, 5, 2), date(2026, 4, 1)]
    pilot = record(events=tuple(PilotEvent(kind=EventKind.CHECKED, on=day) for day in days))
    assert pilot.day_of(EventKind.CHECKED) == date(2026, 5, 2)
    assert pilot.day_of(EventKind.ENDED) is None


def test_events_of_a_kind_come_in_order() -> None:
    days = [date(2026, 5, 2), date(2026, 4, 1)]
    pilot = record(events=tuple(PilotEvent(kind=EventKind.CHECKED, on=day) for day in days))
    assert [event.on for event in pilot.events_of(EventKind.CHECKED)] == sorted(days)


def test_an_item_measured_again_counts_with_its_last_value() -> None:
    taken = (
        Measurement(item_number=1, value=Decimal("9")),
        Measurement(item_number=1, value=Decimal("8")),
    )
    found = record(measurements=taken).measurement_of(1)
    assert found is not None
    assert found.value == Decimal("8")


def test_what_was_not_measured_is_none() -> None:
    assert record().measurement_of(1) is None
