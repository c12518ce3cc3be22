"""A new release goes on with the work of the old one, or cleanly begins it anew."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from assistant.jobs import queue as queue_module
from tests.assistant.jobs.counting import CountingEndpoint, counting_endpoint
from tests.assistant.jobs.office import CountingModel, open_office, until
from tests.assistant.jobs.test_kill import Workers


@pytest.fixture
def endpoint() -> Iterator[CountingEndpoint]:
    with counting_endpoint(0.3) as running:
        yield running


def test_another_release_completes_what_one_that_was_killed_had_begun(
    tmp_path: Path, endpoint: CountingEndpoint
) -> None:
    """The queue compares versions: ours is pinned, whatever else changed in the code."""
    workers = Workers(tmp_path, f"sqlite:///{tmp_path / 'gongmun.db'}", endpoint, 2)
    job_id = workers.start(10)
    until(lambda: sum(endpoint.answered.values()) >= 2)
    workers.kill_all()
    model = CountingModel()
    with open_office(tmp_path, model=model) as office:
        done = office.wait(job_id)
        assert (done.counts.done, done.counts.failed) == (10, 0)
    assert sum(endpoint.begun.values()) + len(model.asked) <= 10 + 2


def test_a_release_with_other_runs_begins_the_unfinished_ones_anew(
    tmp_path: Path, endpoint: CountingEndpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    workers = Workers(tmp_path, f"sqlite:///{tmp_path / 'gongmun.db'}", endpoint, 2)
    job_id = workers.start(10)
    until(lambda: sum(endpoint.answered.values()) >= 2)
    workers.kill_all()
    monkeypatch.setattr(queue_module, "VERSION", "2")
    with open_office(tmp_path, model=CountingModel()) as office:
        done = office.wait(job_id)
        firsts = office.column(job_id, "first")
    assert (done.counts.done, firsts) == (10, [f"신청 {number:03d}" for number in range(10)])
    assert {"1", "2"} <= versions(tmp_path / "jobs.db")


def versions(path: Path) -> set[str]:
    with closing(sqlite3.connect(path)) as connection:
        query = "SELECT DISTINCT application_version FROM workflow_status"
        return {row[0] for row in connection.execute(query)}
