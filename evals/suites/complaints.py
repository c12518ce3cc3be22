"""Invented complaints of all kinds: kind, due date, points, remedies, and nothing leaked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from assistant.lexical import warm_up
from evals.complaint_cases import load_complaints
from evals.report import Figures, rate, show, write_json
from evals.suites.complaint_scores import CaseScore, f1, score_case

_COLUMNS = (
    "cases",
    "type_accuracy",
    "due_date_accuracy",
    "points",
    "points_f1",
    "remedies_named",
    "leaks",
)


def run(*, json_file: Path | None, verbose: bool) -> Figures:
    """Read every case, print the figures and return them."""
    warm_up()
    scores = [score_case(case) for case in load_complaints()]
    splits = {
        "all": figures_of(scores),
        **{
            split: figures_of([score for score in scores if score.split == split])
            for split in ("seen", "blind")
        },
    }
    figures = {**splits["all"], "by_split": {key: splits[key] for key in ("seen", "blind")}}
    show("Complaints", list(splits.items()), _COLUMNS)
    if verbose:
        print(*_notes(scores), sep="\n")
    write_json(json_file, figures)
    return figures


def figures_of(scores: Sequence[CaseScore]) -> Figures:
    """Return the figures over `scores`."""
    count = len(scores)
    return {
        "cases": count,
        "type_accuracy": rate(sum(score.is_kind_right for score in scores), count),
        "due_date_accuracy": rate(sum(score.is_due_right for score in scores), count),
        "points": sum(score.points.hits + len(score.points.missed) for score in scores),
        "points_f1": f1([score.points for score in scores]),
        "remedies_named": rate(sum(score.are_remedies_right for score in scores), count),
        "leaks": sum(len(score.leaked) for score in scores),
        "leaks_by_kind": dict(Counter(kind for score in scores for kind in score.leaked)),
    }


def _notes(scores: Sequence[CaseScore]) -> list[str]:
    """Return what went wrong; of the blind cases only which, so that they stay blind."""
    notes: list[str] = []
    for score in scores:
        is_shown = score.split != "blind"
        if not score.is_kind_right:
            notes.append(f"{score.case_id}\tkind\t{score.kind_found if is_shown else ''}")
        if not score.is_due_right:
            notes.append(f"{score.case_id}\tdue")
        if not score.are_remedies_right:
            notes.append(f"{score.case_id}\tremedies")
        notes += [f"{score.case_id}\tleak\t{kind}" for kind in score.leaked]
        for name, passages in (("missed", score.points.missed), ("extra", score.points.extra)):
            notes += [
                f"{score.case_id}\t{name}\t{passage if is_shown else ''}" for passage in passages
            ]
    return notes
