"""The store on real SQLite files and on a real PostgreSQL server."""

from __future__ import annotations

import itertools
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import delete

from assistant.store import Store
from assistant.store.database import Database
from assistant.store.models import Base
from tests.assistant.store.builders import FrozenClock

_names = itertools.count(1)
_SERVER_USER = "postgres"


def _programs() -> Path | None:
    found = shutil.which("initdb")
    candidates = [Path(found).resolve().parent] if found else []
    candidates += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((folder for folder in candidates if (folder / "pg_isready").exists()), None)


def _as_server_user() -> list[str]:
    """PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return []
    runuser = shutil.which("runuser")
    if runuser is None:
        pytest.skip("PostgreSQL needs another user than root, and runuser is not installed")
    return [runuser, "-u", _SERVER_USER, "--"]


def _wait_until_ready(programs: Path, folder: Path, server: subprocess.Popen[bytes]) -> None:
    for _ in range(150):
        if server.poll() is not None:
            break
        ready = subprocess.run(
            [programs / "pg_isready", "-q", "-h", folder], check=False, timeout=10
        )
        if ready.returncode == 0:
            return
        time.sleep(0.1)
    pytest.fail(f"PostgreSQL did not start: {(folder / 'log').read_text()[-2000:]}")


@pytest.fixture(scope="session")
def postgres_folder() -> Iterator[Path]:
    """A server of its own that listens on a socket in this folder only."""
    programs = _programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed")
    prefix = _as_server_user()
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    if prefix:
        shutil.chown(folder, _SERVER_USER)
    try:
        subprocess.run(
            [
                *prefix,
                programs / "initdb",
                "-D",
                folder / "data",
                "-U",
                _SERVER_USER,
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--locale=C",
                "-N",
            ],
            check=True,
            capture_output=True,
            timeout=120,
            cwd=folder,
        )
        with (folder / "log").open("wb") as log:
            server = subprocess.Popen(
                [
                    *prefix,
                    programs / "postgres",
                    "-D",
                    folder / "data",
                    "-k",
                    folder,
                    "-c",
                    "listen_addresses=",
                    "-c",
                    "fsync=off",
                ],
                stdout=log,
                stderr=log,
                cwd=folder,
            )
        try:
            _wait_until_ready(programs, folder, server)
            yield folder
        finally:
            server.terminate()
            server.wait(timeout=60)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _administer(folder: Path, statement: str) -> None:
    import psycopg

    where = f"host={folder} user={_SERVER_USER} dbname=postgres"
    with psycopg.connect(where, autocommit=True) as connection:
        connection.execute(statement)


def _address(folder: Path, name: str) -> str:
    return f"postgresql://{_SERVER_USER}@/{name}?host={folder}"


@pytest.fixture(scope="session")
def postgres_database(postgres_folder: Path) -> Iterator[Database]:
    """A database that is migrated once and used by one test after the other."""
    _administer(postgres_folder, "CREATE DATABASE shared")
    address = _address(postgres_folder, "shared")
    Store.open(address).close()
    database = Database(address)
    yield database
    database.close()


@pytest.fixture
def postgres_url(postgres_database: Database) -> Iterator[str]:
    """That database, emptied after the test."""
    yield postgres_database.url.render_as_string(hide_password=False)
    with postgres_database.write() as connection:
        for table in reversed(Base.metadata.sorted_tables):
            connection.execute(delete(table))


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file that is migrated once, to be copied for each test."""
    path = tmp_path_factory.mktemp("template") / "gongmun.db"
    Store.open(f"sqlite:///{path}").close()
    return path


@pytest.fixture
def sqlite_url(tmp_path: Path, sqlite_template: Path) -> str:
    """A database of its own, as a first start leaves it."""
    path = tmp_path / "data" / "gongmun.db"
    path.parent.mkdir()
    shutil.copy(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without any table."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty' / 'gongmun.db'}"
        return
    folder: Path = request.getfixturevalue("postgres_folder")
    name = f"t{next(_names)}"
    _administer(folder, f"CREATE DATABASE {name}")
    yield _address(folder, name)
    _administer(folder, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> str:
    name = "sqlite_url" if request.param == "sqlite" else "postgres_url"
    return str(request.getfixturevalue(name))


@pytest.fixture
def clock() -> FrozenClock:
    return FrozenClock()


@pytest.fixture
def store(url: str, clock: FrozenClock) -> Iterator[Store]:
    with Store.open(url, clock=clock) as opened:
        yield opened


@pytest.fixture
def sqlite_store(sqlite_url: str, clock: FrozenClock) -> Iterator[Store]:
    with Store.open(sqlite_url, clock=clock) as opened:
        yield opened
