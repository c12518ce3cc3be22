"""`python -m evals <suite>`: measure how good and how fast Gongmun is."""

from __future__ import annotations

from pathlib import Path

import click

_RULES = click.option(
    "--rules",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    required=True,
    help="Folder of rule files, indexed afresh.",
)
_QUESTIONS = click.option(
    "--questions",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    required=True,
    help="Question file, one JSON object a line.",
)
_JSON = click.option("--json", "json_file", type=click.Path(path_type=Path), help="Write figures.")
_INDEX = click.option(
    "--index",
    type=click.Path(path_type=Path),
    help="Keep the index in this folder and use it again; a temporary place otherwise.",
)
_VERBOSE = click.option("--verbose", is_flag=True, help="Print the questions that were missed.")


@click.group()
def main() -> None:
    """Measure quality and speed; figures go to the terminal and, on request, to a JSON file."""


@main.command()
@_RULES
@_QUESTIONS
@_JSON
@_INDEX
@_VERBOSE
@click.option("--rivals/--no-rivals", default=True, help="Measure the baselines as well.")
def retrieval(
    rules: Path,
    questions: Path,
    json_file: Path | None,
    index: Path | None,
    verbose: bool,
    rivals: bool,
) -> None:
    """Hit rates of retrieval at article level, beside two plain pipelines."""
    from evals.suites.retrieval import run

    run(
        rules=rules,
        questions=questions,
        json_file=json_file,
        index=index,
        rivals=rivals,
        verbose=verbose,
    )


@main.command()
@_RULES
@_QUESTIONS
@_JSON
@_INDEX
@_VERBOSE
def answers(
    rules: Path, questions: Path, json_file: Path | None, index: Path | None, verbose: bool
) -> None:
    """Answers without a model: figures, citations, abstention."""
    from evals.suites.answers import run

    run(rules=rules, questions=questions, json_file=json_file, index=index, verbose=verbose)


@main.command()
@_RULES
@_JSON
def ledger(rules: Path, json_file: Path | None) -> None:
    """Single-token mutations of supported sentences: how many does the ledger flag?"""
    from evals.report import write_json
    from evals.suites.ledger import print_figures, run

    figures = run(rules=rules)
    print_figures(figures)
    write_json(json_file, figures)


@main.command()
@_RULES
@click.option(
    "--questions",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    required=True,
    multiple=True,
    help="Question file; may be given several times.",
)
@_JSON
@_INDEX
def fusion(
    rules: Path, questions: tuple[Path, ...], json_file: Path | None, index: Path | None
) -> None:
    """Fit the weights of ranking and abstention, with cross-validated figures."""
    from evals.suites.fusion import run

    run(rules=rules, questions=questions, json_file=json_file, index=index)


@main.command()
@click.option(
    "--chunks",
    "sizes",
    type=click.IntRange(min=100),
    multiple=True,
    default=(20_000, 200_000),
    show_default=True,
    help="Size to measure at; may be given several times.",
)
@click.option(
    "--rules",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Make the rules of the sentences of this folder; of the sample corpus when absent.",
)
@click.option("--server", is_flag=True, help="Measure the real server process as well.")
@click.option(
    "--compare",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Accepted ratios; exit code 1 when one falls behind by more than the margin in it.",
)
@click.option(
    "--folder",
    type=click.Path(path_type=Path),
    help="Keep the data here; a temporary place otherwise.",
)
@_JSON
def bench(
    *,
    sizes: tuple[int, ...],
    rules: Path | None,
    server: bool,
    compare: Path | None,
    folder: Path | None,
    json_file: Path | None,
) -> None:
    """Speed and memory of reading in and of finding, beside two plain pipelines.

    At 200,000 chunks this takes about half an hour and 6 GB of disk.
    """
    from evals.bench.run import Plan, run

    plan = Plan(sizes=sizes, rules=rules, server=server, folder=folder)
    worse = run(plan, json_file=json_file, baseline=compare)
    for line in worse:
        click.echo(f"worse than accepted: {line}", err=True)
    if worse:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
