"""Invented pilots with values worked out by hand and faults planted into them, one file each."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import yaml
from pydantic import TypeAdapter, ValidationError

from assistant.deadlines import SEOUL
from assistant.domain import PilotRecord
from assistant.errors import ConfigurationError

CASES = Path(__file__).with_name("cases") / "pilots"
_NOON = time(12)
_RECORDS = TypeAdapter(PilotRecord)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Something wrong: the finding that must come, and the record that holds it."""

    fault_id: str
    code: str
    place: str
    record: PilotRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class PilotCase:
    """One invented pilot; `expect` is as in the file, `faults` are planted one at a time."""

    case_id: str
    what: str
    now: datetime
    record: PilotRecord
    expect: Mapping[str, Any]
    is_clean: bool
    faults: tuple[Fault, ...]


def load_pilot_cases(folder: Path = CASES) -> tuple[PilotCase, ...]:
    """Read every case of a folder in the order of the names.

    Raises:
        ConfigurationError: a file is not of the expected form.
    """
    return tuple(_case(path) for path in sorted(folder.glob("*.yaml")))


def _case(path: Path) -> PilotCase:
    try:
        raw = yaml.safe_load(path.read_text("utf-8"))
        record = _RECORDS.validate_python(raw["record"], strict=False)
        return PilotCase(
            case_id=str(raw["id"]),
            what=str(raw["what"]),
            now=datetime.combine(_day(raw["now"]), _NOON, tzinfo=SEOUL),
            record=record,
            expect=raw["expect"],
            is_clean=bool(raw["clean"]),
            faults=tuple(_faults(raw, record)),
        )
    except (KeyError, TypeError, ValueError, yaml.YAMLError, ValidationError) as error:
        raise ConfigurationError(f"{path.name}: not a pilot case: {error}") from error


def _day(value: object) -> date:
    if not isinstance(value, date):
        raise TypeError(type(value))
    return value


def _faults(raw: Mapping[str, Any], record: PilotRecord) -> Iterator[Fault]:
    for number, row in enumerate(raw.get("planted", ()), start=1):
        name = f"planted-{number}"
        yield Fault(fault_id=name, code=row["code"], place=row["place"], record=record)
    for row in raw.get("faults", ()):
        changed = _changed(raw["record"], row)
        yield Fault(
            fault_id=row["id"],
            code=row["code"],
            place=row["place"],
            record=_RECORDS.validate_python(changed, strict=False),
        )


def _changed(record: Mapping[str, Any], row: Mapping[str, Any]) -> dict[str, Any]:
    """Return the record with a fault in it: `set` a value, `drop` a row, `add` one."""
    changed: dict[str, Any] = copy.deepcopy(dict(record))
    for path, value in row.get("set", {}).items():
        holder, key = _reach(changed, path)
        holder[key] = value
    for path in row.get("drop", ()):
        holder, key = _reach(changed, path)
        del holder[key]
    for path, value in row.get("add", {}).items():
        holder, key = _reach(changed, path)
        holder[key].append(value)
    return changed


def _reach(record: dict[str, Any], path: str) -> tuple[Any, Any]:
    """Return what holds the end of a path, and the key of the end in it.

    >>> _reach({"plan": {"lines": [{"won": 1}]}}, "plan.lines.0.won")
    ({'won': 1}, 'won')
    """
    *way, last = (int(part) if part.isdigit() else part for part in path.split("."))
    holder: Any = record
    for part in way:
        holder = holder[part]
    return holder, last
