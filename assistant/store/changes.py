"""What changed of documents since an earlier look, whoever changed it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, and_, or_, select

from assistant.store.database import Database
from assistant.store.details import details, present
from assistant.store.models import DocumentRow, InstitutionRow
from assistant.store.records import DocumentDetail
from assistant.store.rows import AnySelect

# The last change that was seen, by institution: its number, and the last document of it when one
# change is of so many documents that they did not fit into one answer.
Seen = Mapping[str, tuple[int, str | None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """Documents that changed, and the ids of those that are not to be seen any more."""

    documents: tuple[DocumentDetail, ...]
    gone: tuple[str, ...]
    seen: Seen


class Changes:
    """Tells what became of documents, by the counter that each change of them raises."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def now(self, *, institution_ids: tuple[str, ...]) -> Seen:
        """Return where things stand, to be given to `since`."""
        with self._database.read() as connection:
            return {
                institution_id: (number, None)
                for institution_id, number in _counters(connection, institution_ids).items()
            }

    def since(self, seen: Seen, *, limit: int = 200) -> Changed:
        """Return the oldest changes after `seen`, each document as it is now.

        Call it again with what it returns as `seen`; nothing is left out, however much changes
        between two calls, and nothing new costs one small query.
        """
        reached = dict(seen)
        documents: list[DocumentDetail] = []
        gone: list[str] = []
        with self._database.read() as connection:
            counters = _counters(connection, tuple(seen))
            for institution_id, (number, document_id) in seen.items():
                if document_id is None and counters.get(institution_id, number) <= number:
                    continue
                query = _after(institution_id, number, document_id).limit(limit)
                rows = connection.execute(query).all()
                documents += present(connection, [row for row in rows if row.deleted_at is None])
                gone += [row.document_id for row in rows if row.deleted_at is not None]
                if len(rows) == limit:
                    reached[institution_id] = (rows[-1].changed, rows[-1].document_id)
                else:
                    reached[institution_id] = (rows[-1].changed if rows else number, None)
        return Changed(documents=tuple(documents), gone=tuple(gone), seen=reached)


def _after(institution_id: str, number: int, document_id: str | None) -> AnySelect:
    """Return the query of what an institution changed, from the oldest change on."""
    later: ColumnElement[bool] = DocumentRow.changed > number
    if document_id is not None:
        rest = and_(DocumentRow.changed == number, DocumentRow.document_id > document_id)
        later = or_(later, rest)
    return (
        details()
        .add_columns(DocumentRow.changed)
        .where(DocumentRow.institution_id == institution_id, later)
        .order_by(DocumentRow.changed, DocumentRow.document_id)
    )


def _counters(connection: Connection, institution_ids: tuple[str, ...]) -> dict[str, int]:
    query = select(InstitutionRow.institution_id, InstitutionRow.changes).where(
        InstitutionRow.institution_id.in_(institution_ids)
    )
    return {row.institution_id: row.changes for row in connection.execute(query)}
