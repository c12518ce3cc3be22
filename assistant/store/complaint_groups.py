"""Groups of complaints of one content, and the reviewed reply that answers them."""

from __future__ import annotations

import builtins
from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import Connection, insert, select, update

from assistant.errors import NotFoundError
from assistant.store.complaint_models import ComplaintGroupRow, ComplaintRow
from assistant.store.complaint_records import ComplaintGroup
from assistant.store.database import Database
from assistant.store.rows import AnyRow, Clock, new_id


class ComplaintGroups:
    """The groups of each institution; a complaint belongs to one at most."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def add(
        self,
        complaint_ids: Sequence[str],
        *,
        title: str,
        lead_id: str,
        by: str,
        institution_id: str,
    ) -> ComplaintGroup:
        """Make a group of complaints, which leave the groups that they were in.

        Raises:
            NotFoundError: One of them is none of the institution.
        """
        group_id = new_id()
        members = list(dict.fromkeys((lead_id, *complaint_ids)))
        with self._database.write() as connection:
            connection.execute(
                insert(ComplaintGroupRow).values(
                    group_id=group_id,
                    institution_id=institution_id,
                    title=title,
                    lead_id=lead_id,
                    paper_id="",
                    by=by,
                    created_at=self._clock(),
                )
            )
            moved = connection.execute(
                update(ComplaintRow)
                .where(
                    ComplaintRow.complaint_id.in_(members),
                    ComplaintRow.institution_id == institution_id,
                )
                .values(group_id=group_id, revision=ComplaintRow.revision + 1)
            ).rowcount
            if moved != len(members):
                raise NotFoundError(what="complaint")
        return self.get(group_id, institution_id=institution_id)

    def get(self, group_id: str, *, institution_id: str) -> ComplaintGroup:
        """Return a group with its members.

        Raises:
            NotFoundError: The institution has no such group.
        """
        query = select(ComplaintGroupRow.__table__).where(
            ComplaintGroupRow.group_id == group_id,
            ComplaintGroupRow.institution_id == institution_id,
        )
        with self._database.read() as connection:
            row = connection.execute(query).first()
            if row is None:
                raise NotFoundError(what="group")
            return _group(row, _members(connection, [group_id])[group_id])

    def list(self, *, institution_id: str) -> tuple[ComplaintGroup, ...]:
        """Return the groups, newest first."""
        query = (
            select(ComplaintGroupRow.__table__)
            .where(ComplaintGroupRow.institution_id == institution_id)
            .order_by(ComplaintGroupRow.created_at.desc(), ComplaintGroupRow.group_id)
        )
        with self._database.read() as connection:
            rows = connection.execute(query).all()
            members = _members(connection, [row.group_id for row in rows])
        return tuple(_group(row, members[row.group_id]) for row in rows)

    def set_paper(self, group_id: str, paper_id: str, *, institution_id: str) -> None:
        """Note which paper is the reply of the group.

        Raises:
            NotFoundError: The institution has no such group.
        """
        with self._database.write() as connection:
            changed = connection.execute(
                update(ComplaintGroupRow)
                .where(
                    ComplaintGroupRow.group_id == group_id,
                    ComplaintGroupRow.institution_id == institution_id,
                )
                .values(paper_id=paper_id)
            ).rowcount
        if not changed:
            raise NotFoundError(what="group")


def _members(connection: Connection, group_ids: Sequence[str]) -> dict[str, builtins.list[str]]:
    found: dict[str, builtins.list[str]] = defaultdict(list)
    query = (
        select(ComplaintRow.group_id, ComplaintRow.complaint_id)
        .where(ComplaintRow.group_id.in_(group_ids))
        .order_by(ComplaintRow.received_at, ComplaintRow.complaint_id)
    )
    for row in connection.execute(query):
        found[row.group_id].append(row.complaint_id)
    return found


def _group(row: AnyRow, members: Sequence[str]) -> ComplaintGroup:
    return ComplaintGroup(
        group_id=row.group_id,
        institution_id=row.institution_id,
        title=row.title,
        lead_id=row.lead_id,
        paper_id=row.paper_id,
        by=row.by,
        complaint_ids=tuple(members),
        created_at=row.created_at,
    )
