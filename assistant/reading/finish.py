"""The steps that all formats share: cleaning, caps, numbering, title, warnings."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePath, PureWindowsPath

from assistant.domain import Aside, Block, BlockKind, Cell, Document, Locator, ReadWarning
from assistant.errors import DocumentUnreadableError
from assistant.instructions import count_instructions
from assistant.reading.limits import Limits
from assistant.reading.parsed import Parsed
from assistant.text import clean, truncate

MAX_BLOCKS = 200_000
MAX_CELLS = 200_000
MAX_COVERED = 1_000_000  # places that merged cells cover besides their own, in all tables
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]")
_HALVES = re.compile(r"[\ud800-\udfff]")
_BREAKS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_TITLE_CHARS = 200
_LABEL_CHARS = 120
_METADATA_CHARS = 2_000
_METADATA_KEYS = 64
_ASIDES = 1_000
_ASIDE_CHARS = 4_000
_UNNAMED = "제목 없음"


def finish(parsed: Parsed, *, media_type: str, file_name: str, limits: Limits) -> Document:
    """Turn what a reader found into a `Document` that keeps to the limits.

    Raises:
        DocumentUnreadableError: `no_text` when nothing readable is left.
    """
    blocks, truncated = _capped(_cleaned(parsed.blocks), limits.max_chars)
    if not blocks:
        raise DocumentUnreadableError(reason="no_text")
    warnings = list(parsed.warnings)
    if truncated and all(warning.code != "truncated" for warning in warnings):
        warnings.append(ReadWarning(code="truncated", page=blocks[-1].locator.page))
    asides = _asides(parsed)
    texts = (aside.text for aside in asides)
    apart = (*parsed.hidden, parsed.title, *parsed.metadata.values(), *texts)
    warnings.extend(_suspicions(blocks, apart))
    return Document(
        title=_title(parsed.title, blocks, file_name),
        media_type=media_type,
        blocks=tuple(blocks),
        metadata=_metadata(parsed.metadata),
        warnings=tuple(warnings),
        page_count=parsed.page_count,
        asides=asides,
    )


def tidy(text: str) -> str:
    r"""Compose Hangul, unify line breaks and drop what no reader sees.

    Halves of UTF-16 pairs become whole characters, or one that shows that something is missing:
    no file and no wire takes them.

    >>> tidy("제1조\r\n목\u200b적\x00"), tidy("\ud83d\ude00\udc00") == "\U0001f600\ufffd"
    ('제1조\n목적', True)
    """
    if _HALVES.search(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return _CONTROL.sub("", clean(_BREAKS.sub("\n", text))).replace("\u00a0", " ")


def _asides(parsed: Parsed) -> tuple[Aside, ...]:
    tidied = (replace(a, text=tidy(a.text).strip()[:_ASIDE_CHARS]) for a in parsed.asides)
    return tuple(a for a in tidied if a.text)[:_ASIDES]


def _cleaned(blocks: Iterable[Block]) -> Iterator[Block]:
    for block in blocks:
        if block.kind is BlockKind.TABLE:
            rows = tuple(
                tuple(replace(cell, text=tidy(cell.text).strip()) for cell in row)
                for row in block.rows
            )
            if any(cell.text for row in rows for cell in row):
                yield replace(block, rows=rows, caption=tidy(block.caption).strip())
            continue
        text = tidy(block.text).strip("\n").rstrip()
        if text.strip():
            yield block if text == block.text else replace(block, text=text)


def _capped(blocks: Iterable[Block], max_chars: int) -> tuple[list[Block], bool]:
    """Number the blocks and stop where characters, blocks or cells run over."""
    kept: list[Block] = []
    room = _Room(chars=max_chars, cells=MAX_CELLS, covered=MAX_COVERED, repeated=max_chars)
    for whole in blocks:
        block = room.merged(whole)
        fitting = room.fit(block)
        if (fitting.text or fitting.rows) and len(kept) < MAX_BLOCKS:
            locator = Locator(ordinal=len(kept), page=block.locator.page)
            kept.append(replace(fitting, locator=locator))
        if (fitting is not block and fitting != block) or len(kept) >= MAX_BLOCKS:
            return kept, True
    return kept, False


@dataclass(slots=True)
class _Room:
    """How much may still be kept."""

    chars: int
    cells: int
    covered: int
    repeated: int

    def merged(self, block: Block) -> Block:
        """Return the block, its merged cells as single ones where they cover too much.

        Every row that is indexed or quoted tells the text of a merged cell that covers it, so
        that a small file could become hundreds of millions of characters.
        """
        if not block.rows:
            return block
        height = len(block.rows)
        cells = [
            (_repeated_chars(cell, row), min(cell.row_span, height - index) * cell.col_span - 1)
            for index, row in enumerate(block.rows)
            for cell in row
            if cell.row_span > 1 or cell.col_span > 1
        ]
        covered = sum(places for _, places in cells)
        repeated = sum(length * places for length, places in cells)
        if covered > self.covered or repeated > self.repeated:
            rows = (tuple(replace(cell, row_span=1, col_span=1) for cell in r) for r in block.rows)
            return replace(block, rows=tuple(rows))
        self.covered -= covered
        self.repeated -= repeated
        return block

    def fit(self, block: Block) -> Block:
        """Return as much of the block as there is room for, and take that room."""
        text = block.text[: max(self.chars, 0)]
        self.chars -= len(block.text)
        if not block.rows and self.chars >= 0:
            return block
        count = 0
        for row in block.rows:
            self.chars -= sum(len(cell.text) for cell in row)
            self.cells -= len(row)
            if self.chars < 0 or self.cells < 0:
                break
            count += 1
        return replace(block, text=text, rows=block.rows[:count])


def _repeated_chars(cell: Cell, row: tuple[Cell, ...]) -> int:
    """Return how much of a merged cell each place tells; text in a frame of its own is no label."""
    is_frame = len(row) == 1 and cell.row_span == 1
    return min(len(cell.text), _LABEL_CHARS) if is_frame else len(cell.text)


def _suspicions(blocks: list[Block], apart: tuple[str, ...]) -> list[ReadWarning]:
    count, page = sum(map(count_instructions, map(tidy, apart))), None
    for block in blocks:
        found = count_instructions(block.text) + sum(
            count_instructions(_row_text(row)) for row in block.rows
        )
        if found and page is None:
            page = block.locator.page
        count += found
    return [ReadWarning(code="suspicious_instruction", page=page, count=count)] if count else []


def _row_text(row: tuple[Cell, ...]) -> str:
    return "\n".join(cell.text for cell in row)


def _title(named: str, blocks: list[Block], file_name: str) -> str:
    for candidate in (named, *_headings(blocks), _stem(file_name)):
        title = " ".join(tidy(candidate).split())
        if title:
            return truncate(title, _TITLE_CHARS)
    return _UNNAMED


def _headings(blocks: list[Block]) -> Iterable[str]:
    return (b.text for b in blocks[:20] if b.kind is BlockKind.HEADING and b.level <= 1)


def _stem(file_name: str) -> str:
    r"""Name of the file without folders and suffix.

    >>> _stem("C:\\자료\\계획.pdf"), _stem("../../계획.md")
    ('계획', '계획')
    """
    return unicodedata.normalize("NFC", PurePath(PureWindowsPath(file_name).name).stem)


def _metadata(raw: Mapping[str, str]) -> dict[str, str]:
    return {
        tidy(key).strip()[:_TITLE_CHARS]: tidy(value).strip()[:_METADATA_CHARS]
        for key, value in list(raw.items())[:_METADATA_KEYS]
    }
