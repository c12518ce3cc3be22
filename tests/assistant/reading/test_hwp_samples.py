"""Real files of Korean offices, read in place where the shared samples are at hand."""

from __future__ import annotations

import csv
import random
import time
from pathlib import Path

import pytest

from assistant.domain import Block, BlockKind
from assistant.errors import AssistantError, DocumentUnreadableError
from assistant.reading import Limits, ReaderPool, read_in_process
from assistant.text import squeeze
from tests.assistant.reading.hwp_builders import HwpFile, HwpPara, grid, hwp_list, make_hwpx, p

SAMPLES = Path(__file__).parents[4] / "shared" / "data" / "samples"
MANIFEST = SAMPLES / "MANIFEST.tsv"
needs_samples = pytest.mark.skipif(
    not MANIFEST.exists(), reason="the shared sample files are not on this machine"
)


def rows(hostile: bool) -> list[dict[str, str]]:
    if not MANIFEST.exists():
        return []
    with MANIFEST.open(encoding="utf-8", newline="") as lines:
        listed = list(csv.DictReader(lines, delimiter="\t"))
    ours = [row for row in listed if Path(row["file"]).suffix in {".hwp", ".hwpx"}]
    return [row for row in ours if row["file"].startswith("hostile") == hostile]


def told(blocks: tuple[Block, ...]) -> str:
    cells = (cell.text for block in blocks for row in block.rows for cell in row)
    return squeeze(" ".join((*(block.text for block in blocks), *cells)))


@needs_samples
@pytest.mark.parametrize("row", rows(hostile=False), ids=lambda row: row["file"])
def test_a_real_file_gives_its_phrase_and_all_its_tables(row: dict[str, str]) -> None:
    data = (SAMPLES / row["file"]).read_bytes()
    document = read_in_process(data, file_name=row["file"], limits=Limits())
    assert squeeze(row["phrase"] or "") in told(document.blocks)
    assert document.metadata["표 개수"] == row["tables"]
    assert all(warning.code != "doubtful_text" for warning in document.warnings)


@needs_samples
def test_the_two_formats_of_one_release_read_alike() -> None:
    twins = [SAMPLES / f"press_release_noori_2018.{suffix}" for suffix in ("hwp", "hwpx")]
    first, second = (
        read_in_process(twin.read_bytes(), file_name=twin.name, limits=Limits()) for twin in twins
    )
    assert first.blocks == second.blocks


@needs_samples
@pytest.mark.parametrize("row", rows(hostile=True), ids=lambda row: row["file"])
def test_a_hostile_file_is_refused_at_once(pool: ReaderPool, row: dict[str, str]) -> None:
    data = (SAMPLES / row["file"]).read_bytes()
    started = time.monotonic()
    with pytest.raises(DocumentUnreadableError) as caught:
        pool.read(data, file_name=row["file"], limits=Limits(memory_bytes=500_000_000))
    assert caught.value.reason == "hostile"
    assert time.monotonic() - started < 10


def originals() -> dict[str, bytes]:
    body = p("글") + p(inner=grid(["연번", "기관"], ["1", "가나시"]))
    paragraphs = [HwpPara("글"), hwp_list(b"  nf", ["각주"], code=17)]
    made = {"made.hwpx": make_hwpx(body), "made.hwp": HwpFile(paragraphs).made()}
    real = ("footnote_endnote.hwp", "table_basic.hwp", "simple_table.hwpx")
    kept = (SAMPLES / name for name in real)
    return made | {path.name: path.read_bytes() for path in kept if path.exists()}


@pytest.mark.parametrize("name", originals())
def test_bit_flips_and_cuts_are_read_or_refused_by_name(pool: ReaderPool, name: str) -> None:
    chance = random.Random(20260210)  # noqa: S311  # repeatable, not secret
    original = originals()[name]
    for _ in range(40):
        damaged = bytearray(original)
        for _ in range(chance.randrange(1, 20)):
            damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
        if chance.random() < 0.3:
            del damaged[chance.randrange(100, len(damaged)) :]
        assert outcome(pool, bytes(damaged), name) not in {"crashed", "timeout", "memory"}


def outcome(pool: ReaderPool, data: bytes, name: str) -> str:
    try:
        return pool.read(data, file_name=name, limits=Limits(wall_s=20)).media_type
    except AssistantError as error:
        return str(error.facts().get("reason", error.code))


@pytest.mark.parametrize("seed", range(8))
def test_bent_records_never_let_a_foreign_error_out(seed: int) -> None:
    """Mutations inside the packed body, which flips of packed bytes would only break open."""
    chance = random.Random(seed)  # noqa: S311  # repeatable, not secret
    body = hwp_list(b"  nf", ["각주"], code=17)
    records = bytearray(
        HwpFile([HwpPara("글"), body, *[HwpPara(f"문단 {i}") for i in range(9)]]).section()
    )
    for _ in range(30):
        records[chance.randrange(len(records))] = chance.randrange(256)
    data = HwpFile(tail=bytes(records)).made()
    try:
        document = read_in_process(data, file_name="a.hwp", limits=Limits())
    except AssistantError:
        return
    assert all(block.kind in BlockKind for block in document.blocks)
