"""What a reader of one format hands over before the steps that all formats share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from assistant.domain import Aside, Block, BlockKind, Cell, Locator, ReadWarning


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """Blocks and facts of a file; ordinals are given later, when all cuts have been made.

    `hidden` holds texts that a person looking at the file would not see: they are no part of
    the blocks and are only searched for instructions. `asides` are shown apart, labelled.
    """

    blocks: tuple[Block, ...]
    title: str = ""
    metadata: Mapping[str, str] = field(default_factory=dict)
    warnings: tuple[ReadWarning, ...] = ()
    page_count: int | None = None
    hidden: tuple[str, ...] = ()
    asides: tuple[Aside, ...] = ()


def text_block(kind: BlockKind, text: str, *, level: int = 0, page: int | None = None) -> Block:
    """Return a block of running text, not yet numbered."""
    return Block(kind=kind, text=text, level=level, locator=Locator(ordinal=0, page=page))


def table_block(
    rows: tuple[tuple[Cell, ...], ...], *, header_rows: int = 0, caption: str = ""
) -> Block:
    """Return a table, not yet numbered."""
    return Block(
        kind=BlockKind.TABLE,
        text="",
        rows=rows,
        header_rows=header_rows,
        caption=caption,
        locator=Locator(ordinal=0),
    )
