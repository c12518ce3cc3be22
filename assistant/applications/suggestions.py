"""What a model points at, held against the document: code finds the words and makes the value.

Nothing that a model says becomes a value. It may only point at words of this one document; code
looks them up, reads the value off them and decides by the labels around them what it is worth.
A model can fill an empty cell with something to be confirmed and cast doubt on a cell; it can
never make a cell FOUND.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.applications.folding import fold
from assistant.applications.labels import labels_of
from assistant.applications.layout import Piece
from assistant.applications.lines import is_bound
from assistant.applications.merging import MAX_PASSAGES, MAX_VALUES, Texts, as_value
from assistant.applications.quotes import Found, Places
from assistant.applications.rules import Candidate
from assistant.applications.spots import Strength, is_of_others, is_requested
from assistant.applications.values import WORDS, is_same, read_values
from assistant.domain import (
    CellStatus,
    CellValue,
    Column,
    ColumnSet,
    ColumnType,
    ItemCell,
    ReplySchema,
)

MAX_SUGGESTIONS = 200
MAX_SUMMARY = 10
MAX_QUOTE = 600
_BEFORE = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """The words that a model takes for the value of a column, in a longer quote."""

    column: str
    value: str
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggested:
    """A model's reply as far as it has the shape that was asked for."""

    values: tuple[Suggestion, ...] = ()
    summary: tuple[str, ...] = ()


def parse_reply(reply: str) -> Suggested | None:
    """Return what a reply suggests, None when it is no object of the agreed shape.

    >>> reply = '{"values": [{"column": "trl", "value": "8", "quote": "TRL 8"}]}'
    >>> parse_reply(reply).values[0].value
    '8'
    >>> parse_reply("알겠습니다.") is None
    True
    """
    start, end = reply.find("{"), reply.rfind("}")
    if start < 0 or end < start:
        return None
    try:
        raw = json.loads(reply[start : end + 1])
    except (ValueError, RecursionError):
        return None
    if not isinstance(raw, dict):
        return None
    values = raw.get("values")
    summary = raw.get("summary", [])
    if not isinstance(values, list) or not isinstance(summary, list):
        return None
    return Suggested(
        values=tuple(filter(None, map(_suggestion, values[:MAX_SUGGESTIONS]))),
        summary=tuple(line for line in summary[:MAX_SUMMARY] if isinstance(line, str)),
    )


def _suggestion(raw: object) -> Suggestion | None:
    if not isinstance(raw, dict):
        return None
    held = [raw.get(key) for key in ("column", "value", "quote")]
    if not all(isinstance(text, str) and 0 < len(text) <= MAX_QUOTE for text in held):
        return None
    column, value, quote = (str(text) for text in held)
    return Suggestion(column=column, value=value, quote=quote)


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """Cells with what a model added, and how many of its suggestions were dropped."""

    cells: tuple[ItemCell, ...]
    dropped: int


def weigh(
    cells: Sequence[ItemCell],
    suggestions: Sequence[Suggestion],
    found: Sequence[Piece],
    columns: ColumnSet,
    *,
    texts: Texts,
    file_name: str,
) -> Weighed:
    """Return the cells of the rules with what the model's suggestions are worth.

    Args:
        cells: What rules found.
        suggestions: What the model points at.
        found: The pieces of this document; no other is ever looked at.
        columns: Whose cells they are.
        texts: The text of every place (`layout.texts`).
        file_name: Of the document.
    """
    places = Places(found)
    known = {column.name: column for column in columns.columns}
    pointed: dict[str, list[CellValue]] = {}
    against: dict[str, list[CellValue]] = {}
    dropped = 0
    by_name = {cell.column: cell for cell in cells}
    for suggestion in suggestions:
        column = known.get(suggestion.column)
        spot = places.find(suggestion.quote, suggestion.value) if column else None
        is_free = column and spot and not _is_taken(column, spot, cells, columns)
        candidates = _candidates(column, spot) if column and spot and is_free else []
        if column is None or not candidates or column.name not in by_name:
            dropped += 1
            continue
        cell = by_name[column.name]
        for one in candidates:
            value = as_value(one, texts=texts, file_name=file_name, by="model")
            if _is_known(column, cell, value):
                continue
            if cell.status is CellStatus.NOT_STATED:
                pointed.setdefault(column.name, []).append(value)
            elif not column.many and _is_named(column, one, columns):
                against.setdefault(column.name, []).append(value)
            else:
                dropped += 1
    merged = [
        _with(known[cell.column], cell, pointed.get(cell.column), against.get(cell.column))
        for cell in cells
    ]
    return Weighed(cells=tuple(merged), dropped=dropped)


def _is_taken(column: Column, spot: Found, cells: Sequence[ItemCell], columns: ColumnSet) -> bool:
    """Return whether the words are a label, or are known to answer another column."""
    text = spot.place.text[spot.start : spot.end]
    if column.type in WORDS and labels_of(columns).match(text) is not None:
        return True
    at = (spot.place.block, spot.place.row, spot.place.column)
    return any(
        cell.column != column.name
        and at == (value.evidence.block, value.evidence.row, value.evidence.column)
        and value.evidence.start < spot.end
        and spot.start < value.evidence.end
        for cell in cells
        for value in cell.values
    )


def _candidates(column: Column, spot: Found) -> list[Candidate]:
    """Return the values that code reads off the words, unless they speak of something else."""
    place = spot.place
    text = place.text[spot.start : spot.end]
    before = place.text[max(0, spot.start - _BEFORE) : spot.start]
    if place.is_doubtful or is_of_others(column, place.heading, before):
        return []
    return [
        Candidate(
            column=column,
            place=place,
            reading=replace(one, start=one.start + spot.start, end=one.end + spot.start),
            label="",
            strength=Strength.WEAK,
        )
        for one in read_values(column, text)
        if not is_bound(column, place.text, one.end + spot.start)
        and not is_requested(place.text, one.start + spot.start, one.end + spot.start)
    ]


def _is_known(column: Column, cell: ItemCell, value: CellValue) -> bool:
    if column.type is ColumnType.PASSAGE:
        return any(value.value in held.value or held.value in value.value for held in cell.values)
    return any(is_same(column, held.value, value.value) for held in cell.values)


def _is_named(column: Column, one: Candidate, columns: ColumnSet) -> bool:
    """Return whether the nearest label before the words is one of the column."""
    line_start = one.place.text.rfind("\n", 0, one.reading.start) + 1
    before = fold(one.place.text[line_start : one.reading.start])
    nearest = None
    for _, _, label in labels_of(columns).running(before):
        nearest = label
    return nearest is not None and column in nearest.columns


def _with(
    column: Column,
    cell: ItemCell,
    pointed: Sequence[CellValue] | None,
    against: Sequence[CellValue] | None,
) -> ItemCell:
    if against and cell.status is CellStatus.FOUND:
        return replace(
            cell,
            status=CellStatus.CONFLICTING,
            values=(*cell.values, against[0]),
            reason="model_differs",
        )
    if not pointed:
        return cell
    if column.many:
        limit = MAX_PASSAGES if column.type is ColumnType.PASSAGE else MAX_VALUES
        return replace(
            cell, status=CellStatus.INFERRED, values=tuple(pointed[:limit]), reason="no_label"
        )
    distinct = {value.value: value for value in reversed(pointed)}
    if len(distinct) > 1:
        return replace(
            cell,
            status=CellStatus.CONFLICTING,
            values=tuple(reversed(distinct.values())),
            reason="two_values",
        )
    return replace(cell, status=CellStatus.INFERRED, values=(pointed[0],), reason="no_label")


def reply_schema(columns: ColumnSet, only: Sequence[str] = ()) -> ReplySchema:
    """Return the shape of the reply that `parse_reply` takes, with the names that are asked for.

    Every field is required and no other allowed, as strict endpoints want it.
    """
    names = [column.name for column in _wanted(columns, only)]
    text: Mapping[str, object] = {"type": "string"}
    value = _object(
        column={"type": "string", "enum": names} if names else text, value=text, quote=text
    )
    return ReplySchema(
        name="suggested_values",
        schema=_object(
            values={"type": "array", "items": value}, summary={"type": "array", "items": text}
        ),
    )


def _object(**fields: Mapping[str, object]) -> Mapping[str, object]:
    return {
        "type": "object",
        "properties": fields,
        "required": list(fields),
        "additionalProperties": False,
    }


def _wanted(columns: ColumnSet, only: Sequence[str]) -> list[Column]:
    return [column for column in columns.columns if not only or column.name in only]


def asked(columns: ColumnSet, only: Sequence[str] = ()) -> list[str]:
    """Return the columns as lines of a prompt: name, label, meaning, kind and choices."""
    lines = []
    for column in _wanted(columns, only):
        facts = [column.name, column.label, column.meaning, _KINDS[column.type]]
        if column.choices:
            facts.append("/".join(choice.value for choice in column.choices))
        lines.append(" | ".join(fact for fact in facts if fact))
    return lines


_KINDS: Mapping[ColumnType, str] = {
    ColumnType.TEXT: "한 줄 글",
    ColumnType.PASSAGE: "문장",
    ColumnType.NUMBER: "수",
    ColumnType.WON: "금액",
    ColumnType.PERCENT: "비율",
    ColumnType.DATE: "날짜",
    ColumnType.CHOICE: "고르기",
    ColumnType.BUSINESS_NUMBER: "사업자등록번호",
    ColumnType.CORPORATE_NUMBER: "법인등록번호",
    ColumnType.ITEM_CODE: "10자리 번호",
    ColumnType.PRODUCT_CODE: "8자리 번호",
    ColumnType.PATENT: "특허 등록번호",
}
