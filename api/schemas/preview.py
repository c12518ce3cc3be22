"""Shapes of what was read of a document."""

from __future__ import annotations

from api.schemas.base import View
from api.schemas.documents import WarningView
from assistant.domain import AsideKind, BlockKind


class CellView(View):
    """One cell of a table; a row lists the cells that start in it, as in HTML."""

    text: str
    row_span: int
    col_span: int


class BlockView(View):
    """A heading, paragraph, list item, table or note.

    A long table comes in several blocks that each begin with its header rows; `continued` marks
    all but the first. `ordinal` is the place of the block in the file, by which evidence names it;
    `first_row` the row of its table's full grid at which the block begins, its heads aside.
    """

    ordinal: int
    first_row: int
    kind: BlockKind
    level: int
    text: str
    page: int | None
    rows: list[list[CellView]]
    header_rows: int
    caption: str
    is_ocr: bool
    continued: bool


class AsideView(View):
    """A text that a reader of the printed page does not see."""

    kind: AsideKind
    text: str
    page: int | None


class Preview(View):
    """A range of what was read, in reading order; `next_offset` is None at the end.

    Asides and warnings come with the first range; `aside_count` counts those left out as well.
    """

    blocks: list[BlockView]
    total: int
    next_offset: int | None
    asides: list[AsideView]
    aside_count: int
    warnings: list[WarningView]
    page_count: int | None
