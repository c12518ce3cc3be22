"""Bring a database to the schema that this code needs, wholly or not at all."""

from __future__ import annotations

import logging
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from assistant.errors import ConfigurationError
from assistant.store.database import Database

logger = logging.getLogger(__name__)

MIGRATIONS = Path(__file__).parent / "migrations"
HEAD = "0008"


def upgrade(database: Database, *, folder: Path = MIGRATIONS, head: str = HEAD) -> None:
    """Apply the missing migrations of `folder` in one transaction.

    Raises:
        ConfigurationError: The database was written by a newer Gongmun.
    """
    with database.read() as connection:
        if _revision(connection) == head:
            return
    with database.write(serial="schema") as connection:
        found = _revision(connection)
        if found != head:
            _run(connection, found, head, folder)
            logger.info("store.upgraded", extra={"from_schema": found, "to_schema": head})


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    revision = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return None if revision is None else str(revision)


def _run(connection: Connection, found: str | None, head: str, folder: Path) -> None:
    # Alembic takes 0.2 s to import, which a start on a current database need not pay.
    from alembic.config import Config
    from alembic.runtime.environment import EnvironmentContext
    from alembic.script import ScriptDirectory

    scripts = ScriptDirectory(str(folder), version_locations=[str(folder)])
    if found is not None and found not in {script.revision for script in scripts.walk_revisions()}:
        raise ConfigurationError(
            f"the database has schema {found}, this Gongmun knows up to {head}: start the newer "
            "version that wrote it, or restore the backup made before the upgrade"
        )
    with EnvironmentContext(
        Config(), scripts, fn=lambda revision, _context: scripts._upgrade_revs(head, revision)
    ) as environment:
        environment.configure(connection=connection, transactional_ddl=True)
        environment.run_migrations()
