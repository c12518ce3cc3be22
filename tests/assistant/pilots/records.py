"""Records of invented pilots for the tests of steps and validators."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from assistant.deadlines import SEOUL
from assistant.domain import (
    EventKind,
    PilotEvent,
    PilotRecord,
    Product,
    Supplier,
    UserInstitution,
    Verdict,
)

EMPTY = PilotRecord(
    pilot_id="p1",
    title="시험",
    institution=UserInstitution(name="가상시"),
    supplier=Supplier(name="가상기업"),
    product=Product(name="가상제품"),
)


def noon(day: date) -> datetime:
    """Return noon of a day in Seoul."""
    return datetime.combine(day, time(12), tzinfo=SEOUL)


def record(events: Mapping[str, date], verdict: str = "", **more: Any) -> PilotRecord:
    """Return an otherwise empty pilot with these events; JUDGED carries the verdict."""
    happened = tuple(
        PilotEvent(
            kind=EventKind(kind),
            on=day,
            verdict=Verdict(verdict) if verdict and kind == "judged" else None,
        )
        for kind, day in events.items()
    )
    return replace(EMPTY, events=happened, **more)
