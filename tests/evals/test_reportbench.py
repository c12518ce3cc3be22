"""The report that is timed is as long as it says, and the limit is held to the median."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evals.bench.reporting import LIMIT_S, PAGES, run


@pytest.mark.slow
def test_the_timed_report_has_thirty_pages_in_every_format(tmp_path: Path) -> None:
    run(json_file=tmp_path / "figures.json", rounds=1)
    figures = json.loads((tmp_path / "figures.json").read_text("utf-8"))
    assert figures["pages"] >= PAGES
    assert figures["limit_s"] == LIMIT_S
    assert set(figures["formats"]) == {"hwpx", "docx", "pdf"}
