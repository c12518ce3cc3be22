"""Are answers made without a model right, cited, and honest about what is missing?"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from assistant.domain import Answer, Outcome, Scope, Turn
from assistant.flows.answer import AnswerBounds, AnswerFlow, Final
from assistant.prompts import load_all
from evals.cases import Question, load_questions
from evals.report import rate, show, write_json
from evals.workbench import Workbench, indexed


def run(
    *, rules: Path, questions: Path, json_file: Path | None, index: Path | None, verbose: bool
) -> dict[str, object]:
    """Index `rules` afresh, answer every question without a model, print and return figures."""
    cases = load_questions(questions)
    with indexed(rules, folder=index) as bench:
        answers = asyncio.run(_answer_all(bench, cases))
        figures = measure(cases, answers, bench.files, verbose=verbose)
    columns = [
        "figure_present",
        "cited_article_correct",
        "abstention",
        "false_abstention",
        "longest_chars",
        "answerable",
        "unanswerable",
    ]
    show("answers without a model", [("gongmun", figures)], columns)
    write_json(json_file, figures)
    return figures


async def _answer_all(bench: Workbench, cases: Sequence[Question]) -> list[Answer]:
    flow = AnswerFlow(
        retriever=bench.retriever,
        model=None,
        prompts=load_all(),
        is_internal=False,
        bounds=AnswerBounds(
            limit=bench.settings.retrieval_limit, max_chars=bench.settings.answer_max_chars
        ),
    )
    today = datetime.now(UTC).date()
    answers: list[Answer] = []
    for case in cases:
        async for event in flow.stream(
            case.text, scope=Scope(), reference_date=today, history=_before(case)
        ):
            if isinstance(event, Final):
                answers.append(event.answer)
    return answers


def _before(case: Question) -> tuple[Turn, ...]:
    if not case.earlier:
        return ()
    return (
        Turn(
            turn_id="before",
            conversation_id="case",
            parent_turn_id=None,
            question=case.earlier,
            answer=None,
            state="final",
            created_at=datetime.now(UTC),
        ),
    )


def measure(
    cases: Sequence[Question],
    answers: Sequence[Answer],
    files: dict[str, str],
    *,
    verbose: bool = False,
) -> dict[str, object]:
    """Return the rates; a figure counts only in an answer that was given."""
    counts = dict.fromkeys(("figure", "cited", "abstained", "falsely"), 0)
    answerable = sum(case.is_answerable for case in cases)
    longest = 0
    for case, answer in zip(cases, answers, strict=True):
        given = answer.outcome is Outcome.ANSWERED
        longest = max(longest, len(answer.text))
        if not case.is_answerable:
            counts["abstained"] += not given
            continue
        has_figure = given and case.holds_figures(answer.text)
        is_cited = given and case.is_met(_cited(answer, files))
        counts["figure"] += has_figure
        counts["cited"] += is_cited
        counts["falsely"] += not given
        if verbose and not (has_figure and is_cited):
            print(case.question_id, f"figure={has_figure} cited={is_cited}", case.text, sep=" | ")
    return {
        "answerable": answerable,
        "unanswerable": len(cases) - answerable,
        "figure_present": rate(counts["figure"], answerable),
        "cited_article_correct": rate(counts["cited"], answerable),
        "abstention": rate(counts["abstained"], len(cases) - answerable),
        "false_abstention": rate(counts["falsely"], answerable),
        "longest_chars": longest,
    }


def _cited(answer: Answer, files: dict[str, str]) -> set[tuple[str, str]]:
    labels = {p.key: (files[p.document_id], p.label) for p in answer.passages}
    return {
        labels[citation.key]
        for sentence in answer.ledger
        for citation in sentence.citations
        if citation.key in labels
    }
