"""The table of hand-checked deadlines, read into events and dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import yaml

from assistant import deadlines
from assistant.deadlines import SEOUL, Clock, Event, Ground, Pause, Period, Unit, compute
from tests.tree import ROOT

TABLE = ROOT / "tests" / "data" / "deadlines.yaml"
_LENGTHS = {"day": Unit.DAY, "week": Unit.WEEK, "month": Unit.MONTH, "year": Unit.YEAR}


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One row of the table."""

    id: str
    kind: str
    start: datetime
    now: datetime
    events: tuple[Event, ...]
    period: Period | None
    due: str
    article: str
    why: str
    state: str
    findings: tuple[str, ...]
    progress: tuple[str, ...]

    def clock(self) -> Clock:
        """Compute what the table says."""
        return compute(self.kind, self.start, self.events, now=self.now, period=self.period)


def at(text: str) -> datetime:
    """Read a time of Seoul."""
    return datetime.fromisoformat(text).replace(tzinfo=SEOUL)


def load() -> list[Case]:
    rows = yaml.safe_load(TABLE.read_text(encoding="utf-8"))["cases"]
    return [_case(row) for row in rows]


def _case(row: dict[str, Any]) -> Case:
    events = tuple(_event(dict(each)) for each in row.get("events", ()))
    start = at(row["start"])
    latest = max([start, *(each.at for each in events)])
    return Case(
        id=row["id"],
        kind=row["kind"],
        start=start,
        now=at(row["now"]) if "now" in row else latest,
        events=events,
        period=_period(row.get("period")),
        due=row["due"],
        article=row["article"],
        why=row["why"],
        state=row.get("state", ""),
        findings=tuple(row.get("findings", ())),
        progress=tuple(row.get("progress", ())),
    )


def _event(row: dict[str, Any]) -> Event:
    family = "".join(part.title() for part in row.pop("what").split("_"))
    row["at"] = at(row["at"])
    if family == "Suspended":
        row["why"] = Pause(row["why"])
        row["until"] = at(row["until"]) if "until" in row else None
    elif "until" in row:
        row["until"] = date.fromisoformat(row["until"])
    if "ground" in row:
        row["ground"] = Ground(row["ground"])
    if "length" in row:
        row["length"] = _period(row["length"])
    made: Event = getattr(deadlines, family)(**row)
    return made


def _period(text: str | None) -> Period | None:
    if text is None:
        return None
    number, unit = text.split()
    return Period(number=int(number), unit=_LENGTHS[unit])
