"""Small files that mean to be dear: cut into chunks, they cost what their size costs, not more.

The server does this itself, with what a reading process gave it.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from langchain_text_splitters import RecursiveCharacterTextSplitter

from assistant.chunking import SECTION_MAX_CHARS, chunk
from assistant.domain import Block, BlockKind, Cell, ChunkedDocument, Document, Locator
from assistant.law.articles import parse_parts, part_label, part_labels
from assistant.tablegrid import MAX_REPEATED, table_lines

WORDS = "가나다라 마바사 "
LONG = WORDS * 20_000
RULE = "제1조(가)\n나\n제2조(나)\n다\n"
CPU_S = 6.0  # of these, as it was before: minutes, or all memory there is


def document(*blocks: Block) -> Document:
    numbered = (replace(b, locator=Locator(ordinal=n)) for n, b in enumerate(blocks))
    return Document(title="제목", media_type="text/plain", blocks=tuple(numbered))


def text(words: str, *, level: int = 0) -> Block:
    kind = BlockKind.HEADING if level else BlockKind.PARAGRAPH
    return Block(kind=kind, text=words, level=level, locator=Locator(ordinal=0))


def table(*rows: Sequence[Cell], heads: int = 0) -> Block:
    whole = tuple(map(tuple, rows))
    return replace(text(""), kind=BlockKind.TABLE, rows=whole, header_rows=heads)


def row(*cells: str | Cell) -> tuple[Cell, ...]:
    return tuple(Cell(text=c) if isinstance(c, str) else c for c in cells)


def size(found: ChunkedDocument) -> int:
    """Return the characters of all that is stored and indexed."""
    sections = sum(len(s.text) + sum(map(len, s.path)) for s in found.sections)
    return sections + sum(len(c.context) + len(c.search_text) + len(c.label) for c in found.chunks)


@pytest.mark.parametrize(
    "dear",
    [
        pytest.param(
            document(*(text(LONG, level=n) for n in (1, 2)), *(text("나 " * 150),) * 1_000),
            id="headings of many pages",
        ),
        pytest.param(
            document(text(f"{RULE}제3조({LONG})\n" + ("① " + "나 다 " * 60 + "\n") * 1_000)),
            id="an article with a title of many pages",
        ),
        pytest.param(
            document(text(f"{RULE}제3조(다)\n라\n" + "① 가\n" * 60_000)), id="60,000 paragraphs"
        ),
        pytest.param(
            document(text(f"{RULE}제3조(다)\n라\n① 마\n" + "1) 가\n" * 60_000)),
            id="60,000 points in one paragraph",
        ),
        pytest.param(
            document(text(f"{RULE}제3조(다)\n라\n① " + "가나다라" * 500_000)),
            id="an article without a sentence end",
        ),
        pytest.param(document(text("가" * 2_000_000)), id="a word of 2,000,000 signs"),
        pytest.param(
            document(
                table(row(Cell(text=LONG, col_span=300), "나"), *[row("1", "2")] * 20, heads=1)
            ),
            id="a head of many pages over 300 columns",
        ),
        pytest.param(
            document(
                table(row(Cell(text=LONG, row_span=3_001), "1", "2"), *[row("1", "2")] * 3_000)
            ),
            id="a cell of many pages over 3,000 rows",
        ),
        pytest.param(
            document(table(row("가", Cell(text=LONG, row_span=3_001)), *[row("나")] * 3_000)),
            id="a form with one value in 3,000 rows",
        ),
        pytest.param(
            document(*[table(row(*["가"] * 1_000), *[row("나")] * 2_000)] * 20),
            id="tables with one long row",
        ),
        pytest.param(
            document(
                *[table(row(Cell(text="가", col_span=999, row_span=400)), *[row("나")] * 400)] * 20
            ),
            id="tables of one cell that covers all",
        ),
    ],
)
def test_a_document_costs_what_its_size_costs(dear: Document) -> None:
    own = sum(
        len(block.text) + sum(len(cell.text) + 4 for line in block.rows for cell in line)
        for block in dear.blocks
    )
    started = time.thread_time()
    found = chunk(dear)
    assert time.thread_time() - started < CPU_S
    assert found.chunks
    assert size(found) < 8 * own + 2 * MAX_REPEATED


def test_labels_over_a_whole_grid_are_told_once() -> None:
    wide = [Cell(text=WORDS * 12, row_span=2_001, col_span=60)] * 2
    lines = table_lines(table(row(*wide, "나"), *[row("나")] * 2_000))
    assert sum(map(len, lines)) < MAX_REPEATED
    assert lines[0].count(WORDS.strip()) == 24


def test_merged_cells_of_a_form_are_told_in_each_line() -> None:
    lines = table_lines(table(row("가", Cell(text=WORDS * 20, row_span=3)), row("나"), row("다")))
    assert [line.count(WORDS.strip()) for line in lines] == [20, 20, 20]


ARTICLES = st.lists(
    st.sampled_from(["① 가", "② 나", "1. 다", "2의3. 라", "가. 마", "나. 바", "1) 사", "아자차"]),
    max_size=30,
).map(lambda lines: "\n".join(["제7조(가)", *lines]))


@given(ARTICLES)
def test_a_part_ends_before_the_next_one_that_is_as_high(article: str) -> None:
    parts = parse_parts(article)
    for index, part in enumerate(parts):
        higher = (other.start for other in parts[index + 1 :] if other.depth <= part.depth)
        assert part.end == next(higher, len(article) + 1) - 1


@given(ARTICLES)
def test_labels_in_a_row_are_those_of_each_place(article: str) -> None:
    parts, places = parse_parts(article), range(len(article))
    assert list(part_labels("제7조", parts, places)) == [
        part_label("제7조", parts, place) for place in places
    ]


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.builds(
            str.__mul__,
            st.sampled_from(["가", "가나 ", "다. ", "라\n", " 마", "바."]),
            st.sampled_from([1, 3, 1_500, 4_000, 4_001, 9_000]),
        ),
        min_size=1,
        max_size=6,
    ).map("".join)
)
def test_a_long_section_is_cut_as_the_splitter_cuts_it(words: str) -> None:
    whole = document(text(words))
    found = [section.text for section in chunk(whole).sections]
    lines = "\n".join(line.rstrip() for line in words.splitlines() if line.strip())
    splitter = RecursiveCharacterTextSplitter(
        chunk_size=SECTION_MAX_CHARS, chunk_overlap=0, separators=["\n\n", "\n", ". ", " ", ""]
    )
    long = len(lines) > SECTION_MAX_CHARS
    assert found == (splitter.split_text(lines) if long else [lines])
