"""Spreadsheets (XLSX, XLS, ODS): one table for each sheet, under its name."""

from __future__ import annotations

import datetime as dt
import io
import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

import python_calamine as calamine

from assistant.domain import Aside, AsideKind, Block, BlockKind, Cell, ReadWarning
from assistant.errors import DocumentUnreadableError
from assistant.reading.finish import MAX_CELLS
from assistant.reading.limits import Limits
from assistant.reading.package import open_package
from assistant.reading.parsed import Parsed, table_block, text_block
from assistant.reading.sheet_checks import (
    MAX_AREA,
    SheetFacts,
    WorkbookFacts,
    check_ods,
    check_xlsx,
)

_Value: TypeAlias = (
    "int | float | str | bool | dt.time | dt.date | dt.datetime | dt.timedelta | None"
)
_ZIP = b"PK"
_ODS_PART = "content.xml"
_SHEET_LEVEL = 2  # the first level would name the document
_MAX_HEAD_ROWS = 6
_HEAD_CHARS = 40
_ASIDE_CHARS = 4_000
_EXACT_DIGITS = 15
_BESIDE = " | "


def parse(data: bytes, *, limits: Limits) -> Parsed:
    """Read a workbook; hidden sheets, rows and columns and comments stand apart.

    Raises:
        DocumentTooLargeError: It unpacks to more than the limits of `package`.
        DocumentUnreadableError: `damaged`, `encrypted` or `hostile`.
    """
    facts = _facts(data)
    try:
        with calamine.load_workbook(io.BytesIO(data)) as workbook:
            reader = _Workbook(workbook, facts, max_chars=limits.max_chars)
            blocks = tuple(reader.blocks())
    except calamine.PasswordError as error:
        raise DocumentUnreadableError(reason="encrypted") from error
    except (calamine.CalamineError, ValueError, OverflowError, OSError) as error:
        raise DocumentUnreadableError(reason="damaged") from error
    memos = tuple(Aside(kind=AsideKind.MEMO, text=text) for text in facts.memos)
    counts = (
        ("hidden_text", len(reader.hidden)),
        ("memos", len(memos)),
        ("external_content", facts.unfollowed),
    )
    warnings = [ReadWarning(code=code, count=count) for code, count in counts if count]
    if reader.is_cut:
        warnings.append(ReadWarning(code="truncated"))
    return Parsed(
        blocks=blocks,
        title=facts.title,
        metadata=facts.metadata,
        warnings=tuple(warnings),
        asides=memos + tuple(reader.hidden),
    )


def _facts(data: bytes) -> WorkbookFacts:
    """Check the file, because the library ends the process on forged sizes."""
    if not data.startswith(_ZIP):
        return WorkbookFacts()
    package = open_package(data)
    return check_ods(package) if package.has(_ODS_PART) else check_xlsx(package)


def as_text(value: _Value, *, is_percent: bool = False) -> str:
    """Return a value as an official writes it.

    >>> as_text(3.0), as_text(0.125, is_percent=True), as_text(dt.datetime(2026, 5, 6))
    ('3', '12.5%', '2026-05-06')
    >>> as_text(0.1 + 0.2), as_text(dt.time(9, 30)), as_text(dt.timedelta(hours=30))
    ('0.3', '09:30', '30:00')
    """
    if isinstance(value, str):
        return value
    if value is None or isinstance(value, bool):
        return "" if value is None else str(value).upper()
    if isinstance(value, int | float):
        return _number(value * 100) + "%" if is_percent else _number(value)
    return _moment(value)


def _moment(value: dt.time | dt.date | dt.timedelta) -> str:
    if isinstance(value, dt.timedelta):
        minutes = int(value.total_seconds() // 60)
        return f"{minutes // 60}:{minutes % 60:02d}"
    if isinstance(value, dt.datetime):
        day, time = value.date().isoformat(), value.time()
        return day if time == dt.time() else f"{day} {_moment(time)}"
    if isinstance(value, dt.time):
        return value.isoformat(timespec="seconds" if value.second else "minutes")
    return value.isoformat()


def _number(value: float) -> str:
    if isinstance(value, float) and value.is_integer() and abs(value) < 10**_EXACT_DIGITS:
        return str(int(value))
    return str(value) if isinstance(value, int) else f"{value:.{_EXACT_DIGITS}g}"


@dataclass(slots=True)
class _Grid:
    """The used range of a sheet as texts, with what its places are called in the sheet."""

    texts: list[list[str]]
    top: int
    left: int
    is_figure: list[list[bool]] = field(default_factory=list)


class _Workbook:
    """One pass over the sheets, until there is no room."""

    def __init__(
        self, workbook: calamine.CalamineWorkbook, facts: WorkbookFacts, *, max_chars: int
    ) -> None:
        self.hidden: list[Aside] = []
        self.is_cut = False
        self._workbook = workbook
        self._facts = facts
        self._cells_left = MAX_CELLS
        self._chars_left = max_chars

    def blocks(self) -> Iterator[Block]:
        """Yield a heading and a table for each sheet that is shown and holds something."""
        for place, about in enumerate(self._workbook.sheets_metadata):
            if about.typ != calamine.SheetTypeEnum.WorkSheet:
                continue
            sheet = self._workbook.get_sheet_by_index(place)
            facts = self._facts.sheets.get(about.name, SheetFacts())
            grid = self._grid(sheet, facts)
            if about.visible != calamine.SheetVisibleEnum.Visible:
                self._hide(about.name, grid.texts)
                continue
            rows, header_rows = self._rows(grid, facts, sheet.merged_cell_ranges or facts.merges)
            if rows:
                yield text_block(BlockKind.HEADING, about.name, level=_SHEET_LEVEL)
                yield table_block(rows, header_rows=header_rows)

    def _grid(self, sheet: calamine.CalamineSheet, facts: SheetFacts) -> _Grid:
        top, left = sheet.start or (0, 0)
        grid = _Grid(texts=[], top=top, left=left)
        for number, values in enumerate(sheet.iter_rows(), start=top):
            if self._cells_left <= 0 or self._chars_left <= 0:
                self.is_cut = True
                break
            texts = [
                as_text(value, is_percent=(number, column) in facts.percents)
                for column, value in enumerate(values, start=left)
            ]
            grid.texts.append(texts)
            grid.is_figure.append([not isinstance(value, str) for value in values])
            self._cells_left -= sum(1 for text in texts if text)
            self._chars_left -= sum(map(len, texts))
        return grid

    def _hide(self, label: str, rows: list[list[str]]) -> None:
        lines = (_BESIDE.join(filter(None, row)) for row in rows)
        text = "\n".join(line for line in lines if line)
        if text:
            aside = f"{label}: {text}"[:_ASIDE_CHARS]
            self.hidden.append(Aside(kind=AsideKind.HIDDEN, text=aside))

    def _rows(
        self, grid: _Grid, facts: SheetFacts, merges: list[tuple[tuple[int, int], tuple[int, int]]]
    ) -> tuple[tuple[tuple[Cell, ...], ...], int]:
        """Return the rows that are shown and not empty, and how many of them are a head."""
        count = len(grid.texts[0]) if grid.texts else 0
        rows = [n for n, row in enumerate(grid.texts) if any(row)]
        columns = [n for n in range(count) if any(grid.texts[row][n] for row in rows)]
        unseen_rows = [n for n in rows if n + grid.top in facts.hidden_rows]
        unseen_columns = [n for n in columns if n + grid.left in facts.hidden_columns]
        self._hide("숨긴 행", [grid.texts[n] for n in unseen_rows])
        self._hide("숨긴 열", [[grid.texts[row][n] for row in rows] for n in unseen_columns])
        rows = [n for n in rows if n not in set(unseen_rows)]
        columns = [n for n in columns if n not in set(unseen_columns)]
        spans, covered = _spans(merges, grid, rows, columns)
        cells = tuple(
            tuple(
                Cell(text=grid.texts[row][column], row_span=span[0], col_span=span[1])
                for column in columns
                if (row, column) not in covered
                for span in (spans.get((row, column), (1, 1)),)
            )
            for row in rows
        )
        figures = [any(grid.is_figure[row][column] for column in columns) for row in rows]
        return cells, _head_rows(cells, figures, len(columns))


def _spans(
    merges: list[tuple[tuple[int, int], tuple[int, int]]],
    grid: _Grid,
    rows: list[int],
    columns: list[int],
) -> tuple[dict[tuple[int, int], tuple[int, int]], set[tuple[int, int]]]:
    """Return spans of the merged cells by their first place, and the places that they cover."""
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    covered: set[tuple[int, int]] = set()
    budget = MAX_AREA
    for (top, left), (bottom, right) in merges:
        # Only rows and columns that are left count: a merged cell may reach over empty ones.
        inner_rows = _between(rows, top - grid.top, bottom - grid.top)
        inner_columns = _between(columns, left - grid.left, right - grid.left)
        budget -= len(inner_rows) * len(inner_columns)
        if budget < 0:
            break
        places = set(itertools.product(inner_rows, inner_columns)) - covered
        if len(places) < 2 or len(places) != len(inner_rows) * len(inner_columns):
            continue
        corner = (inner_rows[0], inner_columns[0])
        spans[corner] = (len(inner_rows), len(inner_columns))
        covered |= places - {corner}
        _move_text(grid, (top - grid.top, left - grid.left), corner)
    return spans, covered


def _between(numbers: list[int], least: int, most: int) -> list[int]:
    return numbers[bisect_left(numbers, least) : bisect_right(numbers, most)]


def _move_text(grid: _Grid, origin: tuple[int, int], corner: tuple[int, int]) -> None:
    """Keep the text of a merged cell whose own row or column is not shown."""
    row, column = origin
    if origin != corner and 0 <= row < len(grid.texts) and 0 <= column < len(grid.texts[row]):
        text = grid.texts[row][column]
        grid.texts[corner[0]][corner[1]] = grid.texts[corner[0]][corner[1]] or text


def _head_rows(rows: tuple[tuple[Cell, ...], ...], figures: list[bool], width: int) -> int:
    """Find the head: a row of short words above the figures, with the titles above it."""
    for place, row in enumerate(rows[:_MAX_HEAD_ROWS]):
        words = [cell for cell in row if cell.text.strip()]
        if len(words) <= 1 and width > 1:
            continue  # a title or a unit
        covered = sum(cell.col_span for cell in words)
        is_short = all(len(cell.text) <= _HEAD_CHARS for cell in words)
        if figures[place] or not is_short or covered * 2 < width:
            return 0
        end = place + max((cell.row_span for cell in words), default=1)
        is_two_rows = any(cell.col_span > 1 for cell in words) and end == place + 1
        if is_two_rows and end < len(rows) - 1 and not figures[end]:
            end += 1
        names = [cell.text for cell in words]
        is_named = any(figures[end:]) or (covered == width and len(set(names)) == len(names))
        return end if is_named and end < len(rows) else 0
    return 0
