"""Invented applications as files: what a layout says, written in the format that the case asks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

from assistant.domain import (
    Draft,
    DraftBlock,
    DraftFacts,
    Heading,
    Paragraph,
    Run,
    Table,
    TableCell,
)
from assistant.writing import write
from assistant.writing.tables import NamedTable, write_tables
from evals.cases import load_facts

FIRMS = Path(__file__).resolve().parents[1] / "cases" / "applications.yaml"

FIRM = "company registration_number"
PRODUCT = "product model item_name item_code product_codes"
KIND = "product_type track trl technology"
PATENT = "patents patent_registered patent_expiry"
VALUE = "certificates price sales foreign_parts"
WORTH = "innovation public_value use institutions"
FIT = "export_fit ai_product"
AI = "ai_fields ai_importance"
ALL = f"{FIRM} {PRODUCT} {KIND} {PATENT} {VALUE} {WORTH} {FIT} {AI}"
TRACKS = ("기술선도", "국민체감", "사회적 책임", "글로벌")
FIELDS = ("자연어", "시각", "음성", "생성형", "로봇", "예측")

Facts: TypeAlias = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Head:
    """A heading."""

    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph; line breaks part its lines."""

    text: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table."""

    text: str
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; rows list the cells that start in them; plain texts are cells of their own."""

    rows: Sequence[Sequence[Cell | str]]
    name: str = "표"


Part: TypeAlias = Head | Line | Grid


@dataclass(frozen=True, slots=True)
class Layout:
    """A way to lay out an application: `build` gives its parts, `states` names its columns.

    `kind` is form, prose or poor; `is_held` layouts were not looked at while rules were made.
    """

    name: str
    kind: Literal["form", "prose", "poor"]
    build: Callable[[Form], Sequence[Part]]
    states: str
    formats: tuple[str, ...]
    is_held: bool = False


def load_firms() -> tuple[Facts, ...]:
    """Return the invented firms with the facts of their products."""
    return load_facts(FIRMS)


def written(parts: Sequence[Part], fmt: str, *, title: str) -> bytes:
    """Return the parts as a file of the format."""
    if fmt == "xlsx":
        return _sheets(parts)
    if fmt in {"md", "txt"}:
        return _text(parts, title).encode()
    blocks: list[DraftBlock] = []
    for part in parts:
        if isinstance(part, Head):
            blocks.append(Heading(runs=(Run(text=part.text),)))
        elif isinstance(part, Line):
            blocks += [Paragraph(runs=(Run(text=line),)) for line in part.text.split("\n")]
        else:
            blocks.append(_table(part))
    draft = Draft(title=title, blocks=tuple(blocks), facts=DraftFacts(is_generated=False))
    return write(draft, fmt)


def _table(grid: Grid) -> Table:
    return Table(
        rows=tuple(
            tuple(
                TableCell(runs=(Run(text=cell.text),), row_span=cell.rows, col_span=cell.columns)
                for cell in map(_cell, row)
            )
            for row in grid.rows
        )
    )


def _cell(cell: Cell | str) -> Cell:
    return cell if isinstance(cell, Cell) else Cell(cell)


def _flat(grid: Grid) -> list[list[str]]:
    """Return the rows with merged cells written once and blank places for the rest."""
    width = max(sum(_cell(cell).columns for cell in row) for row in grid.rows)
    taken: dict[tuple[int, int], str] = {}
    for number, row in enumerate(grid.rows):
        column = 0
        for cell in map(_cell, row):
            while (number, column) in taken:
                column += 1
            for lower in range(cell.rows):
                for right in range(cell.columns):
                    taken[number + lower, column + right] = cell.text if lower == right == 0 else ""
            column += cell.columns
    return [
        [taken.get((number, column), "") for column in range(width)]
        for number in range(len(grid.rows))
    ]


def _sheets(parts: Sequence[Part]) -> bytes:
    """Return a workbook: each table a sheet, the texts between them rows of a first sheet."""
    tables: list[NamedTable] = []
    texts = [part.text for part in parts if not isinstance(part, Grid)]
    if texts:
        lines = [line for text in texts for line in text.split("\n")]
        tables.append(
            NamedTable(name="개요", header=(lines[0],), rows=[(line,) for line in lines[1:]])
        )
    for number, part in enumerate(part for part in parts if isinstance(part, Grid)):
        rows = _flat(part)
        tables.append(NamedTable(name=f"{part.name}{number}", header=tuple(rows[0]), rows=rows[1:]))
    return write_tables(tables, "xlsx")


def _text(parts: Sequence[Part], title: str) -> str:
    lines = [f"# {title}", ""]
    for part in parts:
        if isinstance(part, Head):
            lines += [f"## {part.text}", ""]
        elif isinstance(part, Line):
            lines += [*part.text.split("\n"), ""]
        else:
            rows = [[" ".join(cell.split("\n")) for cell in row] for row in _flat(part)]
            lines += ["| " + " | ".join(rows[0]) + " |", "|" + " --- |" * len(rows[0])]
            lines += ["| " + " | ".join(row) + " |" for row in rows[1:]]
            lines.append("")
    return "\n".join(lines)


# -- facts as applications write them -----------------------------------------------------------


def day(iso: object, style: str = "dots") -> str:
    """Return a date as a form writes it: dots, tight, dashes, words, short."""
    year, month, date = (int(part) for part in str(iso).split("-"))
    return {
        "dots": f"{year}. {month}. {date}.",
        "tight": f"{year}.{month:02d}.{date:02d}",
        "dashes": f"{year}-{month:02d}-{date:02d}",
        "words": f"{year}년 {month}월 {date}일",
        "short": f"'{year % 100}. {month}. {date}.",
    }[style]


def won(amount: object, style: str = "won") -> str:
    """Return an amount as a form writes it: won, man, cheon, mixed (억 and 만원), million, bare."""
    total = int(str(amount))
    if style == "mixed":
        high, low = divmod(total, 10**8)
        return f"{high}억 {low // 10**4:,}만원" if high else f"{low // 10**4:,}만원"
    return {
        "won": f"{total:,}원",
        "man": f"{total // 10**4:,}만원",
        "cheon": f"{total // 10**3:,}천원",
        "million": f"{total // 10**6:,}",
        "bare": f"{total:,}",
    }[style]


class Form:
    """The facts of a firm as a layout writes them: texts, "" where one is missing."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts

    def __getitem__(self, key: str) -> str:
        value = self._facts.get(key)
        return str(value) if value not in (None, "", []) else ""

    def list(self, key: str) -> tuple[str, ...]:
        """Return a list of texts."""
        value = self._facts.get(key)
        return tuple(map(str, value)) if isinstance(value, Sequence) else ()

    def price(self, style: str) -> str:
        """Return the price in a style of `won`."""
        return won(self["price"], style) if self["price"] else ""

    @property
    def share(self) -> str:
        """The share of foreign parts."""
        return f"{self['foreign_parts']}%" if self["foreign_parts"] else ""

    @property
    def patents(self) -> tuple[Mapping[str, str], ...]:
        """The patents: number, title, registered, expiry."""
        held = self._facts.get("patents")
        return tuple(dict(one) for one in held) if isinstance(held, Sequence) else ()

    @property
    def sales(self) -> Mapping[str, int]:
        """The sales in won by year."""
        held = self._facts.get("sales")
        return dict(held) if isinstance(held, Mapping) else {}


def boxes(options: Sequence[str], chosen: Sequence[str], style: str = "before") -> str:
    """Return ticked boxes: ☑ A □ B (before), A(○) B( ) (after), [√] A [ ] B (square)."""
    marks = {
        "before": ("☑ {}", "□ {}"),
        "after": ("{}(○)", "{}( )"),
        "square": ("[√] {}", "[ ] {}"),
        "filled": ("■ {}", "□ {}"),
    }[style]
    return "  ".join(marks[option not in chosen].format(option) for option in options)
