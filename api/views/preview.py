"""What was read of a document, a range at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from api.schemas.preview import AsideView, BlockView, CellView, Preview
from api.views.documents import warning_views
from assistant.domain import Block, Cell, Document
from assistant.tablegrid import cut, grid
from assistant.text import truncate
from assistant.wording import Language

TABLE_ROWS = 100  # of a table in one block
RANGE_CHARS = 200_000  # after which a range ends, whatever its limit
CELL_CHARS = 20  # what a cell costs beside its text
ASIDES = 100
ASIDE_CHARS = 2_000

NOTHING = Preview(
    blocks=[], total=0, next_offset=None, asides=[], aside_count=0, warnings=[], page_count=None
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    """A block, or some rows of a long table."""

    block: Block
    part: int


def preview_view(document: Document, *, offset: int, limit: int, language: Language) -> Preview:
    """Return up to `limit` blocks from `offset` on, fewer where they are very large."""
    total = sum(_parts(block) for block in document.blocks)
    blocks: list[BlockView] = []
    chars = 0
    for piece in islice(_pieces(document.blocks), offset, offset + limit):
        view = _block_view(piece)
        chars += len(view.text) + sum(len(c.text) + CELL_CHARS for row in view.rows for c in row)
        if blocks and chars > RANGE_CHARS:
            break
        blocks.append(view)
    end = offset + len(blocks)
    first = offset == 0
    return Preview(
        blocks=blocks,
        total=total,
        next_offset=end if blocks and end < total else None,
        asides=[
            AsideView(kind=one.kind, text=truncate(one.text, ASIDE_CHARS), page=one.page)
            for one in document.asides[: ASIDES if first else 0]
        ],
        aside_count=len(document.asides),
        warnings=warning_views(document.warnings if first else (), language),
        page_count=document.page_count,
    )


def _parts(block: Block) -> int:
    body = len(block.rows) - _heads(block)
    return max(1, -(-body // TABLE_ROWS))


def _heads(block: Block) -> int:
    """Return how many rows are repeated; heads that would fill a block are rows like others."""
    return block.header_rows if 0 < block.header_rows <= TABLE_ROWS // 2 else 0


def _pieces(blocks: Sequence[Block]) -> Iterator[_Piece]:
    for block in blocks:
        for part in range(_parts(block)):
            yield _Piece(block=block, part=part)


def _block_view(piece: _Piece) -> BlockView:
    block = piece.block
    return BlockView(
        ordinal=block.locator.ordinal,
        first_row=_heads(block) + piece.part * TABLE_ROWS if piece.part else 0,
        kind=block.kind,
        level=block.level,
        text=block.text,
        page=block.locator.page,
        rows=[
            [
                CellView(text=cell.text, row_span=cell.row_span, col_span=cell.col_span)
                for cell in row
            ]
            for row in _rows(piece)
        ],
        header_rows=min(block.header_rows, len(block.rows)) if piece.part == 0 else _heads(block),
        caption=block.caption,
        is_ocr=block.is_ocr,
        continued=piece.part > 0,
    )


def _rows(piece: _Piece) -> Sequence[Sequence[Cell]]:
    block = piece.block
    if _parts(block) == 1:
        return block.rows
    heads = _heads(block)
    spread = grid(block.rows)
    start = heads + piece.part * TABLE_ROWS
    return (*cut(spread, 0, heads), *cut(spread, start, start + TABLE_ROWS))
