"""The rows of one version: sections, chunks with lasting ids, placements, outbox."""

from __future__ import annotations

import json
from collections import defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, insert, select, update

from assistant.domain import ChunkDraft
from assistant.store.models import (
    ChunkRow,
    DocumentRow,
    OutboxRow,
    SectionRow,
    VersionChunkRow,
    VersionRow,
)
from assistant.store.readings import insert_reading
from assistant.store.records import NewVersion, Operation, VersionAdded
from assistant.store.rows import AnyRow, new_id, section_id

INDEXES = ("lexical", "dense")


def queue(
    connection: Connection, operation: Operation, chunk_ids: Sequence[str], document: AnyRow
) -> None:
    """Tell both indexes to add or delete these chunks of a document."""
    rows = [
        {
            "index_name": index_name,
            "operation": operation,
            "chunk_id": chunk_id,
            "document_id": document.document_id,
            "institution_id": document.institution_id,
        }
        for index_name in INDEXES
        for chunk_id in chunk_ids
    ]
    if rows:
        connection.execute(insert(OutboxRow), rows)


def current_chunk_ids(connection: Connection, document: AnyRow) -> list[str]:
    """Return the ids of the current version's chunks, in reading order."""
    query = (
        select(VersionChunkRow.chunk_id)
        .where(VersionChunkRow.version_id == document.version_id)
        .order_by(VersionChunkRow.position)
    )
    return list(connection.execute(query).scalars())


@dataclass(frozen=True, slots=True)
class _Placement:
    """Which id each draft has, which of them are new, and the known texts of the others."""

    chunk_ids: list[str]
    created: list[int]
    texts: dict[str, str]


class VersionWriter:
    """Writes one version of one document within a transaction."""

    def __init__(
        self,
        connection: Connection,
        upload: AnyRow,
        document: AnyRow,
        version: NewVersion,
        now: datetime,
        *,
        reading: bytes | None = None,
    ) -> None:
        self._connection = connection
        self._upload = upload
        self._document = document
        self._new = version
        self._now = now
        self._reading = reading
        self._version_id = new_id()

    def write(self) -> VersionAdded:
        """Write all rows, switch the document to them and tell what changed."""
        before = current_chunk_ids(self._connection, self._document)
        placement = self._place(before)
        kept = set(before) & set(placement.chunk_ids)
        added = [chunk_id for chunk_id in placement.chunk_ids if chunk_id not in kept]
        removed = [chunk_id for chunk_id in before if chunk_id not in kept]
        number = self._insert_version(changed=len(added) + len(removed))
        self._insert_sections()
        if self._reading is not None:
            owner = self._document.institution_id
            insert_reading(self._connection, self._version_id, owner, self._reading)
        self._insert_chunks(placement)
        self._insert_places(placement)
        queue(self._connection, "delete", removed, self._document)
        queue(self._connection, "add", added, self._document)
        self._switch(created=len(placement.created))
        return VersionAdded(
            document_id=self._document.document_id,
            version_id=self._version_id,
            version_number=number,
            duplicate=False,
            chunks_added=len(added),
            chunks_removed=len(removed),
            chunks_kept=len(kept),
        )

    def _place(self, before: Sequence[str]) -> _Placement:
        """Give each draft the id of an equal chunk (of the current version first) or a new one."""
        known = self._connection.execute(
            select(ChunkRow.chunk_id, ChunkRow.content_hash, ChunkRow.text).where(
                ChunkRow.document_id == self._document.document_id
            )
        ).all()
        hashes = {row.chunk_id: row.content_hash for row in known}
        free: dict[str, deque[str]] = defaultdict(deque)
        for chunk_id in [*before, *sorted(hashes.keys() - set(before))]:
            free[hashes[chunk_id]].append(chunk_id)
        placement = _Placement([], [], {row.chunk_id: row.text for row in known})
        for index, draft in enumerate(self._new.chunked.chunks):
            placement.chunk_ids.append(self._id_for(draft, free, placement.created, index))
        return placement

    def _id_for(
        self, draft: ChunkDraft, free: dict[str, deque[str]], created: list[int], index: int
    ) -> str:
        if free[draft.content_hash]:
            return free[draft.content_hash].popleft()
        number = self._document.next_chunk_number + len(created)
        created.append(index)
        return f"{self._document.document_id}#{number}"

    def _insert_version(self, *, changed: int) -> int:
        of_document = VersionRow.document_id == self._document.document_id
        query = select(func.coalesce(func.max(VersionRow.number), 0) + 1).where(of_document)
        number = self._connection.execute(query).scalar_one()
        chunked = self._new.chunked
        self._connection.execute(
            insert(VersionRow).values(
                version_id=self._version_id,
                document_id=self._document.document_id,
                institution_id=self._document.institution_id,
                number=number,
                title=chunked.title,
                kind=chunked.kind.value,
                publisher=chunked.publisher,
                effective_from=chunked.effective_from,
                promulgated_on=chunked.promulgated_on,
                aliases=chunked.aliases,
                warnings=json.dumps([[w.code, w.page, w.count] for w in self._new.warnings]),
                file_name=self._upload.file_name,
                media_type=self._new.media_type,
                sha256=self._upload.sha256,
                size_bytes=self._upload.size_bytes,
                blob_id=self._upload.blob_id,
                source_url=self._new.source_url,
                page_count=self._new.page_count,
                table_count=self._new.table_count,
                section_count=len(chunked.sections),
                chunk_count=len(chunked.chunks),
                chunks_changed=changed,
                created_at=self._now,
            )
        )
        return number

    def _insert_sections(self) -> None:
        rows = [
            {
                "section_id": section_id(self._version_id, section.ordinal),
                "version_id": self._version_id,
                "ordinal": section.ordinal,
                "institution_id": self._document.institution_id,
                "kind": section.kind.value,
                "label": section.label,
                "title": section.title,
                "path": section.path,
                "text": section.text,
                "page": section.page,
                "deleted": section.deleted,
                "is_ocr": section.is_ocr,
            }
            for section in self._new.chunked.sections
        ]
        if rows:
            self._connection.execute(insert(SectionRow), rows)

    def _insert_chunks(self, placement: _Placement) -> None:
        drafts = self._new.chunked.chunks
        rows = [
            {
                "chunk_id": placement.chunk_ids[index],
                "document_id": self._document.document_id,
                "institution_id": self._document.institution_id,
                "content_hash": drafts[index].content_hash,
                "text": drafts[index].text,
                "context": drafts[index].context,
                "search_text": drafts[index].search_text,
            }
            for index in placement.created
        ]
        if rows:
            self._connection.execute(insert(ChunkRow), rows)

    def _insert_places(self, placement: _Placement) -> None:
        drafts = self._new.chunked.chunks
        rows = [
            {
                "version_id": self._version_id,
                "chunk_id": chunk_id,
                "institution_id": self._document.institution_id,
                "position": position,
                "section_id": section_id(self._version_id, draft.section_ordinal),
                "section_ordinal": draft.section_ordinal,
                "start_at": draft.start,
                "end_at": draft.end,
                "label": draft.label,
                "text": None
                if placement.texts.get(chunk_id, draft.text) == draft.text
                else draft.text,
            }
            for position, (chunk_id, draft) in enumerate(
                zip(placement.chunk_ids, drafts, strict=True)
            )
        ]
        if rows:
            self._connection.execute(insert(VersionChunkRow), rows)

    def _switch(self, *, created: int) -> None:
        self._connection.execute(
            update(DocumentRow)
            .where(DocumentRow.document_id == self._document.document_id)
            .values(
                version_id=self._version_id,
                version_upload_seq=self._upload.seq,
                next_chunk_number=self._document.next_chunk_number + created,
                title=self._new.chunked.title or self._upload.file_name,
                kind=self._new.chunked.kind.value,
                grade=self._upload.grade,
                file_name=self._upload.file_name,
                media_type=self._new.media_type,
                size_bytes=self._upload.size_bytes,
                error_code=None,
                error_reason=None,
                updated_at=self._now,
            )
        )
