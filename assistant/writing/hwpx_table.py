"""Tables of a HWPX document: places, spans, sizes and repeated header rows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import accumulate

from lxml import etree

from assistant.domain import Table
from assistant.writing.grid import Grid, PlacedCell, laid_out
from assistant.writing.hwpx_head import Head
from assistant.writing.hwpx_looks import THICK, THIN, Align, Box, Looks, Style, em_width
from assistant.writing.hwpx_picture import add_frame
from assistant.writing.hwpx_text import add_caption, add_list, add_paragraph, stretches
from assistant.writing.hwpx_xml import add, mm, pt
from assistant.writing.numbering import shown

HEADER_FILL = "#E9EDF2"
_MARGINS = {"left": 510, "right": 510, "top": 255, "bottom": 255}
_ALIGN: dict[str, Align] = {"left": "LEFT", "center": "CENTER", "right": "RIGHT"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A grid with its measures; `columns` and `rows` are the edges between them, from 0 on."""

    grid: Grid
    columns: tuple[int, ...]
    rows: tuple[int, ...]

    def width(self, placed: PlacedCell) -> int:
        """Return the width of a cell with its spans."""
        return self.columns[placed.column + placed.col_span] - self.columns[placed.column]

    def height(self, placed: PlacedCell) -> int:
        """Return the height of a cell with its spans."""
        return self.rows[placed.row + placed.row_span] - self.rows[placed.row]


def measured(table: Table, looks: Looks, *, width: int) -> Sheet | None:
    """Return the table with its measures, or None where it has no cell."""
    grid = _solid(laid_out(table))
    if not grid.columns:
        return None
    columns = tuple(round(share * width) for share in accumulate(grid.widths, initial=0.0))
    sheet = Sheet(grid=grid, columns=columns, rows=(0,) * (len(grid.rows) + 1))
    heights = [0] * len(grid.rows)
    for row in grid.rows:
        for placed in sorted(row, key=lambda placed: placed.row_span):
            last = placed.row + placed.row_span
            missing = _needed_height(placed, sheet, looks) - sum(heights[placed.row : last])
            heights[last - 1] += max(missing, 0)
    return replace(sheet, rows=tuple(accumulate(heights, initial=0)))


def add_table(
    run: etree._Element, sheet: Sheet, looks: Looks, head: Head, *, number: int, caption: str
) -> None:
    """Append the table, which may break between and within its rows over pages."""
    grid, width = sheet.grid, sheet.columns[-1]
    attributes: dict[str, str | int] = {
        "id": number,
        "zOrder": number,
        "numberingType": "TABLE",
        "textWrap": "TOP_AND_BOTTOM",
        "textFlow": "BOTH_SIDES",
        "lock": 0,
        "dropcapstyle": "None",
        "pageBreak": "CELL",
        "repeatHeader": 1,
        "rowCnt": len(grid.rows),
        "colCnt": grid.columns,
        "cellSpacing": 0,
        "borderFillIDRef": head.box(Box(left=THIN, right=THIN, top=THIN, bottom=THIN)),
        "noAdjust": 0,
    }
    element = add(run, "hp:tbl", attributes)
    add_frame(element, size=(width, sheet.rows[-1]), is_letter=False, below=mm(1))
    if caption:
        add_caption(element, head, looks.table_caption, caption, width=width)
    add(element, "hp:inMargin", _MARGINS)
    for row in grid.rows:
        line = add(element, "hp:tr")
        for placed in row:
            _add_cell(line, placed, sheet, looks, head)


def _solid(grid: Grid) -> Grid:
    """Leave out rows in which no cell starts, which Hangul refuses, and shorten what spans them."""
    kept = [bool(row) for row in grid.rows]
    before = [0, *accumulate(map(int, kept))]
    rows = tuple(
        tuple(
            replace(
                placed,
                row=before[placed.row],
                row_span=before[placed.row + placed.row_span] - before[placed.row],
            )
            for placed in row
        )
        for row in grid.rows
        if row
    )
    return replace(grid, rows=rows, header_rows=before[grid.header_rows])


def _needed_height(placed: PlacedCell, sheet: Sheet, looks: Looks) -> int:
    """Return about how high the cell must be; Hangul makes it higher where that is too little."""
    style = looks.cell
    line = max(sheet.width(placed) - _MARGINS["left"] - _MARGINS["right"], pt(style.char.size))
    count = sum(
        max(-(-pt(em_width(text) * style.char.size) // line), 1)
        for text in shown(placed.cell.runs).split("\n")
    )
    height = round(pt(style.char.size) * style.para.line_percent / 100)
    return count * height + _MARGINS["top"] + _MARGINS["bottom"]


def _add_cell(
    line: etree._Element, placed: PlacedCell, sheet: Sheet, looks: Looks, head: Head
) -> None:
    is_header = placed.row < sheet.grid.header_rows
    attributes: dict[str, str | int] = {
        "name": "",
        "header": int(is_header),
        "hasMargin": 0,
        "protect": 0,
        "editable": 0,
        "dirty": 0,
        "borderFillIDRef": head.box(_box(placed, sheet.grid, is_header=is_header)),
    }
    element = add(line, "hp:tc", attributes)
    style = looks.header_cell if is_header else looks.cell
    align = _align(placed, style, is_header=is_header)
    parts = stretches(placed.cell.runs, style.char)
    para = replace(style.para, align=align)
    add_paragraph(add_list(element, centred=True), head, style, parts, para=para)
    add(element, "hp:cellAddr", {"colAddr": placed.column, "rowAddr": placed.row})
    add(element, "hp:cellSpan", {"colSpan": placed.col_span, "rowSpan": placed.row_span})
    add(element, "hp:cellSz", {"width": sheet.width(placed), "height": sheet.height(placed)})
    add(element, "hp:cellMargin", _MARGINS)


def _align(placed: PlacedCell, style: Style, *, is_header: bool) -> Align:
    if is_header and placed.cell.align == "left":
        return style.para.align
    return _ALIGN[placed.cell.align]


def _box(placed: PlacedCell, grid: Grid, *, is_header: bool) -> Box:
    """Return thin lines inside, thick ones around the table."""
    return Box(
        left=THICK if placed.column == 0 else THIN,
        right=THICK if placed.column + placed.col_span == grid.columns else THIN,
        top=THICK if placed.row == 0 else THIN,
        bottom=THICK if placed.row + placed.row_span == len(grid.rows) else THIN,
        fill=HEADER_FILL if is_header else "",
    )
