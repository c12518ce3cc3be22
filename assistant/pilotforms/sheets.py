"""A table of a form as plain cells, with the words that say where each of them stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.domain import Block
from assistant.tablegrid import grid
from assistant.text import normalise, squeeze

_NUMBERING = re.compile(r"^(?:[ⅠⅡⅢⅣⅤ]+|\d{1,2}|[가-하])[.)]\s*")
_LABEL = re.compile(r"^(?:<?\s*표\s*\d*\s*>?\s*[:.]?\s*)")
_ASIDE = re.compile(r"[(（][^()（）]*[)）]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A value for a place of the record, read at a row and column of a sheet.

    `label` is what the form calls the cell, where that stands beside it and not above.
    """

    place: str
    value: str | None
    row: int
    column: int
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A table: its name, the first row as header, the others as rows; merged cells repeated."""

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    page: int | None = None
    is_ocr: bool = False

    def column(self, *names: str) -> int | None:
        """Return the column whose header is one of `names`, else begins with one of them."""
        bare = [_bare(text) for text in self.header]
        for name in names:
            if (wanted := _bare(name)) in bare:
                return bare.index(wanted)
        for name in names:
            for index, text in enumerate(bare):
                if text.startswith(_bare(name)):
                    return index
        return None

    def has(self, *names: str) -> bool:
        """Tell whether there is a column of each of these names."""
        return all(self.column(name) is not None for name in names)

    def cell(self, row: int, column: int | None) -> str:
        """Return a cell's text on one line, empty where there is none."""
        if column is None or column >= len(self.rows[row]):
            return ""
        return normalise(self.rows[row][column])

    def where(self, row: int, column: int, label: str = "") -> str:
        """Say in words where a cell stands."""
        told = ["그림에서 읽은 글"] if self.is_ocr else []
        told += [f"{self.page}쪽"] if self.page is not None else []
        told += [self.name] if self.name else []
        if label:
            return " · ".join((*told, f"{row + 2}행", label))
        first = self.cell(row, 0)
        told.append(f"{row + 2}행" + (f"({first})" if first and column else ""))
        if column < len(self.header) and self.header[column]:
            told.append(normalise(self.header[column]))
        return " · ".join(told)


def sheet_of(block: Block, name: str) -> Sheet:
    """Return a table block as a sheet; `name` is what stands above it."""
    laid = grid(block.rows)
    rows = tuple(tuple(slot.cell.text if slot else "" for slot in row) for row in laid)
    header, *rest = rows or ((),)
    return Sheet(
        name=bare_heading(block.caption) or name,
        header=header,
        rows=tuple(rest),
        page=block.locator.page,
        is_ocr=block.is_ocr,
    )


def bare_heading(text: str) -> str:
    """Return a heading or caption without its number.

    >>> bare_heading("3. 참여이유"), bare_heading("표: 성과목표"), bare_heading("<표 1> 개요")
    ('참여이유', '성과목표', '개요')
    """
    return _NUMBERING.sub("", _LABEL.sub("", normalise(text)))


def rows_with(sheet: Sheet, column: int | None) -> Iterator[tuple[int, str]]:
    """Yield the rows that hold something in a column, with it."""
    for row in range(len(sheet.rows)):
        if text := sheet.cell(row, column):
            yield row, text


def put(
    row: int, prefix: str, cells: Sequence[tuple[str, str | None, int | None]]
) -> Iterator[Found]:
    """Yield what a row says: (name of the field, value, column), where there is a column."""
    for name, value, column in cells:
        if column is not None:
            yield Found(place=f"{prefix}.{name}", value=value, row=row, column=column)


def _bare(text: str) -> str:
    return squeeze(_ASIDE.sub("", text))
