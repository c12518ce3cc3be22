"""Where the cells of a table stand: every place of the grid taken exactly once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.domain import Table, TableCell

MAX_COLUMNS = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedCell:
    """A cell with its 0-based place; its spans fit the grid and overlap no other cell."""

    row: int
    column: int
    cell: TableCell
    row_span: int = 1
    col_span: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table laid out: `rows[n]` holds the cells that start in row n, from left to right.

    `widths` are shares of the line that sum to 1. The first `header_rows` rows are the header; no
    merged cell reaches from them into the body, and at least one row is body.
    """

    rows: tuple[tuple[PlacedCell, ...], ...]
    columns: int
    header_rows: int
    widths: tuple[float, ...]

    @property
    def has_spans(self) -> bool:
        """Whether any cell is merged."""
        return any(cell.row_span > 1 or cell.col_span > 1 for row in self.rows for cell in row)


def laid_out(table: Table) -> Grid:
    """Place the cells as HTML does, cut spans that run out of the table or into another cell.

    Places that no cell takes get an empty cell, so that every writer can draw the full grid.
    """
    places: list[PlacedCell] = []
    taken: set[tuple[int, int]] = set()
    for row, cells in enumerate(table.rows):
        column = 0
        for cell in cells:
            while (row, column) in taken:
                column += 1
            if column >= MAX_COLUMNS:
                break
            placed = _fitted(cell, row, column, row_count=len(table.rows), taken=taken)
            places.append(placed)
            taken |= _area(placed)
            column += placed.col_span
    columns = max((column + 1 for _, column in taken), default=0)
    places += [
        PlacedCell(row=row, column=column, cell=TableCell(runs=()))
        for row in range(len(table.rows))
        for column in range(columns)
        if (row, column) not in taken
    ]
    rows = tuple(
        tuple(sorted((p for p in places_of_row), key=lambda p: p.column))
        for places_of_row in _by_row(places, len(table.rows))
    )
    return Grid(
        rows=rows,
        columns=columns,
        header_rows=_header_rows(rows, table.header_rows),
        widths=_widths(table.widths, columns),
    )


def _fitted(
    cell: TableCell, row: int, column: int, *, row_count: int, taken: set[tuple[int, int]]
) -> PlacedCell:
    width = 1
    while (
        width < cell.col_span
        and column + width < MAX_COLUMNS
        and (row, column + width) not in taken
    ):
        width += 1
    height = min(max(cell.row_span, 1), row_count - row)
    return PlacedCell(
        row=row,
        column=column,
        cell=replace(cell, row_span=height, col_span=width),
        row_span=height,
        col_span=width,
    )


def _area(placed: PlacedCell) -> set[tuple[int, int]]:
    return {
        (row, column)
        for row in range(placed.row, placed.row + placed.row_span)
        for column in range(placed.column, placed.column + placed.col_span)
    }


def _by_row(places: Sequence[PlacedCell], count: int) -> list[list[PlacedCell]]:
    rows: list[list[PlacedCell]] = [[] for _ in range(count)]
    for placed in places:
        rows[placed.row].append(placed)
    return rows


def _header_rows(rows: tuple[tuple[PlacedCell, ...], ...], wanted: int) -> int:
    """Lengthen the header over merged cells that reach out of it; no header if no body is left."""
    header = min(max(wanted, 0), len(rows))
    row = 0
    while row < header:
        header = max(header, *(row + cell.row_span for cell in rows[row]), 0)
        row += 1
    return header if header < len(rows) else 0


def _widths(wanted: tuple[float, ...], columns: int) -> tuple[float, ...]:
    if len(wanted) != columns or any(width <= 0 for width in wanted):
        wanted = (1.0,) * columns
    total = sum(wanted)
    return tuple(width / total for width in wanted)
