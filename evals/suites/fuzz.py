"""Does any damaged file reach beyond the reading process: crash, hang, leak, or a false document?

Each input is a file with a few changes, read as the server reads it. A refusal by name is what
should happen; the death of a reading process is counted, and kept for its reader's sake; anything
else is a fault.
"""

from __future__ import annotations

import contextlib
import itertools
import logging
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from random import Random

from assistant.chunking import chunk
from assistant.domain import BlockKind, Document
from assistant.errors import AssistantError, ConfigurationError
from assistant.reading import Limits, ReadCost, ReaderPool
from assistant.writing import write
from assistant.writing.from_document import to_draft
from evals.report import show, write_json
from evals.suites.fuzz_mutations import mutated
from evals.suites.fuzz_seeds import Seed, seeds
from evals.suites.surroundings import Surroundings, own_temporary_folder, waited_s

LIMITS = Limits(wall_s=20.0, cpu_s=15, ocr_s=5.0)
GRACE_S = 3.0  # on top of the limits, on a busy machine
AFTER_S = 5.0  # processor time for what the server does with a document of usual size,
AFTER_CHAR_S = 5e-6  # and for each character of one that is as large as may be
RISE_MB = 600  # while a document comes in and is cut: of this process, beyond what it held
PLACES = 2_000_000  # of a table with all its spans
_LOOK_EVERY = 20
_WARM_AFTER = 100
_KEPT_PER_CLASS = 5
_WRITTEN_CHARS = 200_000
_WRITTEN_CELLS = 20_000
_USUAL_SIZE = 30_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Find:
    """An input that did what none should; `number` brings it back under the same seed."""

    number: int
    name: str
    changes: tuple[str, ...]
    what: str
    seconds: float
    peak_mb: int | None


@dataclass(slots=True)
class Tally:
    """What came of the inputs so far."""

    inputs: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    by_kind: dict[str, Counter[str]] = field(default_factory=dict)
    deaths: list[Find] = field(default_factory=list)
    faults: list[Find] = field(default_factory=list)
    unhandled: Counter[str] = field(default_factory=Counter)
    slowest: Find | None = None
    highest_peak_mb: int = 0
    highest_rise_mb: int = 0
    growth_mb: int = 0


class Fuzzer:
    """Reads one damaged file after the other and watches what happens around the reading."""

    def __init__(self, found: list[Seed], *, seed: int, keep: Path | None, temporary: Path) -> None:
        self.tally = Tally()
        self._seeds, self._seed, self._keep = found, seed, keep
        self._weights = [1 / (1 + len(each.data) / _USUAL_SIZE) for each in found]
        self._surroundings = Surroundings(temporary)
        self._costs: list[ReadCost] = []
        self._escaped: list[str] = []
        self._waited_s = 0.0
        self._pool = ReaderPool(size=1, observe=self._costs.append)

    def close(self) -> None:
        """End the reading process and look around one last time."""
        self._pool.close()
        for what in self._surroundings.faults(idle=0):
            self.tally.faults.append(_find(self.tally.inputs, "", (), what, None))

    def input(self, number: int) -> tuple[Seed, bytes, tuple[str, ...]]:
        """Return the file that is read at this number: always the same one."""
        chance = Random(f"{self._seed}:{number}")  # noqa: S311 # a repeatable choice, no secret
        (seed,) = chance.choices(self._seeds, self._weights)
        data, changes = mutated(seed.data, seed.kind, chance)
        return seed, data, changes

    def step(self, number: int) -> None:
        """Read the input of this number and judge what came of it."""
        seed, data, changes = self.input(number)
        self._surroundings.watch()
        with self._listening():
            outcome, fault = self._read(seed.name, data)
        del data  # what this tool holds itself is no growth of the reading
        cost = self._costs.pop() if self._costs else ReadCost(seconds=0.0, peak_bytes=0)
        find = _find(number, seed.name, changes, outcome, cost)
        self._count(seed.kind, outcome, find)
        if find.peak_mb is None:
            self.tally.deaths.append(find)
            self._save(find)
        for escaped in self._escaped:
            self._save(replace(find, what=f"unhandled {escaped}"))
        for what in [fault] * bool(fault) + self._around(number, cost):
            faulty = replace(find, what=what)
            self.tally.faults.append(faulty)
            self._save(faulty)

    def _around(self, number: int, cost: ReadCost) -> list[str]:
        """Return what is wrong beyond the outcome: time, memory, what is left behind."""
        faults: list[str] = []
        rise = self._surroundings.rise_mb()
        if cost.seconds - self._waited_s > LIMITS.wall_s + LIMITS.ocr_s + GRACE_S:
            faults.append("slower than the limit")
        if rise > RISE_MB:
            faults.append(f"this process took {rise} MB at once")
        if cost.peak_bytes is None or number % _LOOK_EVERY == 0:
            faults += self._surroundings.faults(idle=1)
        if number == _WARM_AFTER:
            self._surroundings.settle()
        self.tally.highest_rise_mb = max(self.tally.highest_rise_mb, rise)
        self.tally.growth_mb = max(self.tally.growth_mb, self._surroundings.growth_mb)
        return faults

    def _read(self, name: str, data: bytes) -> tuple[str, str]:
        """Return the class of the outcome and, where there is one, the fault."""
        waited_before = waited_s()
        try:
            document = self._pool.read(data, file_name=name, limits=LIMITS)
        except ConfigurationError as error:
            return "fault", f"the reading process does not start: {error}"
        except AssistantError as error:
            facts = error.facts()
            detail = facts.get("reason") or facts.get("detected") or ""
            return f"{error.code}:{detail}".rstrip(":"), ""
        except (ArithmeticError, LookupError, OSError, RuntimeError, TypeError, ValueError) as e:
            return "fault", f"{type(e).__name__} out of the pool"
        except (MemoryError, AttributeError, AssertionError) as e:
            return "fault", f"{type(e).__name__} out of the pool"
        finally:
            self._waited_s = waited_s() - waited_before
        return "document", unsound(document) or _after(document)

    def _count(self, kind: str, outcome: str, find: Find) -> None:
        tally = self.tally
        outcome = f"died:{outcome.rpartition(':')[2]}" if find.peak_mb is None else outcome
        tally.inputs += 1
        tally.outcomes[outcome] += 1
        tally.by_kind.setdefault(kind, Counter())[outcome] += 1
        tally.unhandled.update(f"{kind}: {name}" for name in self._escaped)
        if tally.slowest is None or find.seconds > tally.slowest.seconds:
            tally.slowest = find
        tally.highest_peak_mb = max(tally.highest_peak_mb, find.peak_mb or 0)

    @contextlib.contextmanager
    def _listening(self) -> Iterator[None]:
        """Hear what the readers let out, which the log says and the error does not."""
        self._escaped = []
        listener = _Listener(self._escaped.append)
        logger = logging.getLogger("assistant.reading.guard")
        logger.addHandler(listener)
        try:
            yield
        finally:
            logger.removeHandler(listener)

    def _save(self, find: Find) -> None:
        """Make the input again and put it into the folder for what failed."""
        if self._keep is None:
            return
        label = "".join(c if c.isalnum() else "_" for c in find.what)[:60]
        if len(list(self._keep.glob(f"{label}-*"))) < _KEPT_PER_CLASS:
            _, data, _ = self.input(find.number)
            (self._keep / f"{label}-{find.number}-{find.name}").write_bytes(data)


class _Listener(logging.Handler):
    """Hands on the kind of exception that a reader let out."""

    def __init__(self, hear: Callable[[str], None]) -> None:
        super().__init__()
        self._hear = hear

    def emit(self, record: logging.LogRecord) -> None:
        fault = getattr(record, "fault", "")
        if fault:
            self._hear(str(fault))


def _find(
    number: int, name: str, changes: tuple[str, ...], what: str, cost: ReadCost | None
) -> Find:
    peak = cost.peak_bytes if cost else None
    return Find(
        number=number,
        name=name,
        changes=changes,
        what=what,
        seconds=round(cost.seconds, 2) if cost else 0.0,
        peak_mb=None if peak is None else peak // 1_000_000,
    )


# -- what a document must be ------------------------------------------------------------------


def unsound(document: Document) -> str:
    """Return what is wrong with a document that was read; empty when it can be relied on."""
    blocks = document.blocks
    tables = [block for block in blocks if block.kind is BlockKind.TABLE]
    cells = [cell for block in blocks for row in block.rows for cell in row]
    texts = [document.title, *(t for block in blocks for t in (block.text, block.caption))]
    texts += [cell.text for cell in cells]
    ordinals = [block.locator.ordinal for block in blocks]
    places = sum(max(cell.row_span, 1) * max(cell.col_span, 1) for cell in cells)
    wrong = {
        "a document without blocks or title": not blocks or not document.title.strip(),
        "ordinals out of order": ordinals != list(range(len(blocks))),
        "a table without rows": not all(block.rows for block in tables),
        "an empty block": any(not block.text.strip() and not block.rows for block in blocks),
        "a span below 1": any(cell.row_span < 1 or cell.col_span < 1 for cell in cells),
        "spans over more places than any table has": places > PLACES,
        "control characters in the text": any(map(_is_strange, texts)),
        "more characters than the limit": sum(map(len, texts[1:])) > LIMITS.max_chars + 100_000,
    }
    return next((what for what, is_so in wrong.items() if is_so), "")


def _is_strange(text: str) -> bool:
    odd = text.replace("\n", "").replace("\t", "")
    return any(c < " " or "\ud800" <= c <= "\udfff" for c in odd)


def _after(document: Document) -> str:
    """Do with the document what the server does next; return what went wrong."""
    cells = sum(len(row) for block in document.blocks for row in block.rows)
    chars = sum(len(block.text) for block in document.blocks)
    started = time.thread_time()
    try:
        chunk(document)
        chunked = time.thread_time()
        if chars <= _WRITTEN_CHARS and cells <= _WRITTEN_CELLS:
            write(to_draft(document), "html")
    except AssistantError:
        return ""
    except (ArithmeticError, LookupError, RuntimeError, TypeError, ValueError) as error:
        return f"{type(error).__name__} after reading"
    if chunked - started > AFTER_S + AFTER_CHAR_S * _size(document):
        return "slow to cut into chunks"
    return "slow to write as HTML" if time.thread_time() - chunked > AFTER_S else ""


def _size(document: Document) -> int:
    """Return the characters of a document, each block and cell counted as ten more."""
    texts = [block.text for block in document.blocks]
    texts += [cell.text for block in document.blocks for row in block.rows for cell in row]
    return sum(len(text) + 10 for text in texts)


# -- the run ----------------------------------------------------------------------------------


def run(
    folder: Path | None,
    *,
    minutes: float,
    seed: int = 1,
    only: Iterable[int] = (),
    keep: Path | None = None,
    json_file: Path | None = None,
) -> bool:
    """Read damaged files for so many minutes; print, write, and return whether nothing failed.

    `only` names the inputs to read, instead of as many as there is time for.
    """
    if keep is not None:
        keep.mkdir(parents=True, exist_ok=True)
    with own_temporary_folder() as temporary:
        fuzzer = Fuzzer(seeds(folder), seed=seed, keep=keep, temporary=temporary)
        ends = time.monotonic() + 60 * minutes
        endless = itertools.takewhile(lambda _: time.monotonic() < ends, itertools.count(1))
        try:
            for number in tuple(only) or endless:
                fuzzer.step(number)
        finally:
            fuzzer.close()
    _print(fuzzer.tally)
    write_json(json_file, figures(fuzzer.tally, seed=seed, minutes=minutes))
    return not fuzzer.tally.faults


def figures(tally: Tally, *, seed: int, minutes: float) -> dict[str, object]:
    """Return the tally in a form that JSON takes."""
    return {
        "seed": seed,
        "minutes": minutes,
        **asdict(tally),
        "outcomes": _ranked(tally.outcomes),
        "by_kind": {kind: _ranked(count) for kind, count in sorted(tally.by_kind.items())},
        "unhandled": _ranked(tally.unhandled),
    }


def _ranked(count: Counter[str]) -> Mapping[str, int]:
    return dict(count.most_common())


def _grouped(outcomes: Mapping[str, int]) -> Counter[str]:
    """Count outcomes by what they mean to the server.

    >>> dict(_grouped({"document": 2, "document_unreadable:hostile": 3, "died:timeout": 1}))
    {'document': 2, 'refused': 3, 'died': 1}
    """
    grouped: Counter[str] = Counter()
    for outcome, count in outcomes.items():
        name = outcome.partition(":")[0]
        grouped[name if name in {"document", "died", "fault"} else "refused"] += count
    return grouped


def _print(tally: Tally) -> None:
    groups = ("document", "refused", "died", "fault")
    rows = [(kind, _grouped(count)) for kind, count in sorted(tally.by_kind.items())]
    show(f"{tally.inputs} damaged files", [*rows, ("all", _grouped(tally.outcomes))], groups)
    for outcome, count in tally.outcomes.most_common():
        print(f"{outcome}: {count}")
    if tally.slowest is not None:
        print(f"slowest {_line(tally.slowest)}")
    print(f"highest peak {tally.highest_peak_mb} MB of a reading process")
    print(f"this process rose by {tally.highest_rise_mb} MB at most, grew by {tally.growth_mb} MB")
    for name, count in tally.unhandled.most_common():
        print(f"refused as damaged, by an exception that no reader named: {name} ({count})")
    for title, finds in (("deaths", tally.deaths), ("FAULTS", tally.faults)):
        print(f"{title}: {len(finds)}")
        for find in finds:
            print(f"  {_line(find)}")


def _line(find: Find) -> str:
    changes = ", ".join(find.changes)
    return f"#{find.number} {find.name} [{changes}]: {find.what}, {find.seconds} s"
