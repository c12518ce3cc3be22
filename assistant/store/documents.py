"""Documents: lists, versions, deletion with undo, and the transaction that adds a version."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select, update
from sqlalchemy.exc import IntegrityError

from assistant.domain import DocumentRecord, DocumentState, SourceKind
from assistant.errors import ConflictError, NotFoundError, UnknownFilterError
from assistant.store.catalog import Catalog
from assistant.store.database import Database
from assistant.store.details import details, present
from assistant.store.models import (
    CitedSectionRow,
    DocumentRow,
    UploadRow,
    VersionRow,
)
from assistant.store.readings import pack
from assistant.store.records import (
    CANCELLED,
    UNDO_FOR,
    Counts,
    Deletion,
    DocumentDetail,
    DocumentPage,
    NewVersion,
    Version,
    VersionAdded,
)
from assistant.store.rows import (
    DOCUMENTS,
    AnyRow,
    AnySelect,
    Clock,
    allowed_grade,
    refresh_documents,
)
from assistant.store.uploads import Uploads
from assistant.store.version_rows import current_chunk_ids, queue
from assistant.store.versioning import add_version
from assistant.text import clean

_MERGES_FOLLOWED = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentFilter:
    """Which documents of a list to return; `state` failed includes failed re-uploads."""

    collection_id: str | None = None
    query: str = ""
    state: DocumentState | None = None
    limit: int = 50
    cursor: str | None = None


class Documents:
    """The documents of all institutions."""

    def __init__(self, database: Database, clock: Clock, uploads: Uploads) -> None:
        self._database = database
        self._clock = clock
        self._uploads = uploads
        self._catalog = Catalog(database)

    def add_version(self, upload_id: str, version: NewVersion) -> VersionAdded:
        """Make a file that was read the current version of its document, all at once.

        Equal chunks keep their ids; both indexes are told what to add and delete. Calling it again
        after a crash is harmless.

        Raises:
            GradeNotAllowedError: The upload has grade C.
            NotFoundError: There is no such upload, or it failed or was cancelled.
        """
        upload = self._uploads.get(upload_id)
        allowed_grade(upload.grade)
        reading = pack(version.reading) if version.reading is not None else None
        with self._database.write(serial=DOCUMENTS) as connection:
            return add_version(connection, upload_id, version, now=self._clock(), reading=reading)

    def catalog(self) -> Mapping[str, DocumentRecord]:
        """Return all documents that can be searched, of all institutions, by id."""
        return self._catalog.records()

    def get(self, document_id: str, *, institution_ids: tuple[str, ...]) -> DocumentDetail:
        """Return a document, also while it waits or after it failed.

        A placeholder whose file turned out to belong to another document leads there.

        Raises:
            NotFoundError: None of these institutions has it, or it is deleted.
        """
        with self._database.read() as connection:
            for _ in range(_MERGES_FOLLOWED):
                target = connection.execute(
                    select(DocumentRow.merged_into).where(DocumentRow.document_id == document_id)
                ).scalar()
                if target is None:
                    break
                document_id = target
            row = connection.execute(
                details().where(
                    DocumentRow.document_id == document_id,
                    DocumentRow.institution_id.in_(institution_ids),
                    DocumentRow.deleted_at.is_(None),
                )
            ).first()
            if row is None:
                raise NotFoundError(what="document")
            return present(connection, [row])[0]

    def list(
        self, *, institution_ids: tuple[str, ...], filters: DocumentFilter | None = None
    ) -> DocumentPage:
        """Return documents, newest first.

        Raises:
            UnknownFilterError: The cursor is none of ours.
        """
        filters = filters or DocumentFilter()
        query = (
            details()
            .where(
                DocumentRow.institution_id.in_(institution_ids),
                DocumentRow.deleted_at.is_(None),
                *_conditions(filters),
            )
            .order_by(DocumentRow.created_at.desc(), DocumentRow.document_id.desc())
            .limit(filters.limit + 1)
        )
        with self._database.read() as connection:
            rows = connection.execute(query).all()
            shown = rows[: filters.limit]
            documents = present(connection, shown)
        more = len(rows) > filters.limit
        return DocumentPage(
            documents=documents,
            next_cursor=_cursor(shown[-1]) if more else None,
        )

    def counts(self, *, institution_ids: tuple[str, ...]) -> Counts:
        """Return how much these institutions hold."""
        query = (
            select(
                DocumentRow.state,
                func.count(VersionRow.version_id).label("documents"),
                func.count().label("rows"),
                func.coalesce(func.sum(VersionRow.section_count), 0).label("sections"),
                func.coalesce(func.sum(VersionRow.chunk_count), 0).label("chunks"),
            )
            .outerjoin(VersionRow, VersionRow.version_id == DocumentRow.version_id)
            .where(
                DocumentRow.institution_id.in_(institution_ids), DocumentRow.deleted_at.is_(None)
            )
            .group_by(DocumentRow.state)
        )
        with self._database.read() as connection:
            rows = connection.execute(query).all()
        return Counts(
            documents=sum(row.documents for row in rows),
            sections=sum(int(row.sections) for row in rows),
            chunks=sum(int(row.chunks) for row in rows),
            waiting=sum(row.rows for row in rows if row.state in ("waiting", "reading")),
            failed=sum(row.rows for row in rows if row.state == "failed"),
        )

    def versions(
        self, document_id: str, *, institution_ids: tuple[str, ...]
    ) -> tuple[Version, ...]:
        """Return all versions of a document, newest first."""
        query = (
            _versions()
            .where(
                VersionRow.document_id == document_id,
                VersionRow.institution_id.in_(institution_ids),
            )
            .order_by(VersionRow.number.desc())
        )
        with self._database.read() as connection:
            return tuple(_version(row) for row in connection.execute(query))

    def version(self, version_id: str, *, institution_ids: tuple[str, ...]) -> Version:
        """Return one version.

        Raises:
            NotFoundError: None of these institutions has it.
        """
        query = _versions().where(
            VersionRow.version_id == version_id, VersionRow.institution_id.in_(institution_ids)
        )
        with self._database.read() as connection:
            row = connection.execute(query).first()
        if row is None:
            raise NotFoundError(what="version")
        return _version(row)

    def delete(self, document_id: str, *, institution_id: str) -> Deletion:
        """Take a document out of lists and indexes; it can be restored for ten minutes.

        Raises:
            NotFoundError: The institution has no such document.
        """
        now = self._clock()
        with self._database.write(serial=DOCUMENTS) as connection:
            row = _own(connection, document_id, institution_id, DocumentRow.deleted_at.is_(None))
            queue(connection, "delete", current_chunk_ids(connection, row), row)
            _cancel_uploads(connection, document_id, now)
            connection.execute(
                update(DocumentRow)
                .where(DocumentRow.document_id == document_id)
                .values(deleted_at=now, updated_at=now)
            )
            refresh_documents(connection, [document_id])
            cited_in = connection.execute(
                select(func.count(CitedSectionRow.turn_id.distinct())).where(
                    CitedSectionRow.document_id == document_id
                )
            ).scalar_one()
        return Deletion(undo_until=now + UNDO_FOR, cited_in=cited_in)

    def restore(self, document_id: str, *, institution_id: str) -> DocumentDetail:
        """Bring a deleted document back as it was.

        Raises:
            ConflictError: The same document was added again meanwhile.
            NotFoundError: It is not deleted, or ten minutes have passed.
        """
        now = self._clock()
        try:
            with self._database.write(serial=DOCUMENTS) as connection:
                row = _own(
                    connection,
                    document_id,
                    institution_id,
                    DocumentRow.deleted_at > now - UNDO_FOR,
                    DocumentRow.merged_into.is_(None),
                    DocumentRow.purged_at.is_(None),
                )
                connection.execute(
                    update(DocumentRow)
                    .where(DocumentRow.document_id == document_id)
                    .values(deleted_at=None, updated_at=now)
                )
                queue(connection, "add", current_chunk_ids(connection, row), row)
                refresh_documents(connection, [document_id])
        except IntegrityError as error:
            raise ConflictError(reason="identity_taken") from error
        return self.get(document_id, institution_ids=(institution_id,))


def _own(
    connection: Connection, document_id: str, institution_id: str, *conditions: ColumnElement[bool]
) -> AnyRow:
    row = connection.execute(
        select(DocumentRow.__table__).where(
            DocumentRow.document_id == document_id,
            DocumentRow.institution_id == institution_id,
            *conditions,
        )
    ).first()
    if row is None:
        raise NotFoundError(what="document")
    return row


def _cancel_uploads(connection: Connection, document_id: str, now: datetime) -> None:
    cancelled = connection.execute(
        update(UploadRow)
        .where(UploadRow.document_id == document_id, UploadRow.state.in_(("waiting", "reading")))
        .values(state="failed", error_code=CANCELLED, error_reason="deleted", finished_at=now)
    ).rowcount
    if cancelled:
        connection.execute(
            update(DocumentRow)
            .where(DocumentRow.document_id == document_id)
            .values(error_code=CANCELLED, error_reason="deleted")
        )


def _conditions(filters: DocumentFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if filters.collection_id is not None:
        conditions.append(DocumentRow.collection_id == filters.collection_id)
    if filters.state is DocumentState.FAILED:
        conditions.append(DocumentRow.error_code.is_not(None))
    elif filters.state is not None:
        conditions.append(DocumentRow.state == filters.state.value)
    words = clean(filters.query).split()
    for word in words:
        conditions.append(
            or_(
                DocumentRow.title.icontains(word, autoescape=True),
                DocumentRow.file_name.icontains(word, autoescape=True),
            )
        )
    if filters.cursor is not None:
        created_at, document_id = _parse_cursor(filters.cursor)
        conditions.append(
            or_(
                DocumentRow.created_at < created_at,
                and_(DocumentRow.created_at == created_at, DocumentRow.document_id < document_id),
            )
        )
    return conditions


def _cursor(row: AnyRow) -> str:
    return base64.urlsafe_b64encode(
        f"{row.created_at.isoformat()}|{row.document_id}".encode()
    ).decode()


def _parse_cursor(cursor: str) -> tuple[datetime, str]:
    try:
        created_at, document_id = base64.urlsafe_b64decode(cursor).decode().split("|")
        return datetime.fromisoformat(created_at), document_id
    except (ValueError, binascii.Error, UnicodeDecodeError) as error:
        raise UnknownFilterError(name="cursor", value="") from error


def _versions() -> AnySelect:
    return select(
        VersionRow.__table__,
        and_(
            DocumentRow.version_id == VersionRow.version_id, DocumentRow.deleted_at.is_(None)
        ).label("is_current"),
    ).join(DocumentRow, DocumentRow.document_id == VersionRow.document_id)


def _version(row: AnyRow) -> Version:
    return Version(
        version_id=row.version_id,
        document_id=row.document_id,
        institution_id=row.institution_id,
        number=row.number,
        title=row.title,
        kind=SourceKind(row.kind),
        publisher=row.publisher,
        effective_from=row.effective_from,
        promulgated_on=row.promulgated_on,
        file_name=row.file_name,
        media_type=row.media_type,
        sha256=row.sha256,
        size_bytes=row.size_bytes,
        blob_id=row.blob_id,
        section_count=row.section_count,
        chunk_count=row.chunk_count,
        chunks_changed=row.chunks_changed,
        created_at=row.created_at,
        current=row.is_current,
    )
