"""`gongmun batch`: a folder of files into one table, with the evidence of every value."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import click

from assistant.assembly import JobOffice, open_jobs
from assistant.commands.common import (
    EXIT_FAILED,
    bar,
    fail,
    load_settings,
    plain_errors,
    print_json,
)
from assistant.domain import DEFAULT_INSTITUTION, Grade, Job, JobFile, JobItem, JobItemState
from assistant.errors import AssistantError
from assistant.jobs import MEDIA_TYPES, export_job, items_of
from assistant.settings import Settings
from assistant.sources import files_below
from assistant.wording import describe
from assistant.wording.rows import item_error_text

_LOOK_EVERY_S = 0.3
_FORMATS = ", ".join(MEDIA_TYPES)


def run_batch(
    folder: Path, *, table: str, out: Path, title: str, grade: str | None, as_json: bool
) -> None:
    """Fill a table from the files below `folder`, and write it to `out`.

    The work stands in the database: when this process is killed, `gongmun worker` ends it.
    """
    fmt = out.suffix.lstrip(".").lower()
    if fmt not in MEDIA_TYPES:
        fail(f"{out}: 이 형식으로는 쓸 수 없습니다. 다음 가운데 고르십시오: {_FORMATS}.")
    settings = load_settings()
    with plain_errors(), opened(settings) as office:
        columns = office.desk.tables.columns(table, institution_id=DEFAULT_INSTITUTION)
        files, refused = _taken(office, folder, Grade(grade or settings.default_grade))
        job = office.desk.batch.begin(
            institution_id=DEFAULT_INSTITUTION,
            columns=columns,
            title=title or folder.name,
            files=files,
            by="명령줄",
        )
        click.echo(f"작업 {job.job_id}: 파일 {len(files)}건", err=True)
        job = followed(office, job, quiet=as_json)
        write_export(office, job, out)
        report(job, items_of(office.store, job), refused, out=out, as_json=as_json)


@contextmanager
def opened(settings: Settings, *, works: bool = True) -> Iterator[JobOffice]:
    """Give the jobs of the data folder, beside a server if one runs; `works` starts a worker."""
    office = open_jobs(settings)
    try:
        if works:
            office.desk.runner.start()
        yield office
    finally:
        office.close()


def _taken(
    office: JobOffice, folder: Path, grade: Grade
) -> tuple[list[JobFile], list[tuple[str, str]]]:
    """Return copies of the files below a folder, and those that cannot be taken with why."""
    files: list[JobFile] = []
    refused: list[tuple[str, str]] = []
    for path, name in files_below([folder]):
        try:
            files.append(office.desk.files.take_copy(path, file_name=name, grade=grade))
        except AssistantError as error:
            refused.append((name, describe(error)))
        except OSError:
            refused.append((name, "파일을 열 수 없습니다. 읽을 권한이 있는지 확인하십시오."))
    return files, refused


def followed(office: JobOffice, job: Job, *, quiet: bool) -> Job:
    """Wait until nothing of a job is left, showing how far it is."""
    with bar("읽는 중", quiet=quiet) as advance:
        while job.counts.left and job.state.value == "running":
            advance(job.counts.settled, job.counts.total)
            time.sleep(_LOOK_EVERY_S)
            job = office.desk.batch.job(job.job_id, institution_id=DEFAULT_INSTITUTION)
        advance(job.counts.settled, job.counts.total)
    return job


def write_export(office: JobOffice, job: Job, out: Path) -> None:
    """Write a job to a file, whole or not at all."""
    data = export_job(
        office.store,
        job,
        out.suffix.lstrip(".").lower(),
        institution=office.store.collections.institution_name(job.institution_id),
        at=datetime.now(UTC),
    )
    unfinished = out.with_name(out.name + ".part")
    try:
        unfinished.write_bytes(data)
        unfinished.replace(out)
    except OSError as error:
        fail(f"{out}: 쓸 수 없습니다({error.strerror}). 다른 곳을 적어 주십시오.")


def report(
    job: Job,
    items: list[JobItem],
    refused: list[tuple[str, str]],
    *,
    out: Path,
    as_json: bool,
) -> None:
    """Say what came of a job; exit code 1 when a file has no full row."""
    failures = [
        {
            "file": item.file.file_name,
            "code": item.error_code or item.state.value,
            "detail": item_error_text(item.error_code or "stopped", item.error_reason or ""),
        }
        for item in items
        if item.state is not JobItemState.DONE
    ]
    failures += [{"file": name, "code": "refused", "detail": told} for name, told in refused]
    counts = job.counts
    if as_json:
        print_json(
            {
                "job_id": job.job_id,
                "state": job.state.value,
                "out": str(out),
                "total": counts.total + len(refused),
                "done": counts.done,
                "failed": len(failures),
                "conflicting": counts.conflicting,
                "calls": job.use.calls,
                "reused": job.reused,
                "prompt_tokens": job.use.prompt_tokens,
                "completion_tokens": job.use.completion_tokens,
                "cost_won": job.cost_won,
                "failures": failures,
            }
        )
    else:
        for failure in failures:
            click.echo(f"{failure['file']}: {failure['detail']}", err=True)
        click.echo(f"{out}: 완료 {counts.done} · 실패 {len(failures)} · 상충 {counts.conflicting}")
    if failures or not counts.total:
        raise SystemExit(EXIT_FAILED)
