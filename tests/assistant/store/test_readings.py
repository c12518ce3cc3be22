"""What was read of a version is kept with it, shown to its owner only, and goes with it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import func, select, text, update

from assistant.domain import (
    Aside,
    AsideKind,
    Block,
    BlockKind,
    Cell,
    Document,
    Locator,
    ReadWarning,
)
from assistant.errors import NotFoundError
from assistant.store import Store, VersionAdded, visible_to
from assistant.store.database import Database
from assistant.store.models import ReadingRow
from assistant.store.schema import HEAD, upgrade
from tests.assistant.store.builders import FrozenClock, add, make_upload, make_version

OURS = visible_to("default")
READING = Document(
    title="표본",
    media_type="application/hwp+zip",
    blocks=(
        Block(kind=BlockKind.HEADING, text="1. 개요", locator=Locator(ordinal=0, page=1), level=1),
        Block(
            kind=BlockKind.TABLE,
            text="",
            locator=Locator(ordinal=1, page=2),
            rows=((Cell(text="가", row_span=2), Cell(text="나")), (Cell(text="다"),)),
            header_rows=1,
            caption="표 1",
            is_ocr=True,
        ),
    ),
    metadata={"제목": "표본"},
    warnings=(ReadWarning(code="ocr", page=2, count=1),),
    page_count=2,
    asides=(Aside(kind=AsideKind.MEMO, text="확인할 것", page=1),),
)


def put(store: Store, content: str = "본문", reading: Document | None = READING) -> VersionAdded:
    received = store.uploads.receive(make_upload(content))
    assert received.upload_id is not None
    store.uploads.claim(received.upload_id)
    version = replace(make_version([content]), reading=reading)
    return store.documents.add_version(received.upload_id, version)


def kept(store: Store) -> int:
    with store._database.read() as connection:
        return connection.execute(select(func.count()).select_from(ReadingRow)).scalar_one()


def test_a_reading_comes_back_as_it_was_given(store: Store) -> None:
    added = put(store)
    assert store.readings.get(added.version_id, institution_ids=OURS) == READING


def test_each_version_keeps_its_own_reading(store: Store) -> None:
    first, second = put(store), put(store, "고친 본문", replace(READING, title="고친 표본"))
    assert first.document_id == second.document_id
    titles = [
        found.title
        for added in (first, second)
        if (found := store.readings.get(added.version_id, institution_ids=OURS))
    ]
    assert titles == ["표본", "고친 표본"]


def test_a_version_without_reading_can_be_given_one_later_and_another_one(store: Store) -> None:
    added = put(store, reading=None)
    assert store.readings.get(added.version_id, institution_ids=OURS) is None
    for title in ("하나", "둘"):
        reading = replace(READING, title=title)
        store.readings.put(added.version_id, reading, institution_ids=OURS)
        assert store.readings.get(added.version_id, institution_ids=OURS) == reading
    assert kept(store) == 1


def test_a_reading_of_another_institution_is_neither_shown_nor_replaced(store: Store) -> None:
    store.collections.ensure_institution("other", "다른 기관")
    added = put(store)
    theirs = visible_to("other")
    assert store.readings.get(added.version_id, institution_ids=theirs) is None
    with pytest.raises(NotFoundError):
        store.readings.put(added.version_id, READING, institution_ids=theirs)


def test_a_reading_goes_with_its_document(store: Store, clock: FrozenClock) -> None:
    added = put(store)
    store.documents.delete(added.document_id, institution_id="default")
    clock.advance(minutes=11)
    assert store.purge().documents == 1
    assert kept(store) == 0


def test_a_reading_that_is_damaged_counts_as_not_kept(store: Store) -> None:
    added = put(store)
    with store._database.write() as connection:
        connection.execute(update(ReadingRow).values(payload=b"no reading"))
    assert store.readings.get(added.version_id, institution_ids=OURS) is None


def test_a_failed_version_leaves_no_reading(store: Store) -> None:
    received = store.uploads.receive(make_upload("본문"))
    assert received.upload_id is not None
    store.uploads.fail(received.upload_id, code="document_unreadable", reason="damaged")
    with pytest.raises(NotFoundError):
        store.documents.add_version(
            received.upload_id, replace(make_version(["본문"]), reading=READING)
        )
    assert kept(store) == 0


def test_a_section_read_off_a_picture_is_stored_as_that(store: Store) -> None:
    received = store.uploads.receive(make_upload("본문"))
    assert received.upload_id is not None
    store.uploads.claim(received.upload_id)
    version = make_version(["가", "나"])
    first, second = version.chunked.sections
    sections = (first, replace(second, is_ocr=True))
    version = replace(version, chunked=replace(version.chunked, sections=sections))
    added = store.documents.add_version(received.upload_id, version)
    found = store.sections.list(added.version_id, institution_ids=OURS)
    assert [section.is_ocr for section in found] == [False, True]


def test_an_older_database_gets_the_new_table_and_keeps_what_it_holds(empty_url: str) -> None:
    with Store.open(empty_url) as store:
        added = add(store, ["가", "나"])
    database = Database(empty_url)
    with database.write() as connection:  # back to the schema before readings
        connection.execute(text("DROP TABLE readings"))
        connection.execute(text("ALTER TABLE sections DROP COLUMN is_ocr"))
        connection.execute(text("UPDATE alembic_version SET version_num = '0002'"))
    upgrade(database, head="0003")
    with database.write() as connection:  # what came later is there already
        connection.execute(text("UPDATE alembic_version SET version_num = :head"), {"head": HEAD})
    database.close()
    with Store.open(empty_url) as store:
        found = store.sections.list(added.version_id, institution_ids=OURS)
        assert [(section.text, section.is_ocr) for section in found] == [
            ("가", False),
            ("나", False),
        ]
        assert store.readings.get(added.version_id, institution_ids=OURS) is None
