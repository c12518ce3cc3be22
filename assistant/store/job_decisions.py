"""What people decide about the rows of a job: corrections and confirmations."""

from __future__ import annotations

from sqlalchemy import insert, update

from assistant.domain import CellCorrection, JobItem, JobItemState
from assistant.errors import ConflictError
from assistant.store.database import Database
from assistant.store.job_rows import JOBS, corrections_of, is_conflicting, require_item, touch
from assistant.store.models_jobs import JobCorrectionRow, JobItemRow
from assistant.store.rows import Clock


class JobDecisions:
    """Values and rows that a person answers for, kept apart from what the machine found."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def correct(
        self, job_id: str, item_id: str, correction: CellCorrection, *, institution_id: str
    ) -> JobItem:
        """Keep a person's value for a cell beside the machine's; a confirmation ends.

        Raises:
            NotFoundError: the institution has no such item.
        """
        return self._decide(job_id, item_id, institution_id, correction, is_withdrawn=False)

    def withdraw(
        self, job_id: str, item_id: str, correction: CellCorrection, *, institution_id: str
    ) -> JobItem:
        """Let the machine's value of a cell hold again; a confirmation ends.

        Raises:
            NotFoundError: the institution has no such item.
        """
        return self._decide(job_id, item_id, institution_id, correction, is_withdrawn=True)

    def confirm(
        self, job_id: str, item_id: str, *, institution_id: str, by: str, is_confirmed: bool = True
    ) -> JobItem:
        """Note that a person takes a row as it stands, or no longer does.

        Raises:
            ConflictError: there is no result yet.
            NotFoundError: the institution has no such item.
        """
        with self._database.write(serial=JOBS) as connection:
            item = require_item(connection, job_id, item_id, institution_id)
            if item.result is None or item.state is not JobItemState.DONE:
                raise ConflictError(reason="item_not_done")
            now = self._clock()
            connection.execute(
                update(JobItemRow)
                .where(JobItemRow.item_id == item_id)
                .values(
                    confirmed_by=by if is_confirmed else None,
                    confirmed_at=now if is_confirmed else None,
                    changed=touch(connection, job_id, now),
                )
            )
            return require_item(connection, job_id, item_id, institution_id)

    def _decide(
        self,
        job_id: str,
        item_id: str,
        institution_id: str,
        correction: CellCorrection,
        *,
        is_withdrawn: bool,
    ) -> JobItem:
        with self._database.write(serial=JOBS) as connection:
            item = require_item(connection, job_id, item_id, institution_id)
            connection.execute(
                insert(JobCorrectionRow).values(
                    item_id=item_id,
                    job_id=job_id,
                    institution_id=institution_id,
                    column=correction.column,
                    value=correction.value,
                    display=correction.display,
                    replaced=correction.replaced,
                    reason=correction.reason,
                    made_by=correction.by,
                    made_at=correction.at,
                    is_withdrawn=is_withdrawn,
                )
            )
            holding = corrections_of(connection, [item_id]).get(item_id, ())
            connection.execute(
                update(JobItemRow)
                .where(JobItemRow.item_id == item_id)
                .values(
                    changed=touch(connection, job_id, self._clock()),
                    is_conflicting=is_conflicting(item.result, holding),
                    confirmed_by=None,
                    confirmed_at=None,
                )
            )
            return require_item(connection, job_id, item_id, institution_id)
