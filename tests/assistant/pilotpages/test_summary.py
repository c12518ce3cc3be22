"""Part 1 of the completion report: what was found at each stage is told, not made up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from assistant.domain import OPEN_MARK, StageKind, StageRow, Table, Verdict
from assistant.figures import compute_figures
from assistant.pilotpages.material import Material
from assistant.pilotpages.summary import reviews
from assistant.pilots import course
from tests.assistant.pilots.records import EMPTY, noon

TODAY = date(2026, 11, 23)


def last_cell(result: Verdict | None) -> str:
    stage = StageRow(number=1, held_on=date(2026, 6, 1), kind=StageKind.MEASUREMENT, result=result)
    pilot = replace(EMPTY, stages=(stage,))
    material = Material(
        record=pilot,
        figures=compute_figures(pilot),
        course=course(pilot, now=noon(TODAY)),
        today=TODAY,
    )
    table = reviews(material)[0]
    assert isinstance(table, Table)
    return "".join(run.text for run in table.rows[1][-1].runs)


@pytest.mark.parametrize(
    ("result", "words"),
    [(Verdict.SUCCESS, "성공"), (Verdict.SUPPLEMENT, "보완"), (Verdict.INSUFFICIENT, "미흡")],
)
def test_what_the_institution_found_at_a_stage_is_told(result: Verdict, words: str) -> None:
    assert last_cell(result) == words


def test_what_nobody_has_entered_is_left_open() -> None:
    assert last_cell(None).startswith(OPEN_MARK)
