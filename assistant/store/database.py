"""Connections: SQLite and PostgreSQL opened, checked and written to in the same way."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from zlib import crc32

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import (
    ArgumentError,
    DatabaseError,
    InterfaceError,
    NoSuchModuleError,
    OperationalError,
)
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.pool import ConnectionPoolEntry

from assistant.errors import ConfigurationError, StorageFullError, StoreUnavailableError

_BUSY_TIMEOUT_MS = 30_000
_POOL = {"pool_size": 8, "max_overflow": 56, "pool_timeout": 30}
# A plain `DatabaseError` is what a damaged file gives.
_OUTAGES = (OperationalError, DatabaseError)
_RESTORE = (
    "stop Gongmun, move the database file and its -wal and -shm files aside, copy the latest "
    "backup to its place and start again; the search indexes are rebuilt by themselves"
)


class Database:
    """An engine with short read and write transactions."""

    def __init__(self, url: str) -> None:
        self.url = _parse(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self._engine = _engine(self.url, is_sqlite=self.is_sqlite)
        self._reading = self._engine
        if not self.is_sqlite:
            self._reading = self._engine.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )
        self._writing = self._engine.execution_options(gongmun_writes=True)
        # SQLite lets one writer in at a time; waiting here is fair and wakes up at once.
        self._turnstile = threading.Lock() if self.is_sqlite else None

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Give a connection on which all reads see one state."""
        with translated(), self._reading.begin() as connection:
            yield connection

    @contextmanager
    def write(self, *, serial: str | None = None) -> Iterator[Connection]:
        """Give a connection whose changes become visible and durable together, or not at all.

        `serial` names work that must not overlap (SQLite never overlaps writes anyway).
        """
        with translated(), self._turn(), self._writing.begin() as connection:
            if serial is not None and not self.is_sqlite:
                connection.execute(
                    text("SELECT pg_advisory_xact_lock(:key)"), {"key": crc32(serial.encode())}
                )
            yield connection

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if self._turnstile is None:
            yield
            return
        with self._turnstile:
            yield

    def connect_apart(self) -> Connection:
        """Return a connection of its own outside any transaction; the caller closes it.

        Raises:
            StoreUnavailableError: The server does not answer.
        """
        with translated():
            return self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")

    def check(self) -> None:
        """Read the whole file and its structure; raise `ConfigurationError` when damaged."""
        if not self.is_sqlite:
            return
        try:
            with self._engine.connect() as connection:
                found = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one()
        except DatabaseError as error:
            raise ConfigurationError(f"the database is damaged or none ({_RESTORE})") from error
        if found != "ok":
            raise ConfigurationError(f"the database is damaged ({_RESTORE})")

    def reach(self) -> None:
        """Open one connection; raise `ConfigurationError` when that is impossible."""
        try:
            with self._engine.connect() as connection:
                connection.exec_driver_sql("SELECT 1")
        except OperationalError as error:
            raise ConfigurationError(
                "the database cannot be opened: check ASSISTANT_DATABASE_URL, that the server "
                "runs, and that this account may write to the data folder"
            ) from error
        except DatabaseError as error:
            raise ConfigurationError(f"the database is damaged or none ({_RESTORE})") from error

    def backup(self, path: Path) -> None:
        """Copy the database as it is now to `path`, while others write.

        Raises:
            ConfigurationError: The database is PostgreSQL, which has its own tools.
        """
        if not self.is_sqlite:
            raise ConfigurationError("back PostgreSQL up with pg_dump")
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_name(path.name + ".part")
        unfinished.unlink(missing_ok=True)
        with translated(), self._engine.connect() as connection:
            source = connection.connection.driver_connection
            assert isinstance(source, sqlite3.Connection)  # noqa: S101 -- narrows the type only
            target = sqlite3.connect(unfinished)
            try:
                source.backup(target)
            finally:
                target.close()
        unfinished.replace(path)

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()


def _parse(url: str) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise ConfigurationError("ASSISTANT_DATABASE_URL is no SQLAlchemy URL") from error
    backend = parsed.get_backend_name()
    if backend == "sqlite" and parsed.database not in (None, "", ":memory:"):
        return parsed.set(drivername="sqlite+pysqlite")
    if backend == "postgresql":
        return parsed.set(drivername="postgresql+psycopg")
    raise ConfigurationError(
        "ASSISTANT_DATABASE_URL must be sqlite:///<file> or postgresql://<user>@<host>/<database>"
    )


def _engine(url: URL, *, is_sqlite: bool) -> Engine:
    if is_sqlite:
        Path(str(url.database)).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        engine = create_engine(url, **_POOL, connect_args={"timeout": _BUSY_TIMEOUT_MS / 1000})
        event.listen(engine, "connect", _set_pragmas)
        event.listen(engine, "begin", _begin)
        return engine
    try:
        return create_engine(url, **_POOL, pool_pre_ping=True)
    except (ModuleNotFoundError, NoSuchModuleError) as error:
        raise ConfigurationError(
            "PostgreSQL needs the extra packages: pip install 'gongmun[postgres]'"
        ) from error


def _set_pragmas(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    assert isinstance(connection, sqlite3.Connection)  # noqa: S101 -- narrows the type only
    # The driver would otherwise begin late and commit before DDL; we begin ourselves.
    connection.isolation_level = None
    for pragma in (
        f"busy_timeout = {_BUSY_TIMEOUT_MS}",
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        "cache_size = -32000",
        "temp_store = MEMORY",
        "journal_size_limit = 67108864",
    ):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin(connection: Connection) -> None:
    # Taking the write lock at once means that a transaction never fails half-way for being late.
    writes = connection.get_execution_options().get("gongmun_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def translated() -> Iterator[None]:
    """Turn what the database libraries raise for an outage into errors of ours."""
    try:
        yield
    except (DatabaseError, InterfaceError, PoolTimeoutError) as error:
        message = str(error.orig) if isinstance(error, DatabaseError) else ""
        if "is full" in message or "No space left" in message:
            raise StorageFullError("no space left for the database") from error
        if isinstance(error, DatabaseError) and type(error) not in _OUTAGES:
            raise  # a broken constraint or statement is a matter of the caller
        raise StoreUnavailableError("the database did not answer") from error
