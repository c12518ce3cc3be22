"""Text of a ruled PDF page: what stands in the cells of its tables, and the rest."""

from __future__ import annotations

import ctypes
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from assistant.domain import Cell
from assistant.reading.layout import SOFT_BREAK, TABLE_MARK, PageTable
from assistant.reading.pdf_grid import Grid, find_grids
from assistant.reading.pdf_hidden import address
from assistant.reading.pdf_rules import Box, View, find_drawing

_Place: TypeAlias = tuple[int, int]

_MAX_CHARS = 60_000
_NO_LETTERS = ("\r", "\x00", TABLE_MARK)
_FILLED_SHARE = 0.05
_BOX_SHARE = 0.3
_SLACK = 0.35
_PADDING_PT = 8.0
_LINE_END_HYPHEN = re.compile(rf"[\x02\ufffe](?:[\n{SOFT_BREAK}]|\Z)")
_HEADER_CHARS = 30
_HEADER_NUMBERS = 0.5
_KEY_AND_VALUE = 1.5
_SENTENCE = re.compile(r"(?:다|요|음|함)\.\s*\Z")
_DIGIT = re.compile(r"\d")
# Years, months, quarters and counted things head columns although they are mostly digits.
_COUNTED = re.compile(
    r"[’'`]?\d{1,4}(?:\.\d{1,2})?\.?\s*(?:년도?|월|분기|차|호|급|위|회|단계|안)?\Z"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RuledPage:
    """Tables and boxes of a page, and its other text with a mark where each of them stands.

    `inked` holds the visible characters of each table in the order in which the file draws them.
    """

    tables: tuple[PageTable, ...] = ()
    inked: tuple[str, ...] = ()
    rest: str = ""


class _Char(NamedTuple):
    """A character, its box on the page, and the white space that the file has before it."""

    char: str
    box: Box
    before: str


@dataclass(slots=True)
class _Line:
    """A line of text in a cell; `word_end` is where its first word ends."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    word_end: float | None = None


@dataclass(slots=True)
class _Filling:
    """What has been found in a table so far, by first row and column of the cells."""

    grid: Grid
    lines: dict[_Place, list[_Line]] = field(default_factory=dict)
    inked: list[str] = field(default_factory=list)


def read_ruled_page(
    page: pdfium.PdfPage, textpage: pdfium.PdfTextPage, hidden: frozenset[int | None]
) -> RuledPage:
    """Return the ruled tables and boxes of a page that hold text; none on most pages."""
    height = page.get_height()
    grids = [
        grid
        for grid in find_grids(find_drawing(page))
        if len(grid.ys) > 2 or grid.ys[-1] - grid.ys[0] <= _BOX_SHARE * height
    ]
    if not grids or textpage.count_chars() > _MAX_CHARS:
        return RuledPage()
    chars = list(_chars(page, textpage, hidden))
    fillings = [_Filling(grid) for grid in grids]
    owners = [_owner(fillings, char) for char in chars]
    kept = [filling for filling in fillings if _is_filled(filling)]
    if not kept:
        return RuledPage()
    return RuledPage(
        tables=tuple(map(_table, kept)),
        inked=tuple(_composed("".join(filling.inked)) for filling in kept),
        rest=_rest(chars, owners, kept),
    )


def _chars(
    page: pdfium.PdfPage, textpage: pdfium.PdfTextPage, hidden: frozenset[int | None]
) -> Iterator[_Char]:
    box_of = View(page).box
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    sides = tuple(map(ctypes.byref, (left, right, bottom, top)))
    handle = textpage.raw
    before = ""
    for index in range(textpage.count_chars()):
        char = chr(raw.FPDFText_GetUnicode(handle, index))
        if char.isspace() or char in _NO_LETTERS:
            before += "" if char in _NO_LETTERS else char
            continue
        if hidden and address(raw.FPDFText_GetTextObject(handle, index)) in hidden:
            continue
        if not raw.FPDFText_GetCharBox(handle, index, *sides):
            continue
        box = box_of(left.value, bottom.value, right.value, top.value)
        yield _Char(char, box, before)
        before = ""


def _owner(fillings: Sequence[_Filling], char: _Char) -> _Filling | None:
    """Write a character into the cell that it stands in, and return the table of that cell."""
    left, top, right, bottom = char.box
    x, y = (left + right) / 2, (top + bottom) / 2
    for filling in fillings:
        cell = filling.grid.cell_at(x, y)
        if cell is not None:
            filling.inked.append(char.char)
            _write(filling.lines.setdefault((cell.row, cell.column), []), char)
            return filling
    return None


def _write(lines: list[_Line], char: _Char) -> None:
    """Add a character to the text of a cell: beside the last one, or on a line of its own."""
    left, top, right, bottom = char.box
    last = lines[-1] if lines else None
    if last is None or not _is_beside(last, (top + bottom) / 2, bottom - top):
        if last is not None and " " in char.before:
            last.text += " "
        lines.append(_Line(char.char, left, right, top, bottom))
        return
    if char.before:
        last.text += " "
        last.word_end = last.right if last.word_end is None else last.word_end
    last.text += char.char
    last.right = max(last.right, right)
    last.left = min(last.left, left)
    last.top = min(last.top, top)
    last.bottom = max(last.bottom, bottom)


def _is_beside(line: _Line, middle: float, height: float) -> bool:
    """Tell whether a character stands on the line; a comma hangs below it, a dash is thin."""
    slack = _SLACK * max(line.bottom - line.top, height)
    return line.top - slack <= middle <= line.bottom + slack


def _rest(
    chars: Sequence[_Char], owners: Sequence[_Filling | None], kept: Sequence[_Filling]
) -> str:
    """Return the text outside the tables, with a mark where the text of each begins."""
    numbers = {id(filling): number for number, filling in enumerate(kept)}
    pieces: list[str] = []
    was_inside = False
    marked: set[int] = set()
    for char, owner in zip(chars, owners, strict=True):
        number = numbers.get(id(owner))
        if number is None:
            pieces.append("\n" if was_inside else char.before)
            pieces.append(char.char)
        elif number not in marked:
            marked.add(number)
            pieces.append(f"\n{TABLE_MARK}{number}\n")
        was_inside = number is not None
    return _composed("".join(pieces))


def _composed(text: str) -> str:
    """Put letters together that the file gives in halves, and compose Hangul."""
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return unicodedata.normalize("NFC", whole)


# -- tables ---------------------------------------------------------------------------------


def _is_filled(filling: _Filling) -> bool:
    """Tell a table from a drawing: several cells hold text, two of them in one row or column."""
    cells = filling.lines.keys()
    if len(filling.grid.ys) == 2:
        return bool(cells)
    if len(cells) < max(2, len(filling.grid.cells) * _FILLED_SHARE):
        return False
    rows, columns = {row for row, _ in cells}, {column for _, column in cells}
    return len(rows) < len(cells) or len(columns) < len(cells)


def _table(filling: _Filling) -> PageTable:
    grid = filling.grid
    rows: list[list[Cell]] = [[] for _ in grid.ys[1:]]
    for cell in grid.cells:
        text = _cell_text(filling.lines.get((cell.row, cell.column), []), cell.box[2] - cell.box[0])
        rows[cell.row].append(Cell(text=text, row_span=cell.row_span, col_span=cell.col_span))
    kept = tuple(map(tuple, rows))
    return PageTable(rows=kept, header_rows=_header_rows(grid, kept), edges=grid.xs)


def _cell_text(lines: Sequence[_Line], width: float) -> str:
    r"""Put the lines of a cell together; breaks where a line was full are marked as soft."""
    if len(lines) > 1 and all(len(line.text.strip()) == 1 for line in lines):
        return _composed("".join(line.text.strip() for line in lines))  # written downwards
    text = ""
    for index, line in enumerate(lines):
        if index:
            before = lines[index - 1]
            word = (line.right if line.word_end is None else line.word_end) - line.left
            is_full = width - (before.right - before.left) < word + _PADDING_PT
            text += SOFT_BREAK if is_full else "\n"
        text += line.text
    return _composed(_LINE_END_HYPHEN.sub("", text))


def _header_rows(grid: Grid, rows: Sequence[tuple[Cell, ...]]) -> int:
    """Count the rows that name the columns: the coloured ones, or a first row of short names."""
    count = len(rows)
    if grid.shaded_rows:
        return _whole(rows, grid.shaded_rows)
    first = rows[0]
    if len(grid.xs) == 2 or len(first) < 2 or not all(map(_is_name, first[1:])):
        return 0
    if not first[0].text.strip() and len(first) < 3:
        return 0
    if len(grid.xs) == 3:  # two columns: names over values, or names beside values
        rest = [cell.text for row in rows[1:] for cell in row]
        mean = sum(map(len, rest)) / max(len(rest), 1)
        if mean < _KEY_AND_VALUE * sum(len(cell.text) for cell in first) / len(first):
            return 0
    return _whole(rows, 1) if _whole(rows, 1) < count else 0


def _is_name(cell: Cell) -> bool:
    text = " ".join(cell.text.split())
    if not text or len(text) > _HEADER_CHARS or _SENTENCE.search(text):
        return False
    return bool(_COUNTED.match(text)) or len(_DIGIT.findall(text)) <= len(text) * _HEADER_NUMBERS


def _whole(rows: Sequence[tuple[Cell, ...]], count: int) -> int:
    """Widen the header to the end of the merged cells that begin in it."""
    index = 0
    while index < min(count, len(rows)):
        count = max(count, *(index + cell.row_span for cell in rows[index]), 0)
        index += 1
    return min(count, len(rows))
