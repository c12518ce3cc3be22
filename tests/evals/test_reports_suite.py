"""The suite of pilot reports reaches its bars, and notices a wrong value, a miss and an alarm."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import ConfigurationError
from evals.adversary import inventions_in
from evals.pilots import CASES, load_pilot_cases
from evals.suites.inventing import invent
from evals.suites.reports import run


def test_the_accepted_bars_hold() -> None:
    figures = run(invents=False)
    assert figures["figures_correct"] == 1.0
    assert float(str(figures["faults_found"])) >= 0.95
    assert float(str(figures["false_alarms_per_clean_report"])) <= 1


def test_there_are_enough_pilots_values_and_faults() -> None:
    cases = load_pilot_cases()
    assert len(cases) >= 8
    assert {"good", "short", "late", "contradictory", "missing", "lease", "ai", "cancelled"} <= {
        case.case_id for case in cases
    }
    assert sum(len(case.faults) for case in cases) >= 50


def test_a_wrong_value_a_miss_and_an_alarm_are_counted(tmp_path: Path) -> None:
    text = (CASES / "09_running.yaml").read_text("utf-8")
    text = text.replace('value: "10"', 'value: "11"').replace("code: day_to_come", "code: other")
    (tmp_path / "one.yaml").write_text(text.replace("place: 푸른도 도로 2곳", 'place: ""'), "utf-8")
    figures = run(folder=tmp_path, invents=False)
    assert float(str(figures["figures_correct"])) < 1
    assert figures["faults_found"] == 0
    assert figures["false_alarms_per_clean_report"] == 1


def test_no_number_that_a_model_invents_reaches_a_report_unmarked() -> None:
    short = tuple(case for case in load_pilot_cases() if case.case_id == "short")
    found = invent(short, kinds=("completion",))
    assert found.tried > 30
    assert found.sentences > 20
    assert found.kept_true > 0
    assert (found.unmarked, found.claims) == ([], [])


def test_what_a_model_invents_is_found_in_a_sentence_and_nothing_else_is() -> None:
    assert inventions_in("결과는 41.7%이다.", ["41.7", "1.7"]) == ["41.7"]
    assert inventions_in("1,417건이다.", ["417", "1417"]) == ["1417"]
    assert inventions_in("스물일곱 명이 왔다.", ["스물일곱 명"]) == ["스물일곱 명"]


def test_a_file_of_another_form_is_refused(tmp_path: Path) -> None:
    (tmp_path / "one.yaml").write_text("id: x", "utf-8")
    with pytest.raises(ConfigurationError):
        load_pilot_cases(tmp_path)
