"""What the derived indexes still have to do, written in the same transaction as the change."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, delete, func, insert, literal, select

from assistant.store.database import Database
from assistant.store.models import DocumentRow, OutboxRow, VersionChunkRow
from assistant.store.records import IndexName, OutboxEntry
from assistant.store.rows import DOCUMENTS, batches, refresh_documents


class Outbox:
    """The queue between the store and its indexes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def peek(self, index_name: IndexName, *, limit: int = 500) -> list[OutboxEntry]:
        """Return the oldest changes that an index has not made; they stay until `done`.

        An `add` whose chunk `Chunks.by_ids` does not give was overtaken: a `delete` follows it.
        """
        query = (
            select(OutboxRow.__table__)
            .where(OutboxRow.index_name == index_name)
            .order_by(OutboxRow.seq)
            .limit(limit)
        )
        with self._database.read() as connection:
            return [
                OutboxEntry(
                    seq=row.seq,
                    index_name=row.index_name,
                    operation=row.operation,
                    chunk_id=row.chunk_id,
                    document_id=row.document_id,
                    institution_id=row.institution_id,
                )
                for row in connection.execute(query)
            ]

    def done(self, seqs: Sequence[int]) -> None:
        """Forget changes that an index has made durable; documents move on to their next state."""
        documents: set[str] = set()
        with self._database.write(serial=DOCUMENTS) as connection:
            for batch in batches(seqs):
                removed = connection.execute(
                    delete(OutboxRow)
                    .where(OutboxRow.seq.in_(batch))
                    .returning(OutboxRow.document_id)
                )
                documents.update(removed.scalars())
            refresh_documents(connection, documents)

    def pending(self, index_name: IndexName) -> int:
        """Return how many changes an index has not made."""
        return self.counts()[index_name]

    def counts(self) -> dict[IndexName, int]:
        """Return how many changes each index has not made."""
        counts: dict[IndexName, int] = {"lexical": 0, "dense": 0}
        query = select(OutboxRow.index_name, func.count().label("rows")).group_by(
            OutboxRow.index_name
        )
        with self._database.read() as connection:
            for row in connection.execute(query):
                counts["dense" if row.index_name == "dense" else "lexical"] = row.rows
        return counts

    def clear(self, index_name: IndexName, institution_id: str | None = None) -> int:
        """Forget all changes for an index and return how many there were."""
        conditions: list[ColumnElement[bool]] = [OutboxRow.index_name == index_name]
        if institution_id is not None:
            conditions.append(OutboxRow.institution_id == institution_id)
        with self._database.write(serial=DOCUMENTS) as connection:
            documents = set(
                connection.execute(
                    select(OutboxRow.document_id).where(*conditions).distinct()
                ).scalars()
            )
            removed = connection.execute(delete(OutboxRow).where(*conditions)).rowcount
            refresh_documents(connection, documents)
        return removed

    def refill(self, index_name: IndexName, institution_id: str | None = None) -> int:
        """Ask an (emptied) index for all current chunks and return how many there are."""
        pending: list[ColumnElement[bool]] = [OutboxRow.index_name == index_name]
        current: list[ColumnElement[bool]] = [DocumentRow.deleted_at.is_(None)]
        if institution_id is not None:
            pending.append(OutboxRow.institution_id == institution_id)
            current.append(DocumentRow.institution_id == institution_id)
        chunks = (
            select(
                literal(index_name),
                literal("add"),
                VersionChunkRow.chunk_id,
                DocumentRow.document_id,
                DocumentRow.institution_id,
            )
            .join(DocumentRow, DocumentRow.version_id == VersionChunkRow.version_id)
            .where(and_(*current))
            .order_by(DocumentRow.created_at, DocumentRow.document_id, VersionChunkRow.position)
        )
        columns = ["index_name", "operation", "chunk_id", "document_id", "institution_id"]
        with self._database.write(serial=DOCUMENTS) as connection:
            connection.execute(delete(OutboxRow).where(*pending))
            connection.execute(insert(OutboxRow).from_select(columns, chunks))
            added = connection.execute(select(func.count()).where(*pending)).scalar_one()
            documents = connection.execute(select(DocumentRow.document_id).where(*current))
            refresh_documents(connection, set(documents.scalars()))
        return added

    def institutions(self) -> list[str]:
        """Return the institutions that have documents in the indexes."""
        query = (
            select(DocumentRow.institution_id)
            .where(DocumentRow.deleted_at.is_(None), DocumentRow.version_id.is_not(None))
            .distinct()
            .order_by(DocumentRow.institution_id)
        )
        with self._database.read() as connection:
            return list(connection.execute(query).scalars())
