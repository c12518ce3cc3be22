"""How long a long report takes without a model: built from the record, then written to a file."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeAlias

from assistant.assembly import Assistant, build
from assistant.domain import Grade
from assistant.reading import read
from assistant.settings import Settings
from evals.report import percentile, show, write_json

PAGES = 30
LIMIT_S = 5.0
ROUNDS = 5
FOLDER = Path(__file__).resolve().parents[2] / "corpus" / "pilots" / "나래군_도로파임"
_OURS = {"institution_id": "default"}
_BY = "측정"
_ITEMS, _STAGES, _CHANGES = 60, 160, 60

Figures: TypeAlias = dict[str, Any]


def run(*, json_file: Path | None = None, rounds: int = ROUNDS) -> list[str]:
    """Measure, print, write; return what takes longer than it may.

    The pilot is one of the corpus, made long with invented items, stages and changes.
    """
    with TemporaryDirectory(prefix="gongmun-reportbench-", ignore_cleanup_errors=True) as name:
        settings = Settings(data_dir=Path(name), embedding_backend="none", llm_base_url="")
        assistant = build(settings)
        try:
            pilot_id = _long_pilot(assistant)
            figures = _measured(assistant, pilot_id, rounds)
        finally:
            assistant.stop()
    rows = [(fmt, figures["formats"][fmt]) for fmt in figures["formats"]]
    show(f"report of {figures['pages']} pages, seconds", rows, ["median", "slowest"])
    slow = [
        f"{fmt}: {row['median']} s (limit {LIMIT_S})"
        for fmt, row in rows
        if row["median"] > LIMIT_S
    ]
    if figures["pages"] < PAGES:
        slow.append(f"the report has {figures['pages']} pages, not {PAGES}")
    write_json(json_file, figures)
    return slow


def _measured(assistant: Assistant, pilot_id: str, rounds: int) -> Figures:
    formats: Figures = {}
    pages = 0
    for fmt in ("hwpx", "docx", "pdf"):
        taken = []
        for _ in range(rounds):
            started = time.perf_counter()
            built = asyncio.run(assistant.reports.build(pilot_id, "completion", **_OURS))
            file = assistant.reports.write(built.paper, fmt, institution="", **_OURS)
            taken.append(time.perf_counter() - started)
        formats[fmt] = {
            "median": round(percentile(taken, 0.5), 2),
            "slowest": round(max(taken), 2),
            "bytes": len(file.data),
        }
        if fmt == "pdf":
            pages = read(file.data, file_name="report.pdf").page_count or 0
    return {"pages": pages, "limit_s": LIMIT_S, "rounds": rounds, "formats": formats}


def _long_pilot(assistant: Assistant) -> str:
    own = assistant.store.collections.list(institution_ids=("default",))
    results = assistant.ingest.ingest_paths(
        [FOLDER],
        institution_id="default",
        collection_id=own[0].collection_id,
        grade=Grade.OPEN,
    )
    made = assistant.pilots.create(
        "긴 시범사용(지어냄)", by=_BY, grade=Grade.OPEN, institution_id="default"
    )
    for result in results:
        assistant.pilot_files.take_in(made.pilot_id, result.document_id, by=_BY, **_OURS)
    stored = assistant.pilot_files.accept_agreed(made.pilot_id, by=_BY, **_OURS).stored
    assistant.pilots.change(
        made.pilot_id, list(_more()), base=stored.version, by=_BY, institution_id="default"
    )
    return made.pilot_id


def _more() -> Iterator[tuple[str, str]]:
    for number in range(7, _ITEMS + 1):
        place = f"items[{number}]"
        yield f"{place}.name", f"지어낸 성능 항목 {number}"
        yield f"{place}.method", "현장 대조 100개"
        yield f"{place}.criterion", "찾은 개수 ÷ 실제 개수"
        yield f"{place}.target", "90"
        yield f"{place}.unit", "%"
        yield f"measurements[{number}].value", str(80 + number % 20)
    for number in range(6, _STAGES + 1):
        place = f"stages[{number}]"
        yield f"{place}.held_on", f"2026-0{number % 6 + 2}-{number % 27 + 1:02}"
        yield f"{place}.kind", "measurement"
        yield f"{place}.summary", f"지어낸 현장 대조 {number}회째와 결과 확인"
        yield f"{place}.evidence[1].caption", "현장 대조표"
    for number in range(3, _CHANGES + 1):
        place = f"changes[{number}]"
        yield f"{place}.occurred_on", f"2026-05-{number % 28 + 1:02}"
        yield f"{place}.text", f"지어낸 문제 {number}: 단말이 잠깐 꺼졌다 켜짐"
        yield f"{place}.action", "전원 장치를 점검함"
