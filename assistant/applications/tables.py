"""Values in tables: to the right of their label, below it, or in the column under a head."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from assistant.applications.amounts import unit_in
from assistant.applications.labels import Label, Labels
from assistant.applications.layout import Place, TableView
from assistant.applications.spots import Spot, Strength, is_of_others
from assistant.domain import Column, ColumnType

_DIGIT = re.compile(r"\d")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2}|['’]\d{2})\s?년?(?!\d)")
_YEAR_HEAD = re.compile(r"^[^\d]{0,6}(?:(?:19|20)\d{2}|['’]\d{2})[^\d]{0,8}$")
_PAIRS = re.compile(r"(?:^|\n)[\s\-·•○ㅇ□\d.)]*[가-힣A-Za-z][가-힣A-Za-z ()]{0,14}\s?[:：]\s?\S")
_SUM = re.compile(r"^\s*(?:합\s*계|총\s*계|소\s*계|계|평\s*균)\s*$")
_HEAD_CHARS = 20
_KNOWN_SHARE = 0.6


def table_spots(view: TableView, labels: Labels) -> Iterator[Spot]:
    """Yield where values of the columns may stand in a table."""
    yield from _Table(view, labels).spots()


class _Table:
    """One table: its labels, and which rows are heads."""

    def __init__(self, view: TableView, labels: Labels) -> None:
        self._view = view
        self._cells = [view.cells(row) for row in range(len(view.places))]
        self._labels: dict[tuple[int | None, int | None], Label] = {}
        for row in range(len(view.places)):
            for place in self._cells[row]:
                label = labels.match(place.text)
                if label is not None:
                    self._labels[place.row, place.column] = label
        self._heads = {row for row in range(len(view.places)) if self._is_head(row)}
        self._ordered_heads = sorted(self._heads)
        self._titles = self._titles_above()
        self._unit = unit_in(f"{view.caption} {view.heading}") or self._unit_row()
        named = (labels.match(text) for text in (view.caption, view.heading))
        self._of_heading = next((label for label in named if label and label.columns), None)

    def _label(self, place: Place | None) -> Label | None:
        return self._labels.get((place.row, place.column)) if place is not None else None

    def _unit_row(self) -> str:
        for row in range(min(2, len(self._view.places))):
            cells = [place for place in self._cells[row] if place.text.strip()]
            if len(cells) == 1 and (unit := unit_in(cells[0].text)):
                return unit
        return ""

    def _is_head(self, row: int) -> bool:
        """Return whether a row names the columns below it."""
        cells = [place for place in self._cells[row] if place.text.strip() and place.row == row]
        known = [place for place in cells if self._label(place) is not None]
        if len(cells) < 2 or len(known) < max(2, int(_KNOWN_SHARE * len(cells) + 0.99)):
            return _is_head_of_years(cells)
        unknown = [place for place in cells if place not in known]
        if any(_DIGIT.search(p.text) or len(p.text) > _HEAD_CHARS for p in unknown):
            return False
        below = [self._below(place, row) for place in cells]
        values = [place for place in below if place is not None and self._label(place) is None]
        return 2 * len(values) >= len(cells)

    def _below(self, place: Place, row: int) -> Place | None:
        column = place.column or 0
        for lower in range(row + 1, len(self._view.places)):
            found = self._view.at(lower, column)
            if found is not place:
                return found
        return None

    def spots(self) -> Iterator[Spot]:
        """Yield the spots of the table in reading order."""
        for row in range(len(self._view.places)):
            for place in self._cells[row]:
                label = self._label(place)
                if label is None or not label.columns or place.row != row:
                    continue
                if row in self._heads and self._is_within_head(place, row):
                    yield from self._listed(place, label, row)
                else:
                    yield from self._beside(place, label, row)
        if not any(label.columns for label in self._labels.values()):
            yield from self._of_years()

    def _of_years(self) -> Iterator[Spot]:
        """Yield the cells below a row of years where only the heading says what they are."""
        label = self._of_heading
        head = min(self._heads, default=None)
        if label is None or head is None:
            return
        for row in range(head + 1, len(self._view.places)):
            for cell in self._cells[row]:
                year = self._qualifier(cell, row)
                for column in label.columns:
                    if year and column.many and column.type is ColumnType.WON:
                        yield self._spot(column, cell, label, year, row)

    def _is_within_head(self, place: Place, row: int) -> bool:
        """Return whether a label belongs to the head and is no group label at its left."""
        below = self._view.at(row + 1, place.column or 0)
        return below is not place or row + 1 in self._heads

    # -- label and value side by side -----------------------------------------------------------

    def _beside(self, place: Place, label: Label, row: int) -> Iterator[Spot]:
        values = self._right_of(place, row)
        if not values:
            below = self._below(place, row)
            is_value = below is not None and self._label(below) is None
            values = [below] if is_value and below is not None else []
        group = self._group_of(place, row)
        for column in label.columns:
            own = [v for v in values if not self._speaks_of_others(column, v, row, group)]
            for value in own if column.many else own[:1]:
                if column.type is ColumnType.TEXT and _PAIRS.search(value.text):
                    continue  # lines of labels and values, which are read as lines
                yield self._spot(column, value, label, self._qualifier(value, row), None)

    def _right_of(self, place: Place, row: int) -> list[Place]:
        """Return the cells to the right up to the next label."""
        found: list[Place] = []
        for cell in self._cells[row]:
            if (cell.column or 0) <= (place.column or 0):
                continue
            if self._label(cell) is not None:
                break
            found.append(cell)
        return found

    def _group_of(self, place: Place, row: int) -> str:
        """Return what stands to the left over several rows, or above over the whole width."""
        left = [
            cell.text
            for cell in self._cells[row]
            if (
                (cell.column or 0) < (place.column or 0)
                and self._view.at(row + 1, cell.column or 0) is self._view.at(row, cell.column or 0)
            )
            or ((cell.column or 0) < (place.column or 0) and cell.row != row)
        ]
        return " ".join((*left, self._title_above(row)))

    def _title_above(self, row: int) -> str:
        return self._titles[row]

    def _titles_above(self) -> list[str]:
        """Return for each row the nearest line over the whole width above it."""
        titles, title = [], ""
        for cells in self._cells:
            titles.append(title)
            told = [place for place in cells if place.text.strip()]
            if len(told) == 1 and len(told[0].text) <= 2 * _HEAD_CHARS:
                title = told[0].text
        return titles

    def _head_above(self, value: Place, row: int) -> str:
        place = bisect_left(self._ordered_heads, row)
        if not place:
            top = self._view.at(0, value.column or 0)
            return top.text if top is not None and row > 0 and len(top.text) <= 30 else ""
        head = self._view.at(self._ordered_heads[place - 1], value.column or 0)
        return head.text if head is not None else ""

    def _speaks_of_others(self, column: Column, value: Place, row: int, group: str) -> bool:
        head = self._head_above(value, row)
        return is_of_others(column, self._view.heading, self._view.caption, group) or is_of_others(
            column, head
        )

    def _qualifier(self, value: Place, row: int) -> str:
        year = _YEAR.search(self._head_above(value, row))
        return _full_year(year[1]) if year else ""

    # -- values in the column under a head --------------------------------------------------------

    def _listed(self, place: Place, label: Label, row: int) -> Iterator[Spot]:
        cells = self._under(place, row)
        title = self._title_above(row)
        for column in label.columns:
            if is_of_others(column, self._view.heading, self._view.caption, title, label.text):
                continue
            own = [(r, cell) for r, cell in cells if not self._row_is_of_others(column, r)]
            is_single = column.many or len(own) == 1
            for entry, cell in own:
                if column.type is ColumnType.TEXT and _PAIRS.search(cell.text):
                    continue
                strength = Strength.PAIRED if is_single else Strength.WEAK
                yield self._spot(
                    column, cell, label, self._row_year(column, entry), entry, strength
                )

    def _under(self, place: Place, row: int) -> list[tuple[int, Place]]:
        """Return the cells below a head, up to the next head or a line over the whole width."""
        found: list[tuple[int, Place]] = []
        first = row + 1
        while first in self._heads:  # a head of several rows
            first += 1
        if first > row + 1 and self._view.at(row, (place.column or 0) + 1) is place:
            return []  # a head over several columns: those below it name them
        for lower in range(first, len(self._view.places)):
            cell = self._view.at(lower, place.column or 0)
            if lower in self._heads or cell is None or self._label(cell) is not None:
                break
            cells = [one for one in self._cells[lower] if one.text.strip()]
            if len(cells) == 1 and self._view.width > 1 and len(self._cells[lower]) == 1:
                break
            if cell is place or cell.row != lower:
                continue
            if not any(_SUM.match(one.text) for one in cells):
                found.append((lower, cell))
        return found

    def _row_is_of_others(self, column: Column, row: int) -> bool:
        first = self._cells[row][0].text
        return len(first) <= 30 and is_of_others(column, first)

    def _row_year(self, column: Column, row: int) -> str:
        if column.type is ColumnType.DATE or not column.many:
            return ""
        year = _YEAR.search(self._cells[row][0].text)
        return _full_year(year[1]) if year else ""

    def _spot(
        self,
        column: Column,
        value: Place,
        label: Label,
        qualifier: str,
        entry: int | None,
        strength: Strength = Strength.PAIRED,
    ) -> Spot:
        head_unit = unit_in(self._head_above(value, value.row or 0)) if value.row else ""
        return Spot(
            column=column,
            place=value,
            start=0,
            end=len(value.text),
            label=label.text,
            strength=strength,
            unit=label.unit or head_unit or self._unit,
            qualifier=(qualifier or label.year) if column.type is not ColumnType.DATE else "",
            entry=entry,
        )


def _is_head_of_years(cells: Sequence[Place]) -> bool:
    """Return whether the cells of a row are 구분 | 2023년 | 2024년 | 2025년."""
    years = [place for place in cells if _YEAR_HEAD.match(place.text)]
    return len(years) >= 2 and len(years) >= len(cells) - 1


def _full_year(text: str) -> str:
    return f"20{text[1:]}" if len(text) < 4 else text
