"""A draft as the data that the page template reads: sizes, words and places, no markup."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from types import MappingProxyType
from typing import TypeAlias

from assistant.domain import (
    Draft,
    DraftSource,
    DraftStyle,
    Heading,
    Note,
    PageBreak,
    Paragraph,
    Picture,
    Runs,
    Table,
)
from assistant.writing.grid import Grid, PlacedCell, laid_out
from assistant.writing.numbering import (
    SOURCES_HEADING,
    NumberedBlock,
    ai_line,
    citation,
    numbered,
    shown,
    source_text,
)
from assistant.writing.pdf_pictures import placed_picture
from assistant.writing.pdf_text import Setting, Token, text_tokens, tokens

Data: TypeAlias = dict[str, object]

_PAPER_MM = 210.0
_MM_PER_PT = 25.4 / 72
_FIT = 0.96  # of a line may be taken by one word, as widths are guessed
_FEW_ROWS, _FEW_LETTERS = 10, 700
_SHORT_CELL = 300
_MAX_HEAD_ROWS = 6
_MAX_HEAD_LETTERS = 600
_MAX_STRING = 4000  # PDF/A allows 32,767 bytes for a string that is no text of a page
_UNSEEN = frozenset({"about", "alt", "kind", "path", "align"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How a style is set: sizes in points, margins in mm from the top clockwise, gaps in em."""

    size: float
    title: float
    headings: tuple[float, ...]
    table: float
    leading: float
    spacing: float
    frame: str
    margin: tuple[float, float, float, float]

    @property
    def line_mm(self) -> float:
        """The length of a line."""
        return _PAPER_MM - self.margin[1] - self.margin[3]

    def line_em(self, size: float) -> float:
        """Return how many letters of a size fit on a line."""
        return self.line_mm / (size * _MM_PER_PT) * _FIT


# Margins of an official form: 30 mm above, 20 mm left, 15 mm right and below. The foot is deeper
# here, because the number of the page stands in it.
LOOKS: Mapping[DraftStyle, Look] = MappingProxyType(
    {
        DraftStyle.OFFICIAL: Look(
            size=13,
            title=17,
            headings=(13, 13, 13, 13),
            table=10.5,
            leading=0.6,
            spacing=0.75,
            frame="line",
            margin=(30, 15, 20, 20),
        ),
        DraftStyle.REPORT: Look(
            size=14,
            title=21,
            headings=(17, 15, 14, 14),
            table=11,
            leading=0.6,
            spacing=0.8,
            frame="box",
            margin=(20, 20, 20, 20),
        ),
        DraftStyle.PLAIN: Look(
            size=12,
            title=19,
            headings=(15, 13.5, 12, 12),
            table=10.5,
            leading=0.65,
            spacing=0.9,
            frame="",
            margin=(25, 20, 20, 20),
        ),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What the template reads, and the pictures that lie beside it by name."""

    data: Data
    pictures: dict[str, bytes]


def content(draft: Draft, *, joined: frozenset[str]) -> Content:
    """Return the draft laid out as data; `joined` are the letters that the font has whole."""
    setter = _Setter(
        look=LOOKS[draft.style],
        style=draft.style,
        serif=Setting(joined=joined),
        sans=Setting(joined=joined, is_sans=True),
    )
    line = ai_line(draft) or ""
    data: Data = {
        "about": {
            "title": draft.title[:_MAX_STRING],
            "author": draft.facts.institution[:_MAX_STRING],
            "keywords": _first(draft.facts.keywords),
            "summary": draft.facts.summary[:_MAX_STRING],
        },
        "look": setter.sizes(),
        "ai": setter.text(line, 9),
        "heading": setter.text(draft.title, setter.look.title, used_em=2),
        "blocks": [setter.block(found) for found in numbered(draft)],
        "sources-heading": setter.text(SOURCES_HEADING, 11),
        "sources": [setter.source(source) for source in draft.sources],
    }
    return Content(data=data, pictures=setter.pictures)


def words_of(value: object) -> Iterator[str]:
    """Yield every string in the data that is shown: what fonts must have letters for."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, inner in value.items():
            if name not in _UNSEEN:
                yield from words_of(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from words_of(inner)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Setter:
    """Lays out the blocks of one draft."""

    look: Look
    style: DraftStyle
    serif: Setting
    sans: Setting
    pictures: dict[str, bytes] = field(default_factory=dict)

    def sizes(self) -> Data:
        look = self.look
        return {
            "size": look.size,
            "title": look.title,
            "headings": list(look.headings),
            "leading": look.leading,
            "spacing": look.spacing,
            "frame": look.frame,
            "margin": list(look.margin),
            "steps": self.style is DraftStyle.OFFICIAL,
        }

    def text(self, text: str, size: float, *, used_em: float = 0.0) -> list[Token]:
        line_em = self.look.line_em(size) - used_em
        return text_tokens(text, line_em=line_em, setting=self.sans)

    def source(self, source: DraftSource) -> Data:
        return {
            "number": source.number,
            "mark": citation(source.number),
            "words": self.text(source_text(source), 9.5, used_em=4),
        }

    def block(self, found: NumberedBlock) -> Data:
        block = found.block
        if isinstance(block, PageBreak):
            return {"kind": "page"}
        if isinstance(block, Table):
            return self._table(block, found.caption)
        if isinstance(block, Picture):
            return self._picture(block, found.caption)
        marked: Data = {"marker": found.marker}
        if isinstance(block, Note):
            return marked | {"kind": "note", "words": self._words(block.runs, self.look.size, 3)}
        if isinstance(block, Heading):
            return marked | self._heading(block)
        return marked | self._paragraph(block)

    def _words(
        self, runs: Runs, size: float, used_em: float, *, is_sans: bool = True
    ) -> list[Token]:
        line_em = max(self.look.line_em(size) - used_em, 1.0)
        return tokens(runs, line_em=line_em, setting=self.sans if is_sans else self.serif)

    def _heading(self, block: Heading) -> Data:
        level = min(max(block.level, 1), 8)
        size = self.look.headings[min(level, len(self.look.headings)) - 1]
        return {
            "kind": "heading",
            "level": level,
            "listed": len(shown(block.runs)) < _MAX_STRING,
            "words": self._words(block.runs, size, level + 2),
        }

    def _paragraph(self, block: Paragraph) -> Data:
        depth = min(max(block.depth, 0), 8)
        return {
            "kind": "paragraph",
            "depth": max(depth, 1),
            "align": block.align,
            "words": self._words(
                block.runs, self.look.size, depth + 2 if depth else 0, is_sans=False
            ),
        }

    def _picture(self, block: Picture, caption: str) -> Data:
        placed = placed_picture(block, line_mm=self.look.line_mm)
        name = ""
        if placed.suffix:
            name = f"picture-{len(self.pictures) + 1}.{placed.suffix}"
            self.pictures[name] = block.data
        taken = 1 - placed.width_mm / self.look.line_mm
        size = self.look.size
        return {
            "kind": "picture",
            "path": name,
            "width": placed.width_mm,
            "height": placed.height_mm,
            "alt": block.alt[:_MAX_STRING],
            "stand-in": self.text(block.alt, size, used_em=self.look.line_em(size) * taken + 3)
            if not name
            else [],
            "caption": self.text(caption, size),
        }

    def _table(self, table: Table, caption: str) -> Data:
        grid = laid_out(table)
        size, inset = _scale(grid, self.look)
        room = [
            max(width * self.look.line_mm / _MM_PER_PT - 2 * inset, 0.0) / size * _FIT
            for width in grid.widths
        ]
        head = [self._cell(cell, room) for row in grid.rows[: grid.header_rows] for cell in row]
        body = [self._cell(cell, room) for row in grid.rows[grid.header_rows :] for cell in row]
        letters = sum(len(word) for cell in head for word in words_of(cell["words"]))
        return {
            "kind": "table",
            "caption": self.text(caption, self.look.size),
            "widths": list(grid.widths),
            "size": size,
            "inset": inset,
            "header": grid.header_rows,
            "repeat": grid.header_rows <= _MAX_HEAD_ROWS and letters < _MAX_HEAD_LETTERS,
            "head": head,
            "body": body,
            "together": _is_small(grid),
        }

    def _cell(self, placed: PlacedCell, room: list[float]) -> Data:
        cell = placed.cell
        line_em = max(sum(room[placed.column : placed.column + placed.col_span]), 1.0)
        return {
            "rows": placed.row_span,
            "columns": placed.col_span,
            "align": cell.align,
            "whole": placed.row_span == 1 and len(shown(cell.runs)) < _SHORT_CELL,
            "words": tokens(cell.runs, line_em=line_em, setting=self.sans),
        }


def _is_small(grid: Grid) -> bool:
    """Tell whether a table surely fits on a page, and so is not parted between two."""
    letters = sum(len(shown(placed.cell.runs)) for row in grid.rows for placed in row)
    return len(grid.rows) <= _FEW_ROWS and grid.columns <= 8 and letters <= _FEW_LETTERS


def _scale(grid: Grid, look: Look) -> tuple[float, float]:
    """Return the size of letters and the inset of cells: smaller where columns are many."""
    if grid.columns <= 8:
        return look.table, 5.0
    if grid.columns <= 14:
        return look.table - 2, 3.0
    return (6.0, 1.5) if grid.columns <= 30 else (3.0, 0.5)


def _first(keywords: Sequence[str]) -> list[str]:
    """Return as many of the keywords as one string of a PDF can hold."""
    ends = accumulate(len(keyword) + 2 for keyword in keywords)
    return [keyword for keyword, end in zip(keywords, ends, strict=True) if end < _MAX_STRING]
