"""Ruled lines to tables: which cells there are, where they stand, and what they span.

The lines cut an area into the smallest places of a grid; places with no line between them are one
merged cell. Sides left open, as official tables often have them, are closed first.
"""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial

from assistant.reading.pdf_rules import Box, Drawing, Rule

_SNAP = 2.5
_GAP = 3.5
_MIN_LENGTH = 6.0
_MAX_RULES = 1_200
_MAX_PLACES = 40_000
_OPEN_SIDE = 10.0
_COVERED = 0.6
_RULED_SHARE = 0.6
_SHADED = 0.9


@dataclass(frozen=True, slots=True, kw_only=True)
class GridCell:
    """A cell: first row and column, spans, and its box on the page."""

    row: int
    column: int
    row_span: int = 1
    col_span: int = 1
    box: Box


@dataclass(frozen=True, kw_only=True)
class Grid:
    """A ruled table without its text; `xs` and `ys` are where its columns and rows end."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[GridCell, ...]
    shaded_rows: int = 0

    @property
    def box(self) -> Box:
        """Return the outline of the table."""
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]

    def cell_at(self, x: float, y: float) -> GridCell | None:
        """Return the cell that a point lies in."""
        place = bisect_right(self.ys, y) - 1, bisect_right(self.xs, x) - 1
        return self.places.get(place)

    @cached_property
    def places(self) -> dict[tuple[int, int], GridCell]:
        """Which cell each smallest place of the grid belongs to, by row and column."""
        return {
            (row, column): cell
            for cell in self.cells
            for row in range(cell.row, cell.row + cell.row_span)
            for column in range(cell.column, cell.column + cell.col_span)
        }


def find_grids(drawing: Drawing) -> list[Grid]:
    """Return the tables that the lines of a page make, and boxes: tables of a single row.

    A table within a cell of another one is part of that cell's text; a frame around tables, or
    in one column around boxes, only lays out the page.

    >>> level = [Rule(True, y, 0, 100) for y in (0, 20, 40)]
    >>> upright = [Rule(False, x, 0, 40) for x in (0, 100)] + [Rule(False, 50, 20, 40)]
    >>> (grid,) = find_grids(Drawing(rules=(*level, *upright)))
    >>> [(cell.row, cell.column, cell.col_span) for cell in grid.cells]
    [(0, 0, 2), (1, 0, 1), (1, 1, 1)]
    """
    rules = _merged(drawing.rules)
    if len(rules) > _MAX_RULES:
        return []
    found = [grid for group in _groups(rules) if (grid := _grid(group)) is not None]
    tables = [
        grid
        for grid in found
        if len(grid.cells) > 1 and not (_is_frame(grid) and any(_holds(grid, g) for g in found))
    ]
    boxes = [
        grid
        for grid in found
        if len(grid.cells) == 1 and not any(map(partial(_holds, grid), found))
    ]
    outer = [
        replace(grid, shaded_rows=_shaded_rows(grid, drawing.shades))
        for grid in (*tables, *boxes)
        if not any(_holds(other, grid) for other in tables)
    ]
    return sorted(outer, key=lambda grid: (grid.ys[0], grid.xs[0]))


def _is_frame(grid: Grid) -> bool:
    return len(grid.xs) == 2 or len(grid.ys) == 2


def _holds(outer: Grid, inner: Grid) -> bool:
    if outer is inner:
        return False
    left, top, right, bottom = inner.box
    cell = outer.cell_at((left + right) / 2, (top + bottom) / 2)
    return cell is not None and _is_within(inner.box, cell.box)


def _is_within(inner: Box, outer: Box) -> bool:
    return (
        inner[0] >= outer[0] - _SNAP
        and inner[1] >= outer[1] - _SNAP
        and inner[2] <= outer[2] + _SNAP
        and inner[3] <= outer[3] + _SNAP
    )


# -- lines ----------------------------------------------------------------------------------


def _merged(rules: Iterable[Rule]) -> list[Rule]:
    """Bring lines nearly on top of each other to one place, and their pieces together."""
    merged: list[Rule] = []
    for is_level in (True, False):
        same = [rule for rule in rules if rule.is_level is is_level]
        lanes = _lanes(sorted(rule.at for rule in same))
        pieces: dict[float, list[Rule]] = defaultdict(list)
        for rule in same:
            pieces[lanes[rule.at]].append(rule)
        for at, on_lane in pieces.items():
            merged.extend(Rule(is_level, at, *span) for span in _joined(on_lane))
    return merged


def _lanes(places: Sequence[float]) -> dict[float, float]:
    """Give each place the middle of its neighbours within the tolerance.

    >>> _lanes([0.0, 1.0, 30.0])
    {0.0: 0.5, 1.0: 0.5, 30.0: 30.0}
    """
    groups: list[list[float]] = []
    for place in places:
        if groups and place - groups[-1][0] <= _SNAP:
            groups[-1].append(place)
        else:
            groups.append([place])
    return {place: (group[0] + group[-1]) / 2 for group in groups for place in group}


def _joined(rules: Iterable[Rule]) -> Iterator[tuple[float, float]]:
    start, end = 0.0, float("-inf")
    for rule in sorted(rules, key=lambda rule: rule.start):
        if rule.start > end + _GAP:
            if end - start >= _MIN_LENGTH:
                yield start, end
            start, end = rule.start, rule.end
        end = max(end, rule.end)
    if end - start >= _MIN_LENGTH:
        yield start, end


def _groups(rules: Sequence[Rule]) -> Iterator[list[Rule]]:
    """Yield the lines that hang together."""
    level = [rule for rule in rules if rule.is_level]
    upright = [rule for rule in rules if not rule.is_level]
    touching: dict[Rule, list[Rule]] = defaultdict(list)
    for one, other in itertools.product(level, upright):
        if _touch(one, other):
            touching[one].append(other)
            touching[other].append(one)
    seen: set[Rule] = set()
    for first in level:
        if first in seen or first not in touching:
            continue
        group, waiting = [], [first]
        seen.add(first)
        while waiting:
            rule = waiting.pop()
            group.append(rule)
            fresh = [other for other in touching[rule] if other not in seen]
            seen.update(fresh)
            waiting.extend(fresh)
        yield group


def _touch(level: Rule, upright: Rule) -> bool:
    return (
        level.start - _GAP <= upright.at <= level.end + _GAP
        and upright.start - _GAP <= level.at <= upright.end + _GAP
    )


# -- places ---------------------------------------------------------------------------------


def _grid(group: Sequence[Rule]) -> Grid | None:
    level = [rule for rule in group if rule.is_level]
    upright = [rule for rule in group if not rule.is_level]
    upright += _closing(level, upright)
    level += _closing(upright, level)
    xs = sorted({rule.at for rule in upright})
    ys = sorted({rule.at for rule in level})
    if len(xs) < 2 or len(ys) < 2 or len(xs) * len(ys) > _MAX_PLACES:
        return None
    places = _Places(xs, ys, level, upright)
    cells = tuple(places.cells())
    return Grid(xs=tuple(xs), ys=tuple(ys), cells=cells) if places.is_table else None


def _closing(across: Sequence[Rule], along: Sequence[Rule]) -> list[Rule]:
    """Return lines that close the sides where several lines run on beyond the last crossing."""
    if len(across) < 2 or not along:
        return []
    is_level = along[0].is_level
    first, last = min(rule.at for rule in along), max(rule.at for rule in along)
    top, bottom = min(rule.at for rule in across), max(rule.at for rule in across)
    starts = [rule.start for rule in across if rule.start < first - _OPEN_SIDE]
    ends = [rule.end for rule in across if rule.end > last + _OPEN_SIDE]
    sides = []
    if len(starts) > 1 and max(starts) - min(starts) <= _OPEN_SIDE:
        sides.append(Rule(is_level, min(starts), top, bottom))
    if len(ends) > 1 and max(ends) - min(ends) <= _OPEN_SIDE:
        sides.append(Rule(is_level, max(ends), top, bottom))
    return sides


class _Places:
    """The smallest places of a grid, joined where no line parts them."""

    def __init__(
        self,
        xs: Sequence[float],
        ys: Sequence[float],
        level: Sequence[Rule],
        upright: Sequence[Rule],
    ) -> None:
        self._xs, self._ys = xs, ys
        self._above = _covered(ys, xs, level)
        self._before = _covered(xs, ys, upright)
        self.is_table = False

    def cells(self) -> Iterator[GridCell]:
        """Yield the cells row by row; places open to the outside become empty cells."""
        rows, columns = len(self._ys) - 1, len(self._xs) - 1
        taken: set[tuple[int, int]] = set()
        ruled = 0.0
        found: list[GridCell] = []
        for place in itertools.product(range(rows), range(columns)):
            if place in taken:
                continue
            region, is_open = self._region(place)
            taken |= region
            parts = [region] if not is_open and _is_rectangle(region) else list(_runs(region))
            cells = [self._cell(part) for part in parts]
            found.extend(cells)
            ruled += 0 if is_open else sum(map(_area, cells))
        whole = (self._xs[-1] - self._xs[0]) * (self._ys[-1] - self._ys[0])
        self.is_table = ruled >= whole * _RULED_SHARE
        yield from sorted(found, key=lambda cell: (cell.row, cell.column))

    def _region(self, start: tuple[int, int]) -> tuple[set[tuple[int, int]], bool]:
        """Return the places joined to one place, and whether they are open to the outside."""
        region, waiting, is_open = {start}, [start], False
        while waiting:
            row, column = waiting.pop()
            for is_parted, place in (
                ((row, column) in self._above, (row - 1, column)),
                ((row + 1, column) in self._above, (row + 1, column)),
                ((column, row) in self._before, (row, column - 1)),
                ((column + 1, row) in self._before, (row, column + 1)),
            ):
                if is_parted or place in region:
                    continue
                if 0 <= place[0] < len(self._ys) - 1 and 0 <= place[1] < len(self._xs) - 1:
                    region.add(place)
                    waiting.append(place)
                else:
                    is_open = True
        return region, is_open

    def _cell(self, part: set[tuple[int, int]]) -> GridCell:
        rows, columns = sorted({row for row, _ in part}), sorted({column for _, column in part})
        return GridCell(
            row=rows[0],
            column=columns[0],
            row_span=len(rows),
            col_span=len(columns),
            box=(
                self._xs[columns[0]],
                self._ys[rows[0]],
                self._xs[columns[-1] + 1],
                self._ys[rows[-1] + 1],
            ),
        )


def _covered(
    lanes: Sequence[float], marks: Sequence[float], rules: Sequence[Rule]
) -> set[tuple[int, int]]:
    """Return which stretch between two marks has a line, for each lane."""
    number = {at: index for index, at in enumerate(lanes)}
    covered: set[tuple[int, int]] = set()
    for rule in rules:
        for index, (start, end) in enumerate(itertools.pairwise(marks)):
            shared = min(end, rule.end + _GAP) - max(start, rule.start - _GAP)
            if shared >= (end - start) * _COVERED and min(end, rule.end) > max(start, rule.start):
                covered.add((number[rule.at], index))
    return covered


def _is_rectangle(region: set[tuple[int, int]]) -> bool:
    rows, columns = {row for row, _ in region}, {column for _, column in region}
    return len(region) == len(rows) * len(columns)


def _runs(region: set[tuple[int, int]]) -> Iterator[set[tuple[int, int]]]:
    """Cut a region of another shape into runs within one row."""
    for row, group in itertools.groupby(sorted(region), key=lambda place: place[0]):
        run: set[tuple[int, int]] = set()
        for _, column in group:
            if run and (row, column - 1) not in run:
                yield run
                run = set()
            run.add((row, column))
        yield run


def _area(cell: GridCell) -> float:
    left, top, right, bottom = cell.box
    return (right - left) * (bottom - top)


def _shaded_rows(grid: Grid, shades: Sequence[Box]) -> int:
    """Count the rows at the top in which every cell has a coloured ground."""
    count = 0
    for row in range(len(grid.ys) - 1):
        cells = [cell for cell in grid.cells if cell.row == row]
        if not all(any(_is_shaded(cell.box, shade) for shade in shades) for cell in cells):
            break
        count += 1
    return count if count < len(grid.ys) - 1 else 0


def _is_shaded(box: Box, shade: Box) -> bool:
    shared = _area_of(
        (
            max(box[0], shade[0]),
            max(box[1], shade[1]),
            min(box[2], shade[2]),
            min(box[3], shade[3]),
        )
    )
    return shared >= _area_of(box) * _SHADED


def _area_of(box: Box) -> float:
    return max(box[2] - box[0], 0.0) * max(box[3] - box[1], 0.0)
