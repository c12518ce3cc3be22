"""Jobs as workers see them: what to put in the queue, claimed, finished or failed.

Workers serve all institutions; what they write carries the institution of the item. Every change
is made for one run of an item and has no effect when that run is over, so that doing a piece of
work twice leaves what doing it once leaves.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import InstrumentedAttribute

from assistant.domain import (
    Document,
    ItemResult,
    ItemTask,
    JobItemState,
    JobState,
    ModelUse,
)
from assistant.store.database import Database
from assistant.store.job_codec import RESULTS, unpack_columns
from assistant.store.job_rows import (
    JOBS,
    UNFINISHED,
    corrections_of,
    file_of,
    is_conflicting,
    settle,
    touch,
)
from assistant.store.models_jobs import (
    JobItemRow,
    JobReadingRow,
    JobReplyRow,
    JobResultRow,
    JobRow,
)
from assistant.store.readings import pack, unpack
from assistant.store.rows import Clock

MODEL_FAILURE = "item_model"  # the rules found what they could, the model gave no reply


@dataclass(frozen=True, slots=True, kw_only=True)
class DueItem:
    """A run of an item that waits; `place` is where it stands among what its job has left."""

    item_id: str
    run: int
    place: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What a model wrote, with the tokens that it counted."""

    text: str
    prompt_tokens: int | None = None
    completion_tokens: int | None = None


class JobWork:
    """The runs of all items, across jobs and institutions."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    # -- the queue --------------------------------------------------------------------------------

    def due(self, *, limit: int = 500, is_queue_new: bool = False) -> list[DueItem]:
        """Return runs that wait and are not in the queue, small jobs and first files first.

        `is_queue_new` returns all that wait or was begun: the queue has forgotten them.
        """
        item = JobItemRow
        query = (
            select(item.item_id, item.run, item.position)
            .join(JobRow, JobRow.job_id == item.job_id)
            .where(JobRow.state == JobState.RUNNING.value, item.state.in_(UNFINISHED))
            .order_by(item.position, item.job_id)
        )
        if not is_queue_new:
            query = query.where(item.queued_run < item.run).limit(limit)
        with self._database.read() as connection:
            return [
                DueItem(item_id=row.item_id, run=row.run, place=row.position)
                for row in connection.execute(query)
            ]

    def note_queued(self, due: Sequence[DueItem]) -> None:
        """Note that these runs are in the queue."""
        with self._database.write(serial=JOBS) as connection:
            for entry in due:
                connection.execute(
                    update(JobItemRow)
                    .where(JobItemRow.item_id == entry.item_id, JobItemRow.run == entry.run)
                    .values(queued_run=entry.run)
                )

    def has_work(self) -> bool:
        """Return whether anything waits or is under way in a running job."""
        query = (
            select(JobItemRow.item_id)
            .join(JobRow, JobRow.job_id == JobItemRow.job_id)
            .where(JobRow.state == JobState.RUNNING.value, JobItemRow.state.in_(UNFINISHED))
            .limit(1)
        )
        with self._database.read() as connection:
            return connection.execute(query).first() is not None

    # -- one run ----------------------------------------------------------------------------------

    def claim(self, item_id: str, run: int) -> ItemTask | None:
        """Mark a run as under way; None when it is over, or its job does not run."""
        running = (
            select(JobRow.job_id)
            .where(JobRow.job_id == JobItemRow.job_id, JobRow.state == JobState.RUNNING.value)
            .exists()
        )
        now = self._clock()
        with self._database.write(serial=JOBS) as connection:
            row = connection.execute(
                update(JobItemRow)
                .where(
                    JobItemRow.item_id == item_id,
                    JobItemRow.run == run,
                    JobItemRow.state.in_(UNFINISHED),
                    running,
                )
                .values(
                    state=JobItemState.RUNNING.value,
                    attempts=JobItemRow.attempts + 1,
                    started_at=now,
                )
                .returning(JobItemRow.__table__)
            ).first()
            if row is None:
                return None
            self._touch_item(connection, item_id, row.job_id, now)
            columns = connection.execute(
                select(JobRow.columns).where(JobRow.job_id == row.job_id)
            ).scalar_one()
            earlier = connection.execute(
                select(JobResultRow.payload).where(JobResultRow.item_id == item_id)
            ).scalar()
        return ItemTask(
            item_id=item_id,
            job_id=row.job_id,
            institution_id=row.institution_id,
            run=row.run,
            attempts=row.attempts,
            file=file_of(row),
            columns=unpack_columns(columns),
            only=row.only_columns,
            is_fresh=row.is_fresh,
            earlier=None if earlier is None else RESULTS.unpack(earlier),
        )

    def is_wanted(self, item_id: str, run: int) -> bool:
        """Return whether a run that was claimed is still to be finished."""
        query = select(JobItemRow.item_id).where(
            JobItemRow.item_id == item_id,
            JobItemRow.run == run,
            JobItemRow.state == JobItemState.RUNNING.value,
        )
        with self._database.read() as connection:
            return connection.execute(query).first() is not None

    def finish(
        self,
        task: ItemTask,
        result: ItemResult,
        *,
        use: ModelUse,
        reused: int,
        failure: str | None = None,
    ) -> bool:
        """Keep what a run found; False when the run is over and nothing was kept.

        `use` is what the model was asked in this run, `reused` how many kept replies were taken.
        `failure` says why the model had no share in the row: the item counts as failed then, and
        an earlier row stays. A confirmation ends when the row says something else than before.
        """
        is_kept = failure is None or task.earlier is None
        standing = result if is_kept else task.earlier
        now = self._clock()
        with self._database.write(serial=JOBS) as connection:
            holding = corrections_of(connection, [task.item_id]).get(task.item_id, ())
            ended = self._end(
                connection,
                task,
                now,
                state=(JobItemState.DONE if failure is None else JobItemState.FAILED).value,
                error_code=None if failure is None else MODEL_FAILURE,
                error_reason=failure,
                is_conflicting=is_conflicting(standing, holding),
                **_spent(use, reused),
                **_voided(task, standing),
            )
            if not ended:
                return False
            if is_kept:
                self._write_result(connection, task, result, now)
            settle(connection, task.job_id, now)
        return True

    def fail(self, task: ItemTask, *, code: str, reason: str, use: ModelUse, reused: int) -> bool:
        """Note that a run failed, and why; an earlier result stays. False as `finish` does."""
        now = self._clock()
        with self._database.write(serial=JOBS) as connection:
            ended = self._end(
                connection,
                task,
                now,
                state=JobItemState.FAILED.value,
                error_code=code,
                error_reason=reason,
                **_spent(use, reused),
            )
            if ended:
                settle(connection, task.job_id, now)
        return ended

    def renew(self, due: Sequence[DueItem]) -> None:
        """Let runs wait again under a new number: the queue has ended them, the store has not."""
        with self._database.write(serial=JOBS) as connection:
            for entry in due:
                connection.execute(
                    update(JobItemRow)
                    .where(
                        JobItemRow.item_id == entry.item_id,
                        JobItemRow.run == entry.run,
                        JobItemRow.state.in_(UNFINISHED),
                    )
                    .values(state=JobItemState.WAITING.value, run=JobItemRow.run + 1)
                )

    def put_back(self, task: ItemTask) -> None:
        """Let a claimed run wait again for the next worker: this one is about to stop."""
        with self._database.write(serial=JOBS) as connection:
            connection.execute(
                update(JobItemRow)
                .where(
                    JobItemRow.item_id == task.item_id,
                    JobItemRow.run == task.run,
                    JobItemRow.state == JobItemState.RUNNING.value,
                )
                .values(
                    state=JobItemState.WAITING.value,
                    run=JobItemRow.run + 1,
                    attempts=JobItemRow.attempts - 1,
                    started_at=None,
                )
            )
            self._touch_item(connection, task.item_id, task.job_id, self._clock())

    # -- what was paid for or read ----------------------------------------------------------------

    def reply(self, key: str, *, institution_id: str) -> Reply | None:
        """Return a reply that was kept under this key."""
        query = select(
            JobReplyRow.reply, JobReplyRow.prompt_tokens, JobReplyRow.completion_tokens
        ).where(JobReplyRow.institution_id == institution_id, JobReplyRow.reply_key == key)
        with self._database.read() as connection:
            row = connection.execute(query).first()
        if row is None:
            return None
        return Reply(
            text=row.reply,
            prompt_tokens=row.prompt_tokens,
            completion_tokens=row.completion_tokens,
        )

    def keep_reply(self, key: str, reply: Reply, *, institution_id: str) -> None:
        """Keep a reply; the first one of a key stays."""
        try:
            with self._database.write() as connection:
                connection.execute(
                    insert(JobReplyRow).values(
                        institution_id=institution_id,
                        reply_key=key,
                        reply=reply.text,
                        prompt_tokens=reply.prompt_tokens,
                        completion_tokens=reply.completion_tokens,
                        written_at=self._clock(),
                    )
                )
        except IntegrityError:
            return  # another worker was asked the same and was quicker

    def forget_replies(self, before: datetime) -> int:
        """Remove replies kept before a time, and return how many."""
        with self._database.write() as connection:
            gone = connection.execute(delete(JobReplyRow).where(JobReplyRow.written_at < before))
        return gone.rowcount

    def reading(self, item_id: str, *, institution_id: str) -> Document | None:
        """Return what was read of an item's file; None when it was not kept."""
        query = select(JobReadingRow.payload).where(
            JobReadingRow.item_id == item_id, JobReadingRow.institution_id == institution_id
        )
        with self._database.read() as connection:
            payload = connection.execute(query).scalar()
        return None if payload is None else unpack(payload)

    def keep_reading(self, task: ItemTask, document: Document) -> None:
        """Keep what was read of an item's file."""
        payload = pack(document)
        with self._database.write() as connection:
            exists = connection.execute(
                select(JobItemRow.item_id).where(JobItemRow.item_id == task.item_id)
            ).first()
            if exists is None:  # its job was removed meanwhile
                return
            connection.execute(delete(JobReadingRow).where(JobReadingRow.item_id == task.item_id))
            connection.execute(
                insert(JobReadingRow).values(
                    item_id=task.item_id, institution_id=task.institution_id, payload=payload
                )
            )

    # -- inside -----------------------------------------------------------------------------------

    def _end(self, connection: Connection, task: ItemTask, now: datetime, **values: object) -> bool:
        ended = connection.execute(
            update(JobItemRow)
            .where(
                JobItemRow.item_id == task.item_id,
                JobItemRow.run == task.run,
                JobItemRow.state == JobItemState.RUNNING.value,
            )
            .values(finished_at=now, **values)
            .returning(JobItemRow.item_id)
        ).first()
        if ended is None:
            return False
        self._touch_item(connection, task.item_id, task.job_id, now)
        return True

    def _write_result(
        self, connection: Connection, task: ItemTask, result: ItemResult, now: datetime
    ) -> None:
        connection.execute(delete(JobResultRow).where(JobResultRow.item_id == task.item_id))
        connection.execute(
            insert(JobResultRow).values(
                item_id=task.item_id,
                job_id=task.job_id,
                institution_id=task.institution_id,
                payload=RESULTS.pack(result),
                written_at=now,
            )
        )

    def _touch_item(self, connection: Connection, item_id: str, job_id: str, now: datetime) -> None:
        changed = touch(connection, job_id, now)
        connection.execute(
            update(JobItemRow).where(JobItemRow.item_id == item_id).values(changed=changed)
        )


def _spent(use: ModelUse, reused: int) -> dict[str, object]:
    """Return the columns of an item that add up over its runs."""
    return {
        "calls": JobItemRow.calls + use.calls,
        "reused": JobItemRow.reused + reused,
        "prompt_tokens": _more(JobItemRow.prompt_tokens, use.prompt_tokens),
        "completion_tokens": _more(JobItemRow.completion_tokens, use.completion_tokens),
    }


def _more(column: InstrumentedAttribute[int | None], tokens: int | None) -> object:
    """Return the sum of what a column holds and the tokens of one more run."""
    return column if tokens is None else func.coalesce(column, 0) + tokens


def _voided(task: ItemTask, result: ItemResult | None) -> dict[str, None]:
    if task.earlier is not None and result is not None and task.earlier.cells == result.cells:
        return {}
    return {"confirmed_by": None, "confirmed_at": None}
