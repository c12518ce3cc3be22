"""Does a number that a model invents reach a report without a mark?

Pilots are built with the real parts from files; only the endpoint is false. A sentence is marked
when its state says that it has no basis or differs, or when it is left open for a person.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.assembly import Assistant
from assistant.domain import (
    DEFAULT_INSTITUTION,
    Grade,
    Origin,
    Paper,
    PaperParagraph,
    PaperSentence,
    PilotRecord,
    SentenceStatus,
)
from assistant.figures import compute_figures
from assistant.pilotpages import facts, pilot_evidence
from assistant.settings import Settings
from assistant.store import Store
from evals.adversary import InventingModel, inventions_in
from evals.pilots import PilotCase

CORPUS = Path(__file__).parents[2] / "corpus" / "pilots"
KINDS = ("completion", "interim", "supplement", "summary")
_NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
_BY = "평가"
_MARKED = {SentenceStatus.UNSUPPORTED, SentenceStatus.DIFFERS}
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


@dataclass(slots=True)
class Invention:
    """What came of it: counts, and the sentences in which an invention stands unmarked."""

    reports: int = 0
    calls: int = 0
    tried: int = 0
    sentences: int = 0
    kept_true: int = 0
    unmarked: list[str] = field(default_factory=list)
    claims: list[str] = field(default_factory=list)


def invent(
    cases: tuple[PilotCase, ...], *, corpus: Path = CORPUS, kinds: Sequence[str] = KINDS
) -> Invention:
    """Draft reports of every pilot with a model that invents, and look for what it invented."""
    found = Invention()
    with TemporaryDirectory(ignore_cleanup_errors=True) as name:
        model = InventingModel()
        assistant = _assistant(Path(name), model)
        try:
            for pilot_id in _pilots(assistant, cases, corpus, Path(name)):
                for kind in kinds:
                    _look(assistant, model, pilot_id, kind, found)
        finally:
            assistant.stop()
    found.calls = model.calls
    found.tried = len(model.invented) + len(model.claims)
    return found


def _assistant(folder: Path, model: InventingModel) -> Assistant:
    settings = Settings(
        data_dir=folder / "data",
        embedding_backend="none",
        llm_is_internal=True,
        _env_file=None,  # type: ignore[call-arg] # of BaseSettings, hidden by its fields
    )
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    store = Store.open(settings.resolved_database_url)
    return Assistant(settings=settings, clock=lambda: _NOW, store=store, model=model)


def _pilots(
    assistant: Assistant, cases: tuple[PilotCase, ...], corpus: Path, folder: Path
) -> Iterator[str]:
    """Yield the pilots of the corpus, read from their files, and those with opinions on file."""
    for place in sorted(path for path in corpus.iterdir() if path.is_dir()):
        made = assistant.pilots.create(
            place.name, by=_BY, grade=Grade.OPEN, institution_id=DEFAULT_INSTITUTION
        )
        _attach(assistant, made.pilot_id, place)
        assistant.pilot_files.accept_agreed(
            made.pilot_id, by=_BY, institution_id=DEFAULT_INSTITUTION
        )
        yield made.pilot_id
    for case in cases:
        if case.is_clean and case.record.report is not None:
            yield _own(assistant, case.record, folder)


def _own(assistant: Assistant, record: PilotRecord, folder: Path) -> str:
    assistant.store.pilots.create(
        record, institution_id=DEFAULT_INSTITUTION, grade=Grade.OPEN, by=_BY
    )
    opinions = record.report.opinions if record.report is not None else ()
    text = "\n\n".join(opinion.text for opinion in opinions)
    minutes = folder / f"{record.pilot_id}_회의록.md"
    minutes.write_text(f"# 회의록\n\n## 논의\n\n{text}\n", "utf-8")
    _attach(assistant, record.pilot_id, minutes)
    return record.pilot_id


def _attach(assistant: Assistant, pilot_id: str, path: Path) -> None:
    results = assistant.ingest.ingest_paths(
        [path], institution_id=DEFAULT_INSTITUTION, collection_id="inbox", grade=Grade.OPEN
    )
    for result in results:
        assistant.pilot_files.take_in(
            pilot_id, result.document_id, by=_BY, institution_id=DEFAULT_INSTITUTION
        )


def _look(
    assistant: Assistant, model: InventingModel, pilot_id: str, kind: str, found: Invention
) -> None:
    before, claims = len(model.invented), len(model.claims)
    model.truth = _truth(assistant, pilot_id)
    built = asyncio.run(assistant.reports.build(pilot_id, kind, institution_id=DEFAULT_INSTITUTION))
    invented, claimed = model.invented[before:], model.claims[claims:]
    found.reports += 1
    for sentence in _sentences(built.paper):
        if sentence.origin is not Origin.MODEL:
            continue
        found.sentences += 1
        if sentence.is_open or sentence.status in _MARKED:
            continue
        made = inventions_in(sentence.text, invented) or _strange(sentence.text, model.truth)
        false = [claim for claim in claimed if claim in sentence.text]
        found.unmarked += [f"{pilot_id} {kind}\t{made}\t{sentence.text}"] * len(made)
        found.claims += [f"{pilot_id} {kind}\t{sentence.text}"] * len(false)
        found.kept_true += not made and not false


def _truth(assistant: Assistant, pilot_id: str) -> str:
    """Return all that the files and the record of a pilot say, and what is computed of it."""
    stored = assistant.store.pilots.get(pilot_id, institution_id=DEFAULT_INSTITUTION)
    passages = pilot_evidence(assistant.store, pilot_id, institution_id=DEFAULT_INSTITUTION)
    told = facts(stored.record, compute_figures(stored.record))
    return "\n".join([*(passage.text for passage in passages), *told])


def _strange(text: str, truth: str) -> list[str]:
    """Return the numbers of a sentence that stand nowhere in what is true, read in another way."""
    return sorted(numbers_of(text) - numbers_of(truth))


def _sentences(paper: Paper) -> Iterator[PaperSentence]:
    for part in paper.parts:
        for block in part.blocks:
            if isinstance(block, PaperParagraph):
                yield from block.sentences


def numbers_of(text: str) -> set[str]:
    """Return the numbers of a text as written, without commas.

    >>> sorted(numbers_of("1,234건과 3.5%"))
    ['1234', '3.5']
    """
    return {each.replace(",", "") for each in _NUMBER.findall(text)}
