"""Cells by rules alone: labels of forms, tables and sentences; needs no model."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.applications.folding import fold
from assistant.applications.labels import labels_of
from assistant.applications.layout import Piece, Place, TableView
from assistant.applications.lines import is_bound, line_spots
from assistant.applications.readings import Reading
from assistant.applications.spots import Spot, Strength, is_of_others, is_requested
from assistant.applications.tables import table_spots
from assistant.applications.values import read_values
from assistant.domain import Column, ColumnSet, ColumnType

_INNER_CHARS = 16
_HOLDS_LINES = re.compile(r"[\n:：]")
_YEAR_BESIDE = re.compile(r"((?:19|20)\d{2})\s?년?(?:도)?\s?[:(]?\s?(?:약\s?)?$")
_LINE_CHARS = 2_000
_NOTE_CHARS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A value that a rule found, and the stretch of its place that says it."""

    column: Column
    place: Place
    reading: Reading  # offsets count in the text of the place
    label: str
    strength: Strength
    qualifier: str = ""
    entry: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Searched:
    """What rules found for the columns, and what stands beside labels without being a value."""

    candidates: Mapping[str, tuple[Candidate, ...]]
    unread: Mapping[str, str]


def search(found: Sequence[Piece], columns: ColumnSet) -> Searched:
    """Return every value that a rule finds in a document, by column and in reading order."""
    candidates: dict[str, list[Candidate]] = defaultdict(list)
    unread: dict[str, str] = {}
    for spot in _spots(found, columns):
        text = spot.place.text[spot.start : spot.end]
        readings = [
            replace(one, start=one.start + spot.start, end=one.end + spot.start)
            for one in read_values(spot.column, text, unit=spot.unit)
        ]
        if spot.strength is Strength.TOLD and spot.column.type is ColumnType.DATE:
            readings = readings[:1]  # the next date of a sentence is that of something else
        if not readings:
            unread.setdefault(spot.column.name, " ".join(text.split())[:_NOTE_CHARS])
        for one in readings:
            if spot.strength is Strength.TOLD and is_bound(spot.column, spot.place.text, one.end):
                continue
            if is_requested(spot.place.text, one.start, one.end):
                continue
            candidates[spot.column.name].append(
                Candidate(
                    column=spot.column,
                    place=spot.place,
                    reading=one,
                    label=spot.label,
                    strength=spot.strength,
                    qualifier=spot.qualifier or _year(spot, one),
                    entry=spot.entry,
                )
            )
    anchored = _anchored(candidates, columns)
    return Searched(
        candidates={name: tuple(_in_order(held)) for name, held in anchored.items()},
        unread=unread,
    )


def _year(spot: Spot, reading: Reading) -> str:
    """Return the year that stands right before an amount in a list of several years."""
    if spot.column.type is not ColumnType.WON or not spot.column.many:
        return ""
    year = _YEAR_BESIDE.search(fold(spot.place.text[spot.start : reading.start]))
    return year[1] if year else ""


def _in_order(candidates: Sequence[Candidate]) -> list[Candidate]:
    return sorted(
        candidates,
        key=lambda one: (
            one.place.block,
            one.place.row or 0,
            one.place.column or 0,
            one.reading.start,
        ),
    )


def _spots(found: Sequence[Piece], columns: ColumnSet) -> Iterator[Spot]:
    labels = labels_of(columns)
    running: list[Place] = []
    for piece in (*found, None):
        if isinstance(piece, Place):
            running.append(piece)
            continue
        yield from line_spots(running, labels)
        for place in running:
            yield from _told(place, columns)
        running = []
        if piece is not None:
            yield from table_spots(piece, labels)
            for place in _cells(piece):
                is_inner = len(place.text) >= _INNER_CHARS or _HOLDS_LINES.search(place.text)
                if is_inner and labels.match(place.text) is None:
                    yield from line_spots([place], labels)
                yield from _told(place, columns)


def _cells(view: TableView) -> Iterator[Place]:
    seen: set[tuple[int | None, int | None]] = set()
    for row in range(len(view.places)):
        for place in view.cells(row):
            if (place.row, place.column) not in seen and place.text.strip():
                seen.add((place.row, place.column))
                yield place


# -- sentences of a shape that the column set knows ------------------------------------------------


@lru_cache(maxsize=32)
def _patterns(columns: ColumnSet) -> tuple[tuple[Column, re.Pattern[str]], ...]:
    return tuple(
        (column, re.compile(pattern, re.I))
        for column in columns.columns
        for pattern in column.patterns
    )


def _told(place: Place, columns: ColumnSet) -> Iterator[Spot]:
    start = 0
    for text in place.text.split("\n"):
        line = fold(text[:_LINE_CHARS])
        for column, pattern in _patterns(columns):
            for match in pattern.finditer(line):
                before = line[max(0, match.start() - 24) : match.start()]
                if is_of_others(column, place.heading, before):
                    continue
                year = re.search(r"((?:19|20)\d{2})\s?년", match.group())
                yield Spot(
                    column=column,
                    place=place,
                    start=start + match.start("value"),
                    end=start + match.end("value"),
                    label=line[match.start() : match.start("value")].strip(" :\"'「『“‘"),
                    strength=Strength.TOLD,
                    qualifier=year[1] if year and column.type is ColumnType.WON else "",
                )
        start += len(text) + 1


# -- rows of a list --------------------------------------------------------------------------------


def _anchored(
    candidates: Mapping[str, list[Candidate]], columns: ColumnSet
) -> dict[str, list[Candidate]]:
    """Keep dates of a group only near what they are dates of: an expiry beside its patent."""
    anchors: dict[str, set[int]] = defaultdict(set)
    for column in columns.columns:
        if column.group and column.type is not ColumnType.DATE:
            blocks = {one.place.block for one in candidates.get(column.name, ())}
            anchors[column.group] |= blocks
    kept: dict[str, list[Candidate]] = {}
    for column in columns.columns:
        held = candidates.get(column.name, [])
        if column.group and column.type is ColumnType.DATE:
            near = anchors[column.group]
            held = [one for one in held if near & {one.place.block + step for step in (-1, 0, 1)}]
        if held:
            kept[column.name] = held
    return kept
