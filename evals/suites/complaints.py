"""Invented complaints of all kinds: kind, due date, points; letters without and with a model."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.domain import ChatModel
from assistant.lexical import warm_up
from assistant.llm import Endpoint, EndpointModel
from evals.complaint_cases import ComplaintCase, load_complaints
from evals.endpoint import StandIn, faithful, reckless, stand_in
from evals.report import Figures, rate, show, write_json
from evals.suites.complaint_letters import LetterScore, letters_of
from evals.suites.complaint_scores import f1
from evals.suites.privacy import leaks
from evals.workbench import indexed

CORPUS = Path(__file__).parents[2] / "corpus"
_READ = (
    "cases",
    "type_accuracy",
    "due_date_accuracy",
    "points",
    "points_f1",
    "leaks",
)
_WRITTEN = (
    "unsupported_presented",
    "remedies_present",
    "letters_clean",
    "carried",
    "articles_cited",
    "beside_the_point",
    "leaks",
    "sent_leaks",
    "reckless_shown",
)
_STAND_INS = {"faithful": faithful, "reckless": reckless}


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What to measure: `endpoint` is a real one, `models` adds the two stand-ins."""

    corpus: Path = CORPUS
    index: Path | None = None
    endpoint: str = ""
    model: str = ""
    models: bool = True
    dense: bool = True


def run(plan: Plan, *, json_file: Path | None, verbose: bool) -> Figures:
    """Take in every case, write its reply, print the figures and return them."""
    warm_up()
    cases = load_complaints()
    with indexed(plan.corpus, folder=plan.index, dense=plan.dense) as bench:
        scores = letters_of(bench, cases, model=None)
        runs = {"none": figures_of(scores)}
        for name, model, running in _models(plan):
            with_model = letters_of(bench, cases, model=model)
            sent = _sent_leaks(cases, running.sent) if running else None
            runs[name] = figures_of(with_model, sent_leaks=sent)
            scores_with = with_model if verbose else []
            print(*(f"{name}\t{line}" for line in _notes(scores_with)), sep="\n", end="")
    figures = {**runs["none"], "by_split": _by_split(scores), "with_model": _others(runs)}
    show("Complaints", [("all", figures), *_by_split(scores).items()], _READ)
    show("Letters by model", list(runs.items()), _WRITTEN)
    if verbose:
        print(*_notes(scores), sep="\n")
    write_json(json_file, figures)
    return figures


def _models(plan: Plan) -> Iterator[tuple[str, ChatModel, StandIn | None]]:
    """Yield the models to write with, each while it runs."""
    if plan.endpoint:
        yield "endpoint", _model(plan.endpoint, plan.model), None
    for name, reply in _STAND_INS.items() if plan.models else ():
        with stand_in(reply) as running:
            yield name, _model(running.base_url, "stand-in"), running


def _model(base_url: str, name: str) -> EndpointModel:
    return EndpointModel(Endpoint(base_url=base_url, model=name))


def _sent_leaks(cases: Sequence[ComplaintCase], sent: Sequence[str]) -> int:
    """Return how many seeded secrets can be read in what left for the endpoint."""
    everything = "\n".join(sent)
    return sum(leaks(secret.text, everything) for case in cases for secret in case.secrets)


def _by_split(scores: Sequence[LetterScore]) -> dict[str, Figures]:
    splits = dict.fromkeys(score.split for score in scores)
    return {
        split: figures_of([score for score in scores if score.split == split]) for split in splits
    }


def _others(runs: dict[str, Figures]) -> dict[str, Figures]:
    return {name: figures for name, figures in runs.items() if name != "none"}


def figures_of(scores: Sequence[LetterScore], *, sent_leaks: int | None = None) -> Figures:
    """Return the figures over `scores`; `sent_leaks` where something was sent."""
    count = len(scores)
    refusals = [score for score in scores if score.refuses]
    sentences = sum(score.sentences for score in scores)
    figures = {
        "cases": count,
        "type_accuracy": rate(sum(score.is_kind_right for score in scores), count),
        "due_date_accuracy": rate(sum(score.is_due_right for score in scores), count),
        "points": sum(score.points.hits + len(score.points.missed) for score in scores),
        "points_f1": f1([score.points for score in scores]),
        "unsupported_presented": sum(len(score.unsupported) for score in scores),
        "remedies_present": rate(
            sum(not score.remedies_missing for score in refusals), len(refusals)
        ),
        "refusals": len(refusals),
        "letters_clean": rate(sum(not score.form for score in scores), count),
        "form_findings": dict(Counter(code for score in scores for code in score.form)),
        "sentences": sentences,
        "carried": rate(sum(score.carried for score in scores), sentences),
        "articles_cited": rate(
            sum(score.articles_cited for score in scores),
            sum(score.articles_wanted for score in scores),
        ),
        "articles_named": rate(
            sum(score.articles_named for score in scores),
            sum(score.articles_wanted for score in scores),
        ),
        "articles_quoted": sum(score.articles_quoted for score in scores),
        "beside_the_point": rate(
            sum(len(score.beside) for score in scores),
            sum(score.articles_quoted for score in scores),
        ),
        "open_points": sum(score.open_points for score in scores),
        "leaks": sum(len(score.leaked) for score in scores),
        "leaks_by_kind": dict(Counter(kind for score in scores for kind in score.leaked)),
        "reckless_shown": sum(len(score.reckless) for score in scores),
    }
    return figures if sent_leaks is None else {**figures, "sent_leaks": sent_leaks}


def _notes(scores: Sequence[LetterScore]) -> list[str]:
    """Return what went wrong; of the blind cases only which, so that they stay blind."""
    return [
        "\t".join((score.case_id, what, detail if score.split == "seen" else ""))
        for score in scores
        for what, detail in _faults(score)
    ]


def _faults(score: LetterScore) -> Iterator[tuple[str, str]]:
    if not score.is_kind_right:
        yield "kind", ""
    if not score.is_due_right:
        yield "due", ""
    yield from (("missed", passage) for passage in score.points.missed)
    yield from (("extra", passage) for passage in score.points.extra)
    yield from (("unsupported", sentence) for sentence in score.unsupported)
    yield from (("beside", article) for article in score.beside)
    yield from (("remedy", name) for name in score.remedies_missing)
    yield from (("form", code) for code in score.form)
    yield from (("leak", kind) for kind in score.leaked)
    yield from (("reckless", word) for word in score.reckless)
