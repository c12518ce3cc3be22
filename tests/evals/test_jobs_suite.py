"""The measuring of jobs itself: a few files through a real worker."""

from __future__ import annotations

import json
from pathlib import Path

from evals.suites.jobs import Plan, run


def test_a_few_files_are_measured(tmp_path: Path) -> None:
    plan = Plan(files=6, latency_s=0.1, at_once=2)
    run(plan, json_file=tmp_path / "figures.json")
    figures = json.loads((tmp_path / "figures.json").read_text("utf-8"))
    assert (figures["done"], figures["in_order"], figures["calls_answered"]) == (6, True, 6)
    assert figures["most_at_once"] <= 2
