from __future__ import annotations

import shutil
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from assistant.errors import ConfigurationError, StorageFullError
from assistant.store import Store, visible_to
from assistant.store.database import Database
from assistant.store.models import Base
from assistant.store.schema import HEAD, MIGRATIONS, upgrade
from tests.assistant.store.builders import add, drain

OURS = visible_to("default")

HALFWAY = """
import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "test", "{head}", None, None


def upgrade() -> None:
    op.create_table("half", sa.Column("x", sa.Integer))
    op.add_column("turns", sa.Column("half", sa.Integer))
    {end}
"""


def database_file(sqlite_url: str) -> Path:
    return Path(sqlite_url.removeprefix("sqlite:///"))


def migrations_with(folder: Path, end: str) -> Path:
    shutil.copytree(MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "vtest.py").write_text(HALFWAY.format(end=end, head=HEAD))
    return folder


def test_a_new_store_has_the_public_and_the_default_collections(empty_url: str) -> None:
    with Store.open(empty_url) as store:
        collections = store.collections.list(institution_ids=OURS)
        assert store.collections.institution_name("public") == "공용 자료"
    assert [c.collection_id for c in collections] == [
        "inbox",
        "rules",
        "guides",
        "dossiers",
        "pilots",
    ]


def test_opening_again_finds_everything(store: Store, url: str) -> None:
    added = add(store, ["가"])
    with Store.open(url) as again:
        assert set(again.documents.catalog()) == {added.document_id}
        assert again.outbox.counts() == {"lexical": 1, "dense": 1}


def test_the_migrations_make_exactly_the_tables_of_the_models(empty_url: str) -> None:
    database = Database(empty_url)
    upgrade(database)
    with database.write() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = compare_metadata(context, Base.metadata)
    database.close()
    assert differences == []


def test_the_code_knows_its_newest_migration() -> None:
    scripts = ScriptDirectory(str(MIGRATIONS), version_locations=[str(MIGRATIONS)])
    assert scripts.get_current_head() == HEAD


def test_an_upgrade_that_breaks_off_leaves_the_old_schema(empty_url: str, tmp_path: Path) -> None:
    database = Database(empty_url)
    upgrade(database)
    folder = migrations_with(tmp_path / "broken", "raise RuntimeError('power cut')")
    with pytest.raises(RuntimeError, match="power cut"):
        upgrade(database, folder=folder, head="test")
    with database.read() as connection:
        assert not connection.dialect.has_table(connection, "half")
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == HEAD
    database.close()


def test_an_upgrade_keeps_what_is_stored(empty_url: str, tmp_path: Path) -> None:
    with Store.open(empty_url) as store:
        added = add(store, ["가"])
        database = Database(empty_url)
        upgrade(database, folder=migrations_with(tmp_path / "whole", "pass"), head="test")
        with database.read() as connection:
            assert connection.dialect.has_table(connection, "half")
        database.close()
        [chunk] = store.chunks.of_version(added.version_id, institution_ids=OURS)
    assert chunk.text == "가"


def test_a_database_of_a_newer_version_is_refused_and_left_alone(empty_url: str) -> None:
    database = Database(empty_url)
    upgrade(database)
    with database.write() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(ConfigurationError, match="start the newer version that wrote it"):
        Store.open(empty_url)
    with database.read() as connection:
        found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    database.close()
    assert found == "9999"


def test_sqlite_is_durable_and_checks_references(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    with database.read() as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    database.close()
    assert pragmas == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 30_000,
    }


def test_a_database_folder_that_is_made_is_closed_to_others(tmp_path: Path) -> None:
    Store.open(f"sqlite:///{tmp_path / 'data' / 'gongmun.db'}").close()
    assert (tmp_path / "data").stat().st_mode & 0o077 == 0


def damage_middle(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 2 // 4096 * 4096)
        file.write(b"\xff" * 4096 * 8)


def damage_head(path: Path) -> None:
    with path.open("r+b") as file:
        file.write(b"this is no database at all......")


def cut_short(path: Path) -> None:
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 3)


@pytest.mark.parametrize("damage", [damage_middle, damage_head, cut_short])
def test_a_damaged_database_is_refused_with_the_way_back(sqlite_url: str, damage: object) -> None:
    with Store.open(sqlite_url) as store:
        for n in range(20):
            add(store, [f"{n} {m}" * 20 for m in range(20)], file_name=f"{n}.md")
    damage(database_file(sqlite_url))  # type: ignore[operator]
    with pytest.raises(ConfigurationError, match="copy the latest backup to its place"):
        Store.open(sqlite_url)


@pytest.mark.parametrize(
    "url", ["", "mysql://localhost/x", "sqlite://", "sqlite:///:memory:", "no url"]
)
def test_an_address_of_no_database_we_know_is_refused(url: str) -> None:
    with pytest.raises(ConfigurationError, match="ASSISTANT_DATABASE_URL"):
        Store.open(url)


def test_a_server_that_does_not_answer_is_a_matter_of_configuration(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="cannot be opened"):
        Store.open(f"postgresql://nobody@/none?host={tmp_path}")


def fill(database: Database) -> None:
    with database.write() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 2}")
        connection.execute(text("CREATE TABLE big AS SELECT zeroblob(100000)"))


def test_a_full_disk_is_named_and_reading_goes_on(sqlite_store: Store, sqlite_url: str) -> None:
    added = add(sqlite_store, ["가"])
    database = Database(sqlite_url)
    with pytest.raises(StorageFullError):
        fill(database)
    database.close()
    assert set(sqlite_store.documents.catalog()) == {added.document_id}


def test_a_backup_is_whole_and_opens_as_a_store(sqlite_store: Store, tmp_path: Path) -> None:
    added = add(sqlite_store, ["가", "나"])
    path = tmp_path / "backups" / "gongmun.db"
    sqlite_store.backup(path)
    add(sqlite_store, ["다"], file_name="later.md")
    with Store.open(f"sqlite:///{path}") as restored:
        assert set(restored.documents.catalog()) == {added.document_id}
        assert len(drain(restored, "lexical")) == 2
    assert [p.name for p in path.parent.glob("*.part")] == []


def test_a_backup_made_while_others_write_is_one_state(sqlite_store: Store, tmp_path: Path) -> None:
    def write(number: int) -> None:
        add(sqlite_store, [f"{number} {n}" for n in range(30)], file_name=f"{number}.md")

    write(0)
    with ThreadPoolExecutor(1) as pool:
        writing = pool.map(write, range(1, 9))
        for number in range(4):
            sqlite_store.backup(tmp_path / f"{number}.db")
        list(writing)
    for number in range(4):
        with Store.open(f"sqlite:///{tmp_path / f'{number}.db'}") as copy:
            documents = len(copy.documents.catalog())
            assert documents >= 1
            assert copy.chunks.count() == documents * 30


def test_a_backup_replaces_an_older_one(sqlite_store: Store, tmp_path: Path) -> None:
    path = tmp_path / "gongmun.db"
    path.write_bytes(b"older")
    sqlite_store.backup(path)
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()


def test_postgresql_is_backed_up_with_its_own_tools(postgres_url: str, tmp_path: Path) -> None:
    with Store.open(postgres_url) as store, pytest.raises(ConfigurationError, match="pg_dump"):
        store.backup(tmp_path / "x.db")
