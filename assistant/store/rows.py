"""Small things that all aggregates share: ids, change counters and document states."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, TypeAlias, TypeVar

from sqlalchemy import (
    ColumnElement,
    Connection,
    Exists,
    Row,
    Select,
    and_,
    exists,
    func,
    select,
    update,
)
from sqlalchemy.orm import InstrumentedAttribute

from assistant.domain import DocumentState, Grade
from assistant.errors import GradeNotAllowedError, NotFoundError
from assistant.store.models import DocumentRow, InstitutionRow, OutboxRow, UploadRow

Clock: TypeAlias = Callable[[], datetime]
# Rows of more columns than are worth spelling out twice; converters name the columns they read.
AnyRow: TypeAlias = Row[*tuple[Any, ...]]
AnySelect: TypeAlias = Select[*tuple[Any, ...]]
T = TypeVar("T")
# Work on documents is done one at a time: PostgreSQL would otherwise meet deadlocks.
DOCUMENTS = "documents"
_BATCH = 500


def new_id() -> str:
    """Return a fresh random id.

    >>> len(new_id())
    16
    """
    return secrets.token_hex(8)


def section_id(version_id: str, ordinal: int) -> str:
    """Return the one-column key of a section: SQLite has no index for pairs in a list.

    >>> section_id("ab12", 3)
    'ab12:3'
    """
    return f"{version_id}:{ordinal}"


def batches(items: Iterable[T], size: int = _BATCH) -> Iterator[list[T]]:
    """Cut `items` into lists of at most `size`, so that no statement has too many parameters.

    >>> [batch for batch in batches("abcde", 2)]
    [['a', 'b'], ['c', 'd'], ['e']]
    """
    batch: list[T] = []
    for item in items:
        batch.append(item)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def allowed_grade(grade: Grade) -> str:
    """Return the value of a grade that may be stored; raise `GradeNotAllowedError` for C."""
    if grade is Grade.CLASSIFIED:
        raise GradeNotAllowedError(grade=grade.value)
    return grade.value


def visible(
    institution_id: InstrumentedAttribute[str], institution_ids: tuple[str, ...]
) -> ColumnElement[bool]:
    """Return the condition that a row belongs to one of these institutions.

    It is written so that no index serves it: SQLite would otherwise walk through all rows of an
    institution (0.8 s at 200,000 chunks) instead of looking up the few that are asked for.
    """
    return func.coalesce(institution_id, "").in_(institution_ids)


def next_change(connection: Connection, institution_id: str) -> int:
    """Count one more change of an institution's documents, so that caches notice.

    Raises:
        NotFoundError: There is no such institution.
    """
    number = connection.execute(
        update(InstitutionRow)
        .where(InstitutionRow.institution_id == institution_id)
        .values(changes=InstitutionRow.changes + 1)
        .returning(InstitutionRow.changes)
    ).scalar()
    if number is None:
        raise NotFoundError(what="institution")
    return number


def refresh_documents(connection: Connection, document_ids: Collection[str]) -> None:
    """Work out the state of documents anew and let caches know that they changed."""
    for batch in batches(sorted(set(document_ids))):
        found: dict[str, list[str]] = {}
        states: dict[DocumentState, list[str]] = {}
        for row in connection.execute(_facts(batch)):
            found.setdefault(row.institution_id, []).append(row.document_id)
            state = _state(
                reading=row.reading,
                waiting=row.waiting,
                has_version=row.version_id is not None,
                words_missing=row.words_missing,
                vectors_missing=row.vectors_missing,
            )
            if state != row.state:
                states.setdefault(state, []).append(row.document_id)
        for state, ids in states.items():
            _set(connection, ids, state=state.value)
        for institution_id, ids in sorted(found.items()):
            _set(connection, ids, changed=next_change(connection, institution_id))


def _state(
    *, reading: bool, waiting: bool, has_version: bool, words_missing: bool, vectors_missing: bool
) -> DocumentState:
    """Return what an official sees of a document.

    >>> _state(reading=False, waiting=False, has_version=True, words_missing=False,
    ...        vectors_missing=True).value
    'searchable'
    """
    if reading or (words_missing and has_version and not waiting):
        return DocumentState.READING
    if waiting:
        return DocumentState.WAITING
    if not has_version:
        return DocumentState.FAILED
    return DocumentState.SEARCHABLE if vectors_missing else DocumentState.READY


def _facts(document_ids: Sequence[str]) -> AnySelect:
    def upload(state: str) -> Exists:
        return exists().where(
            and_(UploadRow.document_id == DocumentRow.document_id, UploadRow.state == state)
        )

    def missing(index_name: str) -> Exists:
        return exists().where(
            and_(
                OutboxRow.document_id == DocumentRow.document_id,
                OutboxRow.index_name == index_name,
                OutboxRow.operation == "add",
            )
        )

    return select(
        DocumentRow.document_id,
        DocumentRow.institution_id,
        DocumentRow.state,
        DocumentRow.version_id,
        upload("reading").label("reading"),
        upload("waiting").label("waiting"),
        missing("lexical").label("words_missing"),
        missing("dense").label("vectors_missing"),
    ).where(DocumentRow.document_id.in_(document_ids))


def _set(connection: Connection, document_ids: Sequence[str], **values: object) -> None:
    connection.execute(
        update(DocumentRow).where(DocumentRow.document_id.in_(document_ids)).values(**values)
    )
