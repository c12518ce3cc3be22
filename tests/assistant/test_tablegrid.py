"""Grids of merged cells: every place knows its cell, and pieces of a table are tables."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from assistant.domain import Block, BlockKind, Cell, Locator
from assistant.tablegrid import MAX_PLACES, column_heads, cut, grid, table_lines

CELL = st.builds(
    Cell,
    text=st.sampled_from(["", "가", "나", "1"]),
    row_span=st.integers(0, 5),
    col_span=st.integers(0, 5),
)
TABLES = st.lists(st.lists(CELL, max_size=6), max_size=8)


def table(*rows: list[Cell], heads: int = 0) -> Block:
    return Block(
        kind=BlockKind.TABLE,
        text="",
        locator=Locator(ordinal=0),
        rows=tuple(map(tuple, rows)),
        header_rows=heads,
    )


@given(TABLES)
def test_every_cell_stands_in_a_full_rectangle(rows: list[list[Cell]]) -> None:
    spread = grid(rows)
    assert len({len(row) for row in spread}) <= 1
    starts = {(s.row, s.column) for row in spread for s in row if s is not None}
    assert len(starts) == sum(map(len, rows))
    for row, column in starts:
        slot = spread[row][column]
        assert slot is not None
        assert (slot.row, slot.column) == (row, column)


@given(TABLES)
def test_a_grid_cut_whole_has_the_same_grid_again(rows: list[list[Cell]]) -> None:
    spread = grid(rows)
    again = grid(cut(spread, 0, len(spread)))
    texts = [[slot.cell.text if slot else "" for slot in row] for row in spread]
    assert [[slot.cell.text if slot else "" for slot in row] for row in again] == texts


@given(TABLES, st.integers(0, 8))
def test_two_pieces_of_a_table_say_what_the_whole_says(rows: list[list[Cell]], at: int) -> None:
    spread = grid(rows)
    pieces = [grid(cut(spread, 0, at)), grid(cut(spread, at, len(spread)))]
    texts = [[s.cell.text if s else "" for s in row] for piece in pieces for row in piece]
    assert texts == [[slot.cell.text if slot else "" for slot in row] for row in spread]


def test_a_span_beyond_the_table_ends_with_it() -> None:
    spread = grid([[Cell(text="가", row_span=99), Cell(text="1")], [Cell(text="2")]])
    assert len(spread) == 2
    assert [row[0].cell.text for row in spread if row[0]] == ["가", "가"]


def test_a_span_ends_before_a_place_that_is_taken() -> None:
    spread = grid([[Cell(text="가"), Cell(text="나", row_span=2)], [Cell(text="다", col_span=2)]])
    assert [slot.cell.text for slot in spread[1] if slot] == ["다", "나"]


def test_a_table_that_claims_to_be_huge_is_not_made_so() -> None:
    started = time.monotonic()
    wide = [[Cell(text="가", col_span=10_000, row_span=10_000)] for _ in range(200)]
    places = sum(slot is not None for row in grid(wide) for slot in row)
    ragged = [[Cell(text="가", col_span=10_000)], *([Cell(text="나")] for _ in range(50_000))]
    assert places <= MAX_PLACES
    assert sum(map(len, grid(ragged))) < 100_000
    assert time.monotonic() - started < 5


def test_heads_over_the_whole_width_name_the_table_and_not_its_columns() -> None:
    rows = [
        [Cell(text="2026년 예산", col_span=2)],
        [Cell(text="항목"), Cell(text="금액")],
        [Cell(text="장비"), Cell(text="10")],
    ]
    assert column_heads(grid(rows), 2) == ("항목", "금액")
    assert table_lines(table(*rows, heads=2)) == [
        "2026년 예산",
        "| 항목 | 금액 |",
        "| --- | --- |",
        "| 장비 | 10 |",
    ]


def test_a_cell_over_several_columns_counts_for_each_of_them() -> None:
    rows = [
        [Cell(text="항목"), Cell(text="2025년"), Cell(text="2026년")],
        [Cell(text="예산"), Cell(text="5억원", col_span=2)],
    ]
    assert table_lines(table(*rows, heads=1))[-1] == "| 예산 | 5억원 | 5억원 |"


def test_a_cell_over_the_whole_width_is_told_once() -> None:
    rows = [[Cell(text="가"), Cell(text="나")], [Cell(text="알림", col_span=2)]]
    assert table_lines(table(*rows, heads=1))[-1] == "| 알림 |"


def test_a_long_merged_text_is_told_once() -> None:
    long = "길게 적은 설명이다. " * 20
    rows = [
        [Cell(text="이름"), Cell(text="설명")],
        [Cell(text="가"), Cell(text=long, row_span=2)],
        [Cell(text="나")],
    ]
    assert table_lines(table(*rows, heads=1))[-1] == "| 나 |  |"
