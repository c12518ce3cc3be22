"""What a workbook's own XML says: forged sizes first, then what the library leaves out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from assistant.errors import DocumentUnreadableError
from assistant.reading.ooxml import (
    REL,
    Relation,
    count_unfollowed,
    local,
    main_part,
    part,
    properties,
    relations,
    title_of,
)
from assistant.reading.package import Element, Package, check_xml, parse_xml

# A sheet is laid out in full between its first and its last cell.
MAX_AREA = 4_000_000
_MAX_ROW_DIGITS, _MAX_COLUMN_LETTERS = 7, 3
_MAX_NOTED = 100_000
_PLACE = re.compile(rb"""\br\s*=\s*["']([A-Za-z]+)(\d+)["']""")
_ROW = re.compile(rb"""\br\s*=\s*["'](\d+)["']""")
_CELL = re.compile(rb"<(?:\w+:)?c[\s>/]")
_SST_COUNT = re.compile(rb"""(?:uniqueCount|count)\s*=\s*["'](\d+)["']""")
_HIDDEN_ROW = re.compile(rb"<(?:\w+:)?row\s([^<>]*\bhidden=[\"'](?:1|true)[\"'][^<>]*)>")
_ROW_NUMBER = re.compile(rb"\br=[\"'](\d{1,7})[\"']")
_COLUMN = re.compile(rb"<(?:\w+:)?col\s([^<>]*)>")
_STYLED = re.compile(rb"<c r=\"([A-Z]{1,3})(\d{1,7})\" s=\"(\d{1,5})\"")
_BUILT_IN_PERCENTS = {9, 10}
_DOCTYPE = b"<!DOCTYPE"
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
# The library goes by these prefixes, whatever they stand for, and so must the check.
_TABLE, _OFFICE = "table:", "office:"


@dataclass(slots=True)
class SheetFacts:
    """What the XML of one sheet says; rows and columns are counted from 0."""

    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    percents: set[tuple[int, int]] = field(default_factory=set)
    merges: list[tuple[tuple[int, int], tuple[int, int]]] = field(default_factory=list)


@dataclass(slots=True)
class WorkbookFacts:
    """What the XML of a workbook says, by the names of its sheets."""

    sheets: dict[str, SheetFacts] = field(default_factory=dict)
    memos: list[str] = field(default_factory=list)
    title: str = ""
    metadata: dict[str, str] = field(default_factory=dict)
    unfollowed: int = 0


def check_xlsx(package: Package) -> WorkbookFacts:
    """Refuse a workbook that would cost the library too much, and note what it leaves out.

    Raises:
        DocumentTooLargeError: A part is over the limit.
        DocumentUnreadableError: `hostile` or `damaged`.
    """
    name = main_part(package, "xl/workbook.xml")
    links = relations(package, name)
    named = _sheet_names(part(package, name), links)
    percents = _percent_styles(package, links)
    metadata = properties(package)
    facts = WorkbookFacts(title=title_of(metadata), metadata=metadata)
    beside: list[dict[str, Relation]] = []
    for member in package.names():
        if member in named or re.fullmatch(r"xl/worksheets/[^/]+\.xml", member):
            sheet = _check_sheet(package.read(member), percents)
            facts.sheets[named.get(member, member)] = sheet
            beside.append(relations(package, member))
        elif member.lower().endswith("sharedstrings.xml"):
            _check_strings(package.read(member))
    facts.memos = [memo for found in beside for memo in _memos(package, found)]
    facts.unfollowed = count_unfollowed(package, links, *beside)
    return facts


def check_ods(package: Package) -> WorkbookFacts:
    """Refuse a sheet whose repeated cells would fill the memory, and note merged cells.

    Raises:
        DocumentTooLargeError: A part is over the limit.
        DocumentUnreadableError: `hostile` or `damaged`, `encrypted` when it has a password.
    """
    listed = "META-INF/manifest.xml"
    if package.has(listed) and b"encryption-data" in package.read(listed):
        raise DocumentUnreadableError(reason="encrypted")
    data = package.read("content.xml")
    check_xml(data)
    walk = _Ods()
    parser = expat.ParserCreate()
    parser.StartElementHandler = walk.start
    parser.EndElementHandler = walk.end
    parser.CharacterDataHandler = walk.text
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise DocumentUnreadableError(reason="damaged") from error
    return WorkbookFacts(sheets=walk.sheets, memos=walk.memos)


def _sheet_names(workbook: Element, links: dict[str, Relation]) -> dict[str, str]:
    """Return the names of the sheets by their parts."""
    nodes = workbook.iterfind(f"{_MAIN}sheets/{_MAIN}sheet")
    pairs = ((links.get(node.get(f"{REL}id") or ""), node.get("name") or "") for node in nodes)
    return {link.target: name for link, name in pairs if link is not None}


def _check_sheet(data: bytes, percents: set[int]) -> SheetFacts:
    if _DOCTYPE in data[:4096] or b"\x00" in data[:64]:
        raise DocumentUnreadableError(reason="hostile")
    places = _PLACE.findall(data)
    columns = {letters for letters, _ in places}
    rows = {digits for _, digits in places} | set(_ROW.findall(data))
    if any(len(x) > _MAX_COLUMN_LETTERS for x in columns) or any(
        len(x) > _MAX_ROW_DIGITS for x in rows
    ):
        raise DocumentUnreadableError(reason="hostile")
    unplaced = max(len(_CELL.findall(data)) - len(places), 0)
    width = max(map(_column, columns), default=0) + unplaced
    height = max(map(int, rows), default=0)
    if width * height > MAX_AREA and _filled_area(data) > MAX_AREA:
        raise DocumentUnreadableError(reason="hostile")
    facts = SheetFacts(hidden_columns=set(_hidden_columns(data)))
    for attributes in _HIDDEN_ROW.findall(data)[:_MAX_NOTED]:
        if match := _ROW_NUMBER.search(attributes):
            facts.hidden_rows.add(int(match[1]) - 1)
    if percents:
        facts.percents = {
            (int(row) - 1, _column(letters) - 1)
            for letters, row, style in _STYLED.findall(data)
            if int(style) in percents
        }
    return facts


def _filled_area(data: bytes) -> int:
    """Measure between the cells that hold something: a bordered empty cell costs nothing."""
    check_xml(data)
    walk = _Filled()
    parser = expat.ParserCreate()
    parser.StartElementHandler = walk.start
    parser.Parse(data, True)
    return walk.width * walk.height


class _Filled:
    """How far the cells with content reach; cells and rows without a place follow on."""

    def __init__(self) -> None:
        self.width = self.height = 0
        self._row = self._column = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(":")[2]
        place = attributes.get("r", "")
        if tag == "row":
            self._row = int(place) if place.isdigit() else self._row + 1
            self._column = 0
        elif tag == "c":
            match = re.fullmatch(r"([A-Za-z]+)(\d+)", place)
            self._column = _column(match[1].encode()) if match else self._column + 1
            self._row = int(match[2]) if match else self._row
        elif tag in {"v", "is"}:
            self.width = max(self.width, self._column)
            self.height = max(self.height, self._row)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _hidden_columns(data: bytes) -> Iterator[int]:
    for attributes in _COLUMN.findall(data)[:1000]:
        said = dict(re.findall(rb"(\w+)=[\"'](\w+)[\"']", attributes))
        if said.get(b"hidden") in {b"1", b"true"}:
            first, last = (int(said.get(name, b"0")[:5]) for name in (b"min", b"max"))
            yield from range(first - 1, min(last, 20_000))


def _check_strings(data: bytes) -> None:
    """Refuse a list that promises more strings than there are bytes for them."""
    head = data[:4096]
    promised = max((int(digits[:12]) for digits in _SST_COUNT.findall(head)[:2]), default=0)
    if _DOCTYPE in head or promised > 100 * len(data) + 1_000_000:
        raise DocumentUnreadableError(reason="hostile")


def _percent_styles(package: Package, links: dict[str, Relation]) -> set[int]:
    """Return which of the cell formats show a share as a percentage."""
    name = next((link.target for link in links.values() if link.kind == "styles"), "")
    if not package.has(name):
        return set()
    root = part(package, name)
    formats = root.iterfind(f"{_MAIN}numFmts/{_MAIN}numFmt")
    own = {node.get("numFmtId") for node in formats if "%" in (node.get("formatCode") or "")}
    known = own | {str(number) for number in _BUILT_IN_PERCENTS}
    uses = root.iterfind(f"{_MAIN}cellXfs/{_MAIN}xf")
    return {place for place, use in enumerate(uses) if use.get("numFmtId") in known}


def _memos(package: Package, links: dict[str, Relation]) -> Iterator[str]:
    for link in links.values():
        if link.kind in {"comments", "threadedComment"} and package.has(link.target):
            for node in parse_xml(package.read(link.target)).iter():
                if local(node) in {"comment", "threadedComment"}:
                    pieces = (n.text or "" for n in node.iter() if local(n) in {"t", "text"})
                    text = "".join(pieces).strip()
                    yield f"{node.get('ref') or ''}: {text}" if text else ""


class _Ods:
    """One pass over the tables of an ODS file."""

    def __init__(self) -> None:
        self.sheets: dict[str, SheetFacts] = {}
        self.memos: list[str] = []
        self._facts = SheetFacts()
        self._row = self._column = 0
        self._row_repeats = self._repeats = 1
        self._is_filled = False
        self._width = 0
        self._memo: list[str] | None = None
        self._columns = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == _TABLE + "table":
            self._facts = self.sheets.setdefault(attributes.get(_TABLE + "name", ""), SheetFacts())
            self._row = self._columns = self._width = 0
        elif name == _TABLE + "table-row":
            self._row_repeats = _repeats(attributes, "rows")
            self._column, self._is_filled = 0, False
            if attributes.get(_TABLE + "visibility", "visible") != "visible":
                rows = range(self._row, self._row + min(self._row_repeats, 10_000))
                self._facts.hidden_rows.update(rows)
        elif name == _TABLE + "table-column":
            self._start_column(attributes)
        elif name in {_TABLE + "table-cell", _TABLE + "covered-table-cell"}:
            self._start_cell(attributes)
        elif name == _OFFICE + "annotation":
            self._memo = []

    def end(self, name: str) -> None:
        if name in {_TABLE + "table-cell", _TABLE + "covered-table-cell"}:
            self._column += self._repeats
        elif name == _TABLE + "table-row":
            self._end_row()
        elif name == _OFFICE + "annotation" and self._memo is not None:
            self.memos.append("".join(self._memo).strip())
            self._memo = None

    def text(self, text: str) -> None:
        if self._memo is not None:
            self._memo.append(text)

    def _start_column(self, attributes: dict[str, str]) -> None:
        count = _repeats(attributes, "columns")
        if attributes.get(_TABLE + "visibility", "visible") != "visible":
            last = self._columns + min(count, 20_000)
            self._facts.hidden_columns.update(range(self._columns, last))
        self._columns += count

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self._repeats = _repeats(attributes, "columns")
        if _OFFICE + "value-type" in attributes:
            self._is_filled = True
            self._width = max(self._width, self._column + self._repeats)
        down = _span(attributes, "rows")
        across = _span(attributes, "columns")
        if down > 1 or across > 1:
            end = (self._row + down - 1, self._column + across - 1)
            self._facts.merges.append(((self._row, self._column), end))

    def _end_row(self) -> None:
        self._row += self._row_repeats
        # Empty cells at the end of a row, or rows at the end of a sheet, cost nothing.
        if self._is_filled and self._row * self._width > MAX_AREA:
            raise DocumentUnreadableError(reason="hostile")


def _repeats(attributes: dict[str, str], kind: str) -> int:
    return _bounded(attributes.get(f"{_TABLE}number-{kind}-repeated"))


def _span(attributes: dict[str, str], kind: str) -> int:
    return _bounded(attributes.get(f"{_TABLE}number-{kind}-spanned"))


def _bounded(text: str | None) -> int:
    """Read a count; no sheet is larger than a few million rows."""
    if text is None or not text.isdigit():
        return 1
    if len(text) > _MAX_ROW_DIGITS:
        raise DocumentUnreadableError(reason="hostile")
    return max(int(text), 1)
