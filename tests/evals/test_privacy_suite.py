"""The privacy suite reads both forms of case and notices a leak, an over-mask and a lost text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.errors import ConfigurationError
from evals.cases import load_privacy_cases
from evals.suites.privacy import leaks, run

CASES = Path(__file__).parents[2] / "evals" / "cases" / "privacy.yaml"


def test_marked_values_are_secrets_and_the_mark_is_gone() -> None:
    first = load_privacy_cases(CASES)[0]
    assert "{" not in first.text
    assert [secret.kind for secret in first.secrets] == ["RRN"]
    assert first.secrets[0].text in first.text


def test_half_of_the_cases_are_kept_aside() -> None:
    splits = [case.split for case in load_privacy_cases(CASES)]
    assert splits.count("dev") == splits.count("blind") >= 75


def test_each_expectation_can_be_met() -> None:
    for case in load_privacy_cases(CASES):
        assert all(leaks(secret.text, case.text) for secret in case.secrets), case.case_id
        assert all(kept in case.text for kept in case.keep), case.case_id


def test_figures_count_what_is_hidden_and_what_is_kept(tmp_path: Path) -> None:
    lines = [
        {"id": "1", "text": "전화 010-1234-5678", "must_not_leak": ["010-1234-5678", "전화"]},
        {"id": "2", "text": "민원인 김가람 씨", "must_keep": ["김가람", "민원인"]},
    ]
    empty = {"spans": [], "must_not_leak": [], "must_keep": [], "tags": ["t"]}
    sentences = tmp_path / "sentences.jsonl"
    sentences.write_text("\n".join(json.dumps(empty | line) for line in lines), "utf-8")
    figures = run(sentences=sentences, split="all", json_file=None, verbose=False)
    assert (figures["leak_rate"], figures["over_mask_rate"]) == (0.5, 0.5)
    assert figures["round_trip"] == 1.0


def test_a_file_of_another_form_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "other.jsonl"
    other.write_text('{"id": 1}', "utf-8")
    with pytest.raises(ConfigurationError):
        load_privacy_cases(other)


def test_the_accepted_bars_hold_on_our_own_cases() -> None:
    figures = run(sentences=CASES, split="all", json_file=None, verbose=False)
    assert figures["structured_leaks"] == 0
    assert float(str(figures["person_leak_rate"])) <= 0.10
    assert float(str(figures["over_mask_rate"])) <= 0.03
    assert figures["round_trip"] == 1.0
