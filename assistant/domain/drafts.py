"""A draft: what every writer turns into a file, block by block, with its sources."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Literal, TypeAlias

from assistant.domain.documents import Grade


class DraftStyle(StrEnum):
    """How paragraphs are numbered and set; the numbers themselves are computed by the writers."""

    OFFICIAL = "official"  # 기안문: 1. 가. 1) 가) (1) (가) ① ㉮ (행정업무규정 시행규칙 제2조)
    REPORT = "report"  # 개조식: Ⅰ. □ ○ - ·
    PLAIN = "plain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A stretch of text in one look; `sources` are numbers of `Draft.sources` cited after it.

    `is_open` marks what nobody has confirmed or filled in, shown as 【확인 필요】.
    """

    text: str
    is_bold: bool = False
    is_open: bool = False
    sources: tuple[int, ...] = ()


Runs: TypeAlias = tuple[Run, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading; `level` 1 is the highest below the title."""

    runs: Runs
    level: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph; `depth` 0 has no number, 1 to 8 take the marker of the draft's style."""

    runs: Runs
    depth: int = 0
    align: Literal["left", "center", "right"] = "left"


@dataclass(frozen=True, slots=True, kw_only=True)
class TableCell:
    """One cell; lines within it are parted by a line break in a run."""

    runs: Runs
    row_span: int = 1
    col_span: int = 1
    align: Literal["left", "center", "right"] = "left"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table; row n lists the cells that start in row n, as HTML does.

    `widths` are shares of the line, one per column, equal when empty. The first `header_rows` rows
    are repeated on every page.
    """

    rows: tuple[tuple[TableCell, ...], ...]
    header_rows: int = 0
    caption: str = ""
    widths: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A PNG or JPEG picture within the file; `alt` says in words what it shows."""

    data: bytes
    alt: str
    caption: str = ""
    width_mm: float = 120.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A remark set apart from the text, shown with ※."""

    runs: Runs


@dataclass(frozen=True, slots=True, kw_only=True)
class PageBreak:
    """The following block starts on a new page."""


DraftBlock: TypeAlias = Heading | Paragraph | Table | Picture | Note | PageBreak


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftSource:
    """A passage that carries sentences of the draft; shown as numbered note `[number]`.

    `where` names the document and the article or page, `quote` the words that carry the sentence.
    """

    number: int
    where: str
    quote: str = ""
    effective: str = ""
    chunk_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftFacts:
    """What a file says of itself (행정업무규정 제5조제2항: 문서요지, keywords; AI act: generator).

    A draft that nobody has confirmed carries a visible "AI 초안" line; `reviewer` and
    `confirmed_at` are set when a person has taken it over. `is_model_written` tells what a language
    model worded from what was put together of fixed wording and passages alone.
    """

    summary: str = ""
    keywords: tuple[str, ...] = ()
    generator: str = "Gongmun"
    created_at: datetime | None = None
    institution: str = ""
    reviewer: str = ""
    confirmed_at: datetime | None = None
    is_generated: bool = True
    is_model_written: bool = True
    grade: Grade = Grade.SENSITIVE

    @property
    def is_confirmed(self) -> bool:
        """Whether a person has taken the text over."""
        return self.confirmed_at is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A text ready to be written in any format."""

    title: str
    blocks: tuple[DraftBlock, ...]
    style: DraftStyle = DraftStyle.PLAIN
    sources: tuple[DraftSource, ...] = ()
    facts: DraftFacts = field(default_factory=DraftFacts)
