"""Opening the store: one database, brought up to date and checked, with all its aggregates."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from assistant.store.changes import Changes
from assistant.store.chunks import Chunks
from assistant.store.collections import Collections
from assistant.store.column_sets import ColumnSets
from assistant.store.complaint_groups import ComplaintGroups
from assistant.store.complaints import Complaints
from assistant.store.conversations import Conversations
from assistant.store.database import Database
from assistant.store.derived import StoredTokens, StoredVectors
from assistant.store.documents import Documents
from assistant.store.job_decisions import JobDecisions
from assistant.store.job_work import JobWork
from assistant.store.jobs import Jobs
from assistant.store.outbox import Outbox
from assistant.store.papers import Papers
from assistant.store.pilots import Pilots
from assistant.store.presence import SessionLock, session_lock
from assistant.store.purge import purge
from assistant.store.readings import Readings
from assistant.store.records import Purged
from assistant.store.rows import Clock
from assistant.store.schema import upgrade
from assistant.store.sections import Sections
from assistant.store.uploads import Uploads


def utc_now() -> datetime:
    """Return the time now, aware of its zone."""
    return datetime.now(UTC)


class Store:
    """All that Gongmun keeps; may be used by many threads and, on one database, processes."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self.collections = Collections(database, clock)
        self.uploads = Uploads(database, clock)
        self.documents = Documents(database, clock, self.uploads)
        self.changes = Changes(database)
        self.sections = Sections(database)
        self.readings = Readings(database)
        self.chunks = Chunks(database)
        self.outbox = Outbox(database)
        self.vectors = StoredVectors(database)
        self.tokens = StoredTokens(database)
        self.conversations = Conversations(database, clock)
        self.papers = Papers(database, clock)
        self.complaints = Complaints(database, clock)
        self.complaint_groups = ComplaintGroups(database, clock)
        self.jobs = Jobs(database, clock)
        self.job_decisions = JobDecisions(database, clock)
        self.job_work = JobWork(database, clock)
        self.column_sets = ColumnSets(database, clock)
        self.pilots = Pilots(database, clock)

    @classmethod
    def open(cls, url: str, *, clock: Clock = utc_now, check: bool = True) -> Self:
        """Open the database at `url`, creating or upgrading it as needed.

        `check` reads a whole SQLite file for damage first.

        Raises:
            ConfigurationError: It cannot be reached, is damaged, or is of a newer version.
        """
        database = Database(url)
        try:
            database.reach()
            if check:
                database.check()
            upgrade(database)
            store = cls(database, clock)
            store.collections.ensure_defaults()
        except BaseException:
            database.close()
            raise
        return store

    @property
    def is_shared(self) -> bool:
        """Whether a database server holds the store, so that several machines may use it."""
        return not self._database.is_sqlite

    def hold(self, name: str) -> SessionLock | None:
        """Take a lock that ends with this process; None when another has it (PostgreSQL only)."""
        return session_lock(self._database, name)

    def backup(self, path: Path) -> None:
        """Copy the SQLite database as it is now to `path`, while others go on writing.

        Raises:
            ConfigurationError: The database is PostgreSQL.
        """
        self._database.backup(path)

    def purge(self) -> Purged:
        """Remove for good what was deleted more than ten minutes ago.

        Sections that stored answers and papers cite stay.
        """
        return purge(self._database, now=self._clock())

    def close(self) -> None:
        """Close all connections."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()
