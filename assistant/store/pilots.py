"""Pilots: the record in versions, the files it was filled from, and what they propose."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from assistant.domain import Grade
from assistant.domain.pilots import PilotRecord
from assistant.errors import ConflictError, NotFoundError
from assistant.store.packing import Packing
from assistant.store.pilot_files import Decision, PilotFiles
from assistant.store.pilot_models import PilotRow, PilotVersionRow
from assistant.store.records import UNDO_FOR
from assistant.store.rows import AnyRow, allowed_grade

_RECORDS = Packing(PilotRecord, name="record")


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPilot:
    """A pilot with its current record; `version` counts the saves from 1."""

    record: PilotRecord
    version: int
    grade: Grade
    created_at: datetime
    updated_at: datetime

    @property
    def pilot_id(self) -> str:
        """The id under which it is stored."""
        return self.record.pilot_id


@dataclass(frozen=True, slots=True, kw_only=True)
class PilotVersion:
    """When, by whom and why the record was saved."""

    number: int
    by: str
    reason: str
    created_at: datetime


class Pilots(PilotFiles):
    """The pilots of each institution."""

    # -- records --------------------------------------------------------------------------------

    def create(
        self, record: PilotRecord, *, institution_id: str, grade: Grade, by: str, reason: str = ""
    ) -> StoredPilot:
        """Store a new pilot under the id that its record names."""
        now = self._clock()
        payload = _RECORDS.pack(record)
        with self._database.write() as connection:
            connection.execute(
                insert(PilotRow).values(
                    pilot_id=record.pilot_id,
                    institution_id=institution_id,
                    title=record.title,
                    code=record.code,
                    grade=allowed_grade(grade),
                    version=1,
                    payload=payload,
                    created_at=now,
                    updated_at=now,
                )
            )
            self._add_version(connection, record.pilot_id, institution_id, (1, payload, by, reason))
        return self.get(record.pilot_id, institution_id=institution_id)

    def get(self, pilot_id: str, *, institution_id: str) -> StoredPilot:
        """Return one pilot.

        Raises:
            NotFoundError: The institution has no such pilot, or it is deleted.
        """
        query = select(PilotRow.__table__).where(
            PilotRow.pilot_id == pilot_id,
            PilotRow.institution_id == institution_id,
            PilotRow.deleted_at.is_(None),
        )
        with self._database.read() as connection:
            row = connection.execute(query).first()
        if row is None:
            raise NotFoundError(what="pilot")
        return _stored(row)

    def list(self, *, institution_id: str) -> tuple[StoredPilot, ...]:
        """Return all pilots of an institution, those changed last first."""
        query = (
            select(PilotRow.__table__)
            .where(PilotRow.institution_id == institution_id, PilotRow.deleted_at.is_(None))
            .order_by(PilotRow.updated_at.desc(), PilotRow.pilot_id)
        )
        with self._database.read() as connection:
            return tuple(_stored(row) for row in connection.execute(query))

    def save(
        self,
        record: PilotRecord,
        *,
        institution_id: str,
        parent: int,
        by: str,
        reason: str = "",
        decision: Decision | None = None,
    ) -> StoredPilot:
        """Save the record made from version `parent`, with the decision that led to it.

        Raises:
            ConflictError: Another version was saved since.
            NotFoundError: The institution has no such pilot.
        """
        payload = _RECORDS.pack(record)
        now = self._clock()
        with self._database.write() as connection:
            changed = connection.execute(
                update(PilotRow)
                .where(self._is(record.pilot_id, institution_id), PilotRow.version == parent)
                .values(
                    title=record.title,
                    code=record.code,
                    version=parent + 1,
                    payload=payload,
                    updated_at=now,
                )
            ).rowcount
            if not changed:
                self._require(connection, record.pilot_id, institution_id)
                raise ConflictError(reason="pilot_changed")
            self._add_version(
                connection, record.pilot_id, institution_id, (parent + 1, payload, by, reason)
            )
            if decision is not None:
                self._decide(connection, record.pilot_id, decision)
        return self.get(record.pilot_id, institution_id=institution_id)

    def versions(self, pilot_id: str, *, institution_id: str) -> tuple[PilotVersion, ...]:
        """Return when the record was saved, newest first."""
        query = (
            select(
                PilotVersionRow.number,
                PilotVersionRow.made_by,
                PilotVersionRow.reason,
                PilotVersionRow.created_at,
            )
            .where(
                PilotVersionRow.pilot_id == pilot_id,
                PilotVersionRow.institution_id == institution_id,
            )
            .order_by(PilotVersionRow.number.desc())
        )
        with self._database.read() as connection:
            return tuple(
                PilotVersion(
                    number=row.number, by=row.made_by, reason=row.reason, created_at=row.created_at
                )
                for row in connection.execute(query)
            )

    def version(self, pilot_id: str, number: int, *, institution_id: str) -> PilotRecord:
        """Return the record as it was saved under a number.

        Raises:
            NotFoundError: The institution has no such version.
        """
        query = select(PilotVersionRow.payload).where(
            PilotVersionRow.pilot_id == pilot_id,
            PilotVersionRow.number == number,
            PilotVersionRow.institution_id == institution_id,
        )
        with self._database.read() as connection:
            payload = connection.execute(query).scalar()
        if payload is None:
            raise NotFoundError(what="pilot")
        return _RECORDS.unpack(payload)

    def delete(self, pilot_id: str, *, institution_id: str) -> datetime:
        """Take a pilot out of the list; return until when it can be restored.

        Raises:
            NotFoundError: The institution has no such pilot.
        """
        now = self._clock()
        with self._database.write() as connection:
            self._require(connection, pilot_id, institution_id)
            connection.execute(
                update(PilotRow).where(PilotRow.pilot_id == pilot_id).values(deleted_at=now)
            )
        return now + UNDO_FOR

    def restore(self, pilot_id: str, *, institution_id: str) -> StoredPilot:
        """Bring a deleted pilot back.

        Raises:
            NotFoundError: It is not deleted, or the time to undo that has passed.
        """
        with self._database.write() as connection:
            changed = connection.execute(
                update(PilotRow)
                .where(
                    PilotRow.pilot_id == pilot_id,
                    PilotRow.institution_id == institution_id,
                    PilotRow.deleted_at > self._clock() - UNDO_FOR,
                )
                .values(deleted_at=None)
            ).rowcount
        if not changed:
            raise NotFoundError(what="pilot")
        return self.get(pilot_id, institution_id=institution_id)

    # -- within a transaction ----------------------------------------------------------------------

    def _add_version(
        self,
        connection: Connection,
        pilot_id: str,
        institution_id: str,
        saved: tuple[int, bytes, str, str],
    ) -> None:
        number, payload, by, reason = saved
        connection.execute(
            insert(PilotVersionRow).values(
                pilot_id=pilot_id,
                number=number,
                institution_id=institution_id,
                payload=payload,
                made_by=by,
                reason=reason,
                created_at=self._clock(),
            )
        )


def _stored(row: AnyRow) -> StoredPilot:
    return StoredPilot(
        record=_RECORDS.unpack(row.payload),
        version=row.version,
        grade=Grade(row.grade),
        created_at=row.created_at,
        updated_at=row.updated_at,
    )
