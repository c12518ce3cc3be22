"""What survives when the process dies at any moment, or many write at once."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from assistant.store import Store, visible_to
from tests.assistant.store.builders import add, drain

OURS = visible_to("default")
ROOT = Path(__file__).parents[3]


def run_and_kill(url: str, run: int, seeded: random.Random) -> list[list[str]]:
    """Return what the child said before it was killed, at some moment after some promises."""
    promises, delay_s = seeded.randint(2, 6), seeded.uniform(0.0, 0.08)
    command = [sys.executable, "-m", "tests.assistant.store.crash_child", url, str(run)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as child:
        assert child.stdout is not None
        said = [child.stdout.readline() for _ in range(1 + promises)]
        time.sleep(delay_s)
        child.kill()
        said += child.stdout.readlines()
    assert said[0] == "open\n"
    return [line.split() for line in said[1:] if line.endswith("\n")]


def assert_whole(store: Store) -> None:
    """Every version has all its sections and chunks and what they were cut from."""
    for document_id in store.documents.catalog():
        for version in store.documents.versions(document_id, institution_ids=OURS):
            chunks = store.chunks.of_version(version.version_id, institution_ids=OURS)
            sections = store.sections.list(version.version_id, institution_ids=OURS)
            assert len(chunks) == version.chunk_count == 60
            assert len(sections) == version.section_count == 60
            reading = store.readings.get(version.version_id, institution_ids=OURS)
            assert reading is not None
            assert [b.text for b in reading.blocks] == [section.text for section in sections]


@pytest.mark.slow
def test_nothing_acknowledged_is_lost_when_the_process_is_killed(sqlite_url: str) -> None:
    seeded = random.Random(20261123)  # noqa: S311 -- repeatable on purpose
    received: set[str] = set()
    versions: dict[str, str] = {}
    for run in range(8):
        for said in run_and_kill(sqlite_url, run, seeded):
            received.add(said[1])
            if said[0] == "added":
                versions[said[1]] = said[2]
        with Store.open(sqlite_url) as store:
            unfinished = {upload.upload_id for upload in store.uploads.unfinished()}
            states = {upload_id: store.uploads.get(upload_id).state for upload_id in received}
            assert {u for u, state in states.items() if state != "done"} <= unfinished
            assert unfinished.isdisjoint(versions)
            for version_id in versions.values():
                store.documents.version(version_id, institution_ids=OURS)
            assert_whole(store)
    assert len(versions) >= 8
    with sqlite3.connect(sqlite_url.removeprefix("sqlite:///")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.close()


@pytest.mark.slow
def test_a_replayed_outbox_equals_the_store_after_a_kill(sqlite_url: str) -> None:
    run_and_kill(sqlite_url, 0, random.Random(1))  # noqa: S311 -- repeatable on purpose
    with Store.open(sqlite_url) as store:
        index: set[str] = set()
        for operation, chunk_id in drain(store, "dense"):  # the child drained words only
            index.discard(chunk_id) if operation == "delete" else index.add(chunk_id)
        assert index == {c for batch in store.chunks.ids("default") for c in batch}


def test_threads_that_write_at_once_all_succeed(store: Store) -> None:
    def work(number: int) -> str:
        document_id = ""
        for version in range(3):
            texts = [f"{number} {version} {n}" for n in range(10)]
            document_id = add(store, texts, file_name=f"{number}.md").document_id
            drain(store, "lexical")
            assert store.documents.catalog()[document_id].version_number >= version + 1
        return document_id

    with ThreadPoolExecutor(4) as pool:
        documents = set(pool.map(work, range(4)))
    drain(store)
    assert set(store.documents.catalog()) == documents
    assert store.chunks.count() == 40
    assert {record.state for record in store.documents.catalog().values()} == {"ready"}


def test_two_stores_on_one_database_write_at_once(store: Store, url: str) -> None:
    with Store.open(url) as other, ThreadPoolExecutor(2) as pool:

        def work(which: Store, name: str) -> None:
            for n in range(8):
                add(which, [f"{name} {n}"], file_name=f"{name}{n}.md")

        list(pool.map(work, (store, other), ("a", "b")))
        assert len(store.documents.catalog()) == len(other.documents.catalog()) == 16


def test_hostile_characters_are_replaced_without_moving_offsets(store: Store) -> None:
    added = add(store, ["앞\x00뒤\ud800끝"], title="제목\x00")
    view = store.sections.view(added.document_id, added.version_id, 0, institution_ids=OURS)
    assert view.section.text == "앞\ufffd뒤\ufffd끝"
    [chunk] = store.chunks.of_version(added.version_id, institution_ids=OURS)
    assert view.section.text[chunk.start : chunk.end] == chunk.text
