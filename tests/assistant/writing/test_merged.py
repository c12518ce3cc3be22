"""Merged cells come back from a file as they went in."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.domain import Block, BlockKind, Draft, Table
from assistant.reading import DEFAULT_LIMITS, read_in_process
from assistant.writing import write
from assistant.writing.from_document import to_draft
from assistant.writing.numbering import shown
from tests.assistant.writing.sample_drafts import SAMPLE_DRAFTS

MERGED = SAMPLE_DRAFTS["merged"]
Shape = list[list[tuple[str, int, int]]]


def shape_of_table(table: Table) -> Shape:
    return [[(shown(c.runs), c.row_span, c.col_span) for c in row] for row in table.rows]


def shape_of_block(block: Block) -> Shape:
    return [[(c.text, c.row_span, c.col_span) for c in row] for row in block.rows]


def tables_read(draft: Draft, fmt: str) -> list[Block]:
    document = read_in_process(write(draft, fmt), file_name=f"a.{fmt}", limits=DEFAULT_LIMITS)
    return [block for block in document.blocks if block.kind is BlockKind.TABLE]


@pytest.mark.parametrize("fmt", ["html", "docx"])
def test_spans_text_and_header_survive_writing_and_reading(fmt: str) -> None:
    wanted = [block for block in MERGED.blocks if isinstance(block, Table)]
    found = tables_read(MERGED, fmt)
    assert [shape_of_block(block) for block in found] == [shape_of_table(t) for t in wanted]
    assert [block.header_rows for block in found] == [2, 0]


@pytest.mark.parametrize("fmt", ["html", "docx"])
def test_they_survive_a_second_time_round(fmt: str) -> None:
    first = read_in_process(write(MERGED, fmt), file_name=f"a.{fmt}", limits=DEFAULT_LIMITS)
    again = tables_read(to_draft(first), fmt)
    assert [shape_of_block(b) for b in again] == [
        shape_of_block(b) for b in first.blocks if b.kind is BlockKind.TABLE
    ]


def test_a_table_without_merged_cells_is_a_pipe_table_in_markdown() -> None:
    (table,) = [b for b in SAMPLE_DRAFTS["report"].blocks if isinstance(b, Table)]
    draft = replace(SAMPLE_DRAFTS["report"], blocks=(table,))
    (found,) = tables_read(draft, "md")
    assert shape_of_block(found) == shape_of_table(table)
    assert found.header_rows == 1
