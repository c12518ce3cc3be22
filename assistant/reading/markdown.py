"""Markdown, the shape of the statute collections included."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from assistant.domain import Block, BlockKind, Cell
from assistant.reading.frontmatter import split_front_matter
from assistant.reading.limits import Limits
from assistant.reading.parsed import Parsed, table_block, text_block
from assistant.reading.plain import paragraphs, read_source

_MAX_NESTING = 100
# The parser looks for the end of a link from each bracket on: with many, for minutes.
_MAX_BRACKETS = 1_000
_TITLE_KEYS = ("제목", "title", "Title")
# `code`: statutes indent 호 and 목 by four spaces. `lheading`: a line of dashes under a paragraph
# is a rule there. `reference`: `[별표 1]: …` is text, and definitions would hide what they hold.
# "2026. 8. 18. ~ 8. 21." at the start of a line is a day and no three lists within each other.
_YEAR = re.compile(
    r"^([ \t>]*(?:(?:[-*+]|\d{1,3}[.)])[ \t]+)*(?:19|20)\d\d)\.(?=[ \t]+\d{1,2}\.)", re.MULTILINE
)
_DISABLED = ["code", "lheading", "reference"]


def parse(data: bytes, *, limits: Limits) -> Parsed:
    """Read Markdown; HTML in it is text, links and images are reduced to their words."""
    source = read_source(data, limits=limits)
    metadata, body = split_front_matter(source.text)
    # Nested deeper than the parser goes, text is better kept as it stands than lost.
    parser = _parser(has_links=_most_brackets(body) <= _MAX_BRACKETS)
    blocks = list(_Walk(parser.parse(_YEAR.sub(r"\1\\.", body))).blocks()) or paragraphs(body)
    title = next((metadata[key] for key in _TITLE_KEYS if metadata.get(key)), "")
    return Parsed(
        blocks=tuple(blocks),
        title=title,
        metadata=metadata,
        warnings=source.warnings,
    )


@cache
def _parser(*, has_links: bool) -> MarkdownIt:
    options = {"html": False, "maxNesting": _MAX_NESTING}
    parser = MarkdownIt("commonmark", options).enable("table").disable(_DISABLED)
    return parser if has_links else parser.disable(["link", "image"])


def _most_brackets(body: str) -> int:
    """Count the opening brackets of the paragraph that has most of them."""
    return max(paragraph.count("[") for paragraph in body.split("\n\n"))


@dataclass(slots=True)
class _List:
    """An open list: its next number, empty for bullets."""

    number: int | None
    delimiter: str


@dataclass(slots=True)
class _Table:
    """A table being collected."""

    rows: list[tuple[Cell, ...]] = field(default_factory=list)
    row: list[Cell] = field(default_factory=list)
    header_rows: int = 0


class _Walk:
    """One pass over the tokens of a Markdown file."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens
        self._lists: list[_List] = []
        self._marker: str | None = None
        self._table: _Table | None = None
        self._heading = 0

    def blocks(self) -> Iterator[Block]:
        """Yield the blocks in order."""
        for token in self._tokens:
            if token.type == "inline":
                yield from self._inline(token)
            elif token.type == "fence":
                yield text_block(BlockKind.PARAGRAPH, token.content)
            elif token.type == "heading_open":
                self._heading = int(token.tag[1:])
            elif token.type == "heading_close":
                self._heading = 0
            elif self._table is not None or token.type == "table_open":
                yield from self._table_token(token)
            else:
                self._list_token(token)

    def _inline(self, token: Token) -> Iterator[Block]:
        text = plain_text(token.children or [])
        if self._table is not None:
            self._table.row.append(Cell(text=text))
        elif self._heading:
            yield text_block(BlockKind.HEADING, " ".join(text.split()), level=self._heading)
        elif self._marker is not None:
            yield text_block(BlockKind.LIST_ITEM, self._marker + text, level=len(self._lists))
            self._marker = None
        else:
            yield text_block(BlockKind.PARAGRAPH, text)

    def _table_token(self, token: Token) -> Iterator[Block]:
        if self._table is None:
            self._table = _Table()
        elif token.type == "tr_close":
            self._table.rows.append(tuple(self._table.row))
            self._table.row = []
        elif token.type == "thead_close":
            self._table.header_rows = len(self._table.rows)
        elif token.type == "table_close":
            yield table_block(tuple(self._table.rows), header_rows=self._table.header_rows)
            self._table = None

    def _list_token(self, token: Token) -> None:
        if token.type == "bullet_list_open":
            self._lists.append(_List(number=None, delimiter=""))
        elif token.type == "ordered_list_open":
            start = token.attrs.get("start", 1)
            self._lists.append(_List(number=int(start), delimiter=token.markup))
        elif token.type in {"bullet_list_close", "ordered_list_close"}:
            self._lists.pop()
        elif token.type == "list_item_open":
            # The number as written: in rules it is what a reader cites.
            number = token.info if self._lists[-1].number is not None else ""
            self._marker = f"{number}{self._lists[-1].delimiter} " if number else ""


def plain_text(tokens: Sequence[Token]) -> str:
    """Reduce inline tokens to words: emphasis and links go, line breaks stay."""
    pieces: list[str] = []
    for token in tokens:
        if token.type in {"softbreak", "hardbreak"}:
            pieces.append("\n")
        else:
            pieces.append(token.content)
    return "".join(pieces)
