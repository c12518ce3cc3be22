"""Parts of a Hangul file as blocks: headings, paragraphs, items, tables and notes in order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from assistant.domain import Block, BlockKind, Cell
from assistant.reading.hwp_parts import Grid, GridCell, Note, Para, Part, Running
from assistant.reading.hwp_symbols import legible
from assistant.reading.parsed import table_block, text_block

_HEADING_CHARS = 80
_BOX_CHARS = 60
_TOP = re.compile(r"(?:제\s?\d{1,2}\s?[편장]|[Ⅰ-Ⅻ]+\s?[.\s]|[IVX]{1,4}\.\s)")
_SECOND = re.compile(r"(?:제\s?\d{1,2}\s?절|\d{1,2}\.\s)")
_THIRD = re.compile(r"[□■◆◇]|[가-하]\.\s")
_APPENDED = re.compile(
    r"[<\[【〈(]?\s?(?:붙\s?임|참\s?고|별\s?첨|별\s?표)\s?\d{0,2}\s?[>\]】〉)]?(?:\s|\Z)"
)
_NO_HEADING = re.compile(
    r"(?:\t| {2,}|[.·…]{3,})\s*\d{1,3}\s*\Z"  # a line of a table of contents
    r"|\A[’'‘]?\d{2,4}\s?[.년].{0,14}\d{1,2}\s?[.일]?\s*\Z"  # a date
    r"|(?:다|요|까)\.\s*\Z|[:：]\s*\Z"
    r"|\A\s*[-–—*※·ㆍ]\s"
    r"|\A(?:\(경유\)|수신|제목|발신|붙임\s.*끝\.\s*\Z|끝\.)"
)
_BULLETS = {
    **dict.fromkeys("□■◇◆▣❖", 1),
    **dict.fromkeys("○◯ㅇo●◦❍", 2),
    **dict.fromkeys("-–—▪▫•‣▸▶▷➢➔✓", 3),
    **dict.fromkeys("*※·ㆍ∙☞△▲★☆", 4),
}
_BULLET = re.compile(rf"([{re.escape(''.join(_BULLETS))}])\s*(?=\S)")
_TIGHT = set("-–—o*")  # these need a space: `-5도`, `one`, `*주`
_NUMBERS = (
    re.compile(r"\d{1,2}\.\s"),
    re.compile(r"[가-하]\.\s"),
    re.compile(r"\d{1,2}\)\s?"),
    re.compile(r"[가-하]\)\s?"),
    re.compile(r"\(\d{1,2}\)\s?"),
    re.compile(r"\([가-하]\)\s?"),
    re.compile(r"[①-⑳❶-❿]\s?"),
    re.compile(r"[㉮-㉻]\s?"),
)
_PAGE_NUMBER = re.compile(r"[\W\d_]*(?:쪽|페이지|page)?[\W\d_]*", re.IGNORECASE)
_HEAD_CHARS = 30
_HEAD_WORDS = {"구분", "항목", "연번", "순번", "번호", "분류", "단계", "일련번호"}
_FIGURES = re.compile(r"\d{4,}|\d[\d,.]*\s?[%원명건개]|\A[\d\s.,()%~-]+\Z|@|[:：]")
_YEAR = re.compile(r"[’'‘]?(?:\d{2}|\d{4})\s?년?도?")
_MIN_HEAD_CELLS = 3


def blocks_of(parts: Iterable[Part]) -> Iterator[Block]:
    """Yield the blocks; what stands on every page comes once, as notes at the end.

    >>> [block.text for block in blocks_of([Para(text=" 가 "), Para(text="  ")])]
    ['가']
    """
    walk = _Walk()
    yield from walk.blocks(parts)
    yield from walk.running.values()


class _Walk:
    """One pass over the parts; notes in a table wait until it ends."""

    def __init__(self) -> None:
        self.running: dict[str, Block] = {}
        self._notes: list[Note] = []

    def blocks(self, parts: Iterable[Part]) -> Iterator[Block]:
        for part in parts:
            if isinstance(part, Para):
                yield from _paragraph(part)
            elif isinstance(part, Grid):
                yield from self._grid(part)
                waiting, self._notes = self._notes, []
                yield from map(self._note, waiting)
            elif isinstance(part, Note):
                yield self._note(part)
            else:
                self._run(part)

    def _grid(self, grid: Grid) -> Iterator[Block]:
        cells = [cell for row in grid.rows for cell in row]
        if len(cells) == 1:
            yield from self._box(cells[0], grid.caption)
        elif _only_arranges(grid):
            for cell in cells:
                yield from self.blocks(cell.parts)
        else:
            rows = tuple(tuple(map(self._cell, row)) for row in grid.rows)
            yield table_block(rows, header_rows=header_rows(grid), caption=legible(grid.caption))

    def _box(self, cell: GridCell, caption: str) -> Iterator[Block]:
        """A table of one cell is a frame around text, and often around a chapter's title."""
        inner = list(self.blocks(cell.parts))
        if len(inner) == 1 and inner[0].kind in {BlockKind.PARAGRAPH, BlockKind.LIST_ITEM}:
            text = inner[0].text
            level = _marked_level(text)
            if level in {1, 2} and len(text) <= _BOX_CHARS and not _NO_HEADING.search(text):
                inner = [text_block(BlockKind.HEADING, text, level=level)]
        if caption:
            yield text_block(BlockKind.PARAGRAPH, legible(caption))
        yield from inner

    def _cell(self, cell: GridCell) -> Cell:
        return Cell(text=self._text(cell.parts), row_span=cell.row_span, col_span=cell.col_span)

    def _text(self, parts: Iterable[Part]) -> str:
        lines = (self._line(part) for part in parts)
        return "\n".join(line for line in lines if line)

    def _line(self, part: Part) -> str:
        if isinstance(part, Para):
            return _text(part)
        if isinstance(part, Grid):
            rows = (
                [self._text(cell.parts).replace("\n", " ") for cell in row] for row in part.rows
            )
            lines = [" | ".join(filter(None, row)) for row in rows]
            return "\n".join(filter(None, (legible(part.caption), *lines)))
        if isinstance(part, Note):
            self._notes.append(part)
        else:
            self._run(part)
        return ""

    def _note(self, note: Note) -> Block:
        return text_block(BlockKind.NOTE, f"[{note.number}] {self._text(note.parts)}")

    def _run(self, running: Running) -> None:
        text = self._text(running.parts)
        if not _PAGE_NUMBER.fullmatch(text):
            self.running.setdefault("".join(text.split()), text_block(BlockKind.NOTE, text))


def _text(para: Para) -> str:
    return legible(para.marker + para.text).replace("\t", " ").strip()


def _paragraph(para: Para) -> Iterator[Block]:
    text = _text(para)
    if not text:
        return
    if level := heading_level(para):
        yield text_block(BlockKind.HEADING, " ".join(text.split()), level=level)
    elif depth := item_level(text):
        yield text_block(BlockKind.LIST_ITEM, text, level=depth)
    else:
        yield text_block(BlockKind.PARAGRAPH, text)


def heading_level(para: Para) -> int:
    """Return the level of a heading, 0 for other text: what the library took for one is doubted.

    >>> [heading_level(Para(text=text, level=3)) for text in ("Ⅰ. 추진 배경", "수신 ")]
    [1, 0]
    """
    text = (para.marker + para.text).strip()
    if not para.level or len(text) > _HEADING_CHARS or _NO_HEADING.search(text):
        return 0
    if para.is_styled:
        return para.level
    marked = _marked_level(legible(text))
    return marked or (para.level if para.level <= 2 else 0)


def _marked_level(text: str) -> int:
    for level, pattern in ((1, _TOP), (1, _APPENDED), (2, _SECOND), (3, _THIRD)):
        if pattern.match(text):
            return level
    return 0


def item_level(text: str) -> int:
    """Return how deep an item of a list is by its sign, 0 for text without one.

    >>> item_level("○ (추진) 한다"), item_level("가. 목적"), item_level("-5도")
    (2, 2, 0)
    """
    if found := _BULLET.match(text):
        is_item = found[1] not in _TIGHT or found.end() > 1
        return _BULLETS[found[1]] if is_item else 0
    levels = (depth for depth, sign in enumerate(_NUMBERS, start=1) if sign.match(text))
    return next(levels, 0)


def _only_arranges(grid: Grid) -> bool:
    """One column of cells that hold tables of their own is a page layout."""
    if any(len(row) > 1 for row in grid.rows):
        return False
    inner = (part for row in grid.rows for cell in row for part in cell.parts)
    return any(isinstance(part, Grid) and sum(map(len, part.rows)) > 1 for part in inner)


def header_rows(grid: Grid) -> int:
    """Return how many rows are heads: those the file marks, else a first row that looks so."""
    marked = 0
    while marked < len(grid.rows) and grid.rows[marked] and _is_marked(grid.rows[marked]):
        marked += 1
    if not marked and _looks_like_head(grid):
        marked = 1
    covered = [index + cell.row_span for index in range(marked) for cell in grid.rows[index]]
    height = max(covered, default=0)
    return height if height < len(grid.rows) else 0


def _is_marked(row: tuple[GridCell, ...]) -> bool:
    return all(cell.is_header for cell in row)


def _looks_like_head(grid: Grid) -> bool:
    if len(grid.rows) < 2:
        return False
    texts = ["".join(_plain(cell.parts).split()) for cell in grid.rows[0]]
    if len(texts) < 2 or not all(texts[1:]) or len(set(texts)) < len(texts):
        return False
    if any(len(t) > _HEAD_CHARS or (_FIGURES.search(t) and not _YEAR.fullmatch(t)) for t in texts):
        return False
    return texts[0] in _HEAD_WORDS or len(texts) >= _MIN_HEAD_CELLS


def _plain(parts: Iterable[Part]) -> str:
    return " ".join(part.text for part in parts if isinstance(part, Para))
