"""Sentences about four pilots: what contradicts the figures is found, nothing else is."""

from __future__ import annotations

import pytest
import yaml

from assistant.domain import Opinion
from assistant.pilots import examine
from assistant.pilots.opinion_checks import check_opinions
from evals.pilots import load_pilot_cases
from tests.tree import ROOT

TABLE = yaml.safe_load((ROOT / "tests" / "data" / "pilot_opinions.yaml").read_text("utf-8"))
CASES = {case.case_id: examine(case.record, now=case.now) for case in load_pilot_cases()}
ROWS = [
    pytest.param(pilot, wanted == "contradicts", text, id=text)
    for pilot, kinds in TABLE["pilots"].items()
    for wanted, texts in kinds.items()
    for text in texts
]


@pytest.mark.parametrize(("pilot", "contradicts", "text"), ROWS)
def test_a_sentence_is_judged_by_the_figures(pilot: str, contradicts: bool, text: str) -> None:
    found = check_opinions(CASES[pilot], [Opinion(section="overall", text=text)])
    codes = [finding.code for finding in found]
    if contradicts:
        assert "opinion_contradicts" in codes
    else:
        assert codes == []
