"""Complaints: taken in, listed by due date, changed with a revision, and their drafts awaited.

Text is stored masked; the original and what its placeholders stand for are read by `payload`
alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from assistant.domain.complaints import Decision, LetterKind
from assistant.errors import ConflictError, NotFoundError
from assistant.store.complaint_line import ComplaintLine
from assistant.store.complaint_models import (
    ComplaintEventRow,
    ComplaintLetterRow,
    ComplaintMaskRow,
    ComplaintOriginalRow,
    ComplaintRow,
)
from assistant.store.complaint_records import (
    CaseChange,
    CaseEvent,
    DraftingState,
    Due,
    MaskAction,
    MaskDecision,
    Masking,
    NewCase,
)
from assistant.store.complaint_rows import (
    due_values,
    facts_json,
    guess_json,
    officer_json,
    points_json,
)
from assistant.store.rows import new_id


class Complaints(ComplaintLine):
    """The complaints of each institution."""

    def add(self, cases: Sequence[NewCase]) -> tuple[str, ...]:
        """Store complaints, all of them or none; return their ids."""
        now = self._clock()
        ids = tuple(new_id() for _ in cases)
        with self._database.write() as connection:
            for complaint_id, case in zip(ids, cases, strict=True):
                connection.execute(insert(ComplaintRow).values(_values(complaint_id, case, now)))
                connection.execute(
                    insert(ComplaintOriginalRow).values(
                        complaint_id=complaint_id,
                        institution_id=case.institution_id,
                        payload=case.masking.payload,
                    )
                )
        return ids

    def change(
        self,
        complaint_id: str,
        change: CaseChange,
        *,
        institution_id: str,
        revision: int | None = None,
    ) -> None:
        """Write what a change names; `revision` is the one that the caller saw, None for any.

        Raises:
            ConflictError: It was changed since.
            NotFoundError: The institution has no such complaint.
        """
        with self._database.write() as connection:
            self._change(connection, complaint_id, _changed(change), institution_id, revision)

    def mask(
        self,
        complaint_id: str,
        masking: Masking,
        decision: MaskDecision,
        *,
        change: CaseChange,
        institution_id: str,
    ) -> None:
        """Store a text masked otherwise, with the decision that made it so.

        Whoever had checked the masks has to look again, unless the decision is to have checked.

        Raises:
            NotFoundError: The institution has no such complaint.
        """
        is_check = decision.action is MaskAction.CHECKED
        written = {
            "title": masking.title,
            "text": masking.text,
            "title_length": len(masking.title),
            "candidates": masking.candidates,
            "masks_checked_by": decision.by if is_check else "",
            "masks_checked_at": decision.decided_at if is_check else None,
            **_changed(change),
        }
        with self._database.write() as connection:
            self._change(connection, complaint_id, written, institution_id, None)
            connection.execute(
                update(ComplaintOriginalRow)
                .where(ComplaintOriginalRow.complaint_id == complaint_id)
                .values(payload=masking.payload)
            )
            connection.execute(
                insert(ComplaintMaskRow).values(
                    decision_id=new_id(),
                    complaint_id=complaint_id,
                    institution_id=institution_id,
                    action=decision.action.value,
                    kind=decision.kind,
                    start_at=decision.start,
                    end_at=decision.end,
                    by=decision.by,
                    decided_at=decision.decided_at,
                )
            )

    def decisions(self, complaint_id: str, *, institution_id: str) -> tuple[MaskDecision, ...]:
        """Return what persons decided on the masks of a complaint, in order."""
        query = (
            select(ComplaintMaskRow.__table__)
            .where(
                ComplaintMaskRow.complaint_id == complaint_id,
                ComplaintMaskRow.institution_id == institution_id,
            )
            .order_by(ComplaintMaskRow.decided_at, ComplaintMaskRow.decision_id)
        )
        with self._database.read() as connection:
            return tuple(
                MaskDecision(
                    action=MaskAction(row.action),
                    kind=row.kind,
                    start=row.start_at,
                    end=row.end_at,
                    by=row.by,
                    decided_at=row.decided_at,
                )
                for row in connection.execute(query)
            )

    def record_event(
        self, complaint_id: str, event: CaseEvent, due: Due, *, institution_id: str
    ) -> str:
        """Store something that happened, with the date that follows from it; return its id.

        Raises:
            NotFoundError: The institution has no such complaint.
        """
        event_id = new_id()
        with self._database.write() as connection:
            self._change(connection, complaint_id, due_values(due), institution_id, None)
            connection.execute(
                insert(ComplaintEventRow).values(
                    event_id=event_id,
                    complaint_id=complaint_id,
                    institution_id=institution_id,
                    name=event.name,
                    at=event.at,
                    facts=facts_json(event.facts),
                    by=event.by,
                    recorded_at=self._clock(),
                    withdrawn_by="",
                )
            )
        return event_id

    def withdraw_event(
        self, complaint_id: str, event_id: str, due: Due, *, by: str, institution_id: str
    ) -> None:
        """Take back an entry made by mistake; it is kept with who took it back.

        Raises:
            NotFoundError: The complaint has no such entry.
        """
        with self._database.write() as connection:
            changed = connection.execute(
                update(ComplaintEventRow)
                .where(
                    ComplaintEventRow.event_id == event_id,
                    ComplaintEventRow.complaint_id == complaint_id,
                    ComplaintEventRow.institution_id == institution_id,
                    ComplaintEventRow.withdrawn_at.is_(None),
                )
                .values(withdrawn_at=self._clock(), withdrawn_by=by)
            ).rowcount
            if not changed:
                raise NotFoundError(what="event")
            self._change(connection, complaint_id, due_values(due), institution_id, None)

    def link_letter(
        self,
        complaint_id: str,
        paper_id: str,
        *,
        letter: LetterKind,
        decision: Decision,
        institution_id: str,
        is_disposition: bool = False,
    ) -> None:
        """Note that a paper was written in a case.

        Raises:
            NotFoundError: The institution has no such complaint.
        """
        with self._database.write() as connection:
            self._change(connection, complaint_id, {}, institution_id, None)
            connection.execute(
                insert(ComplaintLetterRow).values(
                    paper_id=paper_id,
                    complaint_id=complaint_id,
                    institution_id=institution_id,
                    letter=letter.value,
                    decision=decision.value,
                    created_at=self._clock(),
                    is_disposition=is_disposition,
                )
            )

    def _change(
        self,
        connection: Connection,
        complaint_id: str,
        values: Mapping[str, object],
        institution_id: str,
        revision: int | None,
    ) -> None:
        found = connection.execute(
            select(ComplaintRow.revision).where(
                ComplaintRow.complaint_id == complaint_id,
                ComplaintRow.institution_id == institution_id,
            )
        ).scalar()
        if found is None:
            raise NotFoundError(what="complaint")
        if revision is not None and revision != found:
            raise ConflictError(reason="changed_meanwhile")
        connection.execute(
            update(ComplaintRow)
            .where(ComplaintRow.complaint_id == complaint_id)
            .values(**values, revision=found + 1, updated_at=self._clock())
        )


def _changed(change: CaseChange) -> dict[str, object]:
    """Return the columns that a change writes."""
    columns: dict[str, object | None] = {
        "kind": change.kind and change.kind.value,
        "kind_by": None if change.kind is None else change.kind_by,
        "period": change.period,
        "number": change.number,
        "reply_form": change.reply_form and change.reply_form.value,
        "received_at": change.received_at,
        "officer": change.officer and officer_json(change.officer),
        "points": None if change.points is None else points_json(change.points),
        "guess": change.guess and guess_json(change.guess),
        "group_id": change.group_id,
    }
    written = {name: value for name, value in columns.items() if value is not None}
    return written | (due_values(change.due) if change.due else {})


def _values(complaint_id: str, case: NewCase, now: datetime) -> dict[str, object]:
    return {
        "complaint_id": complaint_id,
        "institution_id": case.institution_id,
        "number": case.number,
        "received_at": case.received_at,
        "channel": case.channel.value,
        "reply_form": case.reply_form.value,
        "applicants": case.applicants,
        "applicant_key": case.applicant_key,
        "title": case.masking.title,
        "text": case.masking.text,
        "title_length": len(case.masking.title),
        "attachments": case.attachments,
        "kind": case.kind.value,
        "kind_by": "",
        "guess": guess_json(case.guess),
        "period": case.period,
        "officer": officer_json(case.officer),
        "points": points_json(case.points),
        "masks_checked_by": "",
        "masks_checked_at": None,
        "candidates": case.masking.candidates,
        "drafting": DraftingState.NONE.value,
        "drafting_done": 0,
        "drafting_error": "",
        "wanted": "",
        "group_id": "",
        "revision": 1,
        "created_at": now,
        "updated_at": now,
        **due_values(case.due),
    }
