"""The suite over sample files says of each what is so; the fuzzer sees what it is there to see."""

from __future__ import annotations

import json
import subprocess
import sys
import time
import zipfile
from collections import Counter
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner

from assistant.domain import Aside, AsideKind, Block, BlockKind, Cell, Document, Locator
from assistant.errors import DocumentUnreadableError, UnsupportedFormatError
from assistant.reading import ReadCost
from evals.__main__ import main
from evals.bench.reading import measure as bench_measure
from evals.suites import fuzz, surroundings
from evals.suites.fuzz import Fuzzer, Tally, figures, unsound
from evals.suites.fuzz_mutations import LARGEST_INPUT, mutated
from evals.suites.fuzz_seeds import Seed, made_up
from evals.suites.reading import Place, Sample, place_of, samples, score, totals

COST = ReadCost(seconds=0.5, peak_bytes=60_000_000)
HEADER = "file\torigin\tlicence\tpages\tphrase\ttables\tnote\n"
BOMB = b"<a>" * 100_000


def block(text: str, kind: BlockKind = BlockKind.PARAGRAPH, ordinal: int = 0) -> Block:
    return Block(kind=kind, text=text, locator=Locator(ordinal=ordinal))


def table(*texts: str, ordinal: int = 0) -> Block:
    rows = (tuple(Cell(text=text) for text in texts),)
    return replace(block("", BlockKind.TABLE, ordinal), rows=rows)


def document(*blocks: Block, **overrides: object) -> Document:
    whole = Document(title="제목", media_type="text/plain", blocks=blocks)
    return replace(whole, **overrides)  # type: ignore[arg-type]  # fields by name


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A rule with two tables said to be three, a letter, a hostile package, a file not known."""
    rows = "| 이름 | 값 |\n|---|---|\n| 비품 | 3 |\n\n"
    (tmp_path / "rule.md").write_text(
        f"# 규칙\n\n가나시 비품 대장\n\n{rows}중간\n\n{rows}", "utf-8"
    )
    (tmp_path / "letter.txt").write_text("내용이 다르다.", "utf-8")
    (tmp_path / "odd.bin").write_bytes(bytes(range(256)) * 4)
    with zipfile.ZipFile(tmp_path / "hostile.docx", "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types>wordprocessingml.document.main+xml</Types>")
        package.writestr("word/document.xml", BOMB)
    lines = (
        "rule.md\t여기\t자작\t1\t비품대장\t3\t",
        "letter.txt\t여기\t자작\t-\t찾는 말\t-\t",
        "odd.bin\t여기\t자작\t\t\t\t",
        "hostile.docx\t여기\t자작\t-\t\t-\tHOSTILE: deep",
    )
    (tmp_path / "MANIFEST.tsv").write_text(HEADER + "\n".join(lines) + "\n", "utf-8")
    return tmp_path


def test_the_manifest_leaves_open_what_it_does_not_know(folder: Path) -> None:
    rule, letter, odd, hostile = samples(folder)
    assert (rule.phrase, rule.tables, rule.is_hostile) == ("비품대장", 3, False)
    assert (letter.phrase, letter.tables) == ("찾는 말", None)
    assert odd == Sample(file="odd.bin")
    assert hostile.is_hostile


@pytest.mark.parametrize(
    ("blocks", "expected"),
    [
        pytest.param((block("비품  대\n장"),), "text", id="white space aside"),
        pytest.param((block("앞"), table("x", "비품 대장", ordinal=1)), "cell", id="in a cell"),
        pytest.param((block("비품"), block("대장", ordinal=1)), "across", id="over two blocks"),
        pytest.param((block("비품 목록"),), "missing", id="not there"),
    ],
)
def test_a_phrase_is_found_where_it_stands(blocks: tuple[Block, ...], expected: Place) -> None:
    assert place_of("비품 대장", document(*blocks)) == expected


def test_a_phrase_that_only_a_memo_holds_is_not_found_in_the_text() -> None:
    aside = Aside(kind=AsideKind.MEMO, text="비품 대장")
    found = score(
        Sample(file="a", phrase="비품 대장"), document(block("가"), asides=(aside,)), COST
    )
    assert found.phrase == "beside"
    assert not found.is_good


def test_boxes_that_were_read_as_text_explain_missing_tables() -> None:
    read = document(block("상자"), table("가", ordinal=1), metadata={"표 개수": "2"})
    explained, different = (score(Sample(file="a", tables=n), read, COST) for n in (2, 3))
    assert (explained.tables, explained.is_good) == ("explained", True)
    assert (different.tables, different.is_good) == ("different", False)


@pytest.mark.parametrize(
    ("cost", "is_good"),
    [
        pytest.param(COST, True, id="quickly"),
        pytest.param(replace(COST, seconds=11.0), False, id="too late"),
        pytest.param(replace(COST, peak_bytes=600_000_000), False, id="too dear"),
        pytest.param(replace(COST, peak_bytes=None), False, id="the process died"),
    ],
)
def test_a_hostile_file_is_refused_quickly_and_cheaply(cost: ReadCost, is_good: bool) -> None:
    error = DocumentUnreadableError(reason="hostile")
    assert score(Sample(file="a", is_hostile=True), error, cost).is_good is is_good


def test_a_hostile_file_that_was_read_is_not_good() -> None:
    reading = score(Sample(file="a", is_hostile=True), document(block("가")), COST)
    assert not reading.is_good
    assert "0/1" in totals([reading]).values()


def test_a_refusal_is_told_in_code_and_in_words() -> None:
    reading = score(Sample(file="a"), UnsupportedFormatError(detected="hwp3"), COST)
    assert reading.reason == "unsupported_format:hwp3"
    assert reading.said.startswith("오래된 한글 3.x")


def test_the_command_reads_a_folder_and_writes_its_figures(folder: Path) -> None:
    order = ["reading", "--samples", str(folder), "--json", str(folder / "out.json"), "--verbose"]
    outcome = CliRunner().invoke(main, order, catch_exceptions=False)
    assert outcome.exit_code == 0
    written = json.loads((folder / "out.json").read_text("utf-8"))
    assert list(written["totals"].values()) == ["2/3", "1/2", "0/1", "0/1", "1/1"]
    found = {each["file"]: each for each in written["files"]}
    assert found["rule.md"]["tables_read"] == 2
    assert found["hostile.docx"]["reason"] == "document_unreadable:hostile"
    assert found["odd.bin"]["reason"].startswith("unsupported_format")
    strict = CliRunner().invoke(main, ["reading", "--samples", str(folder), "--strict"])
    assert strict.exit_code == 1


# -- the fuzzer -------------------------------------------------------------------------------


def test_a_number_brings_the_same_damage_back() -> None:
    seed = next(seed for seed in made_up() if seed.kind == "html")
    first, again, other = (mutated(seed.data, seed.kind, Random(n)) for n in (3, 3, 4))  # noqa: S311
    assert first == again
    assert first != other


@pytest.mark.parametrize("seed", made_up(), ids=lambda seed: seed.name)
def test_every_kind_of_file_can_be_damaged(seed: Seed) -> None:
    damaged = {mutated(seed.data, seed.kind, Random(n))[0] for n in range(30)}  # noqa: S311
    assert len(damaged - {seed.data}) > 15


@pytest.mark.parametrize(
    ("found", "what"),
    [
        pytest.param(document(block("가")), "", id="sound"),
        pytest.param(document(), "without blocks", id="empty"),
        pytest.param(document(block("가"), block("나")), "ordinals", id="numbers"),
        pytest.param(document(block("가\x07")), "control", id="characters"),
        pytest.param(document(block("가\ud800")), "control", id="half a character"),
        pytest.param(document(block("", BlockKind.TABLE)), "without rows", id="no rows"),
        pytest.param(
            document(
                replace(table("가"), rows=((Cell(text="가", row_span=9_999, col_span=9_999),),))
            ),
            "places",
            id="spans",
        ),
    ],
)
def test_a_false_document_is_noticed(found: Document, what: str) -> None:
    assert what in unsound(found)
    assert bool(unsound(found)) is bool(what)


def test_the_fuzzer_keeps_count_and_finds_nothing_in_sound_files(tmp_path: Path) -> None:
    found = [seed for seed in made_up() if seed.kind in {"md", "csv", "zip"}]
    fuzzer = Fuzzer(found, seed=5, keep=tmp_path, temporary=tmp_path / "none")
    (tmp_path / "none").mkdir()
    for number in range(1, 25):
        fuzzer.step(number)
    fuzzer.close()
    tally = fuzzer.tally
    assert tally.inputs == 24
    assert sum(tally.outcomes.values()) == 24
    assert tally.outcomes["document"] > 0
    assert tally.faults == []


@pytest.fixture
def watchful(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Fuzzer:
    """A fuzzer that looks around after every input and takes 40 MB of growth for a leak."""
    monkeypatch.setattr(fuzz, "_LOOK_EVERY", 1)
    monkeypatch.setattr(fuzz, "_WARM_AFTER", 1)
    monkeypatch.setattr(surroundings, "GROWTH_MB", 40)
    return Fuzzer(made_up()[-2:-1], seed=5, keep=None, temporary=tmp_path)


ON_LINUX = pytest.mark.skipif(
    not Path("/proc/self/statm").exists(), reason="memory is watched through /proc"
)


@ON_LINUX
def test_what_the_fuzzer_holds_itself_is_no_growth(
    watchful: Fuzzer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fuzz, "LIMITS", replace(fuzz.LIMITS, max_bytes=1_000))
    sizes = iter((2_000, 120_000_000))
    monkeypatch.setattr(fuzz, "mutated", lambda *_: (b"a" * next(sizes), ()))
    for number in (1, 2):
        watchful.step(number)
    watchful.close()
    assert watchful.tally.outcomes == {"document_too_large": 2}
    assert watchful.tally.faults == []


@ON_LINUX
def test_memory_that_a_document_leaves_behind_is_a_fault(
    watchful: Fuzzer, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: list[bytes] = []
    monkeypatch.setattr(fuzz, "mutated", lambda data, *_: (data, ()))
    monkeypatch.setattr(fuzz, "chunk", lambda _: kept.append(b"a" * 200_000_000))
    for number in (1, 2):
        watchful.step(number)
    watchful.close()
    assert [find.what for find in watchful.tally.faults] == ["this process grew by more than 40 MB"]
    assert watchful.tally.growth_mb > 40


@ON_LINUX
def test_memory_that_a_document_needs_for_a_moment_is_a_fault(
    watchful: Fuzzer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fuzz, "RISE_MB", 40)
    monkeypatch.setattr(fuzz, "mutated", lambda data, *_: (data, ()))
    monkeypatch.setattr(fuzz, "chunk", lambda _: len(b"a" * 250_000_000))
    watchful.step(1)
    watchful.close()
    (find,) = watchful.tally.faults
    assert find.what.endswith("MB at once")


def test_a_reading_that_is_not_stopped_in_time_is_a_fault(
    watchful: Fuzzer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fuzz, "LIMITS", replace(fuzz.LIMITS, wall_s=-10.0, ocr_s=0.0))
    assert watchful._around(3, ReadCost(seconds=1.0, peak_bytes=1)) == ["slower than the limit"]
    watchful.close()


def test_a_document_that_is_slow_to_cut_for_its_size_is_a_fault(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def slow(_: Document) -> None:
        until = time.thread_time() + 0.3
        while time.thread_time() < until:
            pass

    monkeypatch.setattr(fuzz, "AFTER_S", 0.1)
    monkeypatch.setattr(fuzz, "chunk", slow)
    assert fuzz._after(document(block("가"))) == "slow to cut into chunks"
    assert fuzz._after(document(block("가" * 100_000))) == ""


def test_no_change_makes_a_file_that_fills_the_memory() -> None:
    line = b"a" * 20_000_000
    for number in range(12):
        data, _ = mutated(line + b"\n" + line, "txt", Random(number))  # noqa: S311
        assert len(data) <= LARGEST_INPUT


def test_the_fuzzer_sees_files_and_processes_that_stay_behind(tmp_path: Path) -> None:
    fuzzer = Fuzzer(made_up()[-2:], seed=5, keep=None, temporary=tmp_path)
    (tmp_path / "left.tmp").write_text("가")
    order = [sys.executable, "-c", "import time; time.sleep(60)"]
    with subprocess.Popen(order, start_new_session=True) as left:
        fuzzer.close()
        left.kill()
    told = " / ".join(find.what for find in fuzzer.tally.faults)
    assert "left.tmp" in told
    if Path("/proc/self/stat").exists():
        assert "1 reading processes left" in told


def test_the_tally_becomes_json() -> None:
    tally = Tally(inputs=2, outcomes=Counter({"document": 2}), by_kind={"md": Counter(document=2)})
    told = json.loads(json.dumps(figures(tally, seed=1, minutes=0.1)))
    assert told["by_kind"] == {"md": {"document": 2}}


def test_the_fuzz_command_runs_for_the_time_it_is_given(tmp_path: Path) -> None:
    order = ["fuzz", "--minutes", "0.02", "--json", str(tmp_path / "out.json")]
    outcome = CliRunner().invoke(main, order, catch_exceptions=False)
    assert outcome.exit_code == 0
    assert json.loads((tmp_path / "out.json").read_text("utf-8"))["inputs"] > 0
    assert fuzz.LIMITS.wall_s <= 20


def test_the_fuzz_command_brings_single_inputs_back(tmp_path: Path) -> None:
    order = ["fuzz", "--only", "7", "--only", "9", "--json", str(tmp_path / "out.json")]
    outcome = CliRunner().invoke(main, order, catch_exceptions=False)
    assert outcome.exit_code == 0
    told = json.loads((tmp_path / "out.json").read_text("utf-8"))
    assert told["inputs"] == 2
    assert told["slowest"]["number"] in {7, 9}
    assert f"slowest #{told['slowest']['number']} " in outcome.output


# -- the bench --------------------------------------------------------------------------------


@pytest.mark.slow
def test_the_reading_bench_measures_both_sides_in_one_run() -> None:
    told = bench_measure(None, rounds=1)
    assert set(told["times_ms"]) == {"pdf", "hwp"}
    assert {"pdf/two readers", "hwp/dochan", "hwp in the child/dochan"} <= set(told["ratios"])
    assert told["rows_ms"]["in and out"] > 0
