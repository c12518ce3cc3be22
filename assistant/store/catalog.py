"""The documents that can be searched, kept in memory and brought up to date by a counter."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from sqlalchemy import Connection, Row, select

from assistant.domain import DocumentRecord, DocumentState, Grade, ReadWarning, SourceKind
from assistant.store.database import Database
from assistant.store.models import DocumentRow, InstitutionRow, VersionRow
from assistant.store.rows import AnyRow

RECORD_COLUMNS = (
    DocumentRow.document_id,
    DocumentRow.institution_id,
    DocumentRow.collection_id,
    DocumentRow.title,
    DocumentRow.kind,
    DocumentRow.grade,
    DocumentRow.file_name,
    DocumentRow.media_type,
    DocumentRow.size_bytes,
    DocumentRow.state,
    DocumentRow.created_at,
    DocumentRow.updated_at,
    DocumentRow.deleted_at,
    DocumentRow.error_code,
    DocumentRow.error_reason,
    VersionRow.version_id,
    VersionRow.number,
    VersionRow.sha256,
    VersionRow.section_count,
    VersionRow.chunk_count,
    VersionRow.effective_from,
    VersionRow.promulgated_on,
    VersionRow.publisher,
    VersionRow.aliases,
    VersionRow.warnings,
)


class Catalog:
    """A cache of `DocumentRecord`s that follows changes made by any process."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = threading.Lock()
        self._state = _State({}, {})

    def records(self) -> Mapping[str, DocumentRecord]:
        """Return all documents that have a current version and are not deleted.

        The mapping is a snapshot: it never changes; a later call returns another one when, and only
        when, documents have changed since.
        """
        with self._database.read() as connection:
            counters = connection.execute(
                select(
                    InstitutionRow.institution_id,
                    InstitutionRow.changes,
                    InstitutionRow.changes_floor,
                )
            ).all()
            state = self._state
            if state.seen != {row.institution_id: row.changes for row in counters}:
                with self._lock:
                    state = _State(dict(self._state.seen), dict(self._state.records))
                    for row in counters:
                        _follow(connection, state, row)
                    self._state = state
        return state.view


@dataclass(frozen=True, slots=True)
class _State:
    """Records as they were after so many changes of each institution; replaced, never changed."""

    seen: dict[str, int]
    records: dict[str, DocumentRecord]
    view: Mapping[str, DocumentRecord] = field(init=False)

    def __post_init__(self) -> None:
        # One view for each state, so that "nothing has changed" can be told by identity.
        object.__setattr__(self, "view", MappingProxyType(self.records))


def _follow(connection: Connection, state: _State, counter: Row[str, int, int]) -> None:
    """Bring the records of one institution up to date in a state that is being built."""
    institution_id, changes, floor = counter
    seen = state.seen.get(institution_id, -1)
    if seen >= changes:
        return
    if seen < floor:  # rows were removed since, which changed rows cannot tell
        for record in list(state.records.values()):
            if record.institution_id == institution_id:
                del state.records[record.document_id]
        seen = -1
    query = (
        select(*RECORD_COLUMNS)
        .outerjoin(VersionRow, VersionRow.version_id == DocumentRow.version_id)
        .where(DocumentRow.institution_id == institution_id, DocumentRow.changed > seen)
    )
    for row in connection.execute(query):
        if row.deleted_at is None and row.version_id is not None:
            state.records[row.document_id] = document_record(row)
        else:
            state.records.pop(row.document_id, None)
    state.seen[institution_id] = changes


def document_record(row: AnyRow) -> DocumentRecord:
    """Return the record that a row of `RECORD_COLUMNS` holds."""
    return DocumentRecord(
        document_id=row.document_id,
        institution_id=row.institution_id,
        collection_id=row.collection_id,
        title=row.title,
        kind=SourceKind(row.kind),
        grade=Grade(row.grade),
        file_name=row.file_name,
        media_type=row.media_type,
        state=DocumentState(row.state),
        version_id=row.version_id or "",
        version_number=row.number or 0,
        sha256=row.sha256 or "",
        size_bytes=row.size_bytes,
        section_count=row.section_count or 0,
        chunk_count=row.chunk_count or 0,
        effective_from=row.effective_from,
        promulgated_on=row.promulgated_on,
        publisher=row.publisher or "",
        created_at=row.created_at,
        updated_at=row.updated_at,
        aliases=row.aliases or (),
        warnings=_warnings(row.warnings),
        error_code=row.error_code,
        error_reason=row.error_reason,
    )


def _warnings(stored: str | None) -> tuple[ReadWarning, ...]:
    """Return the warnings of a version.

    >>> _warnings('[["truncated", null, 2]]')
    (ReadWarning(code='truncated', page=None, count=2),)
    """
    if stored in (None, "", "[]"):
        return ()
    return tuple(
        ReadWarning(code=code, page=page, count=count) for code, page, count in json.loads(stored)
    )
