"""Plain text: what the draft says, readable in any editor."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from assistant.domain import Draft, DraftStyle, Heading, Note, PageBreak, Paragraph, Picture, Table
from assistant.writing.facts import facts
from assistant.writing.grid import Grid, laid_out
from assistant.writing.numbering import (
    SOURCES_HEADING,
    NumberedBlock,
    ai_line,
    citation,
    numbered,
    shown,
    source_text,
)

_WIDEST = 40  # columns up to which a cell is padded; longer ones stick out
_RULE = "-" * 40


def write(draft: Draft) -> bytes:
    """Return the draft as UTF-8 text, what the file says of itself at its end."""
    line = ai_line(draft)
    parts = [line] if line else []
    parts += [draft.title] if draft.title else []
    parts += [text for block in numbered(draft) if (text := _block(block, draft.style))]
    if draft.sources:
        lines = (f"{citation(s.number)} {source_text(s)}" for s in draft.sources)
        parts.append("\n".join([SOURCES_HEADING, *lines]))
    said = [f"{fact.label}: {fact.value}" for fact in facts(draft)]
    if said:
        parts.append("\n".join([_RULE, *said]))
    return ("\n\n".join(parts) + "\n").encode()


def numbered_lines(draft: Draft) -> list[str]:
    """Return each block as plain text with its mark, in order, as `write` sets it."""
    return [_block(block, draft.style) for block in numbered(draft)]


def draw(grid: Grid) -> Iterator[str]:
    """Yield the lines of a table drawn with bars; places under a merged cell stay empty."""
    rows = [[""] * grid.columns for _ in grid.rows]
    for row in grid.rows:
        for placed in row:
            rows[placed.row][placed.column] = " ".join(shown(placed.cell.runs).split())
    widths = [
        min(max((_columns(row[column]) for row in rows), default=0), _WIDEST)
        for column in range(grid.columns)
    ]
    for number, texts in enumerate(rows):
        if number and number == grid.header_rows:
            yield "|" + "|".join("-" * (width + 2) for width in widths) + "|"
        cells = (text + " " * (widths[n] - _columns(text)) for n, text in enumerate(texts))
        yield f"| {' | '.join(cells)} |"


def _block(found: NumberedBlock, style: DraftStyle) -> str:
    block = found.block
    if isinstance(block, Table):
        return "\n".join([*([found.caption] if found.caption else []), *draw(laid_out(block))])
    if isinstance(block, Picture):
        return "\n".join(filter(None, (f"[그림: {block.alt}]", found.caption)))
    if isinstance(block, PageBreak):
        return ""
    return _text(block, found.marker, style)


def _text(block: Heading | Paragraph | Note, marker: str, style: DraftStyle) -> str:
    """Set the lines of a block under each other, two columns further in for each depth."""
    is_item = isinstance(block, Paragraph) and block.depth > 1 and style is not DraftStyle.PLAIN
    indent = "  " * (block.depth - 1) if is_item and isinstance(block, Paragraph) else ""
    lead = indent + (f"{marker} " if marker else "")
    first, *rest = shown(block.runs).split("\n")
    further = " " * _columns(lead)
    return "\n".join([lead + first, *(further + line for line in rest)]).rstrip()


def _columns(text: str) -> int:
    """Count the columns of a terminal that the text takes; Hangul takes two each.

    >>> _columns("가a")
    3
    """
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
