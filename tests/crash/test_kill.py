"""Killed at any moment: what was acknowledged is there, whole, and both indexes agree with it.

`CRASH_SEEDS=20 python -m pytest tests/crash` runs more of the same.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from assistant.chunking import chunk
from assistant.reading import Limits, read
from assistant.store import visible_to
from tests.assistant.building import OWN, BigramEmbedder, Office, open_office
from tests.crash.child import invented

ROOT = Path(__file__).parents[2]
SEEDS = range(int(os.environ.get("CRASH_SEEDS", "5")))
LONGEST_RUN_S = 7.0
RECOVERY_S = 120.0


def run_and_kill(folder: Path, seed: int, first: int, after_s: float) -> list[int]:
    """Run the child, kill it `after_s` seconds after its first promise, return its promises."""
    command = [sys.executable, "-m", "tests.crash.child", str(folder), str(seed), str(first)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT, text=True) as process:
        assert process.stdout is not None
        lines = [process.stdout.readline()]
        timer = threading.Timer(after_s, process.kill)
        timer.start()
        lines += process.stdout
        timer.cancel()
    assert process.returncode == -9, "the child must die by the kill, not of a fault"
    return [int(line) for line in lines if line.endswith("\n")]


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
def test_a_kill_loses_nothing_that_was_acknowledged(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 (not a secret)
    promised: list[int] = []
    for _ in range(chance.randint(1, 2)):
        first = promised[-1] + 2 if promised else 0  # the one in between may be there or not
        after_s = chance.uniform(0.05, LONGEST_RUN_S)
        promised += run_and_kill(tmp_path, seed, first, after_s)
    with open_office(tmp_path, embedder=BigramEmbedder()) as office:
        office.keeper.start()
        office.flow.start()
        assert office.flow.wait_idle(RECOVERY_S)
        assert office.keeper.wait_idle(RECOVERY_S)
        assert_all_is_there(office, seed, promised)
        store, words, dense = office.indexed()
        assert store == words == dense
        assert all(office.keeper.report(name).state == "fine" for name in ("lexical", "dense"))


def assert_all_is_there(office: Office, seed: int, promised: list[int]) -> None:
    """Compare each document with the whole of the last file of its name."""
    catalog = office.store.documents.catalog()
    by_title = {record.title: record for record in catalog.values()}
    assert len(by_title) == len(catalog), "a new version became a document of its own"
    # One more file than was promised may have come in before the kill.
    possible = {*promised, *(number + 1 for number in promised), 0}
    for number in promised:
        name, _ = invented(seed, number)
        later = [n for n in sorted(possible) if n >= number and invented(seed, n)[0] == name]
        texts = [invented(seed, n)[1] for n in later]
        title = texts[0].splitlines()[0].removeprefix("# ")
        record = by_title[title]
        chunks = office.store.chunks.of_version(record.version_id, institution_ids=visible_to(OWN))
        found = [one.content_hash for one in chunks]
        assert found in [hashes(name, text) for text in texts], f"{title} is not whole"
        assert len(chunks) == record.chunk_count


def hashes(name: str, text: str) -> list[str]:
    document = read(text.encode(), file_name=name, limits=Limits())
    return [draft.content_hash for draft in chunk(document).chunks]
