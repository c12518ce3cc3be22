"""Tables for other programs: XLSX, CSV and JSON in which no cell is ever a formula."""

from __future__ import annotations

import csv
import io
import json
import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, TypeAlias

from assistant.text import truncate
from assistant.writing.tidying import tidy

if TYPE_CHECKING:
    import xlsxwriter.workbook  # type: ignore[import-untyped]  # no stubs
    import xlsxwriter.worksheet  # type: ignore[import-untyped]  # no stubs

CellValue: TypeAlias = str | int | float | Decimal | date | None
TableFormat: TypeAlias = Literal["xlsx", "csv", "json"]

TABLE_FORMATS: tuple[TableFormat, ...] = ("xlsx", "csv", "json")
MAX_ROWS = 1_048_575  # of a sheet, below its header

_RISKY = frozenset("=+-@＝＋－＠")
_CELL_CHARS = 32_767
_NAME_CHARS = 31
_NAME_MARKS = re.compile(r"[\[\]:*?/\\]")
_EXACT, _DIGITS = 2**53, 15  # what a cell holds without loss
_FONT = "맑은 고딕"
_NARROWEST, _WIDEST = 8, 60
_MEASURED_ROWS = 200
_A4 = 9
_UPRIGHT, _LEGIBLE = 90, 240  # characters across a page


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedTable:
    """A table with a name: a header and rows of values, numbers as numbers.

    The first `fixed_columns` stay in sight in a sheet, beside its header.
    """

    name: str
    header: tuple[str, ...]
    rows: Sequence[Sequence[CellValue]]
    fixed_columns: int = 0


def write_tables(tables: Sequence[NamedTable], fmt: TableFormat) -> bytes:
    """Return the tables as one file.

    Raises:
        ValueError: A table has more rows than a sheet holds.
    """
    if any(len(table.rows) > MAX_ROWS for table in tables):
        raise ValueError(f"a table has more than {MAX_ROWS} rows")
    if fmt == "xlsx":
        return _xlsx(tables)
    return _csv(tables) if fmt == "csv" else _json(tables)


def is_risky(text: str) -> bool:
    """Whether a spreadsheet might take the text for a formula or a command.

    >>> is_risky("=1+1"), is_risky(" +82"), is_risky("10-20"), is_risky("-")
    (True, True, False, False)
    """
    bare = text.strip()
    return len(bare) > 1 and bare[0] in _RISKY


def _csv(tables: Sequence[NamedTable]) -> bytes:
    """Write the tables below each other, named when there are several."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    for number, table in enumerate(tables):
        if number:
            writer.writerow([])
        if len(tables) > 1:
            writer.writerow([_csv_value(table.name)])
        writer.writerow([_csv_value(name) for name in table.header])
        writer.writerows([_csv_value(value) for value in row] for row in table.rows)
    return b"\xef\xbb\xbf" + buffer.getvalue().encode()  # the mark by which Excel knows UTF-8


def _csv_value(value: CellValue) -> str:
    if isinstance(value, str):
        text = tidy(value)
        return f"'{text}" if is_risky(text) else text
    return _words(value)


def _json(tables: Sequence[NamedTable]) -> bytes:
    said = [
        {
            "name": tidy(table.name),
            "header": [tidy(name) for name in table.header],
            "rows": [[_json_value(value) for value in row] for row in table.rows],
        }
        for table in tables
    ]
    return json.dumps(said, ensure_ascii=False, indent=1, allow_nan=False).encode()


def _json_value(value: CellValue) -> str | int | float | None:
    if isinstance(value, str):
        return tidy(value)
    if value is None or isinstance(value, int):
        return value
    return value if isinstance(value, float) and math.isfinite(value) else _words(value)


def _words(value: CellValue) -> str:
    """Return a value that is no text in words that other programs read."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    return value.isoformat() if isinstance(value, date) else str(value)


def _xlsx(tables: Sequence[NamedTable]) -> bytes:
    import xlsxwriter

    buffer = io.BytesIO()
    options = {
        "constant_memory": True,
        "in_memory": False,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(buffer, options) as book:
        looks = _Looks(book)
        names: list[str] = []
        for table in tables:
            names.append(_sheet_name(table.name, names))
            _sheet(book.add_worksheet(names[-1]), table, looks)
        if not tables:
            book.add_worksheet()
    return buffer.getvalue()


class _Looks:
    """The formats of cells in one workbook."""

    def __init__(self, book: xlsxwriter.workbook.Workbook) -> None:
        base: dict[str, str | int] = {"font_name": _FONT, "font_size": 10, "valign": "vcenter"}
        wrapped = base | {"text_wrap": 1}
        head = wrapped | {"bold": 1, "bg_color": "#EEF1F5", "align": "center", "border": 1}
        self.text = book.add_format(wrapped)
        # The apostrophe that Excel shows before a text: it stays a text when the cell is edited.
        self.risky = book.add_format(wrapped | {"quote_prefix": 1})
        self.head = book.add_format(head)
        self.number = book.add_format(base)
        self.day = book.add_format(base | {"num_format": "yyyy. m. d.", "align": "left"})
        self.moment = book.add_format(base | {"num_format": "yyyy. m. d. hh:mm", "align": "left"})


def _sheet(sheet: xlsxwriter.worksheet.Worksheet, table: NamedTable, looks: _Looks) -> None:
    widths = _widths(table)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(1, table.fixed_columns)
    _lay_out(sheet, table, sum(widths))
    for column, name in enumerate(table.header):
        sheet.write_string(0, column, _fitting(name), looks.head)
    for number, row in enumerate(table.rows, start=1):
        for column, value in enumerate(row):
            _write(sheet, number, column, value, looks)
    if table.header:
        sheet.autofilter(0, 0, len(table.rows), len(table.header) - 1)


def _lay_out(sheet: xlsxwriter.worksheet.Worksheet, table: NamedTable, width: float) -> None:
    """Set the sheet for paper: its head on every page, and no page for columns alone if it fits."""
    sheet.repeat_rows(0)
    sheet.set_paper(_A4)
    if width > _UPRIGHT:
        sheet.set_landscape()
    if width <= _LEGIBLE:
        sheet.fit_to_pages(1, 0)
    elif table.fixed_columns:
        sheet.repeat_columns(0, table.fixed_columns - 1)


def _write(
    sheet: xlsxwriter.worksheet.Worksheet, row: int, column: int, value: CellValue, looks: _Looks
) -> None:
    if value is None:
        return
    if isinstance(value, str) or not _is_exact(value):
        text = _fitting(value if isinstance(value, str) else _words(value))
        sheet.write_string(row, column, text, looks.risky if is_risky(text) else looks.text)
    elif isinstance(value, datetime):
        # A cell holds no time zone: the moment as the clock on its wall shows it.
        sheet.write_datetime(row, column, value.replace(tzinfo=None), looks.moment)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, looks.day)
    else:
        sheet.write_number(row, column, value, looks.number)


def _is_exact(value: int | float | Decimal | date) -> bool:
    """Whether a cell can hold the value without loss."""
    if isinstance(value, date):
        return value.year >= 1900
    if isinstance(value, bool):
        return False
    if isinstance(value, Decimal):
        return value.is_finite() and len(value.as_tuple().digits) <= _DIGITS
    return math.isfinite(value) and abs(value) <= _EXACT


def _fitting(text: str) -> str:
    return truncate(tidy(text), _CELL_CHARS)


def _widths(table: NamedTable) -> list[float]:
    """Return widths after the header and the first rows, as rows are not kept when written."""
    widths = [_columns(name) + 4 for name in table.header]
    for row in table.rows[:_MEASURED_ROWS]:
        for column, value in enumerate(row[: len(widths)]):
            lines = _words(value).split("\n") if not isinstance(value, str) else value.split("\n")
            widths[column] = max(widths[column], *(_columns(line) + 2 for line in lines))
    return [float(min(max(width, _NARROWEST), _WIDEST)) for width in widths]


def _columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text[:_WIDEST])


def _sheet_name(wanted: str, taken: Sequence[str]) -> str:
    """Return a name that Excel allows and that no sheet has.

    >>> _sheet_name("가/나", ["가 나"])
    '가 나 2'
    """
    plain = " ".join(_NAME_MARKS.sub(" ", tidy(wanted)).split()).strip("'")[:_NAME_CHARS]
    name = plain = plain.strip("' ") or "표"
    number, used = 2, {other.casefold() for other in taken} | {"history"}
    while name.casefold() in used:
        name = f"{plain[: _NAME_CHARS - 1 - len(str(number))]} {number}"
        number += 1
    return name
