"""`gongmun jobs` and `gongmun worker`: look after work over many files."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from assistant import eventlog
from assistant.commands.batching import opened, report, write_export
from assistant.commands.common import load_settings, plain_errors, print_json
from assistant.domain import DEFAULT_INSTITUTION, Job
from assistant.jobs import items_of
from assistant.wording.rows import JOB_STATES

_AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print as JSON.")


@click.group()
def jobs() -> None:
    """Look after jobs over many files (작업 보기·멈춤·이어서)."""


@jobs.command(name="list")
@_AS_JSON
def list_jobs(*, as_json: bool) -> None:
    """List the jobs, newest first (작업 목록)."""
    with plain_errors(), opened(load_settings(), works=False) as office:
        found = office.desk.batch.jobs(institution_id=DEFAULT_INSTITUTION)
    if as_json:
        print_json([facts(job) for job in found])
        return
    table = Table("작업", "이름", "표", "상태", "파일", "실패", "상충")
    for job in found:
        counts = job.counts
        table.add_row(
            job.job_id,
            Text(job.title),
            job.columns.reference,
            JOB_STATES[job.state][0],
            f"{counts.settled}/{counts.total}",
            str(counts.failed),
            str(counts.conflicting),
        )
    Console().print(table)


@jobs.command()
@click.argument("job_id")
@_AS_JSON
def show(job_id: str, *, as_json: bool) -> None:
    """Show how far a job is, and what failed (작업 하나 보기)."""
    with plain_errors(), opened(load_settings(), works=False) as office:
        job = office.desk.batch.job(job_id, institution_id=DEFAULT_INSTITUTION)
        items = items_of(office.store, job)
    if as_json:
        print_json(facts(job))
        return
    left = "" if job.left_s is None else f" · 남은 시간 약 {max(1, round(job.left_s / 60))}분"
    click.echo(
        f"{job.title} ({job.columns.reference}): {JOB_STATES[job.state][0]} · "
        f"{job.counts.settled}/{job.counts.total}{left}"
    )
    for item in items:
        if item.error_code:
            click.echo(f"{item.position + 1}. {item.file.file_name}: {item.error_code}")


def facts(job: Job) -> dict[str, Any]:
    """Return a job for another program."""
    counts = job.counts
    return {
        "job_id": job.job_id,
        "title": job.title,
        "table": job.columns.reference,
        "state": job.state.value,
        "total": counts.total,
        "waiting": counts.waiting,
        "running": counts.running,
        "done": counts.done,
        "failed": counts.failed,
        "cancelled": counts.cancelled,
        "conflicting": counts.conflicting,
        "confirmed": counts.confirmed,
        "left_s": job.left_s,
        "calls": job.use.calls,
        "prompt_tokens": job.use.prompt_tokens,
        "completion_tokens": job.use.completion_tokens,
        "reused": job.reused,
        "cost_won": job.cost_won,
    }


def _act(job_id: str, act: Callable[[Any], Job]) -> None:
    with plain_errors(), opened(load_settings(), works=False) as office:
        job = act(office.desk.batch)
    click.echo(f"{job_id}: {JOB_STATES[job.state][0]}")


@jobs.command()
@click.argument("job_id")
def pause(job_id: str) -> None:
    """Begin no more files (멈춤)."""
    _act(job_id, lambda batch: batch.pause(job_id, institution_id=DEFAULT_INSTITUTION))


@jobs.command()
@click.argument("job_id")
def resume(job_id: str) -> None:
    """Go on with a paused job (이어서).

    The server or a worker does the work.
    """
    _act(job_id, lambda batch: batch.resume(job_id, institution_id=DEFAULT_INSTITUTION))


@jobs.command()
@click.argument("job_id")
def cancel(job_id: str) -> None:
    """End a job for good; what was found stays (취소)."""
    _act(job_id, lambda batch: batch.cancel(job_id, institution_id=DEFAULT_INSTITUTION))


@jobs.command()
@click.argument("job_id")
def retry(job_id: str) -> None:
    """Run the files that failed again (실패한 것만 다시)."""
    with plain_errors(), opened(load_settings(), works=False) as office:
        count = office.desk.batch.run_again(
            job_id,
            institution_id=DEFAULT_INSTITUTION,
            item_ids=None,
            columns=(),
            failed_only=True,
        )
    click.echo(f"{job_id}: 파일 {count}건을 다시 합니다.")


@jobs.command()
@click.argument("job_id")
@click.option(
    "--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="File to write."
)
@_AS_JSON
def export(job_id: str, out: Path, *, as_json: bool) -> None:
    """Write what a job has found so far to a file (내보내기)."""
    with plain_errors(), opened(load_settings(), works=False) as office:
        job = office.desk.batch.job(job_id, institution_id=DEFAULT_INSTITUTION)
        write_export(office, job, out)
        report(job, items_of(office.store, job), [], out=out, as_json=as_json)


def work(*, until_idle: bool) -> None:
    """Do the work of jobs until told to stop, or until nothing is left."""
    eventlog.configure()
    settings = load_settings()
    stopping = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopping.set())
    with plain_errors(), opened(settings, works=False) as office:
        office.desk.runner.start(stays_open=True)
        office.desk.warm_up()
        click.echo("작업을 기다립니다. (멈추기: Ctrl+C)", err=True)
        while not stopping.wait(1.0):
            if until_idle and not office.store.job_work.has_work():
                break
