"""Tables of a Word file: cells where they start, with the rows and columns they cover."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from assistant.domain import Block, Cell
from assistant.reading.docx_styles import VAL, W, number, value
from assistant.reading.ooxml import is_on, local
from assistant.reading.package import Element
from assistant.reading.parsed import table_block

_THROUGH = {"sdt", "sdtContent", "ins", "moveTo", "customXml"}
_DARK = {"auto", "ffffff", ""}
_MIN_ROWS_TO_GUESS = 3


@dataclass(slots=True)
class _Open:
    """A cell being built."""

    text: str
    col_span: int
    row_span: int = 1
    is_marked: bool = False


def cell_nodes(table: Element) -> list[Element]:
    """Return all cells of a table that were not deleted, merged ones included."""
    return [tc for tr in rows_of(table) for tc in _inside(tr, "tc")]


def rows_of(table: Element) -> list[Element]:
    """Return the rows that were not deleted in a tracked change."""
    return [tr for tr in _inside(table, "tr") if tr.find(f"{W}trPr/{W}del") is None]


def is_hidden_row(tr: Element) -> bool:
    """Return whether a row is not printed."""
    return is_on(tr.find(f"{W}trPr/{W}hidden"), VAL)


def is_shaded(properties: Element | None) -> bool:
    """Return whether a cell or paragraph has a colour behind it."""
    shade = properties.find(f"{W}shd") if properties is not None else None
    if shade is None:
        return False
    fill = (shade.get(f"{W}fill") or "").lower()
    return fill not in _DARK or (shade.get(VAL) or "clear") not in {"clear", "nil"}


class TableReader:
    """Makes a table of its rows; what its cells hold is asked of `text_of`."""

    def __init__(
        self, text_of: Callable[[Element], str], is_bold: Callable[[Element], bool]
    ) -> None:
        self._text_of = text_of
        self._is_bold = is_bold
        self._rows: list[list[_Open]] = []
        self._reaching: dict[int, _Open] = {}  # cells that may go on downwards, by first column

    def read(self, table: Element) -> Block:
        """Return the table; rows that are not printed are left out."""
        headers = 0
        for tr in (tr for tr in rows_of(table) if not is_hidden_row(tr)):
            is_header = is_on(tr.find(f"{W}trPr/{W}tblHeader"), VAL)
            headers += is_header and headers == len(self._rows)
            self._row(tr)
        cells = tuple(
            tuple(Cell(text=c.text, row_span=c.row_span, col_span=c.col_span) for c in row)
            for row in self._rows
        )
        headers = headers or int(_has_marked_head(self._rows))
        return table_block(cells, header_rows=0 if headers >= len(self._rows) else headers)

    def _row(self, tr: Element) -> None:
        row: list[_Open] = []
        below: dict[int, _Open] = {}
        column = number(value(tr, "trPr/gridBefore"))
        for tc in _inside(tr, "tc"):
            span = max(number(value(tc, "tcPr/gridSpan"), 1), 1)
            sideways, down = tc.find(f"{W}tcPr/{W}hMerge"), tc.find(f"{W}tcPr/{W}vMerge")
            above = self._reaching.get(column) if _goes_on(down) else None
            if _goes_on(sideways) and row:
                row[-1].col_span += span
            elif above is not None:
                above.row_span += 1
                below[column] = above
            else:
                marked = is_shaded(tc.find(f"{W}tcPr")) or self._is_bold(tc)
                row.append(_Open(text=self._text_of(tc), col_span=span, is_marked=marked))
                if down is not None:
                    below[column] = row[-1]
            column += span
        self._rows.append(row)
        self._reaching = below


def _goes_on(merge: Element | None) -> bool:
    return merge is not None and merge.get(VAL) != "restart"


def _has_marked_head(rows: list[list[_Open]]) -> bool:
    """Take a first row for a head when all of it is bold or coloured and the next is not."""
    if len(rows) < _MIN_ROWS_TO_GUESS or len(rows[0]) < 2:
        return False
    first, second = rows[0], rows[1]
    return all(cell.is_marked and cell.text.strip() for cell in first) and not all(
        cell.is_marked for cell in second
    )


def _inside(node: Element, name: str) -> Iterator[Element]:
    for child in node:
        found = local(child)
        if found == name:
            yield child
        elif found in _THROUGH:
            yield from _inside(child, name)
