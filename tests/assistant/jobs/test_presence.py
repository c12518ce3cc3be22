"""A worker that lives is seen by the others, and one that has ended no longer is."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.jobs.presence import FolderPresence, Presence, ServerPresence, new_executor_id
from assistant.store import Store

Pair = tuple[Presence, Presence]


@pytest.fixture(params=["folder", "server"])
def pair(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Pair]:
    """Return the presences of the workers `one` and `two`."""
    if request.param == "folder":
        yield FolderPresence(tmp_path, "one"), FolderPresence(tmp_path, "two")
        return
    url = request.getfixturevalue("postgres_url")
    with Store.open(url, check=False) as first, Store.open(url, check=False) as second:
        yield ServerPresence(first, "one"), ServerPresence(second, "two")


def test_a_worker_is_gone_when_it_has_let_go(pair: Pair) -> None:
    one, two = pair
    one.hold()
    one.hold()
    assert not two.is_gone("one")
    one.release()
    assert two.is_gone("one")
    two.release()


def test_a_worker_that_never_was_is_gone_and_one_is_never_gone_to_itself(pair: Pair) -> None:
    one, two = pair
    two.hold()
    assert two.is_gone("three")
    assert not two.is_gone("two")
    two.release()
    one.release()


def test_a_process_that_was_killed_is_gone_at_once(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from assistant.jobs.presence import FolderPresence;"
        "p = FolderPresence(Path(sys.argv[1]), 'one'); p.hold(); print('held', flush=True);"
        "sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        other = FolderPresence(tmp_path, "two")
        assert not other.is_gone("one")
        process.kill()
        process.wait(10)
        assert other.is_gone("one")
    assert list(tmp_path.iterdir()) == []


def test_no_id_comes_twice() -> None:
    assert len({new_executor_id() for _ in range(100)}) == 100
