from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import psutil
import pytest

from assistant.domain import Document
from assistant.errors import (
    DocumentTooLargeError,
    DocumentUnreadableError,
    UnsupportedFormatError,
)
from assistant.reading import FILE_TYPES, Limits, ReaderPool, read, read_in_process
from assistant.reading.wire import BrokenWireError, receive
from tests.assistant.reading.builders import DATA, make_ole, operator_bomb

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="limits and signals of POSIX systems")
RULE = (DATA / "rule.md").read_bytes()
# A real file that keeps a reader busy for many seconds.
SLOW = operator_bomb(1_500_000)


def children() -> list[psutil.Process]:
    return [
        child
        for child in psutil.Process().children()
        if "assistant.reading.child" in " ".join(child.cmdline())
    ]


@pytest.fixture
def lone_pool() -> Iterator[ReaderPool]:
    """One process of its own, so that the test knows which one to look at."""
    pool = ReaderPool(size=1, files_per_process=3)
    yield pool
    pool.close()


def only_child(before: set[int]) -> psutil.Process:
    (child,) = [child for child in children() if child.pid not in before]
    return child


@pytest.fixture
def before() -> set[int]:
    return {child.pid for child in children()}


def reason_of(call: object) -> str:
    with pytest.raises(DocumentUnreadableError) as caught:
        call()  # type: ignore[operator]
    return caught.value.reason


@pytest.mark.parametrize("name", ["rule.md", "notice.html", "report.pdf", "notice_cp949.txt"])
def test_a_child_gives_what_reading_here_gives(pool: ReaderPool, name: str) -> None:
    data = (DATA / name).read_bytes()
    here = read_in_process(data, file_name=name, limits=Limits())
    assert pool.read(data, file_name=name, limits=Limits()) == here


def test_the_shared_pool_reads_without_being_asked_for() -> None:
    assert read(RULE, file_name="rule.md").title.startswith("가나시")
    assert {"HWP", "HWPX", "PDF", "ZIP"} <= set(FILE_TYPES)


def test_errors_cross_the_border_with_their_facts(pool: ReaderPool) -> None:
    with pytest.raises(UnsupportedFormatError) as caught:
        pool.read(make_ole("WordDocument"), file_name="a.pdf", limits=Limits())
    assert caught.value.detected == "doc"
    locked = (DATA / "locked.pdf").read_bytes()
    assert reason_of(lambda: pool.read(locked, file_name="a", limits=Limits())) == "encrypted"


def test_a_file_over_the_limit_is_refused_before_any_process_starts(before: set[int]) -> None:
    with pytest.raises(DocumentTooLargeError) as caught:
        ReaderPool().read(b"a" * 11, file_name="a.txt", limits=Limits(max_bytes=10))
    assert (caught.value.size_bytes, caught.value.limit_bytes) == (11, 10)
    assert {child.pid for child in children()} == before


def test_a_reader_that_takes_too_long_is_killed(lone_pool: ReaderPool, before: set[int]) -> None:
    lone_pool.warm_up()
    child = only_child(before)
    started = time.monotonic()
    slow = Limits(wall_s=0.5)
    assert reason_of(lambda: lone_pool.read(SLOW, file_name="a.pdf", limits=slow)) == "timeout"
    assert time.monotonic() - started < 3
    assert not psutil.pid_exists(child.pid)
    assert lone_pool.read(RULE, file_name="rule.md", limits=Limits()).blocks


@POSIX
def test_processor_time_is_bounded(lone_pool: ReaderPool) -> None:
    limits = Limits(cpu_s=1, wall_s=60)
    assert reason_of(lambda: lone_pool.read(SLOW, file_name="a.pdf", limits=limits)) == "timeout"


@POSIX
def test_memory_is_bounded_and_the_next_file_is_read(lone_pool: ReaderPool) -> None:
    text = ("가나다라마바사아자차 " * 10 + "\n\n").encode() * 60_000
    tight = Limits(memory_bytes=260_000_000, max_chars=20_000_000)
    assert reason_of(lambda: lone_pool.read(text, file_name="a.md", limits=tight)) in {
        "memory",
        "crashed",
    }
    assert lone_pool.read(RULE, file_name="rule.md", limits=Limits()).blocks


@POSIX
@pytest.mark.parametrize(
    ("killed_by", "reason"), [(signal.SIGKILL, "memory"), (signal.SIGSEGV, "crashed")]
)
def test_a_death_in_mid_file_is_told_and_survived(
    lone_pool: ReaderPool, before: set[int], killed_by: signal.Signals, reason: str
) -> None:
    lone_pool.warm_up()
    killer = threading.Timer(0.5, os.kill, (only_child(before).pid, killed_by))
    killer.start()
    assert reason_of(lambda: lone_pool.read(SLOW, file_name="a.pdf", limits=Limits())) == reason
    assert lone_pool.read(RULE, file_name="rule.md", limits=Limits()).blocks


def test_a_cancelled_read_ends_at_once(lone_pool: ReaderPool) -> None:
    lone_pool.warm_up()
    cancel = threading.Event()
    threading.Timer(0.3, cancel.set).start()
    started = time.monotonic()
    limits = Limits()
    reason = reason_of(
        lambda: lone_pool.read(SLOW, file_name="a.pdf", limits=limits, cancel=cancel)
    )
    assert reason == "cancelled"
    assert time.monotonic() - started < 2


def test_a_process_is_replaced_after_its_share_of_files(lone_pool: ReaderPool) -> None:
    pids = []
    for _ in range(4):
        lone_pool.read(RULE, file_name="rule.md", limits=Limits())
        pids += [reader._process.pid for reader in lone_pool._idle]
    assert len(pids) == 3  # after the third file there was none
    assert pids[0] == pids[1] != pids[2]


def test_twenty_readers_at_once_share_two_processes(pool: ReaderPool, before: set[int]) -> None:
    names = ["rule.md", "notice.html", "report.pdf", "notice_utf16.txt"] * 5
    expected = {
        name: read_in_process((DATA / name).read_bytes(), file_name=name, limits=Limits())
        for name in set(names)
    }

    def one(name: str) -> Document:
        return pool.read((DATA / name).read_bytes(), file_name=name, limits=Limits())

    with ThreadPoolExecutor(20) as threads:
        documents = list(threads.map(one, names))
    assert documents == [expected[name] for name in names]
    assert len({child.pid for child in children()} - before) <= 2


@POSIX
def test_the_child_sees_nothing_of_the_environment(
    lone_pool: ReaderPool, before: set[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSISTANT_LLM_API_KEY", "sample-key")
    lone_pool.warm_up()
    environment = only_child(before).environ()
    assert "ASSISTANT_LLM_API_KEY" not in environment
    assert not {"HOME", "USER"} & set(environment)


def test_closing_leaves_no_process(before: set[int]) -> None:
    pool = ReaderPool()
    pool.warm_up()
    pool.close()
    assert {child.pid for child in children()} == before


def test_a_forged_length_reserves_no_memory() -> None:
    import io

    forged = b"D" + (10).to_bytes(4, "big") + (1 << 60).to_bytes(8, "big")
    with pytest.raises(BrokenWireError):
        receive(io.BytesIO(forged), max_body_bytes=1 << 20)
    cut = b"D" + (10).to_bytes(4, "big") + (0).to_bytes(8, "big") + b"{}"
    with pytest.raises(BrokenWireError):
        receive(io.BytesIO(cut), max_body_bytes=1 << 20)


def test_a_large_parent_does_not_make_each_reader_look_spent(lone_pool: ReaderPool) -> None:
    ballast = bytearray(700_000_000)
    ballast[::4096] = b"x" * len(ballast[::4096])  # really held, as a server with its models does
    pids = set()
    for _ in range(2):
        lone_pool.read(RULE, file_name="rule.md", limits=Limits())
        pids |= {reader._process.pid for reader in lone_pool._idle}
    assert len(pids) == 1
    assert ballast
