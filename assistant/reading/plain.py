"""Plain text: paragraphs at blank lines, line breaks inside them kept."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.domain import Block, BlockKind, ReadWarning
from assistant.reading.encoding import decode
from assistant.reading.limits import Limits
from assistant.reading.parsed import Parsed, text_block

_LINE_BREAKS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_BLANK_LINES = re.compile(r"\n[ \t\u3000]*(?:\n[ \t\u3000]*)+")
_TITLE_CHARS = 80
# Markup takes room: a file may hold this many characters for each one of text.
_MARKUP_FACTOR = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Text of a file with unified line breaks, and what an official should know about it."""

    text: str
    warnings: tuple[ReadWarning, ...] = ()


def read_source(data: bytes, *, limits: Limits, hint: str | None = None) -> Source:
    """Decode `data` and cut what is far beyond the limit, as all text formats need it."""
    decoded = decode(data, hint=hint)
    room = limits.max_chars * _MARKUP_FACTOR
    warnings: list[ReadWarning] = []
    if decoded.replaced:
        warnings.append(ReadWarning(code="replaced_characters", count=decoded.replaced))
    if len(decoded.text) > room:
        warnings.append(ReadWarning(code="truncated"))
    text = _LINE_BREAKS.sub("\n", decoded.text[:room])
    return Source(text=text, warnings=tuple(warnings))


def parse(data: bytes, *, limits: Limits) -> Parsed:
    """Read plain text in any of the encodings in use."""
    source = read_source(data, limits=limits)
    blocks = paragraphs(source.text)
    first_line = blocks[0].text.split("\n", 1)[0] if blocks else ""
    return Parsed(
        blocks=tuple(blocks),
        title=first_line if len(first_line) <= _TITLE_CHARS else "",
        warnings=source.warnings,
    )


def paragraphs(text: str) -> list[Block]:
    r"""Cut at blank lines.

    >>> [block.text for block in paragraphs("가\n나\n\n다")]
    ['가\n나', '다']
    """
    pieces = (piece.strip("\n").rstrip() for piece in _BLANK_LINES.split(text))
    return [text_block(BlockKind.PARAGRAPH, piece) for piece in pieces if piece.strip()]
