"""What the sample drafts are put together from, and the text that every format shows of one."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime

from assistant.domain import (
    Draft,
    DraftFacts,
    DraftSource,
    Heading,
    Note,
    Paragraph,
    Picture,
    Run,
    Runs,
    Table,
    TableCell,
)
from assistant.writing.grid import laid_out
from assistant.writing.numbering import (
    SOURCES_HEADING,
    NumberedBlock,
    ai_line,
    citation,
    numbered,
    shown,
    source_text,
)
from assistant.writing.tidying import tidied

MORNING = datetime(2026, 11, 23, 0, 30, tzinfo=UTC)
EVENING = datetime(2026, 11, 23, 8, 5, tzinfo=UTC)


def visible_lines(draft: Draft) -> list[str]:
    """What a reader sees of the draft in any format, in order; the words for a picture apart.

    Compare with white space squeezed out: formats differ in where they break lines.
    """
    draft = tidied(draft)
    line = ai_line(draft)
    lines = [*([line] if line else []), draft.title]
    for block in numbered(draft):
        lines += _block_lines(block)
    if draft.sources:
        lines.append(SOURCES_HEADING)
        lines += [f"{citation(s.number)} {source_text(s)}" for s in draft.sources]
    return lines


def _block_lines(found: NumberedBlock) -> Iterator[str]:
    block = found.block
    if isinstance(block, Heading | Paragraph | Note):
        yield f"{found.marker} {shown(block.runs)}".strip()
    elif isinstance(block, Table):
        if found.caption:
            yield found.caption
        yield from (shown(placed.cell.runs) for row in laid_out(block).rows for placed in row)
    elif isinstance(block, Picture) and found.caption:
        yield found.caption


def chart(width: int = 360, height: int = 160) -> bytes:
    """A small PNG of three bars, made without any library."""
    bars = ((30, 90, 60), (140, 200, 120), (250, 310, 95))

    def pixel(x: int, y: int) -> bytes:
        if any(left <= x < right and y >= height - 10 - tall for left, right, tall in bars):
            return b"\x1f\x4e\x9e" if y < height - 10 else b"\x33\x33\x33"
        return b"\x33\x33\x33" if y == height - 10 else b"\xff\xff\xff"

    raw = b"".join(b"\x00" + b"".join(pixel(x, y) for x in range(width)) for y in range(height))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in (
            (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
            (b"IDAT", zlib.compress(raw)),
            (b"IEND", b""),
        )
    )


def say(text: str, *sources: int, bold: bool = False, is_open: bool = False) -> Run:
    return Run(text=text, sources=sources, is_bold=bold, is_open=is_open)


def para(*runs: Run | str, depth: int = 0, align: str = "left") -> Paragraph:
    return Paragraph(runs=_runs(*runs), depth=depth, align=align)  # type: ignore[arg-type]


def head(text: str, level: int = 1) -> Heading:
    return Heading(runs=(Run(text=text),), level=level)


def cell(*runs: Run | str, rows: int = 1, columns: int = 1, align: str = "left") -> TableCell:
    return TableCell(runs=_runs(*runs), row_span=rows, col_span=columns, align=align)  # type: ignore[arg-type]


def _runs(*runs: Run | str) -> Runs:
    return tuple(Run(text=run) if isinstance(run, str) else run for run in runs)


def _row(*texts: str, align: str = "left") -> tuple[TableCell, ...]:
    return tuple(cell(text, align=align) for text in texts)


def _facts(summary: str, *keywords: str, **more: object) -> DraftFacts:
    return DraftFacts(
        summary=summary,
        keywords=keywords,
        created_at=MORNING,
        institution="가온시(가상 기관)",
        **more,  # type: ignore[arg-type]
    )


LAW = DraftSource(
    number=1,
    where="「가온시 민원 처리 지침(가상)」 제12조제1항",
    quote="민원은 접수한 날부터 14일 이내에 처리하여야 한다.",
    effective="2026. 1. 1.",
    chunk_id="sample#1",
)
GUIDE = DraftSource(
    number=2,
    where="시범구매 안내서(가상) 15쪽",
    quote="시범사용 결과는 종료 후 30일 이내에 제출한다.",
    chunk_id="sample#2",
)
REPORT_SOURCE = DraftSource(number=3, where="누리살핌 주식회사(가상) 시험성적서 2쪽")
