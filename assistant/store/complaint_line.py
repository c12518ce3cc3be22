"""Drafts that wait: a complaint stays in the line over a crash until its draft is there."""

from __future__ import annotations

import builtins
from collections.abc import Iterable

from sqlalchemy import select, update

from assistant.store.complaint_models import ComplaintRow
from assistant.store.complaint_reads import ComplaintReads
from assistant.store.complaint_records import DraftingState, StoredCase
from assistant.store.rows import batches

_UNDER_WAY = (DraftingState.WAITING.value, DraftingState.RUNNING.value)


class ComplaintLine(ComplaintReads):
    """The line of complaints that are to be drafted in the background."""

    def want_drafts(
        self, complaint_ids: Iterable[str], wanted: str, *, institution_id: str
    ) -> tuple[str, ...]:
        """Put complaints in the line for drafting unless they are in it; return those put in."""
        put: builtins.list[str] = []
        with self._database.write() as connection:
            for batch in batches(dict.fromkeys(complaint_ids)):
                rows = connection.execute(
                    update(ComplaintRow)
                    .where(
                        ComplaintRow.complaint_id.in_(batch),
                        ComplaintRow.institution_id == institution_id,
                        ComplaintRow.drafting.not_in(_UNDER_WAY),
                    )
                    .values(
                        drafting=DraftingState.WAITING.value,
                        drafting_done=0,
                        drafting_error="",
                        wanted=wanted,
                        updated_at=self._clock(),
                    )
                    .returning(ComplaintRow.complaint_id)
                )
                found = {row.complaint_id for row in rows}
                put += [one for one in batch if one in found]
        return tuple(put)

    def awaited(self) -> tuple[str, ...]:
        """Return every complaint whose draft is waited for, in the order of their due dates.

        One that was being drafted when the process ended waits again.
        """
        query = (
            select(ComplaintRow.complaint_id)
            .where(ComplaintRow.drafting.in_(_UNDER_WAY))
            .order_by(ComplaintRow.due_moment, ComplaintRow.complaint_id)
        )
        with self._database.read() as connection:
            return tuple(row.complaint_id for row in connection.execute(query))

    def begin_draft(self, complaint_id: str) -> StoredCase | None:
        """Take a complaint out of the line to draft it; None when nobody waits for it any more."""
        with self._database.write() as connection:
            row = connection.execute(
                update(ComplaintRow)
                .where(
                    ComplaintRow.complaint_id == complaint_id,
                    ComplaintRow.drafting.in_(_UNDER_WAY),
                )
                .values(drafting=DraftingState.RUNNING.value, drafting_done=0)
                .returning(ComplaintRow.institution_id)
            ).first()
        if row is None:
            return None
        return self.get(complaint_id, institution_id=row.institution_id)

    def set_drafting(
        self, complaint_id: str, state: DraftingState, *, done: int = 0, error: str = ""
    ) -> bool:
        """Write how far a draft under way is; False when it was cancelled meanwhile."""
        with self._database.write() as connection:
            return bool(
                connection.execute(
                    update(ComplaintRow)
                    .where(
                        ComplaintRow.complaint_id == complaint_id,
                        ComplaintRow.drafting.in_(_UNDER_WAY),
                    )
                    .values(
                        drafting=state.value,
                        drafting_done=done,
                        drafting_error=error,
                        updated_at=self._clock(),
                    )
                ).rowcount
            )

    def cancel_draft(self, complaint_id: str, *, institution_id: str) -> bool:
        """Take a complaint out of the line; False when it is not in it."""
        with self._database.write() as connection:
            return bool(
                connection.execute(
                    update(ComplaintRow)
                    .where(
                        ComplaintRow.complaint_id == complaint_id,
                        ComplaintRow.institution_id == institution_id,
                        ComplaintRow.drafting.in_(_UNDER_WAY),
                    )
                    .values(drafting=DraftingState.NONE.value, updated_at=self._clock())
                ).rowcount
            )
