"""Markdown: front matter with the facts, then the draft with every other mark escaped."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator
from itertools import groupby

from assistant.domain import Draft, Heading, Note, PageBreak, Paragraph, Picture, Runs, Table
from assistant.writing.facts import facts
from assistant.writing.grid import Grid, laid_out
from assistant.writing.html import html_table
from assistant.writing.numbering import (
    SOURCES_HEADING,
    NumberedBlock,
    ai_line,
    citation,
    numbered,
    pieces,
    shown,
    source_text,
)
from assistant.writing.pictures import picture_shape

# `]` and `>` mean nothing without the opening sign; `{` and `$` are marks in some programs; a
# colon or dot is escaped where programs would make a link of an address.
_MARKS = re.compile(r"[\\`*_\[<|~$&#{@]|:(?=//)|(?<=www)\.")
_LINE_START = re.compile(r"^([ ]*)(?:(\d{1,9})([.)])|([-+=>:]))")
_DEEPEST = 6


def write(draft: Draft) -> bytes:
    """Return the draft as UTF-8 Markdown; read again, it gives the same text."""
    return ("\n\n".join([_front_matter(draft), *_parts(draft)]) + "\n").encode()


def _parts(draft: Draft) -> Iterator[str]:
    line = ai_line(draft)
    if line:
        yield f"> {escape(line)}"
    if draft.title:
        yield f"# {escape(draft.title)}"
    for block in numbered(draft):
        yield from filter(None, _block(block))
    if draft.sources:
        yield f"## {SOURCES_HEADING}"
        yield from (escape(f"{citation(s.number)} {source_text(s)}") for s in draft.sources)


def escape(text: str) -> str:
    r"""Escape what Markdown would take for markup; line breaks become hard ones.

    >>> escape("1. [가]\n# 나")
    '1\\. \\[가]\\\n\\# 나'
    """
    return "\\\n".join(_line(line) for line in text.split("\n"))


def _line(text: str) -> str:
    return _LINE_START.sub(_at_start, _MARKS.sub(r"\\\g<0>", text.strip()))


def _at_start(found: re.Match[str]) -> str:
    indent, number, delimiter, sign = found.groups()
    return f"{indent}{number}\\{delimiter}" if number else f"{indent}\\{sign}"


def _front_matter(draft: Draft) -> str:
    said: dict[str, str | list[str]] = {"title": draft.title} if draft.title else {}
    said |= {fact.key: fact.value for fact in facts(draft)}
    if draft.facts.keywords:
        said["keywords"] = list(draft.facts.keywords)
    # A JSON string is a YAML string on one line, whatever it holds.
    lines = (f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in said.items())
    return "\n".join(["---", *lines, "---"])


def _block(found: NumberedBlock) -> Iterator[str]:
    block = found.block
    if isinstance(block, Heading):
        level = min(max(block.level, 1) + 1, _DEEPEST)
        yield f"{'#' * level} {_inline(block.runs, found.marker)}".rstrip()
    elif isinstance(block, Paragraph | Note):
        yield _inline(block.runs, found.marker)
    elif isinstance(block, Table):
        yield escape(found.caption)
        yield _table(laid_out(block))
    elif isinstance(block, Picture):
        yield _picture(block)
        yield escape(found.caption)
    elif isinstance(block, PageBreak):
        yield "---"


def _inline(runs: Runs, marker: str = "") -> str:
    """Return the runs on one paragraph; the marker is escaped as the start of its line."""
    bolds = groupby(pieces(runs), key=lambda piece: piece.is_bold)
    texts = [("".join(p.text for p in group), is_bold) for is_bold, group in bolds]
    if marker:
        texts.insert(0, (f"{marker} ", False))
    lines = "".join(
        _marked(text) if is_bold else _MARKS.sub(r"\\\g<0>", text) for text, is_bold in texts
    )
    return "\\\n".join(
        _LINE_START.sub(_at_start, line.strip()) for line in lines.split("\n")
    ).strip()


def _marked(text: str) -> str:
    """Set the text in bold where CommonMark would see that; its ends must be letters."""
    escaped = _MARKS.sub(r"\\\g<0>", text)
    is_plain = text[:1].isalnum() and text[-1:].isalnum() and "\n" not in text
    return f"**{escaped}**" if is_plain else escaped


def _table(grid: Grid) -> str:
    if not grid.columns:
        return ""
    if grid.has_spans:
        return html_table(grid, caption="")
    header, *rest = (
        f"| {' | '.join(_inline_cell(placed.cell.runs) for placed in row)} |" for row in grid.rows
    )
    return "\n".join([header, "|" + " --- |" * grid.columns, *rest])


def _inline_cell(runs: Runs) -> str:
    return _MARKS.sub(r"\\\g<0>", " ".join(shown(runs).split()))


def _picture(picture: Picture) -> str:
    shape = picture_shape(picture.data)
    if shape is None:
        return escape(f"[그림: {picture.alt}]")
    coded = base64.b64encode(picture.data).decode("ascii")
    return f"![{_line(picture.alt)}](data:{shape.media_type};base64,{coded})"
