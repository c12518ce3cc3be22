"""Invented applications into cells: how many are right, and what a deceitful model can do.

A value counts as right when it is one of the gold values of its column: names without their legal
form and white space, sentences when one holds the other. All shown values count, found, to be
confirmed or contradictory alike.
"""

from __future__ import annotations

import asyncio
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from assistant.applications import is_located, shipped_sets
from assistant.applications.folding import same_name
from assistant.domain import (
    CellStatus,
    ChatModel,
    Column,
    ColumnType,
    Document,
    Grade,
    ItemCell,
    ItemResult,
    JobFile,
)
from assistant.flows.application import PROMPT, ApplicationFlow
from assistant.prompts import load
from assistant.reading import Limits, read_in_process
from assistant.text import squeeze
from evals.report import Figures, rate, show, write_json
from evals.suites.extraction_cases import ExtractionCase, build_cases
from evals.suites.extraction_models import deceitful, helpful

COLUMNS = shipped_sets()["product_application"]
_TELLING = ("company", "registration_number", "product", "patents", "item_code")
_OTHERS = 3


@dataclass(slots=True)
class _Tally:
    """Counts of values: right, wrong, missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def figures(self) -> Figures:
        """Return precision and recall with their counts."""
        shown, stated = self.right + self.wrong, self.right + self.missed
        return {
            "precision": rate(self.right, shown),
            "recall": rate(self.right, stated),
            "shown": shown,
            "stated": stated,
        }


@dataclass(slots=True)
class _Score:
    """What one run over the cases came to."""

    total: _Tally = field(default_factory=_Tally)
    groups: dict[str, _Tally] = field(default_factory=lambda: defaultdict(_Tally))
    columns: dict[str, _Tally] = field(default_factory=lambda: defaultdict(_Tally))
    unlocatable: int = 0
    wrong_found: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    conflicts_told: int = 0
    conflicts: int = 0
    failures: list[str] = field(default_factory=list)


def run(*, json_file: Path | None = None, verbose: bool = False) -> Figures:
    """Measure extraction with no model, with a helpful and with a deceitful one."""
    figures = measured(build_cases())
    _print(figures, verbose=verbose)
    figures.pop("failures")
    write_json(json_file, figures)
    return figures


def measured(cases: Sequence[ExtractionCase]) -> dict[str, object]:
    """Return the figures over some cases, and as `failures` what went wrong without a model."""
    documents = [
        read_in_process(case.data(), file_name=case.file_name, limits=Limits()) for case in cases
    ]
    pairs = list(zip(cases, documents, strict=True))
    plain = _scored(pairs, [None] * len(pairs))
    helped = _scored(pairs, [helpful(doc, case.gold, COLUMNS) for case, doc in pairs])
    deceived, crossed = _deceived(pairs)
    caused = deceived.wrong_found - plain.wrong_found
    return {
        "cases": len(cases),
        **plain.total.figures(),
        "unlocatable_found": plain.unlocatable,
        "conflicts": plain.conflicts,
        "conflicts_told": plain.conflicts_told,
        "by_group": {name: tally.figures() for name, tally in sorted(plain.groups.items())},
        "by_column": {name: tally.figures() for name, tally in sorted(plain.columns.items())},
        "with_model": helped.total.figures(),
        "with_deceitful_model": deceived.total.figures(),
        "wrong_found_by_rules": sum(plain.wrong_found.values()),
        "wrong_shown_as_found": sum(caused.values()),
        "crossed": crossed,
        "failures": plain.failures,
    }


def _scored(
    pairs: Sequence[tuple[ExtractionCase, Document]], models: Sequence[ChatModel | None]
) -> _Score:
    score = _Score()
    for (case, document), model in zip(pairs, models, strict=True):
        _count(case, document, _row(case, document, model), score)
    return score


def _row(case: ExtractionCase, document: Document, model: ChatModel | None) -> ItemResult:
    flow = ApplicationFlow(model=model, prompt=load(PROMPT), is_internal=True)
    file = JobFile(
        file_name=case.file_name, sha256="0" * 64, size_bytes=0, blob_id="", grade=Grade.OPEN
    )
    return asyncio.run(flow.extract(document, COLUMNS, file=file))


def _deceived(pairs: Sequence[tuple[ExtractionCase, Document]]) -> tuple[_Score, int]:
    """Return the score under a deceitful model, and how many values came from other applicants."""
    score, crossed = _Score(), 0
    for number, (case, document) in enumerate(pairs):
        others = [pairs[(number + step * 5) % len(pairs)][0] for step in range(1, _OTHERS + 1)]
        others = [other for other in others if other.firm["id"] != case.firm["id"]]
        model = deceitful(
            document, case.gold, [other.gold for other in others], COLUMNS, seed=number
        )
        row = _row(case, document, model)
        _count(case, document, row, score)
        crossed += _crossed(row, document, others)
    return score, crossed


def _crossed(row: ItemResult, document: Document, others: Iterable[ExtractionCase]) -> int:
    """Return how many telling values of others stand in a row whose document does not hold them."""
    own = squeeze(" ".join(_all_text(document)))
    shown = squeeze(
        " ".join(
            (
                *(value.display for cell in row.cells for value in cell.values),
                *(line.text for line in row.summary),
            )
        )
    )
    strange = {
        squeeze(value)
        for other in others
        for name in _TELLING
        for value in other.gold.get(name, ())
    }
    return sum(1 for value in strange if value in shown and value not in own)


def _all_text(document: Document) -> Iterable[str]:
    for block in document.blocks:
        yield block.text
        for row in block.rows:
            for cell in row:
                yield cell.text


# -- counting -----------------------------------------------------------------------------------


def _count(case: ExtractionCase, document: Document, row: ItemResult, score: _Score) -> None:
    half = "held_out" if case.layout.is_held else "development"
    names = (half, f"{half}_{case.layout.kind}", *(["hostile"] if case.is_hostile else []))
    for cell in row.cells:
        column = COLUMNS.column(cell.column)
        gold = case.gold.get(cell.column, frozenset())
        right, wrong = _judged(column, cell, gold)
        missed = len(gold) - len(right)
        for tally in (
            score.total,
            score.columns[cell.column],
            *(score.groups[name] for name in names),
        ):
            tally.right += len(cell.values) - len(wrong)
            tally.wrong += len(wrong)
            tally.missed += missed
        score.unlocatable += sum(
            not is_located(value.evidence, document)
            for value in cell.values
            if cell.status is CellStatus.FOUND
        )
        if cell.status is CellStatus.FOUND:
            score.wrong_found.update((case.case_id, cell.column, value) for value in wrong)
        score.failures += [f"{case.case_id}\t{cell.column}\twrong\t{value}" for value in wrong]
        if missed:
            score.failures.append(
                f"{case.case_id}\t{cell.column}\tmissed\t{sorted(gold - right)}\t{cell.reason}"
            )
    score.conflicts += len(case.conflicts)
    score.conflicts_told += sum(
        row.cell(name).status is CellStatus.CONFLICTING for name in case.conflicts
    )


def _judged(
    column: Column, cell: ItemCell, gold: frozenset[str]
) -> tuple[frozenset[str], list[str]]:
    """Return the gold values that are shown, and the shown values that are none."""
    right: set[str] = set()
    wrong: list[str] = []
    for value in cell.values:
        fitting = {one for one in gold if agrees(column, value.value, one)}
        right |= fitting
        if not fitting:
            wrong.append(value.value)
    return frozenset(right), wrong


def agrees(column: Column, shown: str, gold: str) -> bool:
    """Return whether a shown value is a gold value.

    >>> name = COLUMNS.column("company")
    >>> agrees(name, "㈜가나", "주식회사 가나"), agrees(name, "가나다", "가나")
    (True, False)
    """
    if shown == gold:
        return True
    if column.type is ColumnType.PASSAGE:
        return same_name(gold) in same_name(shown) or same_name(shown) in same_name(gold)
    return column.type is ColumnType.TEXT and same_name(shown) == same_name(gold)


def _print(figures: Figures, *, verbose: bool) -> None:
    columns = ["precision", "recall", "shown", "stated"]
    rows: list[tuple[str, Figures]] = [("no model", figures), *_named(figures["by_group"])]
    rows += _named({"helpful model": figures["with_model"]})
    rows += _named({"deceitful model": figures["with_deceitful_model"]})
    show("Applications into cells", rows, columns)
    guards = (
        "cases", "unlocatable_found", "conflicts", "conflicts_told", "wrong_found_by_rules",
        "wrong_shown_as_found", "crossed",
    )  # fmt: skip
    for name in guards:
        print(f"{name}: {figures[name]}")
    if verbose:
        show("By column", _named(figures["by_column"]), columns)
        failures = figures["failures"]
        print(*(failures if isinstance(failures, list) else ()), sep="\n")


def _named(held: object) -> list[tuple[str, Figures]]:
    return [(str(name), dict(one)) for name, one in held.items()] if isinstance(held, dict) else []
