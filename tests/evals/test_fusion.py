"""Fitted weights follow what separates right from wrong in the examples."""

from __future__ import annotations

import numpy as np
import pytest

from evals.suites.fusion import Example, fit_gate, fit_ranking
from tests.evals.test_cases import make_question


def make_example(rng: np.random.Generator, *, answerable: bool = True) -> Example:
    """Return nine candidates: the first feature tells the right one, the second is noise."""
    values = rng.random((9, 2))
    gold = np.zeros(9, dtype=np.bool_)
    if answerable:
        gold[4] = True
        values[4, 0] = 2.0
    enough = np.array([1.0, 2.0 if answerable else 0.5, rng.random()])
    return Example(
        case=make_question(mode="any" if answerable else "none"),
        places=[("가.md", f"제{n}조") for n in range(9)],
        values=values,
        gold=gold,
        enough=enough,
    )


@pytest.fixture
def examples() -> list[Example]:
    rng = np.random.default_rng(7)
    return [make_example(rng, answerable=n % 3 > 0) for n in range(30)]


def test_the_feature_that_tells_right_from_wrong_gets_the_weight(examples: list[Example]) -> None:
    weights = fit_ranking(examples)
    assert weights[0] > 5 * abs(weights[1])
    for example in examples:
        if example.gold.any():
            assert example.gold[np.argmax(example.values @ weights)]


def test_the_gate_opens_for_what_can_be_answered(examples: list[Example]) -> None:
    weights = fit_gate(examples)
    chances = {e.case.is_answerable: 1 / (1 + np.exp(-e.enough @ weights)) for e in examples}
    assert chances[True] > 0.5 > chances[False]


def test_a_feature_that_never_changes_does_not_break_the_gate(examples: list[Example]) -> None:
    assert np.isfinite(fit_gate(examples)).all()
