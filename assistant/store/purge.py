"""Removal for good, after the time for undo."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, delete, exists, or_, select, update

from assistant.store.database import Database
from assistant.store.models import (
    ChunkRow,
    CitedSectionRow,
    ConversationRow,
    DocumentRow,
    InstitutionRow,
    ReadingRow,
    SectionRow,
    TurnRow,
    UploadRow,
    VersionChunkRow,
    VersionRow,
)
from assistant.store.paper_models import PaperSectionRow
from assistant.store.pilot_models import (
    PilotFileRow,
    PilotProposalRow,
    PilotRow,
    PilotVersionRow,
)
from assistant.store.records import UNDO_FOR, Purged
from assistant.store.rows import DOCUMENTS, next_change


def purge(database: Database, *, now: datetime) -> Purged:
    """Remove what was deleted more than ten minutes before `now`, one document at a time."""
    before = now - UNDO_FOR
    conversations = _purge_conversations(database, before)
    _purge_pilots(database, before)
    documents = 0
    blob_ids: set[str] = set()
    for document_id, institution_id in _due(database, before):
        with database.write(serial=DOCUMENTS) as connection:
            blobs = _purge_document(connection, document_id, institution_id, before, now)
        if blobs is not None:
            documents += 1
            blob_ids |= blobs
    return Purged(
        documents=documents, conversations=conversations, blob_ids=tuple(sorted(blob_ids))
    )


def _purge_conversations(database: Database, before: datetime) -> int:
    deleted = select(ConversationRow.conversation_id).where(ConversationRow.deleted_at <= before)
    turns = select(TurnRow.turn_id).where(TurnRow.conversation_id.in_(deleted))
    with database.write() as connection:
        connection.execute(delete(CitedSectionRow).where(CitedSectionRow.turn_id.in_(turns)))
        connection.execute(delete(TurnRow).where(TurnRow.conversation_id.in_(deleted)))
        return connection.execute(
            delete(ConversationRow).where(ConversationRow.deleted_at <= before)
        ).rowcount


def _purge_pilots(database: Database, before: datetime) -> None:
    deleted = select(PilotRow.pilot_id).where(PilotRow.deleted_at <= before)
    with database.write() as connection:
        for table in (PilotProposalRow, PilotFileRow, PilotVersionRow, PilotRow):
            connection.execute(delete(table).where(table.pilot_id.in_(deleted)))


def _due(database: Database, before: datetime) -> list[tuple[str, str]]:
    """Return documents to purge, and purged ones that no answer or paper cites any more."""
    cited = or_(
        exists().where(CitedSectionRow.document_id == DocumentRow.document_id),
        exists().where(PaperSectionRow.document_id == DocumentRow.document_id),
    )
    query = select(DocumentRow.document_id, DocumentRow.institution_id).where(
        DocumentRow.deleted_at <= before, or_(DocumentRow.purged_at.is_(None), ~cited)
    )
    with database.read() as connection:
        return [(row.document_id, row.institution_id) for row in connection.execute(query)]


def _purge_document(
    connection: Connection, document_id: str, institution_id: str, before: datetime, now: datetime
) -> set[str] | None:
    """Return the blobs that are free now, or None when the document was restored meanwhile."""
    due = select(DocumentRow.document_id).where(
        DocumentRow.document_id == document_id, DocumentRow.deleted_at <= before
    )
    if connection.execute(due).first() is None:
        return None
    versions = select(VersionRow.version_id).where(VersionRow.document_id == document_id)
    blobs = _blobs(connection, document_id)
    for statement in (
        delete(VersionChunkRow).where(VersionChunkRow.version_id.in_(versions)),
        delete(ChunkRow).where(ChunkRow.document_id == document_id),
        delete(UploadRow).where(UploadRow.document_id == document_id),
        delete(ReadingRow).where(ReadingRow.version_id.in_(versions)),
        delete(SectionRow).where(SectionRow.version_id.in_(versions), ~_is_cited()),
        delete(VersionRow).where(
            VersionRow.document_id == document_id,
            ~exists().where(SectionRow.version_id == VersionRow.version_id),
        ),
    ):
        connection.execute(statement)
    if connection.execute(versions).first() is None:
        connection.execute(delete(DocumentRow).where(DocumentRow.document_id == document_id))
        _forget(connection, institution_id)
    else:
        connection.execute(
            update(DocumentRow).where(DocumentRow.document_id == document_id).values(purged_at=now)
        )
    return blobs


def _is_cited() -> ColumnElement[bool]:
    return or_(
        *(
            exists().where(
                table.version_id == SectionRow.version_id,
                table.section_ordinal == SectionRow.ordinal,
            )
            for table in (CitedSectionRow, PaperSectionRow)
        )
    )


def _blobs(connection: Connection, document_id: str) -> set[str]:
    versions = select(VersionRow.blob_id).where(VersionRow.document_id == document_id)
    uploads = select(UploadRow.blob_id).where(UploadRow.document_id == document_id)
    found = connection.execute(versions.union(uploads)).scalars()
    return {blob_id for blob_id in found if blob_id}


def _forget(connection: Connection, institution_id: str) -> None:
    """Make caches start afresh: a row that is gone cannot tell that it changed."""
    number = next_change(connection, institution_id)
    connection.execute(
        update(InstitutionRow)
        .where(InstitutionRow.institution_id == institution_id)
        .values(changes_floor=number)
    )
