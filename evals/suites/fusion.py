"""Fit the weights of the ranking and of the sufficiency gate, with cross-validation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from assistant.domain import Scope
from assistant.ranking import SUFFICIENCY_WEIGHTS, WEIGHTS, features, sufficiency_features
from evals.cases import Place, Question, load_questions
from evals.report import rate, show, write_json
from evals.workbench import Workbench, indexed

FOLDS = 5
RIDGE = 0.02
STEPS = 200
STEP = 0.5

Array = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One question: its candidates' places, features (candidates x features) and gold marks."""

    case: Question
    places: list[Place]
    values: Array
    gold: npt.NDArray[np.bool_]
    enough: Array


def run(
    *, rules: Path, questions: Sequence[Path], json_file: Path | None, index: Path | None
) -> dict[str, object]:
    """Fit on all question files together; print cross-validated hit rates and the weights."""
    cases = [case for path in questions for case in load_questions(path)]
    with indexed(rules, folder=index) as bench:
        examples = [_example(bench, case) for case in cases]
    rows = [("weights in use", _hits(examples, [_order(e, _in_use()) for e in examples]))]
    rows.append(("cross-validated", _hits(examples, _held_out(examples))))
    ranking = fit_ranking(examples)
    rows.append(("fitted on all", _hits(examples, [_order(e, ranking) for e in examples])))
    show("ranking weights", rows, ["hit@1", "hit@5", "hit@10", "hit@20", "questions"])
    gate = _gate_figures(examples)
    show("sufficiency gate, cross-validated", [("gate", gate)], list(gate))
    weights = dict(zip(WEIGHTS, (round(float(w), 2) for w in ranking), strict=True))
    enough = dict(
        zip(SUFFICIENCY_WEIGHTS, (round(float(w), 2) for w in fit_gate(examples)), strict=True)
    )
    figures: dict[str, object] = {"ranking": weights, "sufficiency": enough, "gate": gate}
    print("WEIGHTS =", weights)
    print("SUFFICIENCY_WEIGHTS =", enough)
    write_json(json_file, figures)
    return figures


def _in_use() -> Array:
    return np.array(list(WEIGHTS.values()), dtype=np.float64)


def _example(bench: Workbench, case: Question) -> Example:
    ranking = bench.retriever.candidates(case.text, scope=Scope())
    assert ranking.asked is not None  # noqa: S101 (an indexed folder always has documents)
    found = sorted(ranking.found, key=lambda item: -item.candidate.base)
    values = [features(ranking.asked, item.candidate) for item in found]
    places = [(bench.files[i.document.document_id], i.section.label) for i in found]
    wanted = {place for entry in case.expect for place in entry}
    enough = sufficiency_features(
        ranking.asked,
        [item.candidate for item in ranking.found[:5]],
        top_score=ranking.found[0].score,
        nearest=ranking.nearest,
    )
    return Example(
        case=case,
        places=places,
        values=np.array([[value[name] for name in WEIGHTS] for value in values]),
        gold=np.array([place in wanted for place in places]),
        enough=np.array([enough[name] for name in SUFFICIENCY_WEIGHTS]),
    )


def fit_ranking(examples: Sequence[Example]) -> Array:
    """Return weights by listwise softmax regression: each gold article against all wrong ones."""
    usable = [e for e in examples if e.gold.any()]
    spread = np.concatenate([e.values for e in usable]).std(axis=0) + 1e-6
    scaled = [(e.values / spread, e.gold) for e in usable]
    weights = np.zeros(len(spread))
    for _ in range(STEPS):
        slope = RIDGE * weights
        for values, gold in scaled:
            wrong = values[~gold]
            for right in values[gold]:
                rows = np.vstack([right, wrong])
                odds = rows @ weights
                chance = np.exp(odds - odds.max())
                chance /= chance.sum()
                chance[0] -= 1
                slope = slope + rows.T @ chance / (len(scaled) * gold.sum())
        weights -= STEP * slope
    fitted: Array = weights / spread
    return fitted


def fit_gate(examples: Sequence[Example]) -> Array:
    """Return logistic weights for answerable against not, both sides counting the same."""
    values = np.array([e.enough for e in examples])
    target = np.array([float(e.case.is_answerable) for e in examples])
    share = np.where(target > 0, 0.5 / target.mean(), 0.5 / (1 - target.mean()))
    spread = values.std(axis=0)
    spread[spread == 0] = 1.0
    weights = np.zeros(values.shape[1])
    for _ in range(3_000):
        chance = 1 / (1 + np.exp(-(values / spread) @ weights))
        slope = (values / spread).T @ ((chance - target) * share) / len(target)
        weights -= 0.3 * (slope + 0.002 * weights)
    fitted: Array = weights / spread
    return fitted


def _folds(count: int) -> list[npt.NDArray[np.int_]]:
    order = np.random.default_rng(0).permutation(count)
    return [order[start::FOLDS] for start in range(FOLDS)]


def _held_out(examples: Sequence[Example]) -> list[list[Place]]:
    ranked: list[list[Place]] = [[] for _ in examples]
    for fold in _folds(len(examples)):
        held = set(fold.tolist())
        weights = fit_ranking([e for i, e in enumerate(examples) if i not in held])
        for index in held:
            ranked[index] = _order(examples[index], weights)
    return ranked


def _order(example: Example, weights: Array) -> list[Place]:
    order = np.argsort(-(example.values @ weights), kind="stable")
    return [example.places[index] for index in order]


def _hits(examples: Sequence[Example], ranked: Sequence[list[Place]]) -> dict[str, object]:
    asked = [(e, r) for e, r in zip(examples, ranked, strict=True) if e.case.is_answerable]
    shares: dict[str, object] = {
        f"hit@{depth}": rate(sum(e.case.is_met(r[:depth]) for e, r in asked), len(asked))
        for depth in (1, 5, 10, 20)
    }
    return shares | {"questions": len(asked)}


def _gate_figures(examples: Sequence[Example]) -> dict[str, object]:
    """Abstention at the threshold that keeps false abstention near 5 and 10 percent."""
    scores = np.zeros(len(examples))
    for fold in _folds(len(examples)):
        held = set(fold.tolist())
        weights = fit_gate([e for i, e in enumerate(examples) if i not in held])
        for index in held:
            scores[index] = examples[index].enough @ weights
    good = np.array([e.case.is_answerable for e in examples])
    figures: dict[str, object] = {}
    for share in (0.05, 0.1):
        threshold = float(np.quantile(scores[good], share))
        chance = 1 / (1 + np.exp(-threshold))
        figures[f"abstention@{share}"] = rate(int((scores[~good] < threshold).sum()), (~good).sum())
        figures[f"threshold@{share}"] = round(float(chance), 3)
    return figures
