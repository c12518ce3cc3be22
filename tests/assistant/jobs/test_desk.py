"""Jobs as they are wired: the real flow, a scripted endpoint, and nothing paid for twice."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from assistant.assembly import JobOffice, open_jobs
from assistant.domain import Grade, Job, JobState
from assistant.settings import Settings
from tests.assistant.jobs.office import until
from tests.fakes import FakeEndpoint

REPLY = (
    '{"values": [{"column": "company", "value": "가상정밀", "quote": "가상정밀"}], "summary": []}'
)
FORM = "# 신청서\n\n| 기업명 | 가상정밀 |\n|---|---|\n| 제품명 | 감지기 |\n"


@contextmanager
def office_of(tmp_path: Path, endpoint: FakeEndpoint, **changes: object) -> Iterator[JobOffice]:
    settings = Settings(
        data_dir=tmp_path / "var",
        llm_base_url=endpoint.base_url,
        llm_model="test-model",
        min_free_bytes=0,
        llm_prompt_won=1_000_000.0,
        _env_file=None,
    ).model_copy(update=changes)
    office = open_jobs(settings)
    office.desk.runner.start()
    try:
        yield office
    finally:
        office.close()


def done(office: JobOffice, tmp_path: Path, *, text: str = FORM, grade: Grade = Grade.OPEN) -> Job:
    """Make a job over one file and wait until it has ended."""
    path = tmp_path / "신청서.md"
    path.write_text(text, encoding="utf-8")
    job_id = office.desk.batch.begin(
        institution_id="default",
        columns=office.desk.tables.columns("product_application", institution_id="default"),
        title="",
        files=[office.desk.files.take_copy(path, file_name=path.name, grade=grade)],
        by="시험",
    ).job_id
    look = office.desk.batch
    until(lambda: look.job(job_id, institution_id="default").state is JobState.DONE)
    return look.job(job_id, institution_id="default")


def test_the_same_file_and_table_are_paid_for_once(tmp_path: Path, endpoint: FakeEndpoint) -> None:
    endpoint.reply = REPLY
    with office_of(tmp_path, endpoint) as office:
        first, again = done(office, tmp_path), done(office, tmp_path)
        other = done(office, tmp_path, text=FORM + "\n더 있는 글.\n")
    assert (first.use.calls, first.reused) == (1, 0)
    assert (again.use.calls, again.reused) == (0, 1)
    assert other.use.calls == 1
    assert len(endpoint.requests) == 2
    assert first.cost_won == pytest.approx(first.use.prompt_tokens)


def test_a_sensitive_file_is_not_sent_outside(tmp_path: Path, endpoint: FakeEndpoint) -> None:
    outside = {"llm_base_url": endpoint.base_url.replace("127.0.0.1", "endpoint.example")}
    with office_of(tmp_path, endpoint, **outside) as office:
        job = done(office, tmp_path, grade=Grade.SENSITIVE)
        [item] = office.store.jobs.items(job.job_id, institution_id="default")
    assert item.result is not None
    assert "grade_withheld" in item.result.notices
    assert (endpoint.requests, job.use.calls) == ([], 0)


def test_stopping_takes_no_long_time_while_the_endpoint_is_silent(
    tmp_path: Path, endpoint: FakeEndpoint
) -> None:
    endpoint.mode = "hang"
    with office_of(tmp_path, endpoint) as office:
        path = tmp_path / "신청서.md"
        path.write_text(FORM, encoding="utf-8")
        office.desk.batch.begin(
            institution_id="default",
            columns=office.desk.tables.columns("product_application", institution_id="default"),
            title="",
            files=[office.desk.files.take_copy(path, file_name="가.md", grade=Grade.OPEN)],
            by="시험",
        )
        assert endpoint.asked.wait(30)
        started = time.monotonic()
        office.desk.runner.stop()
        assert time.monotonic() - started < 8
        [due] = office.store.job_work.due()
    assert due.run == 1
