"""Which processes live, as the database server tells: a lock ends with its connection."""

from __future__ import annotations

import hashlib

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from assistant.errors import StoreUnavailableError
from assistant.store.database import Database, translated


class SessionLock:
    """A lock on a name that PostgreSQL lets go when this process or its connection ends."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def is_held(self) -> bool:
        """Return whether the connection, and the lock with it, is still there."""
        try:
            self._connection.execute(text("SELECT 1"))
        except DBAPIError:
            return False
        return True

    def release(self) -> None:
        """Give the lock back; harmless when the connection is gone."""
        self._connection.invalidate()
        self._connection.close()


def session_lock(database: Database, name: str) -> SessionLock | None:
    """Take the lock on `name`; None when another process has it.

    Raises:
        StoreUnavailableError: the server does not answer.
    """
    connection = database.connect_apart()
    try:
        with translated():
            taken = connection.execute(
                text("SELECT pg_try_advisory_lock(:key)"), {"key": _key(name)}
            ).scalar_one()
    except StoreUnavailableError:
        connection.close()
        raise
    if taken:
        return SessionLock(connection)
    connection.close()
    return None


def _key(name: str) -> int:
    """Return a number of 64 bits for a name.

    >>> -(2**63) <= _key("worker-1") < 2**63
    True
    """
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big", signed=True)
