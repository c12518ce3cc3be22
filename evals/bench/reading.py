"""What reading costs beyond the libraries below it, measured side by side in one run."""

from __future__ import annotations

import io
import json
import random
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeAlias

from assistant.domain import Draft, Heading, Paragraph, Run, Runs, Table, TableCell
from assistant.reading import DEFAULT_LIMITS, ReaderPool, read_in_process
from assistant.writing import write
from assistant.writing.tables import NamedTable, write_tables
from evals.bench.gauges import in_own_process, milliseconds, ratio
from evals.report import percentile, show, write_json

ROUNDS = 5
ROWS = 1_000
# How many times what it is compared with each measure may take; milliseconds where there is none.
LIMITS = {"pdf/two readers": 1.5, "hwp/dochan": 1.3, "hwp in the child/dochan": 1.3}
ROWS_LIMIT_MS = 1_000.0
_PARAGRAPHS = 265  # about 17 pages
_WORDS = (
    *("가나시", "비품", "대장을", "매년", "살펴", "담당자가", "적는다", "다만", "계획에"),
    *("따라", "구매한", "물품은", "예산의", "범위에서", "3억원", "이내로", "한다", "제5조"),
)

Figures: TypeAlias = dict[str, Any]
Work: TypeAlias = Callable[[], object]


def run(samples: Path | None, *, json_file: Path | None, rounds: int = ROUNDS) -> list[str]:
    """Measure, print, write; return what takes longer than it may."""
    figures = in_own_process(measure, samples, rounds=rounds)
    rows = [(name, row) for name, row in figures["times_ms"].items()]
    show("reading, median of each (ms)", rows, ["ours", "in the child", "theirs", "parse alone"])
    for name, value in figures["ratios"].items():
        limit = LIMITS.get(name)
        verdict = "" if limit is None else f" (limit {limit}: {_verdict(value <= limit)})"
        print(f"{name}: {value}{verdict}")
    both = figures["rows_ms"]["in and out"]
    print(f"{ROWS} rows of XLSX:", json.dumps(figures["rows_ms"]), _verdict(both <= ROWS_LIMIT_MS))
    write_json(json_file, figures)
    return too_slow(figures)


def too_slow(figures: Figures) -> list[str]:
    """Return the measures beyond their limits.

    >>> too_slow({"ratios": {"pdf/two readers": 1.6, "hwp/dochan": 1.0},
    ...           "rows_ms": {"in and out": 90.0}})
    ['pdf/two readers: 1.6 (limit 1.5)']
    """
    found = [
        f"{name}: {value} (limit {LIMITS[name]})"
        for name, value in figures["ratios"].items()
        if name in LIMITS and value > LIMITS[name]
    ]
    both = figures["rows_ms"]["in and out"]
    if both > ROWS_LIMIT_MS:
        found.append(f"{ROWS} rows of XLSX: {both} ms (limit {ROWS_LIMIT_MS:g})")
    return found


def measure(samples: Path | None, *, rounds: int = ROUNDS) -> Figures:
    """Return times and ratios; `samples` gives the HWP file and further PDF files."""
    figures: Figures = {"times_ms": {}, "ratios": {}}
    pool = ReaderPool(size=1, files_per_process=1_000_000)
    try:
        pdf = write(_long_draft(), "pdf")
        _beside(figures, "pdf", pdf, pool, {"theirs": lambda: _two_readers(pdf)}, rounds)
        for path in sorted(samples.glob("*.pdf")) if samples else ():
            data = path.read_bytes()
            theirs = {"theirs": lambda: _two_readers(data)}  # noqa: B023 (called at once)
            _beside(figures, path.name, data, pool, theirs, rounds)
        _beside_dochan(figures, samples, pool, rounds)
        figures["rows_ms"] = _rows(pool, rounds)
    finally:
        pool.close()
    for name, rival in (("pdf", "two readers"), ("hwp", "dochan")):
        times = figures["times_ms"][name]
        figures["ratios"][f"{name}/{rival}"] = ratio(times["ours"], times["theirs"])
        child = ratio(times["in the child"], times["theirs"])
        figures["ratios"][f"{name} in the child/{rival}"] = child
    return figures


def _beside(
    figures: Figures,
    name: str,
    data: bytes,
    pool: ReaderPool,
    rivals: Mapping[str, Work],
    rounds: int,
) -> None:
    """Measure in turns, so that whatever else the machine does falls on all alike."""
    file_name = name if "." in name else f"file.{name}"

    def ours() -> object:
        return read_in_process(data, file_name=file_name, limits=DEFAULT_LIMITS)

    def child() -> object:
        return pool.read(data, file_name=file_name, limits=DEFAULT_LIMITS)

    figures["times_ms"][name] = _medians({"ours": ours, "in the child": child, **rivals}, rounds)


def _medians(works: dict[str, Work], rounds: int) -> dict[str, float]:
    times: dict[str, list[float]] = {name: [] for name in works}
    for work in works.values():
        work()  # imports and caches
    for _ in range(rounds):
        for name, work in works.items():
            times[name].append(milliseconds(work))
    return {name: round(percentile(taken, 0.5), 1) for name, taken in times.items()}


def _two_readers(data: bytes) -> list[str]:
    """Return the text of each page, as both libraries below ours give it."""
    import pypdf
    import pypdfium2

    texts = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages]
    document = pypdfium2.PdfDocument(data)
    texts += [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    return texts


def _beside_dochan(figures: Figures, samples: Path | None, pool: ReaderPool, rounds: int) -> None:
    from dochan import Dochan  # type: ignore[import-untyped]  # no stubs

    with TemporaryDirectory() as folder:
        path = _largest(samples) or _kept(Path(folder) / "file.hwpx", write(_long_draft(), "hwpx"))
        rivals: dict[str, Work] = {
            "theirs": lambda: Dochan(str(path)).to_dict(),
            "parse alone": lambda: Dochan(str(path)),
        }
        _beside(figures, "hwp", path.read_bytes(), pool, rivals, rounds)


def _largest(samples: Path | None) -> Path | None:
    """Return the HWP file with the most bytes."""
    found = list(samples.glob("*.hwp")) if samples else []
    return max(found, key=lambda path: path.stat().st_size, default=None)


def _kept(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def _rows(pool: ReaderPool, rounds: int) -> dict[str, float]:
    """Return the median times of writing a sheet and of reading it in the child."""
    rows = [(number, f"{number}호 비품", number * 1_000, "가나시", "") for number in range(ROWS)]
    header = ("번호", "이름", "금액(원)", "기관", "비고")
    table = NamedTable(name="비품", header=header, rows=rows)
    data = write_tables([table], "xlsx")

    def out() -> object:
        return write_tables([table], "xlsx")

    def back() -> object:
        return pool.read(data, file_name="rows.xlsx", limits=DEFAULT_LIMITS)

    times = _medians({"out": out, "in": back}, rounds)
    return {**times, "in and out": round(times["out"] + times["in"], 1)}


def _long_draft() -> Draft:
    """Return an invented text of about 17 pages with a table on one of them."""
    chance = random.Random(17)  # noqa: S311 # repeatable, not secret
    blocks: list[Heading | Paragraph | Table] = []
    for number in range(_PARAGRAPHS):
        if number % 30 == 0:
            blocks.append(Heading(runs=_runs(f"{number // 30 + 1}장")))
        blocks.append(Paragraph(runs=_runs(" ".join(chance.choices(_WORDS, k=22)) + ".")))
    row = tuple(TableCell(runs=_runs(word)) for word in _WORDS[:4])
    blocks.append(Table(rows=(row,) * 6, header_rows=1))
    return Draft(title="가나시 비품 관리 계획", blocks=tuple(blocks))


def _runs(text: str) -> Runs:
    return (Run(text=text),)


def _verdict(is_within: bool) -> str:
    return "within" if is_within else "MISSED"
