"""What a Hangul file is made of, between the library that reads it and the blocks we give back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from assistant.domain import Aside


@dataclass(frozen=True, slots=True, kw_only=True)
class Para:
    """A paragraph; `level` is what the library takes it for, `is_styled` that its style says so.

    `marker` is what Hangul numbers it with, which stands nowhere in the file.
    """

    text: str
    level: int = 0
    is_styled: bool = False
    marker: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GridCell:
    """A cell where it starts."""

    parts: tuple[Part, ...] = ()
    row_span: int = 1
    col_span: int = 1
    is_header: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table; a row lists the cells that start in it."""

    rows: tuple[tuple[GridCell, ...], ...]
    caption: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A footnote or endnote; its mark in the text is `[number]`."""

    number: int
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """What stands at the head or foot of each page."""

    parts: tuple[Part, ...]


Part: TypeAlias = Para | Grid | Note | Running


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """All that was found in a file.

    `pieces` are the texts that stand in it, taken without the library: what of them is not among
    the parts was lost. `faults` counts what the library could not read.
    """

    parts: tuple[Part, ...]
    pieces: tuple[str, ...] = ()
    asides: tuple[Aside, ...] = ()
    faults: int = 0
    table_count: int = 0
    foreign_count: int = 0


def texts_of(parts: Iterable[Part]) -> Iterator[str]:
    """Yield every text in `parts`, in order.

    >>> list(texts_of([Para(text="가"), Note(number=1, parts=(Para(text="나"),))]))
    ['가', '나']
    """
    for part in parts:
        if isinstance(part, Para):
            yield part.text
        elif isinstance(part, Grid):
            yield part.caption
            for row in part.rows:
                for cell in row:
                    yield from texts_of(cell.parts)
        else:
            yield from texts_of(part.parts)
