"""Is every file of a folder read whole, and every hostile one refused quickly and cheaply?

The folder has a `MANIFEST.tsv`: a line for each file with a phrase known to stand in it and the
number of its tables. A note that begins with HOSTILE means that the file must be refused.
"""

from __future__ import annotations

import csv
import re
import sys
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Literal, TypeAlias

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from assistant.domain import Block, BlockKind, Document
from assistant.errors import AssistantError
from assistant.reading import DEFAULT_LIMITS, Limits, ReadCost, ReaderPool
from assistant.wording import describe, warning_text
from evals.report import write_json

MANIFEST = "MANIFEST.tsv"
HOSTILE_S = 10.0
HOSTILE_MB = 500
_TABLE_COUNT = "표 개수"  # what a reader says the file itself holds, layout boxes included
_APART = "\x00"  # between blocks: stands in no phrase
_MB = 1_000_000
_WIDTH = 130  # of the table where the terminal does not tell

Place: TypeAlias = Literal["text", "cell", "across", "beside", "missing"]
Tables: TypeAlias = Literal["equal", "explained", "different"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A line of the manifest; None where the manifest does not say."""

    file: str
    phrase: str | None = None
    tables: int | None = None
    is_hostile: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What came of one file.

    `phrase` says where the phrase stands: in a text block, in a cell, across several of them, or
    only beside the document (memos, hidden text). `tables_held` is what the file itself holds;
    the difference to `tables_read` are boxes of one cell, which are text, and empty tables.
    """

    file: str
    was_read: bool
    seconds: float
    peak_mb: int | None
    reason: str = ""
    said: str = ""
    phrase: Place | None = None
    tables_expected: int | None = None
    tables_read: int | None = None
    tables_held: int | None = None
    tables: Tables | None = None
    warnings: Mapping[str, int] = field(default_factory=dict)
    blocks: int = 0
    chars: int = 0
    is_hostile: bool = False

    @property
    def is_well_refused(self) -> bool:
        """Whether a hostile file was refused within the limits."""
        is_small = self.peak_mb is not None and self.peak_mb <= HOSTILE_MB
        return self.is_hostile and not self.was_read and self.seconds <= HOSTILE_S and is_small

    @property
    def is_good(self) -> bool:
        """Whether nothing about the file is other than expected."""
        if self.is_hostile:
            return self.is_well_refused
        is_found = self.phrase is None or self.phrase in {"text", "cell", "across"}
        return self.was_read and is_found and self.tables != "different"


def samples(folder: Path) -> list[Sample]:
    """Return the lines of the folder's manifest."""
    with (folder / MANIFEST).open(encoding="utf-8-sig", newline="") as manifest:
        rows = csv.DictReader(manifest, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [_sample(row) for row in rows if (row.get("file") or "").strip()]


def _sample(row: Mapping[str, str | None]) -> Sample:
    def known(column: str) -> str | None:
        value = (row.get(column) or "").strip()
        return value if value not in {"", "-"} else None

    tables = known("tables")
    return Sample(
        file=(row.get("file") or "").strip(),
        phrase=known("phrase"),
        tables=int(tables) if tables and tables.isdecimal() else None,
        is_hostile=(known("note") or "").startswith("HOSTILE"),
    )


# -- scoring ----------------------------------------------------------------------------------


def place_of(phrase: str, document: Document) -> Place:
    """Return where the phrase stands, white space and Unicode form aside."""
    wanted = _bare(phrase)
    cells = [c.text for block in document.blocks for row in block.rows for c in row]
    running = [text for block in document.blocks for text in (block.text, block.caption)]
    beside = [document.title, *document.metadata.values(), *(a.text for a in document.asides)]
    if wanted in _joined(running):
        return "text"
    if wanted in _joined(cells):
        return "cell"
    if wanted in _bare("".join(_texts(document.blocks))):
        return "across"
    return "beside" if wanted in _joined(beside) else "missing"


def tables_of(document: Document) -> tuple[int, int]:
    """Return how many tables were read, and how many the file holds as its reader counted."""
    read = sum(block.kind is BlockKind.TABLE for block in document.blocks)
    told = document.metadata.get(_TABLE_COUNT, "")
    return read, int(told) if told.isdecimal() else read


def judge(expected: int | None, *, read: int, held: int) -> Tables | None:
    """Compare numbers of tables; `explained` when the file holds as many.

    >>> judge(5, read=5, held=5), judge(5, read=3, held=5), judge(5, read=4, held=4)
    ('equal', 'explained', 'different')
    """
    if expected is None:
        return None
    if read == expected:
        return "equal"
    return "explained" if held == expected else "different"


def score(sample: Sample, outcome: Document | AssistantError, cost: ReadCost) -> Reading:
    """Return what came of a file beside what was expected."""
    peak_mb = None if cost.peak_bytes is None else round(cost.peak_bytes / _MB)
    if isinstance(outcome, AssistantError):
        facts = outcome.facts()
        return Reading(
            file=sample.file,
            was_read=False,
            seconds=round(cost.seconds, 3),
            peak_mb=peak_mb,
            reason=":".join(
                [outcome.code, *(str(facts[k]) for k in ("reason", "detected") if k in facts)]
            ),
            said=describe(outcome),
            phrase="missing" if sample.phrase and not sample.is_hostile else None,
            tables_expected=sample.tables,
            is_hostile=sample.is_hostile,
        )
    read, held = tables_of(outcome)
    return Reading(
        file=sample.file,
        was_read=True,
        seconds=round(cost.seconds, 3),
        peak_mb=peak_mb,
        phrase=place_of(sample.phrase, outcome) if sample.phrase else None,
        tables_expected=sample.tables,
        tables_read=read,
        tables_held=held,
        tables=judge(sample.tables, read=read, held=held),
        warnings={warning.code: warning.count for warning in outcome.warnings},
        blocks=len(outcome.blocks),
        chars=sum(map(len, _texts(outcome.blocks))),
        is_hostile=sample.is_hostile,
    )


def totals(readings: Sequence[Reading]) -> dict[str, str]:
    """Return each count as "n/m"."""
    usual = [r for r in readings if not r.is_hostile]
    hostile = [r for r in readings if r.is_hostile]
    phrased = [r for r in usual if r.phrase is not None]
    counted = [r for r in usual if r.tables_expected is not None]
    return {
        "read": _of(sum(r.was_read for r in usual), usual),
        "phrases": _of(sum(r.phrase in {"text", "cell", "across"} for r in phrased), phrased),
        "tables equal": _of(sum(r.tables == "equal" for r in counted), counted),
        "tables equal or explained": _of(
            sum(r.tables in {"equal", "explained"} for r in counted), counted
        ),
        f"hostile refused within {HOSTILE_S:g} s and {HOSTILE_MB} MB": _of(
            sum(r.is_well_refused for r in hostile), hostile
        ),
    }


def _of(count: int, among: Sequence[object]) -> str:
    return f"{count}/{len(among)}"


def _texts(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        yield block.text
        yield block.caption
        yield from (cell.text for row in block.rows for cell in row)


def _joined(texts: Sequence[str]) -> str:
    return _APART.join(map(_bare, texts))


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFC", text))


# -- the run ----------------------------------------------------------------------------------


def measure(
    folder: Path, *, limits: Limits = DEFAULT_LIMITS, only: Sequence[Sample] | None = None
) -> list[Reading]:
    """Read every file of the manifest, each in a process of its own that has already started."""
    costs: list[ReadCost] = []
    pool = ReaderPool(size=1, files_per_process=1, observe=costs.append)
    try:
        return [_read(pool, costs, folder, s, limits) for s in only or samples(folder)]
    finally:
        pool.close()


def _read(
    pool: ReaderPool, costs: list[ReadCost], folder: Path, sample: Sample, limits: Limits
) -> Reading:
    pool.warm_up()
    outcome: Document | AssistantError
    try:
        data = (folder / sample.file).read_bytes()
        outcome = pool.read(data, file_name=sample.file, limits=limits)
    except AssistantError as error:
        outcome = error
    cost = costs.pop() if costs else ReadCost(seconds=0.0, peak_bytes=0)  # refused by its size
    return score(sample, outcome, cost)


def run(folder: Path, *, json_file: Path | None, verbose: bool) -> bool:
    """Read, print and write; return whether every file came out as expected."""
    readings = measure(folder)
    counts = totals(readings)
    _print(readings, counts)
    if verbose:
        _print_details(readings)
    files = [asdict(reading) | {"is_good": reading.is_good} for reading in readings]
    write_json(json_file, {"totals": counts, "files": files})
    return all(reading.is_good for reading in readings)


def _print(readings: Sequence[Reading], counts: Mapping[str, str]) -> None:
    columns = ("", "file", "outcome", "phrase", "tables", "s", "MB")
    table = Table(title="reading", caption="tables: read (in the file) / expected")
    for number, column in enumerate(columns):
        table.add_column(column, justify="right" if number >= 4 else "left", overflow="fold")
    for reading in readings:
        table.add_row(
            "ok" if reading.is_good else "!!",
            escape(reading.file),
            "read" if reading.was_read else reading.reason,
            reading.phrase or "-",
            _tables_shown(reading),
            f"{reading.seconds:.2f}",
            "died" if reading.peak_mb is None else str(reading.peak_mb),
        )
    console = Console(width=None if sys.stdout.isatty() else _WIDTH)
    console.print(table)
    for name, count in counts.items():
        console.print(f"{name}: {count}", markup=False, highlight=False)


def _tables_shown(reading: Reading) -> str:
    expected = "-" if reading.tables_expected is None else str(reading.tables_expected)
    if reading.tables_read is None:
        return f"- / {expected}"
    held = f" ({reading.tables_held})" if reading.tables_held != reading.tables_read else ""
    return f"{reading.tables_read}{held} / {expected}"


def _print_details(readings: Sequence[Reading]) -> None:
    for reading in readings:
        print(f"{reading.file}: {reading.blocks} blocks, {reading.chars} characters")
        if reading.said:
            print(f"  {reading.said}")
        for code, count in reading.warnings.items():
            print(f"  {code} ({count}): {warning_text(code)}")
