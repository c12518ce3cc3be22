"""Column sets that officials made; each saving is kept as a version of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Connection, func, insert, select

from assistant.domain import ColumnSet, UserColumnSet
from assistant.errors import ConflictError, NotFoundError
from assistant.store.database import Database
from assistant.store.job_codec import pack_columns, unpack_columns
from assistant.store.models_jobs import ColumnSetRow
from assistant.store.rows import AnyRow, Clock


class ColumnSets:
    """The column sets of institutions beside those that come with the product."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def list(self, *, institution_id: str) -> Sequence[UserColumnSet]:
        """Return the newest version of each set, by name."""
        newest = (
            select(ColumnSetRow.name, func.max(ColumnSetRow.version).label("version"))
            .where(ColumnSetRow.institution_id == institution_id)
            .group_by(ColumnSetRow.name)
            .subquery()
        )
        query = (
            select(ColumnSetRow.__table__)
            .join(
                newest,
                (newest.c.name == ColumnSetRow.name) & (newest.c.version == ColumnSetRow.version),
            )
            .where(
                ColumnSetRow.institution_id == institution_id, ColumnSetRow.is_removed.is_(False)
            )
            .order_by(ColumnSetRow.name)
        )
        with self._database.read() as connection:
            return [_set(row) for row in connection.execute(query)]

    def get(self, name: str, *, institution_id: str) -> UserColumnSet:
        """Return the newest version of a set.

        Raises:
            NotFoundError: the institution has no such set.
        """
        with self._database.read() as connection:
            row = self._newest(connection, name, institution_id)
        if row is None or row.is_removed:
            raise NotFoundError(what="column_set")
        return _set(row)

    def save(
        self, columns: ColumnSet, *, institution_id: str, by: str, based_on: int = 0
    ) -> UserColumnSet:
        """Keep a set as the version after `based_on`; 0 makes a new set.

        Raises:
            ConflictError: somebody else has saved it since, or one of that name exists.
        """
        with self._database.write(serial="column_sets") as connection:
            newest = self._newest(connection, columns.name, institution_id)
            is_there = newest is not None and not newest.is_removed
            if (newest.version if is_there and newest is not None else 0) != based_on:
                raise ConflictError(reason="column_set_changed" if based_on else "column_set_taken")
            version = 1 if newest is None else newest.version + 1
            saved = replace(columns, version=version, is_shipped=False)
            self._insert(connection, saved, institution_id, by, is_removed=False)
        return self.get(columns.name, institution_id=institution_id)

    def remove(self, name: str, *, institution_id: str, by: str) -> None:
        """Take a set off the list; jobs that used it keep it.

        Raises:
            NotFoundError: the institution has no such set.
        """
        with self._database.write(serial="column_sets") as connection:
            newest = self._newest(connection, name, institution_id)
            if newest is None or newest.is_removed:
                raise NotFoundError(what="column_set")
            gone = replace(unpack_columns(newest.payload), version=newest.version + 1)
            self._insert(connection, gone, institution_id, by, is_removed=True)

    def _insert(
        self,
        connection: Connection,
        columns: ColumnSet,
        institution_id: str,
        by: str,
        *,
        is_removed: bool,
    ) -> None:
        connection.execute(
            insert(ColumnSetRow).values(
                institution_id=institution_id,
                name=columns.name,
                version=columns.version,
                payload=pack_columns(columns),
                saved_by=by,
                saved_at=self._clock(),
                is_removed=is_removed,
            )
        )

    def _newest(self, connection: Connection, name: str, institution_id: str) -> AnyRow | None:
        return connection.execute(
            select(ColumnSetRow.__table__)
            .where(ColumnSetRow.institution_id == institution_id, ColumnSetRow.name == name)
            .order_by(ColumnSetRow.version.desc())
            .limit(1)
        ).first()


def _set(row: AnyRow) -> UserColumnSet:
    return UserColumnSet(
        columns=unpack_columns(row.payload), by=row.saved_by, saved_at=row.saved_at
    )
