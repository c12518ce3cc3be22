"""Small documents and column sets for the tests of applications; everything in them is invented."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.applications import Extracted, by_rules, shipped_sets
from assistant.domain import Block, BlockKind, Cell, ColumnSet, Document, ItemCell, Locator

APPLICATION = "product_application"


def columns() -> ColumnSet:
    return shipped_sets()[APPLICATION]


Row = Sequence[str | Cell]


def table(*rows: Row, caption: str = "", header_rows: int = 0) -> Block:
    return Block(
        kind=BlockKind.TABLE,
        text="",
        locator=Locator(ordinal=0),
        rows=tuple(
            tuple(cell if isinstance(cell, Cell) else Cell(text=cell) for cell in row)
            for row in rows
        ),
        caption=caption,
        header_rows=header_rows,
    )


def line(text: str, *, is_ocr: bool = False) -> Block:
    return Block(kind=BlockKind.PARAGRAPH, text=text, locator=Locator(ordinal=0), is_ocr=is_ocr)


def heading(text: str) -> Block:
    return Block(kind=BlockKind.HEADING, text=text, locator=Locator(ordinal=0), level=1)


def document(*blocks: Block) -> Document:
    placed = tuple(
        Block(
            kind=block.kind,
            text=block.text,
            locator=Locator(ordinal=ordinal, page=block.locator.page),
            level=block.level,
            rows=block.rows,
            header_rows=block.header_rows,
            caption=block.caption,
            is_ocr=block.is_ocr,
        )
        for ordinal, block in enumerate(blocks)
    )
    return Document(title="신청서", media_type="text/plain", blocks=placed)


def extracted(*blocks: Block) -> Extracted:
    return by_rules(document(*blocks), columns(), file_name="가.hwpx")


def cell(name: str, *blocks: Block) -> ItemCell:
    return next(one for one in extracted(*blocks).cells if one.column == name)
