"""Reads of chunks: only of current versions of documents that are not deleted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from sqlalchemy import ColumnElement, Connection, and_, func, select

from assistant.domain import Chunk
from assistant.store.database import Database
from assistant.store.models import ChunkRow, DocumentRow, VersionChunkRow, VersionRow
from assistant.store.records import SectionKey
from assistant.store.rows import AnyRow, batches, section_id, visible

_CURRENT = and_(
    VersionChunkRow.version_id == DocumentRow.version_id, DocumentRow.deleted_at.is_(None)
)
_TEXT = func.coalesce(VersionChunkRow.text, ChunkRow.text).label("shown_text")
_COLUMNS = (
    VersionChunkRow.version_id,
    VersionChunkRow.chunk_id,
    ChunkRow.document_id,
    ChunkRow.institution_id,
    VersionChunkRow.section_ordinal,
    VersionChunkRow.start_at,
    VersionChunkRow.end_at,
    VersionChunkRow.label,
    _TEXT,
    ChunkRow.context,
    ChunkRow.search_text,
    ChunkRow.content_hash,
)


class Chunks:
    """The indexed pieces."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def by_ids(
        self, chunk_ids: Sequence[str], *, institution_ids: tuple[str, ...]
    ) -> dict[str, Chunk]:
        """Return the chunks of current versions among these; what is gone or foreign is absent."""
        found: dict[str, Chunk] = {}
        with self._database.read() as connection:
            for batch in batches(chunk_ids):
                query = (
                    select(*_COLUMNS)
                    .join(ChunkRow, ChunkRow.chunk_id == VersionChunkRow.chunk_id)
                    .join(DocumentRow, DocumentRow.document_id == ChunkRow.document_id)
                    .where(
                        ChunkRow.chunk_id.in_(batch),
                        visible(ChunkRow.institution_id, institution_ids),
                        _CURRENT,
                    )
                )
                found |= {row.chunk_id: _chunk(row) for row in connection.execute(query).all()}
        return found

    def of_section(
        self, version_id: str, ordinal: int, *, institution_ids: tuple[str, ...]
    ) -> list[Chunk]:
        """Return the chunks of one section of any version, in reading order."""
        key = (version_id, ordinal)
        return self.of_sections([key], institution_ids=institution_ids).get(key, [])

    def of_sections(
        self, keys: Sequence[SectionKey], *, institution_ids: tuple[str, ...]
    ) -> dict[SectionKey, list[Chunk]]:
        """Return the chunks of many sections, each list in reading order."""
        found: dict[SectionKey, list[Chunk]] = defaultdict(list)
        with self._database.read() as connection:
            for batch in batches({section_id(*key) for key in keys}):
                for version_id, chunk in self._select(
                    connection, VersionChunkRow.section_id.in_(batch), institution_ids
                ):
                    found[(version_id, chunk.section_ordinal)].append(chunk)
        return dict(found)

    def of_version(self, version_id: str, *, institution_ids: tuple[str, ...]) -> list[Chunk]:
        """Return all chunks of one version, in reading order."""
        with self._database.read() as connection:
            selected = self._select(
                connection, VersionChunkRow.version_id == version_id, institution_ids
            )
            return [chunk for _, chunk in selected]

    def ids(self, institution_id: str) -> Iterator[list[str]]:
        """Yield the ids of all chunks that the indexes should hold, in batches, in id order."""
        last = ""
        while True:
            query = (
                select(ChunkRow.chunk_id)
                .join(VersionChunkRow, VersionChunkRow.chunk_id == ChunkRow.chunk_id)
                .join(DocumentRow, DocumentRow.document_id == ChunkRow.document_id)
                .where(
                    visible(ChunkRow.institution_id, (institution_id,)),
                    ChunkRow.chunk_id > last,
                    _CURRENT,
                )
                .order_by(ChunkRow.chunk_id)
                .limit(5_000)
            )
            with self._database.read() as connection:
                batch = list(connection.execute(query).scalars())
            if not batch:
                return
            yield batch
            last = batch[-1]

    def count(self, institution_id: str | None = None) -> int:
        """Return how many chunks the indexes should hold."""
        query = (
            select(func.coalesce(func.sum(VersionRow.chunk_count), 0))
            .join(DocumentRow, DocumentRow.version_id == VersionRow.version_id)
            .where(DocumentRow.deleted_at.is_(None))
        )
        if institution_id is not None:
            query = query.where(DocumentRow.institution_id == institution_id)
        with self._database.read() as connection:
            return int(connection.execute(query).scalar_one())

    def _select(
        self,
        connection: Connection,
        condition: ColumnElement[bool],
        institution_ids: tuple[str, ...],
    ) -> Iterator[tuple[str, Chunk]]:
        query = (
            select(*_COLUMNS)
            .join(ChunkRow, ChunkRow.chunk_id == VersionChunkRow.chunk_id)
            .where(condition, visible(VersionChunkRow.institution_id, institution_ids))
            .order_by(VersionChunkRow.version_id, VersionChunkRow.position)
        )
        for row in connection.execute(query):
            yield row.version_id, _chunk(row)


def _chunk(row: AnyRow) -> Chunk:
    return Chunk(
        chunk_id=row.chunk_id,
        document_id=row.document_id,
        institution_id=row.institution_id,
        section_ordinal=row.section_ordinal,
        start=row.start_at,
        end=row.end_at,
        label=row.label,
        text=row.shown_text,
        context=row.context,
        search_text=row.search_text,
        content_hash=row.content_hash,
    )
