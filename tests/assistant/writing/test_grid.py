from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assistant.domain import Table, TableCell
from assistant.writing.grid import laid_out
from tests.assistant.writing.sample_drafts import SAMPLE_DRAFTS, cell

cells = st.builds(
    TableCell,
    runs=st.just(()),
    row_span=st.integers(-1, 6),
    col_span=st.integers(-1, 6) | st.just(10**9),
)
tables = st.builds(
    Table,
    rows=st.lists(st.lists(cells, max_size=4).map(tuple), max_size=6).map(tuple),
    header_rows=st.integers(-1, 9),
    widths=st.lists(st.floats(-1, 5), max_size=5).map(tuple),
)


@given(tables)
def test_every_place_of_the_grid_is_taken_exactly_once(table: Table) -> None:
    grid = laid_out(table)
    taken = [
        (row, column)
        for placed_row in grid.rows
        for p in placed_row
        for row in range(p.row, p.row + p.row_span)
        for column in range(p.column, p.column + p.col_span)
    ]
    assert sorted(taken) == [(r, c) for r in range(len(table.rows)) for c in range(grid.columns)]


@given(tables)
def test_widths_sum_to_the_line_and_the_header_leaves_a_body(table: Table) -> None:
    grid = laid_out(table)
    assert not grid.columns or abs(sum(grid.widths) - 1) < 1e-9
    assert len(grid.widths) == grid.columns
    assert grid.header_rows == 0 or grid.header_rows < len(grid.rows)


def test_a_header_takes_in_what_is_merged_into_it() -> None:
    rows = ((cell("가", rows=2), cell("나")), (cell("다"),), (cell("라"), cell("마")))
    assert laid_out(Table(rows=rows, header_rows=1)).header_rows == 2


def test_merged_cells_of_the_samples_stay_where_they_are() -> None:
    table = SAMPLE_DRAFTS["merged"].blocks[1]
    assert isinstance(table, Table)
    grid = laid_out(table)
    places = [[(p.column, p.row_span, p.col_span) for p in row] for row in grid.rows]
    assert places[0] == [(0, 2, 2), (2, 1, 2), (4, 2, 1)]
    assert places[2] == [(0, 3, 1), (1, 1, 1), (2, 1, 1), (3, 1, 1), (4, 2, 1)]
    assert places[5] == [(0, 1, 5)]
