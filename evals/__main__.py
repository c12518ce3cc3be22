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
@_JSON
@click.option("--verbose", is_flag=True, help="Print figures by column and what went wrong.")
def extraction(json_file: Path | None, verbose: bool) -> None:
    """Invented applications into cells: precision, recall, and what a deceitful model can do."""
    from evals.suites.extraction import run

    run(json_file=json_file, verbose=verbose)


@main.command()
@click.option("--files", type=click.IntRange(min=1), default=200, show_default=True)
@click.option("--latency", type=float, default=2.0, show_default=True, help="Of a reply, seconds.")
@click.option("--at-once", type=click.IntRange(min=1), default=16, show_default=True)
@click.option("--kills", type=click.IntRange(min=0), default=0, show_default=True, help="kill -9.")
@click.option("--database", default="", help="PostgreSQL address; SQLite when absent.")
@_JSON
def jobs(
    *, files: int, latency: float, at_once: int, kills: int, database: str, json_file: Path | None
) -> None:
    """Many files through a worker and a scripted endpoint: wall time, memory, kills.

    Exit code 1 when a file is missing or out of order, paid for too often, or late.
    """
    from evals.suites.jobs import Plan, run

    plan = Plan(files=files, latency_s=latency, at_once=at_once, kills=kills, database_url=database)
    if not run(plan, json_file=json_file):
        raise SystemExit(1)


@main.command()
@click.option(
    "--samples",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    required=True,
    help="Folder of files with a MANIFEST.tsv.",
)
@_JSON
@click.option("--verbose", is_flag=True, help="Print what an official is told of each file.")
@click.option("--strict", is_flag=True, help="Exit code 1 when a file is not as expected.")
def reading(samples: Path, json_file: Path | None, verbose: bool, strict: bool) -> None:
    """Files of every format: read or refused, known phrase found, tables, seconds, memory."""
    from evals.suites.reading import run

    if not run(samples, json_file=json_file, verbose=verbose) and strict:
        raise SystemExit(1)


@main.command()
@click.option(
    "--samples",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of files to damage, besides the small ones that are made up.",
)
@click.option("--minutes", type=float, default=5.0, show_default=True, help="How long.")
@click.option("--seed", type=int, default=1, show_default=True, help="Which damage.")
@click.option("--only", type=int, multiple=True, help="Read this input alone; may be repeated.")
@click.option("--keep", type=click.Path(path_type=Path), help="Put what failed into this folder.")
@_JSON
def fuzz(
    samples: Path | None,
    minutes: float,
    seed: int,
    only: tuple[int, ...],
    keep: Path | None,
    json_file: Path | None,
) -> None:
    """Damaged files of every format: nothing may crash, hang or leak beyond the reading process."""
    from evals.suites.fuzz import run

    if not run(samples, minutes=minutes, seed=seed, only=only, keep=keep, json_file=json_file):
        raise SystemExit(1)


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


@main.command()
@click.option(
    "--samples",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder whose largest HWP file is read, and its PDF files; made-up files when absent.",
)
@_JSON
@click.option("--strict", is_flag=True, help="Exit code 1 when a limit is missed.")
def readbench(samples: Path | None, json_file: Path | None, strict: bool) -> None:
    """What reading costs beyond pypdf, pypdfium2 and dochan alone; tables in and out."""
    from evals.bench.reading import run

    if run(samples, json_file=json_file) and strict:
        raise SystemExit(1)


@main.command()
@_JSON
@click.option("--strict", is_flag=True, help="Exit code 1 when a limit is missed.")
def reportbench(json_file: Path | None, strict: bool) -> None:
    """How long a report of thirty pages takes without a model, as HWPX, DOCX and PDF."""
    from evals.bench.reporting import run

    if run(json_file=json_file) and strict:
        raise SystemExit(1)


@main.command()
@click.option(
    "--sentences",
    "--cases",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    required=True,
    help="Sentences with what must be hidden and kept: JSON lines, or YAML of the project.",
)
@click.option(
    "--split",
    type=click.Choice(["all", "dev", "blind"]),
    default="all",
    help="Only the cases for tuning, or only those kept aside.",
)
@click.option(
    "--rules",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Count what is masked in this folder of rules as well, where nothing is personal.",
)
@click.option("--tagger/--no-tagger", default=True, help="Find names with morphemes as well.")
@_JSON
@_VERBOSE
def privacy(
    *,
    sentences: Path,
    split: str,
    rules: Path | None,
    tagger: bool,
    json_file: Path | None,
    verbose: bool,
) -> None:
    """Leaks, over-masking and round trips of masking personal data."""
    from evals.suites.privacy import run

    run(
        sentences=sentences,
        split=split,
        json_file=json_file,
        verbose=verbose,
        laws=rules,
        tagger=tagger,
    )


@main.command()
@_JSON
@_VERBOSE
def reports(json_file: Path | None, verbose: bool) -> None:
    """Invented pilots: figures against hand-worked values, planted faults, false alarms.

    Reports are drafted by a model that invents numbers; none of them may reach a report unmarked.
    """
    from evals.suites.reports import run

    run(json_file=json_file, verbose=verbose)


@main.command()
@click.option("--write", is_flag=True, help="Keep the weights where the product reads them.")
@_JSON
def kinds(write: bool, json_file: Path | None) -> None:
    """Learn what tells the kind of a complaint, and how many unseen ones that gets right."""
    from evals.suites.kinds import run

    run(write=write, json_file=json_file)


@main.command()
@_JSON
@_VERBOSE
@_INDEX
@click.option("--endpoint", default="", help="Write with this OpenAI-compatible endpoint as well.")
@click.option("--model", default="", help="The model's name at that endpoint.")
@click.option(
    "--quick", is_flag=True, help="Search by words alone, and write without stand-ins for a model."
)
def complaints(
    *,
    json_file: Path | None,
    verbose: bool,
    index: Path | None,
    endpoint: str,
    model: str,
    quick: bool,
) -> None:
    """Invented complaints of all kinds: kind, due date, points, letters, leaks."""
    from evals.suites.complaints import Plan, run

    plan = Plan(index=index, endpoint=endpoint, model=model, models=not quick, dense=not quick)
    run(plan, json_file=json_file, verbose=verbose)


if __name__ == "__main__":
    main()
