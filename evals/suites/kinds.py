"""Weights that tell the kind of a complaint, learned from the cases that are not blind.

Short complaints that stand in no other suite (`cases/kinds.yaml`) are learned from as well.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from assistant.complaints.grams import normed
from assistant.complaints.kinds import evidence_of
from assistant.domain import ComplaintKind
from assistant.lexical import tagged, warm_up
from assistant.privacy import mask
from evals.complaint_cases import Wording, load_complaints, load_wordings, wording_of
from evals.report import Figures, show, write_json

WEIGHTS = Path(__file__).parents[2] / "assistant" / "complaints" / "kind_weights.json"
_SEEN_MIN = 2  # complaints that hold a group, for it to count
_GRAMS_BY, _RULES_BY = 4.0, 0.15  # chosen by `held_out`
_KEPT_ASIDE = {"blind_everyday"}
_FOLDS, _SEED = 5, 1
_STEPS, _RATE, _DECAY = 400, 5.0, 1e-3
_SCALE = 1000
_KINDS = list(ComplaintKind)

Matrix = np.ndarray[tuple[int, int], np.dtype[np.float64]]
Evidence = tuple[Counter[str], list[float]]


def run(*, write: bool, json_file: Path | None) -> Figures:
    """Learn from all cases but the blind ones, say how many unseen ones that tells, and keep it."""
    warm_up()
    cases, further = load_complaints(), load_wordings()
    seen = [*map(wording_of, (case for case in cases if case.split not in _KEPT_ASIDE)), *further]
    blind = [wording_of(case) for case in cases if case.split in _KEPT_ASIDE]
    rarity = _rarity([_evidence(case)[0] for case in seen])
    names = sorted(rarity)
    learned, bias = _learned(_rows(seen, names, rarity), [_KINDS.index(c.kind) for c in seen])
    figures = {
        "groups": len(names),
        "seen": _right(seen, names, rarity, learned, bias),
        "blind": _right(blind, names, rarity, learned, bias),
        "held_out": _held_out([wording_of(case) for case in cases], further),
    }
    show("Kinds", [("learned", figures)], list(figures))
    write_json(json_file, figures)
    if write:
        WEIGHTS.write_text(_as_json(names, rarity, learned, bias), "utf-8")
    return figures


def _held_out(cases: Sequence[Wording], further: Sequence[Wording]) -> float:
    """Return the share of cases told right by what the other folds and the wordings teach."""
    order = np.random.default_rng(_SEED).permutation(len(cases))
    right = 0.0
    for fold in range(_FOLDS):
        kept = [cases[at] for place, at in enumerate(order) if place % _FOLDS != fold]
        kept += further
        left = [cases[at] for at in order[fold::_FOLDS]]
        rarity = _rarity([_evidence(case)[0] for case in kept])
        names = sorted(rarity)
        learned = _learned(_rows(kept, names, rarity), [_KINDS.index(c.kind) for c in kept])
        right += _right(left, names, rarity, *learned) * len(left)
    return round(right / len(cases), 4)


def _evidence(case: Wording) -> Evidence:
    return evidence_of(mask(case.title, names=tagged).text, mask(case.body, names=tagged).text)


def _rarity(found: Sequence[Counter[str]]) -> dict[str, float]:
    held = Counter(gram for each in found for gram in each)
    return {
        gram: round(math.log(len(found) / count), 3)
        for gram, count in held.items()
        if count >= _SEEN_MIN
    }


def _rows(cases: Sequence[Wording], names: Sequence[str], rarity: dict[str, float]) -> Matrix:
    """Return a row for each case: its letter groups, then the scores of the rules."""
    places = {name: at for at, name in enumerate(names)}
    rows = np.zeros((len(cases), len(names) + len(_KINDS)))
    for number, case in enumerate(cases):
        found, scores = _evidence(case)
        for gram, value in normed(found, rarity).items():
            rows[number, places[gram]] = value * _GRAMS_BY
        rows[number, len(names) :] = np.array(scores) * _RULES_BY
    return rows


def _learned(rows: Matrix, kinds: Sequence[int]) -> tuple[Matrix, Matrix]:
    """Return weights and bias of a logistic regression with decay, by plain descent."""
    weights = np.zeros((rows.shape[1], len(_KINDS)))
    bias = np.zeros((1, len(_KINDS)))
    wanted = np.eye(len(_KINDS))[list(kinds)]
    for _ in range(_STEPS):
        off = _shares(rows @ weights + bias) - wanted
        weights -= _RATE * (rows.T @ off / len(rows) + _DECAY * weights)
        bias -= _RATE * off.mean(axis=0, keepdims=True)
    return weights, bias


def _shares(totals: Matrix) -> Matrix:
    raised = np.exp(totals - totals.max(axis=1, keepdims=True))
    shares: Matrix = raised / raised.sum(axis=1, keepdims=True)
    return shares


def _right(
    cases: Sequence[Wording],
    names: Sequence[str],
    rarity: dict[str, float],
    weights: Matrix,
    bias: Matrix,
) -> float:
    if not cases:
        return 0.0
    found = (_rows(cases, names, rarity) @ weights + bias).argmax(axis=1)
    wanted = [_KINDS.index(case.kind) for case in cases]
    return round(float(np.mean(found == np.array(wanted))), 4)


def _as_json(names: Sequence[str], rarity: dict[str, float], weights: Matrix, bias: Matrix) -> str:
    """Return the weights as whole numbers, a group a line: its rarity, then a weight a kind."""
    grams = weights[: len(names)] * _GRAMS_BY
    rules = weights[len(names) :] * _RULES_BY
    lines = (
        f"  {json.dumps(name, ensure_ascii=False)}: "
        f"{json.dumps([round(rarity[name] * _SCALE), *_whole(row)], separators=(',', ':'))}"
        for name, row in zip(names, grams, strict=True)
    )
    return (
        '{"grams": {\n'
        + ",\n".join(lines)
        + f'\n}},\n"rules": {json.dumps([_whole(row) for row in rules])},\n'
        + f'"bias": {json.dumps(_whole(bias[0]))}}}\n'
    )


def _whole(row: Sequence[float]) -> list[int]:
    return [round(float(value) * _SCALE) for value in row]
