"""A document that was read, as a draft: for handing it back in another format."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from assistant.domain import (
    Block,
    BlockKind,
    Document,
    Draft,
    DraftBlock,
    DraftFacts,
    Heading,
    Note,
    Paragraph,
    Run,
    Runs,
    Table,
    TableCell,
)
from assistant.text import squeeze
from assistant.writing.grid import Grid, laid_out
from assistant.writing.numbering import shown

_OWN_LABEL = re.compile(r"\W{0,3}(?:표|그림|서식|별표|별지|붙임|참고)\W{0,3}\d")
_NARROWEST, _WIDEST = 4, 30  # characters
_OPENING = 5  # blocks among which the title is looked for


def to_draft(document: Document) -> Draft:
    """Return the blocks of the document as they stand: no number is added, no part of it is AI's.

    Where the document opens with its own title, that block becomes the title of the draft.
    """
    blocks = list(document.blocks)
    place = _title_place(blocks, document.title)
    title = document.title if place is None else blocks.pop(place).text
    known = document.metadata
    return Draft(
        title=title,
        blocks=tuple(found for block in blocks for found in _blocks(block)),
        facts=DraftFacts(
            summary=known.get("summary") or known.get("subject") or "",
            keywords=tuple(filter(None, map(str.strip, known.get("keywords", "").split(",")))),
            institution=known.get("institution", ""),
            is_generated=False,
        ),
    )


def _title_place(blocks: list[Block], title: str) -> int | None:
    """Return where the title itself stands among the first blocks, with only text before it."""
    for place, block in enumerate(blocks[:_OPENING]):
        is_text = block.kind in {BlockKind.HEADING, BlockKind.PARAGRAPH}
        if is_text and squeeze(block.text) == squeeze(title):
            return place
    return None


def _blocks(block: Block) -> Iterator[DraftBlock]:
    if block.kind is BlockKind.TABLE:
        yield from _table(block)
    elif block.kind is BlockKind.HEADING:
        yield Heading(runs=_runs(block.text), level=max(block.level, 1))
    elif block.kind is BlockKind.NOTE:
        yield Note(runs=_runs(block.text))
    else:
        yield Paragraph(runs=_runs(block.text))


def to_table(block: Block) -> Table:
    """Return the table of a block with its merged cells and header, without its caption."""
    rows = tuple(
        tuple(
            TableCell(runs=_runs(cell.text), row_span=cell.row_span, col_span=cell.col_span)
            for cell in row
        )
        for row in block.rows
    )
    table = Table(rows=rows, header_rows=block.header_rows)
    return replace(table, widths=_widths(laid_out(table)))


def _widths(grid: Grid) -> tuple[float, ...]:
    """Share the line out by the longest line of each column, as the source's widths are unknown."""
    widths = [float(_NARROWEST)] * grid.columns
    for placed in (placed for row in grid.rows for placed in row):
        longest = max(map(len, shown(placed.cell.runs).split("\n")))
        share = min(longest / placed.col_span, _WIDEST)
        for column in range(placed.column, placed.column + placed.col_span):
            widths[column] = max(widths[column], share if placed.col_span == 1 else share / 2)
    return tuple(widths)


def _table(block: Block) -> Iterator[DraftBlock]:
    """Yield the table; a caption with a number of its own is kept as a line above it."""
    table = to_table(block)
    if _OWN_LABEL.match(block.caption):
        yield Paragraph(runs=_runs(block.caption), align="center")
        yield table
    else:
        yield replace(table, caption=block.caption)


def _runs(text: str) -> Runs:
    return (Run(text=text),)
