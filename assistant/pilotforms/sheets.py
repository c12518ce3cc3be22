"""A table of a form as plain cells, with the words that say where each of them stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.domain import Block
from assistant.tablegrid import Grid, Slot, grid
from assistant.text import normalise, squeeze

_NUMBERING = re.compile(r"^(?:[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]+|[IVX]{1,4}|\d{1,2}|[가-하])[.)]\s*")
_BULLET = re.compile(r"^(?:[-–·•○●◦□■▪*※]|\d{1,2}[.)]|[가-하][.)]|[①-⑳])\s*")
_LABEL = re.compile(r"^(?:<?\s*표\s*\d*\s*>?\s*[:.]?\s*)")
_ASIDE = re.compile(r"[(（\[][^()（）\[\]]*[)）\]]")
_TITLE_MARK = re.compile(r"^(?:[■□◆◇▶▷●○<\[〈【]|표\s*\d|\(?\s*단위)")
_FIGURE = re.compile(r"(?!20\d\d년?$)[-+△▲]?[\d,.]+\D{0,3}")
_UNIT_ASIDE = re.compile(r"\(?\s*단위\s*[:：][^()]*\)?")
_IN_BRACKETS = re.compile(r"\(([^()]{1,8})\)")
_UNIT = re.compile(r"단위\s*[:：]\s*([^()\[\]]{1,20})")
_MONEY = re.compile(r"(?:[십백천만억]{0,3})(?:원|달러|불|유로|엔|위안)|usd|krw", re.IGNORECASE)
_SMALL_SIGNS = re.compile(r"[\s·ㆍ‧./,:*]+")
_MOST_TITLES = 4  # rows above the header that hold a title, a date, a unit


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
    """A table: its name, the header, the rows below it; merged cells repeated.

    `above` counts the rows of the table before the first of `rows`; `edge` is the last of them, as
    it stands in the table; `unit` is what stands above it as "(단위: 천원)". A header of two rows
    is told as one: "성능 기준", "성능 목표".
    """

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    above: int = 1
    edge: tuple[str, ...] = ()
    unit: str = ""
    page: int | None = None
    is_ocr: bool = False

    def column(self, *names: str, apart: Collection[int | None] = ()) -> int | None:
        """Return the column called as one of `names`, else one that begins, else ends, so.

        Columns `apart` are taken already.
        """
        bare = {at: plain(text) for at, text in enumerate(self.header) if at not in apart}
        wanted = [plain(name) for name in names]
        whole = [name for name in wanted if len(name) > 1]
        tiers: tuple[tuple[list[str], Callable[[str, str], bool]], ...] = (
            (wanted, str.__eq__), (whole, str.startswith), (whole, str.endswith),
        )  # fmt: skip
        for known, is_called in tiers:
            for name in known:
                for at, text in bare.items():
                    if is_called(text, name):
                        return at
        return None

    def has(self, *names: str) -> bool:
        """Tell whether there is a column of each of these names."""
        return all(self.column(name) is not None for name in names)

    def cell(self, row: int, column: int | None) -> str:
        """Return a cell's text on one line, empty where there is none."""
        if column is None or column >= len(self.rows[row]):
            return ""
        return normalise(self.rows[row][column])

    def head(self, column: int) -> str:
        """Return what stands above a column, on one line."""
        return normalise(self.header[column])

    def told(self, column: int | None) -> list[str]:
        """Return what stands in a column, without its empty cells."""
        return [text for row in range(len(self.rows)) if (text := self.cell(row, column))]

    def money(self, column: int | None) -> str:
        """Return the unit of bare amounts in a column: from its head, else from above the table."""
        head = self.header[column] if column is not None else ""
        asides = [found[1] for found in _IN_BRACKETS.finditer(normalise(head))]
        told = [*asides, *re.split(r"[,·/]", self.unit)]
        return next((unit for text in told if _MONEY.fullmatch(unit := squeeze(text))), "")

    def column_of(
        self, says: Callable[[str], object], *, apart: Collection[int | None] = ()
    ) -> int | None:
        """Return the first column in which every cell that holds something says so."""
        for at in range(len(self.header)):
            told = [] if at in apart else self.told(at)
            if told and all(map(says, told)):
                return at
        return None

    def where(self, row: int, column: int, label: str = "") -> str:
        """Say in words where a cell stands."""
        told = ["그림에서 읽은 글"] if self.is_ocr else []
        told += [f"{self.page}쪽"] if self.page is not None else []
        told += [self.name] if self.name else []
        number = f"{row + self.above + 1}행"
        if label:
            return " · ".join((*told, number, label))
        first = self.cell(row, 0) if row >= 0 else ""
        told.append(number + (f"({first})" if first and column else ""))
        if column < len(self.header) and self.header[column]:
            told.append(normalise(self.header[column]))
        return " · ".join(told)


def sheets_of(block: Block, name: str, *, unit: str = "") -> tuple[Sheet, ...]:
    """Return the tables that stand below each other in one block, most often a single one.

    `name` and `unit` are what stands above the block. Rows above a header that hold one text alone
    (a title, a unit) are no header.
    """
    laid = grid(block.rows)
    starts = [0, *(row for row in range(2, len(laid) - 1) if _begins_another(laid, row))]
    parts = zip(starts, [*starts[1:], len(laid)], strict=True)
    return tuple(_sheet(block, laid, part, name, unit) for part in parts)


def whole_sheet(block: Block, name: str, *, unit: str = "") -> Sheet:
    """Return a block as one sheet, though titles may stand between its rows."""
    laid = grid(block.rows)
    return _sheet(block, laid, (0, len(laid)), name, unit)


def _sheet(block: Block, laid: Grid, part: tuple[int, int], name: str, unit: str) -> Sheet:
    first, end = part
    own = laid[first:end]
    titles = _titles(own)
    rows = [tuple(slot.cell.text if slot else "" for slot in row) for row in own]
    head = own[titles] if titles < len(own) else ()
    below = own[titles + 1] if titles + 1 < len(own) else ()
    header = rows[titles] if head else ()
    above = titles + 1
    if _is_second(head, below):
        header = tuple(_joined(one, other) for one, other in zip(head, below, strict=True))
        above += 1
    told = [next(filter(str.strip, row), "") for row in rows[:titles]]
    units = [found for text in (*told, block.caption) if (found := unit_in(text))]
    title = next((text for text in told if bare_heading(_UNIT_ASIDE.sub("", text))), "")
    titled = bare_heading(_UNIT_ASIDE.sub("", title))
    return Sheet(
        name=titled if first else bare_heading(block.caption) or name or titled,
        header=header,
        rows=tuple(rows[above:]),
        above=first + above,
        edge=rows[above - 1] if rows else (),
        unit=units[0] if units else unit,
        page=block.locator.page,
        is_ocr=block.is_ocr,
    )


def _begins_another(laid: Grid, at: int) -> bool:
    """Tell whether a row is the title of another table: numbered, and above words alone."""
    told = _texts(laid[at])
    if len(told) != 1 or not (_NUMBERING.match(told[0]) or _TITLE_MARK.match(told[0])):
        return False
    below = _texts(laid[at + 1])
    return len(below) > 1 and not any(_FIGURE.fullmatch(squeeze(text)) for text in below)


def _texts(row: Sequence[Slot | None]) -> list[str]:
    cells = {id(slot.cell): normalise(slot.cell.text) for slot in row if slot}
    return [text for text in cells.values() if text]


def _titles(laid: Grid) -> int:
    """Return how many rows at the top hold one text alone, though later ones hold more."""
    for count, row in enumerate(laid[: _MOST_TITLES + 1]):
        if len({id(slot.cell) for slot in row if slot and slot.text.strip()}) > 1:
            return count
    return 0


def _is_second(head: Sequence[Slot | None], below: Sequence[Slot | None]) -> bool:
    """Tell whether a row is the second of a header: part under broad names, part merged down."""
    both = [(one, other) for one, other in zip(head, below, strict=False) if one and other]
    is_merged = any(one.cell is other.cell for one, other in both)
    is_split = any(
        first.cell is second.cell and below[at] is not below[at + 1]
        for at, (first, second) in enumerate(pairwise(head))
        if first and second and at + 1 < len(below) and first.cell.row_span == 1
    )
    return is_merged and is_split


def _joined(one: Slot | None, other: Slot | None) -> str:
    told = [slot.cell.text for slot in (one, other) if slot is not None]
    return told[0] if len(set(told)) == 1 else " ".join(told)


def unit_in(text: str) -> str:
    """Return the unit that a line above a table names.

    >>> unit_in("(단위 : 백만원, 명)"), unit_in("단위: 천원"), unit_in("성과목표")
    ('백만원, 명', '천원', '')
    """
    match = _UNIT.search(normalise(text))
    return match[1].strip() if match else ""


def bare_heading(text: str) -> str:
    """Return a heading or caption without its number.

    >>> bare_heading("3. 참여이유"), bare_heading("표: 성과목표"), bare_heading("<표 1> 개요")
    ('참여이유', '성과목표', '개요')
    """
    return _NUMBERING.sub("", _LABEL.sub("", normalise(text)))


def bare_line(text: str) -> str:
    """Return a line without the mark of a list before it.

    >>> bare_line("○ 제품명: 지킴이"), bare_line("가. 가동률"), bare_line("2) 오차")
    ('제품명: 지킴이', '가동률', '오차')
    """
    return _BULLET.sub("", normalise(text))


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


def plain(text: str) -> str:
    """Return a name without brackets, spaces and small signs.

    >>> plain("내·외부 구분"), plain("No."), plain("금액(원)")
    ('내외부구분', 'no', '금액')
    """
    return _SMALL_SIGNS.sub("", squeeze(_ASIDE.sub("", normalise(text)))).casefold()
