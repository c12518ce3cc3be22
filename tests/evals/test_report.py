"""Figures are computed as they are named, and come with a margin."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.report import margin, percentile, rate, show, write_json


@pytest.mark.parametrize(("hits", "total", "share"), [(0, 0, 0.0), (1, 3, 0.3333), (5, 5, 1.0)])
def test_a_rate_is_a_share(hits: int, total: int, share: float) -> None:
    assert rate(hits, total) == share


@given(st.floats(0, 1), st.integers(1, 10_000))
def test_a_margin_is_within_bounds_and_shrinks_with_more_cases(share: float, total: int) -> None:
    assert 0 < margin(share, total) <= 0.5
    assert margin(share, total * 4) < margin(share, total)


def test_without_cases_there_is_no_margin() -> None:
    assert margin(0.5, 0) == 0.0


@given(st.lists(st.floats(0, 1e6), min_size=1))
def test_a_percentile_is_one_of_the_values(values: list[float]) -> None:
    assert percentile(values, 0.0) == min(values)
    assert percentile(values, 1.0) == max(values)
    assert percentile(values, 0.5) in values


def test_the_percentile_of_nothing_is_nought() -> None:
    assert percentile([], 0.95) == 0.0


def test_figures_are_shown_for_each_name(capsys: pytest.CaptureFixture[str]) -> None:
    show("찾기", [("gongmun", {"hit@1": 0.75, "n": 4}), ("rival", {"n": 4})], ["hit@1", "n"])
    shown = capsys.readouterr().out
    assert "0.750" in shown
    assert "rival" in shown
    assert "-" in shown.split("rival")[1]


def test_figures_are_written_where_a_script_reads_them(tmp_path: Path) -> None:
    path = tmp_path / "figures.json"
    write_json(path, {"hit@1": 0.75, "이름": "가"})
    write_json(None, {"hit@1": 0.75})
    assert json.loads(path.read_text("utf-8")) == {"hit@1": 0.75, "이름": "가"}
    assert list(tmp_path.iterdir()) == [path]
