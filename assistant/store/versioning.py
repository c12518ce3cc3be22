"""Make a file that was read the current version of its document, in one transaction."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, exists, insert, select, update

from assistant.domain import SourceKind
from assistant.errors import NotFoundError
from assistant.store.models import DocumentRow, UploadRow, VersionRow
from assistant.store.records import NewVersion, VersionAdded
from assistant.store.rows import AnyRow, new_id, refresh_documents
from assistant.store.version_rows import VersionWriter

_BY_NAME = "file:"  # begins the identity of a document that its text does not give one


def add_version(
    connection: Connection,
    upload_id: str,
    version: NewVersion,
    *,
    now: datetime,
    reading: bytes | None = None,
) -> VersionAdded:
    """Write a version and everything that hangs on it; see `Documents.add_version`.

    `reading` is `version.reading`, packed before the transaction began.
    """
    upload = _open_upload(connection, upload_id)
    document = _target(connection, upload, version, now)
    if upload.document_id != document.document_id:
        _move_upload(connection, upload, document.document_id, now)
    if _is_superfluous(connection, upload, document):
        result = _unchanged(connection, document)
    else:
        writer = VersionWriter(connection, upload, document, version, now, reading=reading)
        result = writer.write()
    connection.execute(
        update(UploadRow)
        .where(UploadRow.upload_id == upload_id)
        .values(state="done", finished_at=now)
    )
    refresh_documents(connection, {upload.document_id, document.document_id})
    return result


def _open_upload(connection: Connection, upload_id: str) -> AnyRow:
    row = connection.execute(
        select(UploadRow.__table__).where(
            UploadRow.upload_id == upload_id, UploadRow.state != "failed"
        )
    ).first()
    if row is None:
        raise NotFoundError(what="upload")
    return row


def _target(connection: Connection, upload: AnyRow, version: NewVersion, now: datetime) -> AnyRow:
    """Return the document that the text itself names, else the one the upload was shown under."""
    identity = version.chunked.identity or f"{_BY_NAME}{upload.file_name}"
    found = connection.execute(
        select(DocumentRow.__table__).where(
            DocumentRow.institution_id == upload.institution_id,
            DocumentRow.collection_id == upload.collection_id,
            DocumentRow.identity == identity,
            DocumentRow.deleted_at.is_(None),
        )
    ).first()
    if found is not None:
        return found
    shown = _document(connection, upload.document_id)
    if shown.deleted_at is None and _may_hold(shown, version):
        if version.chunked.identity or shown.version_id is None:
            connection.execute(
                update(DocumentRow)
                .where(DocumentRow.document_id == shown.document_id)
                .values(identity=identity)
            )
        return shown
    return _create(connection, upload, identity, now)


def _may_hold(shown: AnyRow, version: NewVersion) -> bool:
    """Tell whether a document of the same file name may go on as this version.

    Only two texts that each name themselves, and differently, are two documents: a rule that was
    cut down until nothing in it looks like a rule is still the file of that name.
    """
    names_itself = not shown.identity.startswith(_BY_NAME)
    return shown.version_id is None or not (names_itself and version.chunked.identity)


def _create(connection: Connection, upload: AnyRow, identity: str, now: datetime) -> AnyRow:
    document_id = new_id()
    connection.execute(
        insert(DocumentRow).values(
            document_id=document_id,
            institution_id=upload.institution_id,
            collection_id=upload.collection_id,
            identity=identity,
            title=upload.file_name,
            kind=SourceKind.OTHER.value,
            grade=upload.grade,
            file_name=upload.file_name,
            state="reading",
            created_at=now,
            updated_at=now,
        )
    )
    return _document(connection, document_id)


def _document(connection: Connection, document_id: str) -> AnyRow:
    return connection.execute(
        select(DocumentRow.__table__).where(DocumentRow.document_id == document_id)
    ).one()


def _move_upload(connection: Connection, upload: AnyRow, document_id: str, now: datetime) -> None:
    """Show the upload under the document it belongs to; drop the placeholder it was shown under."""
    connection.execute(
        update(UploadRow)
        .where(UploadRow.upload_id == upload.upload_id)
        .values(document_id=document_id)
    )
    others = exists().where(
        UploadRow.document_id == upload.document_id, UploadRow.state.in_(("waiting", "reading"))
    )
    connection.execute(
        update(DocumentRow)
        .where(
            DocumentRow.document_id == upload.document_id,
            DocumentRow.version_id.is_(None),
            ~others,
        )
        .values(merged_into=document_id, deleted_at=now)
    )


def _is_superfluous(connection: Connection, upload: AnyRow, document: AnyRow) -> bool:
    """Tell whether the document holds these bytes already, or a file that arrived later."""
    if document.version_id is None:
        return False
    if upload.state == "done" or upload.seq < document.version_upload_seq:
        return True
    query = select(VersionRow.sha256).where(VersionRow.version_id == document.version_id)
    return connection.execute(query).scalar_one() == str(upload.sha256)


def _unchanged(connection: Connection, document: AnyRow) -> VersionAdded:
    row = connection.execute(
        select(VersionRow.number, VersionRow.chunk_count).where(
            VersionRow.version_id == document.version_id
        )
    ).one()
    return VersionAdded(
        document_id=document.document_id,
        version_id=document.version_id,
        version_number=row.number,
        duplicate=True,
        chunks_added=0,
        chunks_removed=0,
        chunks_kept=row.chunk_count,
    )
