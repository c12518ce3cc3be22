"""The charts of a pilot show its figures and nothing else."""

from __future__ import annotations

import pytest

from assistant.figures import compute_figures
from assistant.pilots import (
    checklist_chart,
    effects_chart,
    growth_chart,
    portfolio_chart,
    score_chart,
    survey_chart,
)
from evals.pilots import load_pilot_cases

CASES = {case.case_id: compute_figures(case.record) for case in load_pilot_cases()}


@pytest.mark.parametrize("case_id", CASES)
def test_every_pilot_can_be_drawn(case_id: str) -> None:
    figures = CASES[case_id]
    charts = [
        checklist_chart(figures),
        score_chart(figures),
        effects_chart(figures),
        growth_chart(figures),
        *(survey_chart(figures, n) for n in range(1, len(figures.surveys) + 1)),
    ]
    assert all(chart.svg.startswith("<svg") for chart in charts)


def test_the_checklist_says_what_is_met_and_what_is_not() -> None:
    chart = checklist_chart(CASES["short"])
    assert [row[-1] for row in chart.rows] == ["미충족", "충족", "충족", "미충족", "충족", "충족"]
    assert chart.rows[0] == ("수위 오차(필수)", "3cm 이하", "4.2cm", "71.4%", "미충족")


def test_the_score_shows_its_parts() -> None:
    rows = score_chart(CASES["good"]).rows
    assert [row[1] for row in rows] == ["40.0/40점", "16/20점", "20/20점", "10/10점", "8/10점"]


def test_growth_goes_from_its_own_first_day_to_its_last() -> None:
    assert growth_chart(CASES["good"]).headers == ("항목", "2025년", "2026년 10월", "변화")


def test_the_best_pilot_stands_first_and_those_without_a_score_last() -> None:
    rows = portfolio_chart(list(CASES.items())).rows
    assert rows[0] == ("good", "94.0점")
    assert rows[-1][1] == "자료 없음"
