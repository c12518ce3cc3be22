"""Does the right article stand among the first hits, and how fast?"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path

from assistant.domain import Scope
from evals.cases import Place, Question, load_questions
from evals.report import margin, percentile, rate, show, write_json
from evals.rivals import plain_langchain, whitespace_bm25
from evals.workbench import Workbench, indexed

DEPTHS = (1, 5, 10, 20)
Ranker = Callable[[str, str], list[Place]]  # question, the one before it


def run(
    *,
    rules: Path,
    questions: Path,
    json_file: Path | None,
    index: Path | None,
    rivals: bool,
    verbose: bool,
) -> dict[str, object]:
    """Index `rules` afresh, ask every question, print and return the figures."""
    cases = load_questions(questions)
    with indexed(rules, folder=index) as bench:
        figures: dict[str, object] = {
            "questions": sum(case.is_answerable for case in cases),
            "chunks": bench.chunk_count,
            "words_s": round(bench.words_s, 1),
            "index_s": round(bench.index_s, 1),
            **measure(cases, ranker(bench), verbose=verbose),
        }
        rows = [("gongmun", figures)]
        if rivals:
            compared = {
                "plain_langchain": measure(cases, plain_langchain(bench)),
                "whitespace_bm25": measure(cases, whitespace_bm25(bench)),
            }
            figures["baselines"] = compared
            rows += list(compared.items())
    keys = [f"hit@{depth}" for depth in DEPTHS]
    show("retrieval", rows, [*keys, "p50_ms", "p95_ms", "index_s", "questions"])
    write_json(json_file, figures)
    return figures


def ranker(bench: Workbench) -> Ranker:
    """Return Gongmun's ranking of articles as (file, label), best first."""

    def rank(question: str, earlier: str) -> list[Place]:
        found = bench.retriever.retrieve(
            question, scope=Scope(), limit=max(DEPTHS), context=earlier or None
        )
        ranked = [p for p in found.passages if p.via != "hop"]
        return [(bench.files[p.document_id], p.label) for p in ranked]

    return rank


def measure(cases: Sequence[Question], rank: Ranker, *, verbose: bool = False) -> dict[str, object]:
    """Return hit rates at each depth over the answerable questions, and times."""
    rank("처리 기간", "")  # the first question pays for loading
    hits = dict.fromkeys(DEPTHS, 0)
    times: list[float] = []
    asked = [case for case in cases if case.is_answerable]
    for case in asked:
        started = time.perf_counter()
        places = list(dict.fromkeys(rank(case.text, case.earlier)))
        times.append((time.perf_counter() - started) * 1000)
        for depth in DEPTHS:
            hits[depth] += case.is_met(places[:depth])
        if verbose and not case.is_met(places[:5]):
            print(case.question_id, case.text, *places[:3], sep=" | ")
    shares = {f"hit@{depth}": rate(count, len(asked)) for depth, count in hits.items()}
    return {
        **shares,
        "margin@1": round(margin(shares["hit@1"], len(asked)), 3),
        "p50_ms": round(percentile(times, 0.5), 1),
        "p95_ms": round(percentile(times, 0.95), 1),
    }
