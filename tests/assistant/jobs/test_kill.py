"""Killed at any moment: every file once in the table, in order, and hardly anything paid twice.

`JOB_KILLS=20 JOB_FILES=60 python -m pytest tests/assistant/jobs/test_kill.py` kills more often.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from assistant.domain import JobState
from assistant.store import Store
from tests.assistant.jobs.counting import CountingEndpoint, counting_endpoint
from tests.assistant.jobs.office import OURS, until

ROOT = Path(__file__).parents[3]
KILLS = int(os.environ.get("JOB_KILLS", "2"))
COUNT = int(os.environ.get("JOB_FILES", "12"))


class Workers:
    """Worker processes over one folder and store."""

    def __init__(self, folder: Path, url: str, endpoint: CountingEndpoint, at_once: int) -> None:
        self.folder, self.url = folder, url
        self._endpoint, self._at_once = endpoint, at_once
        self._running: list[subprocess.Popen[str]] = []

    def start(self, count: int = 0) -> str:
        """Start one more worker; with a count it makes a job first, whose id is returned."""
        given = [str(self.folder), self.url, self._endpoint.address, str(self._at_once)]
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.assistant.jobs.child", *given, str(count)],
            stdout=subprocess.PIPE,
            cwd=ROOT,
            text=True,
        )
        assert process.stdout is not None
        self._running.append(process)
        return process.stdout.readline().strip()

    def kill(self, number: int = 0) -> None:
        process = self._running.pop(number)
        process.send_signal(signal.SIGKILL)
        process.wait(10)
        if process.stdout is not None:
            process.stdout.close()

    def kill_all(self) -> None:
        while self._running:
            self.kill()

    def __len__(self) -> int:
        return len(self._running)


@pytest.fixture
def endpoint() -> Iterator[CountingEndpoint]:
    with counting_endpoint(0.15) as running:
        yield running


def check(store: Store, job_id: str, endpoint: CountingEndpoint, count: int, kills: int) -> None:
    """Every file once, in order; no more answers than files and kills."""
    job = store.jobs.get(job_id, institution_id=OURS)
    items = store.jobs.items(job_id, institution_id=OURS, limit=5_000)
    names = [f"신청 {number:03d}" for number in range(count)]
    assert (job.counts.done, job.counts.failed) == (count, 0)
    assert [i.result.cell("first").value for i in items if i.result] == names
    assert [i.result.cell("remark").value for i in items if i.result] == [
        f"답: {name}" for name in names
    ]
    assert set(endpoint.answered) == set(names)
    assert sum(endpoint.answered.values()) <= count + kills


def is_done(store: Store, job_id: str) -> bool:
    return store.jobs.get(job_id, institution_id=OURS).state is JobState.DONE


def test_kills_of_the_only_worker(tmp_path: Path, endpoint: CountingEndpoint) -> None:
    url = f"sqlite:///{tmp_path / 'gongmun.db'}"
    workers, chance, kills = Workers(tmp_path, url, endpoint, 1), random.Random(7), 0  # noqa: S311
    with ExitStack() as stack:
        stack.callback(workers.kill_all)
        job_id = workers.start(COUNT)
        store = stack.enter_context(Store.open(url, check=False))
        while kills < KILLS and not is_done(store, job_id):
            before = sum(endpoint.begun.values())
            until(lambda b=before: sum(endpoint.begun.values()) > b or is_done(store, job_id))  # type: ignore[misc]
            time.sleep(chance.uniform(0, 1.0))
            if is_done(store, job_id):
                break
            workers.kill()
            kills += 1
            workers.start()
        until(lambda: is_done(store, job_id), 120)
        check(store, job_id, endpoint, COUNT, kills)
        # One file at a time: not even a call is begun more often than files and kills allow.
        assert sum(endpoint.begun.values()) <= COUNT + kills
    assert kills == KILLS


def test_kills_of_one_of_two_workers_and_of_both(
    tmp_path: Path, endpoint: CountingEndpoint
) -> None:
    url = f"sqlite:///{tmp_path / 'gongmun.db'}"
    workers, chance, kills = Workers(tmp_path, url, endpoint, 2), random.Random(8), 0  # noqa: S311
    with ExitStack() as stack:
        stack.callback(workers.kill_all)
        job_id = workers.start(2 * COUNT)
        workers.start()
        store = stack.enter_context(Store.open(url, check=False))
        while kills < KILLS and not is_done(store, job_id):
            time.sleep(chance.uniform(0.2, 1.2))
            if is_done(store, job_id):
                break
            for _ in range(1 if chance.random() < 0.6 else len(workers)):
                workers.kill(chance.randrange(len(workers)))
                kills += 1
            while len(workers) < 2:
                workers.start()
        until(lambda: is_done(store, job_id), 120)
        check(store, job_id, endpoint, 2 * COUNT, kills)


def test_what_a_dead_worker_left_is_taken_over_by_a_living_one(
    tmp_path: Path, endpoint: CountingEndpoint
) -> None:
    url = f"sqlite:///{tmp_path / 'gongmun.db'}"
    workers = Workers(tmp_path, url, endpoint, 4)
    with ExitStack() as stack:
        stack.callback(workers.kill_all)
        job_id = workers.start(COUNT)
        workers.start()
        store = stack.enter_context(Store.open(url, check=False))
        until(lambda: store.jobs.get(job_id, institution_id=OURS).counts.done > 2)
        workers.kill(0)
        until(lambda: is_done(store, job_id), 60)
        check(store, job_id, endpoint, COUNT, 4)


def test_three_workers_share_one_queue_on_postgresql_and_one_is_killed(
    tmp_path: Path, postgres_url: str, endpoint: CountingEndpoint
) -> None:
    workers = Workers(tmp_path, postgres_url, endpoint, 4)
    with ExitStack() as stack:
        stack.callback(workers.kill_all)
        job_id = workers.start(2 * COUNT)
        workers.start()
        workers.start()
        store = stack.enter_context(Store.open(postgres_url, check=False))
        until(lambda: store.jobs.get(job_id, institution_id=OURS).counts.done > 2, 60)
        workers.kill(0)
        until(lambda: is_done(store, job_id), 120)
        check(store, job_id, endpoint, 2 * COUNT, 4)
