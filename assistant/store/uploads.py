"""Files on their way in: acknowledged once, then waiting, reading, done or failed."""

from __future__ import annotations

from sqlalchemy import Connection, Row, exists, insert, select, update
from sqlalchemy.exc import IntegrityError

from assistant.domain import Grade, SourceKind
from assistant.errors import ConflictError, NotFoundError
from assistant.store.database import Database
from assistant.store.models import CollectionRow, DocumentRow, UploadRow, VersionRow
from assistant.store.models_jobs import JobItemRow
from assistant.store.records import NewUpload, Received, Upload
from assistant.store.rows import DOCUMENTS, AnyRow, Clock, allowed_grade, new_id, refresh_documents
from assistant.text import clean

_UNFINISHED = ("waiting", "reading")


class Uploads:
    """The durable state of every file that was accepted."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def receive(self, upload: NewUpload) -> Received:
        """Take responsibility for a file: when this returns, the file will not be forgotten.

        Raises:
            GradeNotAllowedError: The grade is C.
            NotFoundError: The institution has no such collection.
        """
        allowed_grade(upload.grade)
        file_name = clean(upload.file_name)
        with self._database.write(serial=DOCUMENTS) as connection:
            _require_collection(connection, upload)
            document_id = _same_bytes(connection, upload)
            if document_id is not None:
                return Received(
                    document_id=document_id, upload_id=None, duplicate=True, changed=False
                )
            target = _same_name(connection, upload, file_name)
            document_id = target.document_id if target else self._announce(connection, upload)
            upload_id = self._insert(connection, upload, document_id)
            connection.execute(
                update(DocumentRow)
                .where(DocumentRow.document_id == document_id)
                .values(error_code=None, error_reason=None, updated_at=self._clock())
            )
            refresh_documents(connection, [document_id])
        changed = target is not None and target.version_id is not None
        return Received(
            document_id=document_id, upload_id=upload_id, duplicate=False, changed=changed
        )

    def get(self, upload_id: str) -> Upload:
        """Return an upload.

        Raises:
            NotFoundError: There is no such upload.
        """
        with self._database.read() as connection:
            row = connection.execute(
                select(UploadRow.__table__).where(UploadRow.upload_id == upload_id)
            ).first()
        if row is None:
            raise NotFoundError(what="upload")
        return _upload(row)

    def fingerprints(self, *, institution_id: str) -> frozenset[tuple[str, str]]:
        """Return collection and hash of the file of every document that is read and not deleted."""
        query = (
            select(DocumentRow.collection_id, VersionRow.sha256)
            .join(VersionRow, VersionRow.version_id == DocumentRow.version_id)
            .where(DocumentRow.institution_id == institution_id, DocumentRow.deleted_at.is_(None))
        )
        with self._database.read() as connection:
            return frozenset((row[0], row[1]) for row in connection.execute(query))

    def unfinished(self) -> list[Upload]:
        """Return what is to be resumed after a start, oldest first."""
        query = (
            select(UploadRow.__table__)
            .where(UploadRow.state.in_(_UNFINISHED))
            .order_by(UploadRow.seq)
        )
        with self._database.read() as connection:
            return [_upload(row) for row in connection.execute(query)]

    def claim(self, upload_id: str) -> Upload | None:
        """Mark an unfinished upload as being read; None when there is nothing left to do."""
        with self._database.write(serial=DOCUMENTS) as connection:
            row = connection.execute(
                update(UploadRow)
                .where(UploadRow.upload_id == upload_id, UploadRow.state.in_(_UNFINISHED))
                .values(state="reading", attempts=UploadRow.attempts + 1)
                .returning(UploadRow.__table__)
            ).first()
            if row is None:
                return None
            refresh_documents(connection, [row.document_id])
        return _upload(row)

    def fail(self, upload_id: str, *, code: str, reason: str) -> None:
        """Record that a file cannot be read; an earlier version of its document stays."""
        with self._database.write(serial=DOCUMENTS) as connection:
            document_id = connection.execute(
                update(UploadRow)
                .where(UploadRow.upload_id == upload_id, UploadRow.state.in_(_UNFINISHED))
                .values(
                    state="failed",
                    error_code=code,
                    error_reason=reason,
                    finished_at=self._clock(),
                )
                .returning(UploadRow.document_id)
            ).scalar()
            if document_id is None:
                return
            connection.execute(
                update(DocumentRow)
                .where(DocumentRow.document_id == document_id)
                .values(error_code=code, error_reason=reason, updated_at=self._clock())
            )
            refresh_documents(connection, [document_id])

    def retry(self, document_id: str, *, institution_id: str) -> Upload:
        """Put the last failed upload of a document in line again.

        Raises:
            ConflictError: The same bytes are on their way in under another name.
            NotFoundError: The institution has no such document, or nothing of it failed.
        """
        try:
            with self._database.write(serial=DOCUMENTS) as connection:
                upload_id = _last_failed(connection, document_id, institution_id)
                connection.execute(
                    update(UploadRow)
                    .where(UploadRow.upload_id == upload_id)
                    .values(state="waiting", error_code=None, error_reason=None, finished_at=None)
                )
                connection.execute(
                    update(DocumentRow)
                    .where(DocumentRow.document_id == document_id)
                    .values(error_code=None, error_reason=None, updated_at=self._clock())
                )
                refresh_documents(connection, [document_id])
        except IntegrityError as error:
            raise ConflictError(reason="already_under_way") from error
        return self.get(upload_id)

    def blob_ids(self) -> set[str]:
        """Return the ids of all files in use; others on disk may go (at start-up only)."""
        versions = (
            select(VersionRow.blob_id)
            .join(DocumentRow, DocumentRow.document_id == VersionRow.document_id)
            .where(DocumentRow.purged_at.is_(None))
        )
        pending = select(UploadRow.blob_id).where(UploadRow.state != "done")
        of_jobs = select(JobItemRow.blob_id)
        with self._database.read() as connection:
            found = connection.execute(versions.union(pending, of_jobs)).scalars()
            return {blob_id for blob_id in found if blob_id}

    def _announce(self, connection: Connection, upload: NewUpload) -> str:
        document_id = new_id()
        file_name = clean(upload.file_name)
        connection.execute(
            insert(DocumentRow).values(
                document_id=document_id,
                institution_id=upload.institution_id,
                collection_id=upload.collection_id,
                identity=f"file:{file_name}",
                title=file_name,
                kind=SourceKind.OTHER.value,
                grade=upload.grade.value,
                file_name=file_name,
                media_type=upload.media_type,
                size_bytes=upload.size_bytes,
                state="waiting",
                created_at=self._clock(),
                updated_at=self._clock(),
            )
        )
        return document_id

    def _insert(self, connection: Connection, upload: NewUpload, document_id: str) -> str:
        upload_id = new_id()
        connection.execute(
            insert(UploadRow).values(
                upload_id=upload_id,
                institution_id=upload.institution_id,
                collection_id=upload.collection_id,
                document_id=document_id,
                file_name=clean(upload.file_name),
                media_type=upload.media_type,
                sha256=upload.sha256,
                size_bytes=upload.size_bytes,
                grade=upload.grade.value,
                blob_id=upload.blob_id,
                state="waiting",
                received_at=self._clock(),
            )
        )
        return upload_id


def _last_failed(connection: Connection, document_id: str, institution_id: str) -> str:
    query = (
        select(UploadRow.upload_id)
        .join(DocumentRow, DocumentRow.document_id == UploadRow.document_id)
        .where(
            UploadRow.document_id == document_id,
            UploadRow.institution_id == institution_id,
            UploadRow.state == "failed",
            DocumentRow.deleted_at.is_(None),
            DocumentRow.error_code.is_not(None),
        )
        .order_by(UploadRow.seq.desc())
    )
    upload_id = connection.execute(query).scalar()
    if upload_id is None:
        raise NotFoundError(what="upload")
    return upload_id


def _require_collection(connection: Connection, upload: NewUpload) -> None:
    query = select(CollectionRow.collection_id).where(
        CollectionRow.collection_id == upload.collection_id,
        CollectionRow.institution_id == upload.institution_id,
    )
    if connection.execute(query).first() is None:
        raise NotFoundError(what="collection")


def _same_bytes(connection: Connection, upload: NewUpload) -> str | None:
    """Return the document that has these bytes, or is about to."""
    here = (
        DocumentRow.institution_id == upload.institution_id,
        DocumentRow.collection_id == upload.collection_id,
        DocumentRow.deleted_at.is_(None),
    )
    on_its_way = (
        select(UploadRow.document_id)
        .join(DocumentRow, DocumentRow.document_id == UploadRow.document_id)
        .where(*here, UploadRow.sha256 == upload.sha256, UploadRow.state.in_(_UNFINISHED))
    )
    another_on_its_way = exists().where(
        UploadRow.document_id == DocumentRow.document_id, UploadRow.state.in_(_UNFINISHED)
    )
    stored = (
        select(DocumentRow.document_id)
        .join(VersionRow, VersionRow.version_id == DocumentRow.version_id)
        .where(*here, VersionRow.sha256 == upload.sha256, ~another_on_its_way)
    )
    found = connection.execute(on_its_way).scalar()
    return found if found is not None else connection.execute(stored).scalar()


def _same_name(
    connection: Connection, upload: NewUpload, file_name: str
) -> Row[str, str | None] | None:
    return connection.execute(
        select(DocumentRow.document_id, DocumentRow.version_id)
        .where(
            DocumentRow.institution_id == upload.institution_id,
            DocumentRow.collection_id == upload.collection_id,
            DocumentRow.file_name == file_name,
            DocumentRow.deleted_at.is_(None),
        )
        .order_by(DocumentRow.updated_at.desc())
    ).first()


def _upload(row: AnyRow) -> Upload:
    return Upload(
        upload_id=row.upload_id,
        institution_id=row.institution_id,
        collection_id=row.collection_id,
        document_id=row.document_id,
        file_name=row.file_name,
        sha256=row.sha256,
        size_bytes=row.size_bytes,
        grade=Grade(row.grade),
        blob_id=row.blob_id,
        media_type=row.media_type,
        state=row.state,
        attempts=row.attempts,
        error_code=row.error_code,
        error_reason=row.error_reason,
        received_at=row.received_at,
    )
