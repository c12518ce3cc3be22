"""Rows of jobs turned into nouns, and what all changes of a job share."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, case, func, select, update

from assistant.domain import (
    CellCorrection,
    CellStatus,
    Grade,
    ItemResult,
    Job,
    JobCounts,
    JobFile,
    JobItem,
    JobItemState,
    JobState,
    ModelUse,
    RowConfirmation,
)
from assistant.errors import NotFoundError
from assistant.store.job_codec import RESULTS, unpack_columns
from assistant.store.models_jobs import JobCorrectionRow, JobItemRow, JobResultRow, JobRow
from assistant.store.rows import AnyRow, AnySelect, batches

JOBS = "jobs"  # changes of jobs are made one at a time, so that counters and ends agree
UNFINISHED = (JobItemState.WAITING.value, JobItemState.RUNNING.value)
ACTIVE = (JobState.RUNNING.value, JobState.PAUSED.value)
_SETTLED_FOR_PACE = (JobItemState.DONE.value, JobItemState.FAILED.value)


def require_job(connection: Connection, job_id: str, institution_id: str) -> AnyRow:
    """Return the row of a job.

    Raises:
        NotFoundError: The institution has no such job.
    """
    row = connection.execute(
        select(JobRow.__table__).where(
            JobRow.job_id == job_id, JobRow.institution_id == institution_id
        )
    ).first()
    if row is None:
        raise NotFoundError(what="job")
    return row


def item_query() -> AnySelect:
    """Return the query for items with the payloads of their results."""
    return select(JobItemRow.__table__, JobResultRow.payload).outerjoin(
        JobResultRow, JobResultRow.item_id == JobItemRow.item_id
    )


def require_item(connection: Connection, job_id: str, item_id: str, institution_id: str) -> JobItem:
    """Return an item.

    Raises:
        NotFoundError: the institution has no such item.
    """
    query = item_query().where(
        JobItemRow.item_id == item_id,
        JobItemRow.job_id == job_id,
        JobItemRow.institution_id == institution_id,
    )
    row = connection.execute(query).first()
    if row is None:
        raise NotFoundError(what="job_item")
    return items_of(connection, [row])[0]


def touch(connection: Connection, job_id: str, now: datetime, **values: Any) -> int:
    """Count one more change of a job, write `values` to it, and return the count."""
    return int(
        connection.execute(
            update(JobRow)
            .where(JobRow.job_id == job_id)
            .values(changed=JobRow.changed + 1, updated_at=now, **values)
            .returning(JobRow.changed)
        ).scalar_one()
    )


def settle(connection: Connection, job_id: str, now: datetime) -> None:
    """End a job of which nothing is left to do."""
    left = (
        select(JobItemRow.item_id)
        .where(JobItemRow.job_id == job_id, JobItemRow.state.in_(UNFINISHED))
        .exists()
    )
    connection.execute(
        update(JobRow)
        .where(JobRow.job_id == job_id, JobRow.state.in_(ACTIVE), ~left)
        .values(state=JobState.DONE.value, finished_at=now)
    )


def jobs_of(connection: Connection, rows: Iterable[AnyRow], now: datetime) -> list[Job]:
    """Return jobs with their counts."""
    found = list(rows)
    sums = {
        row.job_id: row
        for batch in batches([row.job_id for row in found])
        for row in connection.execute(_sums(batch))
    }
    return [_job(row, sums.get(row.job_id), now) for row in found]


def _sums(job_ids: list[str]) -> AnySelect:
    def count(condition: Any) -> Any:
        return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)

    item = JobItemRow
    return (
        select(
            item.job_id,
            func.count().label("total"),
            *(count(item.state == state.value).label(state.value) for state in JobItemState),
            count(item.is_conflicting).label("conflicting"),
            count(item.confirmed_at.is_not(None)).label("confirmed"),
            count(
                item.state.in_(_SETTLED_FOR_PACE) & (item.finished_at >= JobRow.active_since)
            ).label("lately"),
            func.sum(item.calls).label("calls"),
            func.sum(item.reused).label("reused"),
            func.sum(item.prompt_tokens).label("prompt_tokens"),
            func.sum(item.completion_tokens).label("completion_tokens"),
        )
        .join(JobRow, JobRow.job_id == item.job_id)
        .where(item.job_id.in_(job_ids))
        .group_by(item.job_id)
    )


def _job(row: AnyRow, sums: AnyRow | None, now: datetime) -> Job:
    counts, use = JobCounts(), ModelUse()
    if sums is not None:
        found: dict[str, Any] = dict(sums._mapping)
        counts = JobCounts(
            total=sums.total,
            conflicting=sums.conflicting,
            confirmed=sums.confirmed,
            **{state.value: found[state.value] for state in JobItemState},
        )
        use = ModelUse(
            calls=sums.calls,
            prompt_tokens=sums.prompt_tokens,
            completion_tokens=sums.completion_tokens,
        )
    state = JobState(row.state)
    left_s = None
    if state is JobState.RUNNING and sums is not None and sums.lately:
        left_s = (now - row.active_since).total_seconds() / sums.lately * counts.left
    return Job(
        job_id=row.job_id,
        institution_id=row.institution_id,
        title=row.title,
        columns=unpack_columns(row.columns),
        state=state,
        grade=Grade(row.grade),
        counts=counts,
        use=use,
        reused=0 if sums is None else sums.reused,
        by=row.made_by,
        created_at=row.created_at,
        updated_at=row.updated_at,
        finished_at=row.finished_at,
        changed=row.changed,
        left_s=left_s,
    )


def file_of(row: AnyRow) -> JobFile:
    """Return the file of an item."""
    return JobFile(
        file_name=row.file_name,
        sha256=row.sha256,
        size_bytes=row.size_bytes,
        blob_id=row.blob_id,
        grade=Grade(row.grade),
        document_id=row.document_id,
        version_id=row.version_id,
    )


def items_of(connection: Connection, rows: Iterable[AnyRow]) -> list[JobItem]:
    """Return items with results and corrections; each row has the `payload` of its result."""
    found = list(rows)
    corrections = corrections_of(connection, [row.item_id for row in found])
    return [_item(row, corrections.get(row.item_id, ())) for row in found]


def _item(row: AnyRow, corrections: tuple[CellCorrection, ...]) -> JobItem:
    confirmation = None
    if row.confirmed_at is not None:
        confirmation = RowConfirmation(by=row.confirmed_by or "", at=row.confirmed_at)
    return JobItem(
        item_id=row.item_id,
        job_id=row.job_id,
        institution_id=row.institution_id,
        position=row.position,
        file=file_of(row),
        state=JobItemState(row.state),
        attempts=row.attempts,
        error_code=row.error_code,
        error_reason=row.error_reason,
        changed=row.changed,
        started_at=row.started_at,
        finished_at=row.finished_at,
        result=None if row.payload is None else RESULTS.unpack(row.payload),
        corrections=corrections,
        confirmation=confirmation,
    )


def corrections_of(
    connection: Connection, item_ids: list[str]
) -> dict[str, tuple[CellCorrection, ...]]:
    """Return the corrections of these items that hold, each item's in the order of its columns."""
    table = JobCorrectionRow
    last: dict[tuple[str, str], AnyRow] = {}
    for batch in batches(item_ids):
        query = select(table.__table__).where(table.item_id.in_(batch)).order_by(table.seq)
        last |= {(row.item_id, row.column): row for row in connection.execute(query)}
    found: dict[str, tuple[CellCorrection, ...]] = {}
    for (item_id, column), row in last.items():
        if not row.is_withdrawn:
            correction = CellCorrection(
                column=column,
                value=row.value,
                display=row.display,
                replaced=row.replaced,
                by=row.made_by,
                at=row.made_at,
                reason=row.reason,
            )
            found[item_id] = (*found.get(item_id, ()), correction)
    return found


def is_conflicting(result: ItemResult | None, corrections: Iterable[CellCorrection]) -> bool:
    """Return whether a row says two things of one cell and nobody has decided."""
    decided = {correction.column for correction in corrections}
    return result is not None and any(
        cell.status is CellStatus.CONFLICTING and cell.column not in decided
        for cell in result.cells
    )
