"""What was read of a version, block by block, for showing it again without reading the file."""

from __future__ import annotations

import zlib
from functools import cache

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import Connection, delete, insert, select

from assistant.domain import Document
from assistant.errors import NotFoundError
from assistant.store.database import Database
from assistant.store.models import ReadingRow, VersionRow
from assistant.store.rows import DOCUMENTS, visible

_COMPRESSION = 6


@cache
def _adapter() -> TypeAdapter[Document]:
    return TypeAdapter(Document)


def pack(document: Document) -> bytes:
    """Return a reading in the form in which it is stored: JSON, compressed."""
    return zlib.compress(_adapter().dump_json(document), _COMPRESSION)


def unpack(payload: bytes) -> Document | None:
    """Return the reading that `pack` was given; None when it has a shape no longer known."""
    try:
        return _adapter().validate_json(zlib.decompress(payload))
    except (ValidationError, zlib.error):
        return None


def insert_reading(
    connection: Connection, version_id: str, institution_id: str, payload: bytes
) -> None:
    """Write a packed reading within a transaction."""
    connection.execute(
        insert(ReadingRow).values(
            version_id=version_id, institution_id=institution_id, payload=payload
        )
    )


class Readings:
    """The readings of all versions; one that is missing can be made again from the original."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, version_id: str, *, institution_ids: tuple[str, ...]) -> Document | None:
        """Return what was read of a version; None when it was not kept."""
        query = select(ReadingRow.payload).where(
            ReadingRow.version_id == version_id,
            visible(ReadingRow.institution_id, institution_ids),
        )
        with self._database.read() as connection:
            payload = connection.execute(query).scalar()
        return None if payload is None else unpack(payload)

    def put(self, version_id: str, document: Document, *, institution_ids: tuple[str, ...]) -> None:
        """Keep the reading of a version in the place of an earlier one.

        Raises:
            NotFoundError: None of these institutions has the version.
        """
        payload = pack(document)
        of_version = select(VersionRow.institution_id).where(
            VersionRow.version_id == version_id,
            visible(VersionRow.institution_id, institution_ids),
        )
        with self._database.write(serial=DOCUMENTS) as connection:
            institution_id = connection.execute(of_version).scalar()
            if institution_id is None:
                raise NotFoundError(what="version")
            connection.execute(delete(ReadingRow).where(ReadingRow.version_id == version_id))
            insert_reading(connection, version_id, institution_id, payload)
