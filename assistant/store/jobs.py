"""Jobs as officials see them: made, listed, paused, run again and removed."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import Connection, delete, func, insert, or_, select, update

from assistant.domain import (
    ColumnSet,
    Grade,
    Job,
    JobFile,
    JobItem,
    JobItemState,
    JobState,
)
from assistant.errors import ConflictError, NotFoundError
from assistant.store.database import Database
from assistant.store.job_codec import pack_columns
from assistant.store.job_rows import (
    ACTIVE,
    JOBS,
    UNFINISHED,
    item_query,
    items_of,
    jobs_of,
    require_item,
    require_job,
    settle,
    touch,
)
from assistant.store.models_jobs import (
    JobCorrectionRow,
    JobItemRow,
    JobReadingRow,
    JobResultRow,
    JobRow,
)
from assistant.store.rows import AnyRow, Clock, allowed_grade, batches, new_id
from assistant.text import clean

MAX_ITEMS = 5_000
BAD_REPLY = "bad_reply"  # a kept reply that nothing could be made of


class Jobs:
    """All jobs: made, listed, paused and run again."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    # -- making and reading -----------------------------------------------------------------------

    def create(
        self,
        *,
        institution_id: str,
        title: str,
        columns: ColumnSet,
        files: Sequence[JobFile],
        by: str,
    ) -> Job:
        """Begin a job over these files, in their order; when this returns, it is not forgotten.

        Raises:
            GradeNotAllowedError: a file has grade C.
        """
        now, job_id = self._clock(), new_id()
        with self._database.write(serial=JOBS) as connection:
            connection.execute(
                insert(JobRow).values(
                    job_id=job_id,
                    institution_id=institution_id,
                    title=clean(title).strip() or columns.title,
                    columns=pack_columns(columns),
                    grade=Grade.OPEN.value,
                    state=JobState.RUNNING.value,
                    made_by=by,
                    created_at=now,
                    updated_at=now,
                    active_since=now,
                )
            )
            self._add(connection, job_id, institution_id, files)
            settle(connection, job_id, now)
        return self.get(job_id, institution_id=institution_id)

    def add_files(
        self, job_id: str, files: Sequence[JobFile], *, institution_id: str
    ) -> Sequence[str]:
        """Add files to a job that was not cancelled, and return the ids of their items.

        Raises:
            ConflictError: the job was cancelled, or would grow too large.
            GradeNotAllowedError: a file has grade C.
            NotFoundError: the institution has no such job.
        """
        with self._database.write(serial=JOBS) as connection:
            job = require_job(connection, job_id, institution_id)
            if job.state == JobState.CANCELLED.value:
                raise ConflictError(reason="job_cancelled")
            added = self._add(connection, job_id, institution_id, files)
            self._revive(connection, job)
        return added

    def get(self, job_id: str, *, institution_id: str) -> Job:
        """Return a job.

        Raises:
            NotFoundError: the institution has no such job.
        """
        with self._database.read() as connection:
            row = require_job(connection, job_id, institution_id)
            return jobs_of(connection, [row], self._clock())[0]

    def list(self, *, institution_id: str, limit: int = 100) -> Sequence[Job]:
        """Return the jobs of an institution, newest first."""
        query = (
            select(JobRow.__table__)
            .where(JobRow.institution_id == institution_id)
            .order_by(JobRow.created_at.desc(), JobRow.job_id)
            .limit(limit)
        )
        with self._database.read() as connection:
            return jobs_of(connection, connection.execute(query), self._clock())

    def items(
        self,
        job_id: str,
        *,
        institution_id: str,
        after: int = -1,
        limit: int = 200,
        state: JobItemState | None = None,
        changed_after: int | None = None,
    ) -> Sequence[JobItem]:
        """Return items in their order, from the position after `after`.

        `changed_after` leaves out what has not changed since the job stood at that count.

        Raises:
            NotFoundError: the institution has no such job.
        """
        query = (
            item_query()
            .where(JobItemRow.job_id == job_id, JobItemRow.position > after)
            .order_by(JobItemRow.position)
            .limit(limit)
        )
        if state is not None:
            query = query.where(JobItemRow.state == state.value)
        if changed_after is not None:
            query = query.where(JobItemRow.changed > changed_after)
        with self._database.read() as connection:
            require_job(connection, job_id, institution_id)
            return items_of(connection, connection.execute(query))

    def item(self, job_id: str, item_id: str, *, institution_id: str) -> JobItem:
        """Return one item.

        Raises:
            NotFoundError: the institution has no such item.
        """
        with self._database.read() as connection:
            return require_item(connection, job_id, item_id, institution_id)

    # -- going on and stopping --------------------------------------------------------------------

    def pause(self, job_id: str, *, institution_id: str) -> Job:
        """Begin no more items; those under way are finished.

        Raises:
            ConflictError: the job is not running.
            NotFoundError: the institution has no such job.
        """
        with self._database.write(serial=JOBS) as connection:
            job = require_job(connection, job_id, institution_id)
            if job.state != JobState.RUNNING.value:
                raise ConflictError(reason="job_not_running")
            touch(connection, job_id, self._clock(), state=JobState.PAUSED.value)
        return self.get(job_id, institution_id=institution_id)

    def resume(self, job_id: str, *, institution_id: str) -> Job:
        """Go on with a paused job.

        Raises:
            ConflictError: the job is not paused.
            NotFoundError: the institution has no such job.
        """
        with self._database.write(serial=JOBS) as connection:
            job = require_job(connection, job_id, institution_id)
            if job.state != JobState.PAUSED.value:
                raise ConflictError(reason="job_not_paused")
            now = self._clock()
            touch(connection, job_id, now, state=JobState.RUNNING.value, active_since=now)
            # What the queue held was let go while the job stood still.
            connection.execute(
                update(JobItemRow)
                .where(JobItemRow.job_id == job_id, JobItemRow.state == JobItemState.WAITING.value)
                .values(run=JobItemRow.run + 1)
            )
        return self.get(job_id, institution_id=institution_id)

    def cancel(self, job_id: str, *, institution_id: str) -> Job:
        """End a job for good; what is finished stays, what is under way is dropped.

        Raises:
            ConflictError: it has ended already.
            NotFoundError: the institution has no such job.
        """
        with self._database.write(serial=JOBS) as connection:
            job = require_job(connection, job_id, institution_id)
            if job.state not in ACTIVE:
                raise ConflictError(reason="job_ended")
            now = self._clock()
            changed = touch(
                connection, job_id, now, state=JobState.CANCELLED.value, finished_at=now
            )
            connection.execute(
                update(JobItemRow)
                .where(JobItemRow.job_id == job_id, JobItemRow.state.in_(UNFINISHED))
                .values(state=JobItemState.CANCELLED.value, finished_at=now, changed=changed)
            )
        return self.get(job_id, institution_id=institution_id)

    def run_again(
        self,
        job_id: str,
        *,
        institution_id: str,
        item_ids: Collection[str] | None = None,
        columns: tuple[str, ...] = (),
        failed_only: bool = False,
    ) -> int:
        """Put finished items in line again and return how many; `columns` () means all columns.

        Items that failed use what has been paid for, unless that was of no use; the others are
        asked anew.

        Raises:
            ConflictError: the job was cancelled.
            NotFoundError: the institution has no such job or item, or the job no such column.
        """
        states = (JobItemState.FAILED,) if failed_only else (JobItemState.DONE, JobItemState.FAILED)
        with self._database.write(serial=JOBS) as connection:
            job = require_job(connection, job_id, institution_id)
            if job.state == JobState.CANCELLED.value:
                raise ConflictError(reason="job_cancelled")
            chosen = self._chosen(connection, job_id, item_ids, [state.value for state in states])
            if chosen:
                changed = self._revive(connection, job)
                for batch in batches(chosen):
                    connection.execute(
                        update(JobItemRow)
                        .where(JobItemRow.item_id.in_(batch))
                        .values(
                            is_fresh=or_(
                                JobItemRow.state == JobItemState.DONE.value,
                                func.coalesce(JobItemRow.error_reason, "") == BAD_REPLY,
                            ),
                            state=JobItemState.WAITING.value,
                            run=JobItemRow.run + 1,
                            attempts=0,
                            only_columns=columns,
                            error_code=None,
                            error_reason=None,
                            changed=changed,
                        )
                    )
        return len(chosen)

    def delete(self, job_id: str, *, institution_id: str) -> None:
        """Remove a job that has ended, with all that was found and decided.

        Raises:
            ConflictError: it has not ended.
            NotFoundError: the institution has no such job.
        """
        with self._database.write(serial=JOBS) as connection:
            job = require_job(connection, job_id, institution_id)
            if job.state in ACTIVE:
                raise ConflictError(reason="job_not_ended")
            items = select(JobItemRow.item_id).where(JobItemRow.job_id == job_id)
            connection.execute(delete(JobCorrectionRow).where(JobCorrectionRow.job_id == job_id))
            connection.execute(delete(JobResultRow).where(JobResultRow.job_id == job_id))
            connection.execute(delete(JobReadingRow).where(JobReadingRow.item_id.in_(items)))
            connection.execute(delete(JobItemRow).where(JobItemRow.job_id == job_id))
            connection.execute(delete(JobRow).where(JobRow.job_id == job_id))

    # -- inside -----------------------------------------------------------------------------------

    def _add(
        self, connection: Connection, job_id: str, institution_id: str, files: Sequence[JobFile]
    ) -> Sequence[str]:
        top = connection.execute(
            select(func.max(JobItemRow.position)).where(JobItemRow.job_id == job_id)
        ).scalar()
        first = 0 if top is None else top + 1
        if first + len(files) > MAX_ITEMS:
            raise ConflictError(reason="job_too_large")
        changed = touch(connection, job_id, self._clock())
        rows = [
            {
                "item_id": new_id(),
                "job_id": job_id,
                "institution_id": institution_id,
                "position": position,
                "file_name": clean(file.file_name),
                "sha256": file.sha256,
                "size_bytes": file.size_bytes,
                "blob_id": file.blob_id,
                "grade": allowed_grade(file.grade),
                "document_id": file.document_id,
                "version_id": file.version_id,
                "state": JobItemState.WAITING.value,
                "changed": changed,
            }
            for position, file in enumerate(files, start=first)
        ]
        for batch in batches(rows):
            connection.execute(insert(JobItemRow), batch)
        if any(file.grade is Grade.SENSITIVE for file in files):
            touch(connection, job_id, self._clock(), grade=Grade.SENSITIVE.value)
        return [str(row["item_id"]) for row in rows]

    def _revive(self, connection: Connection, job: AnyRow) -> int:
        """Let a job run that has something to do again; a paused one stays paused."""
        now = self._clock()
        if job.state != JobState.DONE.value:
            return touch(connection, job.job_id, now)
        return touch(
            connection,
            job.job_id,
            now,
            state=JobState.RUNNING.value,
            active_since=now,
            finished_at=None,
        )

    def _chosen(
        self,
        connection: Connection,
        job_id: str,
        item_ids: Collection[str] | None,
        states: Sequence[str],
    ) -> Sequence[str]:
        query = select(JobItemRow.item_id, JobItemRow.state).where(JobItemRow.job_id == job_id)
        found = {row.item_id: row.state for row in connection.execute(query)}
        wanted = list(found) if item_ids is None else list(dict.fromkeys(item_ids))
        if any(item_id not in found for item_id in wanted):
            raise NotFoundError(what="job_item")
        return [item_id for item_id in wanted if found[item_id] in states]
