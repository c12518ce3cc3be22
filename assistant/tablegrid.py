"""Tables with merged cells as a full grid, as pieces of it, and as lines of text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TypeAlias

from assistant.domain import Block, Cell
from assistant.text import clean

MAX_PLACES = 400_000
MAX_PADDED = 4_000_000
ROOM_PER_CELL = 50  # a grid this many times as large as its cells was not made to be read
ROOM_BESIDES = 2_000
REPEATED_CHARS = 120  # a merged cell longer than this is a text, not a label: it is told once
MAX_REPEATED = 1_000_000  # characters that all merged cells of a table may tell again
LABEL_CHARS = 40
_LABELLED = 0.8

Rows: TypeAlias = Sequence[Sequence[Cell]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """What covers one place of a grid: a cell, its text on one line, the place it starts at."""

    cell: Cell
    text: str
    row: int
    column: int


Grid: TypeAlias = tuple[tuple[Slot | None, ...], ...]


def grid(rows: Rows) -> Grid:
    """Return every place of a table with the cell that covers it, `None` where there is none.

    A span ends at the last row and at a place that is taken; one that would make the grid larger
    than `MAX_PLACES` counts as 1. All rows are equally long. Where a few cells would spread over
    an absurdly large grid (a long row among very many, spans over thousands of rows), all spans
    count as 1 and rows end with their last cell: else places that hold nothing fill the memory.

    >>> spread = grid([[Cell(text="구분", row_span=2), Cell(text="금액", col_span=2)],
    ...                [Cell(text="국비"), Cell(text="지방비")]])
    >>> [[slot.cell.text if slot else None for slot in row] for row in spread]
    [['구분', '금액', '금액'], ['구분', '국비', '지방비']]
    """
    places: list[list[Slot | None]] = [[] for _ in rows]
    is_absurd = _is_absurd(rows)
    room = 0 if is_absurd else MAX_PLACES
    for index, row in enumerate(rows):
        column = 0
        for cell in row:
            while column < len(places[index]) and places[index][column] is not None:
                column += 1
            height = min(max(cell.row_span, 1), len(rows) - index)
            width = max(cell.col_span, 1)
            if height * width > room:
                height = width = 1
            room -= height * width
            slot = Slot(cell=cell, text=cell_text(cell), row=index, column=column)
            column += _put(places[index : index + height], slot, width)
    longest = 0 if is_absurd else max(map(len, places), default=0)
    return tuple((*row, *[None] * (longest - len(row))) for row in places)


def _is_absurd(rows: Rows) -> bool:
    """Return whether the grid would be far larger than what its cells can fill."""
    change = [0] * (len(rows) + 1)  # of the places that are covered, from one row to the next
    for index, row in enumerate(rows):
        for cell in row:
            width = max(cell.col_span, 1)
            change[index] += width
            change[min(index + max(cell.row_span, 1), len(rows))] -= width
    longest = max(accumulate(change))
    allowed = min(MAX_PADDED, ROOM_PER_CELL * sum(map(len, rows)) + ROOM_BESIDES)
    return longest * len(rows) > allowed


def _put(rows: list[list[Slot | None]], slot: Slot, width: int) -> int:
    """Write a slot into the places it covers; return how many columns it really takes."""
    first = rows[0]
    taken = 1
    while taken < width and (
        slot.column + taken >= len(first) or first[slot.column + taken] is None
    ):
        taken += 1
    for row in rows:
        row += [None] * (slot.column + taken - len(row))
        for column in range(slot.column, slot.column + taken):
            if row[column] is None:
                row[column] = slot
    return taken


def cut(spread: Grid, start: int, end: int) -> tuple[tuple[Cell, ...], ...]:
    """Return some rows of a grid as a table of their own: a cell that reaches in is repeated.

    >>> spread = grid([[Cell(text="가", row_span=3), Cell(text="1")], [Cell(text="2")],
    ...                [Cell(text="3")]])
    >>> [[(cell.text, cell.row_span) for cell in row] for row in cut(spread, 1, 3)]
    [[('가', 2), ('2', 1)], [('3', 1)]]
    """
    rows: list[tuple[Cell, ...]] = []
    for index in range(start, min(end, len(spread))):
        cells: list[Cell] = []
        before: Slot | None = None
        for column, slot in enumerate(spread[index]):
            if slot is None:
                cells.append(Cell(text=""))
            elif slot is not before and (index == start or slot.row == index):
                cells.append(_clipped(slot, spread, index, column, end))
            before = slot
        rows.append(tuple(cells))
    return tuple(rows)


def _clipped(slot: Slot, spread: Grid, row: int, column: int, end: int) -> Cell:
    height = width = 1
    while row + height < min(end, len(spread)) and _at(spread[row + height], column) is slot:
        height += 1
    while column + width < len(spread[row]) and spread[row][column + width] is slot:
        width += 1
    return Cell(text=slot.cell.text, row_span=height, col_span=width)


def column_heads(spread: Grid, header_rows: int, *, longest: int = MAX_REPEATED) -> tuple[str, ...]:
    """Return one head for each column; heads over several rows are joined.

    A head over several columns that is longer than `longest` stands in the first of them alone.

    >>> spread = grid([[Cell(text="구분", row_span=2), Cell(text="금액", col_span=2)],
    ...                [Cell(text="국비"), Cell(text="지방비")]])
    >>> column_heads(spread, 2)
    ('구분', '금액 > 국비', '금액 > 지방비')
    """
    rows = [row for row in spread[:header_rows] if len(_cells_in(row)) > 1]
    heads = []
    for column in range(_width(spread)):
        slots = [slot for row in rows if (slot := _at(row, column)) is not None]
        told = (s.text for s in slots if s.column == column or len(s.text) <= longest)
        names = dict.fromkeys(told)
        heads.append(" > ".join(name for name in names if name))
    return tuple(heads)


def _width(spread: Grid) -> int:
    return max(map(len, spread), default=0)


def _at(row: Sequence[Slot | None], column: int) -> Slot | None:
    return row[column] if column < len(row) else None


def table_lines(block: Block) -> list[str]:
    """Return a table as the lines that are shown, indexed and quoted.

    Merged cells are told in each row that they cover, so that every line stands for itself; a
    table of two columns without heads is a form and gives `label: value`; a table with one cell a
    row only frames text.

    >>> from assistant.domain import BlockKind, Locator
    >>> def table(*rows, header_rows=0):
    ...     return Block(kind=BlockKind.TABLE, text="", locator=Locator(ordinal=0), rows=rows,
    ...                  header_rows=header_rows)
    >>> table_lines(table((Cell(text="항목"), Cell(text="목표")),
    ...                   (Cell(text="속도", row_span=2), Cell(text="1초")),
    ...                   (Cell(text="2초"),), header_rows=1))
    ['| 항목 | 목표 |', '| --- | --- |', '| 속도 | 1초 |', '| 속도 | 2초 |']
    >>> table_lines(table((Cell(text="성명"), Cell(text="홍길동")), (Cell(text="소속"),)))
    ['성명: 홍길동', '소속:']
    """
    spread = grid(block.rows)
    longest = _longest_repeated(spread)
    lines = [clean(block.caption)] if block.caption else []
    heads = min(max(block.header_rows, 0), len(spread))
    if all(len(_cells_in(row)) <= 1 for row in spread):
        return lines + [line for row in block.rows for cell in row for line in _text_lines(cell)]
    if not heads and _is_form(spread):
        told = (_form_line(row, index, longest) for index, row in enumerate(spread))
        return lines + [line for line in told if line not in {"", ":"}]
    for index, row in enumerate(spread[:heads]):
        titles = _cells_in(row)
        if len(titles) == 1 and titles[0].row == index:
            lines += _text_lines(titles[0].cell)  # a head over the whole width names the table
    names = column_heads(spread, heads, longest=longest)
    if any(names):
        lines += [_row_line(names), "|" + " --- |" * len(names)]
    for index in range(heads, len(spread)):
        if texts := _row_texts(spread[index], index, longest, has_heads=any(names)):
            lines.append(_row_line(texts))
    return lines


def _longest_repeated(spread: Grid) -> int:
    """Return how long a text may be to be told in each place that its cell covers.

    As long as it likes in a table that somebody made; a small file can spread one cell over
    hundreds of thousands of places, and would fill the memory and the index with its text.
    """
    again = [
        len(slot.text)
        for index, row in enumerate(spread)
        for column, slot in enumerate(row)
        if slot is not None and (slot.row, slot.column) != (index, column)
    ]
    if sum(again) <= MAX_REPEATED:
        return MAX_REPEATED
    labels = sum(length for length in again if length <= REPEATED_CHARS)
    return REPEATED_CHARS if labels <= MAX_REPEATED else 0


def cell_text(cell: Cell) -> str:
    r"""Return the text of a cell on one line, without the sign that parts cells.

    >>> cell_text(Cell(text="가|나\n다"))
    '가/나 다'
    """
    return " ".join(clean(cell.text).replace("|", "/").split())


def _text_lines(cell: Cell) -> list[str]:
    return [line.rstrip() for line in clean(cell.text).splitlines() if line.strip()]


def _row_line(texts: Sequence[str]) -> str:
    return "| " + " | ".join(texts) + " |"


def _cells_in(row: Sequence[Slot | None]) -> list[Slot]:
    """Return the cells of a row, each once."""
    return list({(slot.row, slot.column): slot for slot in row if slot is not None}.values())


def _row_texts(
    row: Sequence[Slot | None], index: int, longest: int, *, has_heads: bool
) -> list[str]:
    """Return what a row says in each column; a cell over the whole width is told once."""
    cells = _cells_in(row)
    if len(cells) == 1 and len(row) > 1:
        return [cells[0].text] if cells[0].row == index else []
    texts: list[str] = []
    before: Slot | None = None
    for slot in row:
        text = slot.text if slot is not None else ""
        is_short = len(text) <= min(longest, REPEATED_CHARS)
        if slot is not None and slot is before:
            if not has_heads:
                continue
            text = text if is_short else ""
        elif slot is not None and slot.row != index and not is_short:
            text = ""
        texts.append(text)
        before = slot
    return texts if any(texts) else []


def _is_form(spread: Grid) -> bool:
    """Return whether a table of two columns without heads is a list of labels and their values."""
    if _width(spread) != 2:
        return False
    labels = [slot.text for row in spread if (slot := _at(row, 0)) is not None]
    fit = sum(0 < len(label) <= LABEL_CHARS and not label.endswith(".") for label in labels)
    return fit >= _LABELLED * len(spread)


def _form_line(row: Sequence[Slot | None], index: int, longest: int) -> str:
    first, second = _at(row, 0), _at(row, 1)
    label, value = (
        slot.text if slot is not None and (slot.row == index or len(slot.text) <= longest) else ""
        for slot in (first, second)
    )
    return label if first is second else f"{label}: {value}".strip()
