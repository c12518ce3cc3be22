"""What a list shows of a document, also while it waits or after it failed."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, func, select

from assistant.domain import DocumentState
from assistant.store.catalog import RECORD_COLUMNS, document_record
from assistant.store.models import DocumentRow, OutboxRow, VersionRow
from assistant.store.records import DocumentDetail
from assistant.store.rows import AnyRow, AnySelect


def details() -> AnySelect:
    """Return the query of documents with what lists show of them, without a condition."""
    return select(
        *RECORD_COLUMNS, VersionRow.page_count, VersionRow.table_count, VersionRow.blob_id
    ).outerjoin(VersionRow, VersionRow.version_id == DocumentRow.version_id)


def present(connection: Connection, rows: Sequence[AnyRow]) -> tuple[DocumentDetail, ...]:
    """Return details of documents, with the progress of those whose vectors are being made."""
    searchable = [row.document_id for row in rows if row.state == DocumentState.SEARCHABLE]
    missing: dict[str, int] = {}
    if searchable:
        query = (
            select(OutboxRow.document_id, func.count().label("chunks"))
            .where(
                OutboxRow.document_id.in_(searchable),
                OutboxRow.index_name == "dense",
                OutboxRow.operation == "add",
            )
            .group_by(OutboxRow.document_id)
        )
        missing = {row.document_id: row.chunks for row in connection.execute(query)}
    return tuple(_detail(row, missing.get(row.document_id, 0)) for row in rows)


def _detail(row: AnyRow, missing: int) -> DocumentDetail:
    record = document_record(row)
    progress = None
    if record.state is DocumentState.SEARCHABLE and record.chunk_count:
        progress = max(0.0, 1 - missing / record.chunk_count)
    return DocumentDetail(
        record=record,
        page_count=row.page_count,
        table_count=row.table_count or 0,
        blob_id=row.blob_id or "",
        progress=progress,
    )
