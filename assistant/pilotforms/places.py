"""Values of a pilot's record by place: looked up, listed and put, each in one written form.

A place is what `assistant.domain.pilots` says: fields by dots, rows by what numbers them. Where a
row has no number of its own its position counts from 1; `events[checked:2]` is the second of two
with the same key. Written forms: dates `2026-08-28`, numbers `24.6`, yes and no `true` `false`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import cache
from types import UnionType
from typing import Any, TypeAlias, Union, get_args, get_origin, get_type_hints

from assistant.domain import pilot_plan, pilots
from assistant.domain.pilots import PilotRecord
from assistant.errors import PilotPlaceError

EMPTY = "none"  # the written form of a list that is known to hold nothing

_STEP = re.compile(r"([a-z_]+)(?:\[([^\[\]]{1,80})\])?(?:\.|$)")
# What numbers the rows of each kind; rows of other kinds go by their position.
_KEYS: Mapping[type, str] = {
    pilot_plan.PerformanceItem: "number",
    pilot_plan.ScheduleRow: "number",
    pilot_plan.ExpectedEffect: "number",
    pilots.Measurement: "item_number",
    pilots.SurveyQuestion: "number",
    pilots.ScaleCount: "score",
    pilots.EffectResult: "number",
    pilots.ChangeRow: "number",
    pilots.StageRow: "number",
    pilots.ReportedItem: "number",
    pilots.Opinion: "section",
    pilots.PilotEvent: "kind",
}
_FIRST = ("on", "observed_on")  # what a row cannot be made without
_CLOSED = frozenset({"pilot_id", "sources"})

Change: TypeAlias = "tuple[str, str | None]"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Step:
    name: str
    key: str | None = None


@cache
def _steps(place: str) -> tuple[_Step, ...]:
    steps: list[_Step] = []
    at = 0
    while at < len(place):
        match = _STEP.match(place, at)
        if match is None or match.end() == at:
            raise PilotPlaceError(place=place, reason="unknown")
        steps.append(_Step(name=match[1], key=match[2]))
        at = match.end()
    if not steps or place.endswith(".") or steps[0].name in _CLOSED:
        raise PilotPlaceError(place=place, reason="unknown")
    return tuple(steps)


def get(record: PilotRecord, place: str) -> str | None:
    """Return the written form of the value at `place`, None when there is none.

    Raises:
        PilotPlaceError: a record has no such place.
    """
    value: Any = record
    for step in _steps(place):
        if value is None:
            return None
        _hint(type(value), step.name, place)
        value = getattr(value, step.name)
        if step.key is not None and value is not None:
            found = _index(value, step.key)
            value = None if found is None else value[found]
    return None if is_dataclass(value) or isinstance(value, tuple) else written(value)


def put(record: PilotRecord, changes: Iterable[Change]) -> PilotRecord:
    """Return the record with these values put; None takes a value, or a whole row, away.

    Raises:
        PilotPlaceError: a record has no such place, or the place does not take that value.
    """
    for place, text in in_order(changes):
        record = _put(record, _steps(place), text, place)
    return record


def in_order(changes: Iterable[Change]) -> list[Change]:
    """Return changes as they are put: dates of rows first, rows taken away last and from the end.

    >>> in_order([("costs[1]", None), ("costs[2]", None), ("code", "가"), ("events[x].on", "…")])
    [('events[x].on', '…'), ('code', '가'), ('costs[2]', None), ('costs[1]', None)]
    """
    return sorted(changes, key=_turn)


def _turn(change: Change) -> tuple[int, int]:
    place, text = change
    if text is None and place.endswith("]"):
        key = place.rpartition("[")[2].removesuffix("]")
        return 2, -int(key) if key.isdecimal() and len(key) < 9 else 0
    return (0 if place.rpartition(".")[2] in _FIRST else 1), 0


def values(record: PilotRecord) -> dict[str, str]:
    """Return every value of the record that is there, by place, in the order of the record."""
    return {
        place: text
        for name in (field.name for field in fields(record) if field.name not in _CLOSED)
        for place, text in _listed(getattr(record, name), name)
    }


def written(value: object) -> str | None:
    """Return the written form of a value; nothing for one that is absent.

    >>> written(Decimal("99.40")), written(True), written(date(2026, 8, 28)), written("")
    ('99.40', 'true', '2026-08-28', None)
    """
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else str(value)


# -- listing ------------------------------------------------------------------------------------


def _listed(value: Any, place: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, tuple):
        seen: dict[str, int] = {}
        for position, row in enumerate(value, start=1):
            key = _key_of(row, position)
            seen[key] = seen.get(key, 0) + 1
            name = key if seen[key] == 1 else f"{key}:{seen[key]}"
            yield from _listed(row, f"{place}[{name}]")
        if not value and place == "purchases":
            yield place, EMPTY
    elif is_dataclass(value):
        for each in fields(value):
            yield from _listed(getattr(value, each.name), f"{place}.{each.name}")
    elif (text := written(value)) is not None:
        yield place, text


def _key_field(kind: type) -> str | None:
    return _KEYS.get(kind)


def _key_of(row: Any, position: int) -> str:
    name = _key_field(type(row))
    return str(position) if name is None else str(getattr(row, name))


def _index(rows: tuple[Any, ...], key: str) -> int | None:
    """Return where the row with this key stands."""
    bare, _, number = key.partition(":")
    found = [at for at, row in enumerate(rows) if _key_of(row, at + 1) == bare]
    if not number:
        return found[0] if found else None
    return found[int(number) - 1] if number.isdecimal() and 0 < int(number) <= len(found) else None


# -- putting ------------------------------------------------------------------------------------


def _put(owner: Any, steps: tuple[_Step, ...], text: str | None, place: str) -> Any:
    step, *rest = steps
    hint = _hint(type(owner), step.name, place)
    value = getattr(owner, step.name)
    if step.key is not None:
        row_kind = _row_kind(hint, place)
        new = _put_row(value or (), row_kind, step.key, tuple(rest), (text, place))
    elif rest:
        kind = next((kind for kind in _options(hint) if is_dataclass(kind)), None)
        if not isinstance(kind, type):
            raise PilotPlaceError(place=place, reason="unknown")
        new = _put(kind() if value is None else value, tuple(rest), text, place)
    elif text is None:
        new = _absent(type(owner), step.name, place)
    else:
        new = _parsed(hint, text, place)
    return replace(owner, **{step.name: new})


def _put_row(
    rows: tuple[Any, ...],
    kind: type,
    key: str,
    rest: tuple[_Step, ...],
    change: tuple[str | None, str],
) -> tuple[Any, ...]:
    text, place = change
    at = _index(rows, key)
    if not rest:
        if text is not None:
            raise PilotPlaceError(place=place, reason="value")
        return rows if at is None else (*rows[:at], *rows[at + 1 :])
    if at is not None:
        return _sorted((*rows[:at], _put(rows[at], rest, text, place), *rows[at + 1 :]))
    if text is None:
        return rows
    return _sorted((*rows, _new_row(kind, key, rest, (text, place), len(rows))))


def _new_row(
    kind: type, key: str, rest: tuple[_Step, ...], change: tuple[str, str], held: int
) -> Any:
    """Return a row that did not exist before, with one value in it."""
    text, place = change
    hints = _hints(kind)
    given: dict[str, Any] = {}
    name = _key_field(kind)
    if name is not None:
        given[name] = _parsed(hints[name], key.partition(":")[0], place)
    elif key != str(held + 1):  # rows by position follow each other without a gap
        raise PilotPlaceError(place=place, reason="gap")
    if rest[0].key is None and len(rest) == 1:
        hint = _hint(kind, rest[0].name, place)
        given[rest[0].name] = _parsed(hint, text, place)
    for field in fields(kind):
        if field.name not in given and _is_required(field):
            if hints[field.name] is not str:
                raise PilotPlaceError(place=place, reason="incomplete")
            given[field.name] = ""
    row = kind(**given)
    return row if len(rest) == 1 and rest[0].key is None else _put(row, rest, text, place)


def _sorted(rows: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return rows with a number in its order; others stay as they stand."""
    name = _key_field(type(rows[0])) if rows else None
    if name is None or not isinstance(getattr(rows[0], name), int):
        return rows
    return tuple(sorted(rows, key=lambda row: getattr(row, str(name))))


def _absent(kind: type, name: str, place: str) -> Any:
    field = next(each for each in fields(kind) if each.name == name)
    if field.default is not MISSING:
        return field.default
    if field.default_factory is not MISSING:
        return field.default_factory()
    if _hints(kind)[name] is str:
        return ""
    raise PilotPlaceError(place=place, reason="required")


def _parsed(hint: Any, text: str, place: str) -> Any:
    for kind in _options(hint):
        if get_origin(kind) is tuple:
            if text == EMPTY:
                return ()
            continue
        try:
            return _as(kind, text)
        except (ValueError, InvalidOperation) as error:
            raise PilotPlaceError(place=place, reason="value") from error
    raise PilotPlaceError(place=place, reason="unknown")


def _as(kind: Any, text: str) -> Any:
    if kind is str:
        return text
    if kind is bool:
        return {"true": True, "false": False}[text] if text in ("true", "false") else _refuse()
    if kind is date:
        return date.fromisoformat(text) if len(text) == len("2026-08-28") else _refuse()
    if kind is Decimal:
        number = Decimal(text)
        return number if number.is_finite() and abs(number) < 10**15 else _refuse()
    if kind is int or issubclass(kind, StrEnum):
        return kind(text)
    raise ValueError(kind)


def _refuse() -> Any:
    raise ValueError("not the written form of such a value")


# -- types --------------------------------------------------------------------------------------


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _hint(kind: type, name: str, place: str) -> Any:
    if name not in _hints(kind):
        raise PilotPlaceError(place=place, reason="unknown")
    return _hints(kind)[name]


def _options(hint: Any) -> tuple[Any, ...]:
    """Return the types that a field may have, without None."""
    if get_origin(hint) in (Union, UnionType):
        return tuple(each for each in get_args(hint) if each is not type(None))
    return (hint,)


def _row_kind(hint: Any, place: str) -> type:
    for each in _options(hint):
        if get_origin(each) is tuple and isinstance(get_args(each)[0], type):
            return get_args(each)[0]  # type: ignore[no-any-return]  # a type, as just checked
    raise PilotPlaceError(place=place, reason="unknown")


def _is_required(field: Field[Any]) -> bool:
    return field.default is MISSING and field.default_factory is MISSING
