from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from assistant.domain import DocumentState
from assistant.errors import ConflictError, NotFoundError
from assistant.store import DocumentFilter, Store, visible_to
from tests.assistant.store.builders import FrozenClock, add, drain, make_upload, make_version

OURS = visible_to("default")


def test_a_received_file_shows_at_once_and_none_of_its_text(store: Store) -> None:
    received = store.uploads.receive(make_upload("본문", file_name="새 자료.md"))
    detail = store.documents.get(received.document_id, institution_ids=OURS)
    assert (detail.record.title, detail.record.state) == ("새 자료.md", DocumentState.WAITING)
    assert (detail.record.version_id, detail.record.version_number) == ("", 0)
    assert store.documents.catalog() == {}


def test_file_names_are_kept_composed(store: Store) -> None:
    received = store.uploads.receive(make_upload(file_name="\u1100\u1161.md"))
    detail = store.documents.get(received.document_id, institution_ids=OURS)
    assert detail.record.file_name == "가.md"


def test_acknowledged_files_are_listed_for_resumption_after_a_restart(
    store: Store, url: str, clock: FrozenClock
) -> None:
    first = store.uploads.receive(make_upload("가", file_name="a.md"))
    second = store.uploads.receive(make_upload("나", file_name="b.md"))
    assert first.upload_id is not None
    store.uploads.claim(first.upload_id)
    with Store.open(url, clock=clock) as restarted:
        unfinished = restarted.uploads.unfinished()
    assert [(u.upload_id, u.state, u.attempts) for u in unfinished] == [
        (first.upload_id, "reading", 1),
        (second.upload_id, "waiting", 0),
    ]


def test_the_same_bytes_are_taken_once(store: Store) -> None:
    added = add(store, ["가"])
    [version] = store.documents.versions(added.document_id, institution_ids=OURS)
    upload = make_upload("", file_name="다른 이름.md")
    again = store.uploads.receive(
        type(upload)(
            **{f: getattr(upload, f) for f in upload.__slots__} | {"sha256": version.sha256}
        )
    )
    assert again.duplicate
    assert (again.document_id, again.upload_id) == (added.document_id, None)


def test_twenty_posts_of_one_file_at_once_make_one_document(store: Store) -> None:
    with ThreadPoolExecutor(20) as pool:
        received = list(pool.map(lambda _: store.uploads.receive(make_upload("가")), range(20)))
    assert len({r.document_id for r in received}) == 1
    assert sum(not r.duplicate for r in received) == 1
    assert len(store.uploads.unfinished()) == 1


def test_the_same_bytes_in_another_institution_are_another_document(store: Store) -> None:
    store.collections.ensure_institution("other", "다른 기관")
    ours = store.uploads.receive(make_upload("가"))
    theirs = store.uploads.receive(make_upload("가", institution_id="other"))
    assert not theirs.duplicate
    assert theirs.document_id != ours.document_id


def test_a_file_cannot_enter_a_collection_of_another_institution(store: Store) -> None:
    with pytest.raises(NotFoundError):
        store.uploads.receive(make_upload(collection_id="rules"))


def test_a_file_that_cannot_be_read_fails_with_its_reason(store: Store) -> None:
    received = store.uploads.receive(make_upload("가"))
    assert received.upload_id is not None
    store.uploads.fail(received.upload_id, code="document_unreadable", reason="encrypted")
    record = store.documents.get(received.document_id, institution_ids=OURS).record
    assert record.state is DocumentState.FAILED
    assert (record.error_code, record.error_reason) == ("document_unreadable", "encrypted")
    assert store.uploads.unfinished() == []


def test_a_failed_new_version_leaves_the_earlier_one_and_shows_the_error(store: Store) -> None:
    added = add(store, ["가"])
    drain(store)
    received = store.uploads.receive(make_upload("깨진 파일"))
    assert received.upload_id is not None
    assert received.changed
    store.uploads.fail(received.upload_id, code="document_unreadable", reason="damaged")
    record = store.documents.catalog()[added.document_id]
    assert (record.version_id, record.state) == (added.version_id, DocumentState.READY)
    assert record.error_reason == "damaged"
    page = store.documents.list(
        institution_ids=OURS, filters=DocumentFilter(state=DocumentState.FAILED)
    )
    assert [detail.record.document_id for detail in page.documents] == [added.document_id]


def test_while_a_new_version_is_read_the_earlier_one_is_served(store: Store) -> None:
    added = add(store, ["가"])
    drain(store)
    received = store.uploads.receive(make_upload("새 본문"))
    assert received.upload_id is not None
    store.uploads.claim(received.upload_id)
    record = store.documents.catalog()[added.document_id]
    assert (record.version_id, record.state) == (added.version_id, DocumentState.READING)


def test_a_failed_file_can_be_tried_again(store: Store) -> None:
    received = store.uploads.receive(make_upload("가"))
    assert received.upload_id is not None
    store.uploads.fail(received.upload_id, code="document_unreadable", reason="timeout")
    retried = store.uploads.retry(received.document_id, institution_id="default")
    assert (retried.upload_id, retried.state) == (received.upload_id, "waiting")
    added = store.documents.add_version(retried.upload_id, make_version(["가"]))
    assert store.documents.catalog()[added.document_id].error_code is None


def test_a_retry_while_the_same_bytes_are_on_their_way_is_a_conflict(store: Store) -> None:
    failed = store.uploads.receive(make_upload("가", file_name="a.md"))
    assert failed.upload_id is not None
    store.uploads.fail(failed.upload_id, code="document_unreadable", reason="timeout")
    store.uploads.receive(make_upload("가", file_name="b.md"))
    with pytest.raises(ConflictError) as caught:
        store.uploads.retry(failed.document_id, institution_id="default")
    assert caught.value.reason == "already_under_way"


def test_only_what_failed_can_be_tried_again(store: Store) -> None:
    added = add(store, ["가"])
    with pytest.raises(NotFoundError):
        store.uploads.retry(added.document_id, institution_id="default")


def test_a_finished_upload_cannot_be_claimed(store: Store) -> None:
    received = store.uploads.receive(make_upload("가"))
    assert received.upload_id is not None
    store.documents.add_version(received.upload_id, make_version(["가"]))
    assert store.uploads.claim(received.upload_id) is None


def test_deleting_a_document_cancels_what_is_on_its_way(store: Store) -> None:
    received = store.uploads.receive(make_upload("가"))
    assert received.upload_id is not None
    store.documents.delete(received.document_id, institution_id="default")
    assert store.uploads.unfinished() == []
    with pytest.raises(NotFoundError):
        store.documents.add_version(received.upload_id, make_version(["가"]))
    assert store.documents.catalog() == {}


def test_files_in_use_are_those_of_versions_and_of_unread_uploads(
    store: Store, clock: FrozenClock
) -> None:
    waiting = make_upload("기다림", file_name="w.md")
    store.uploads.receive(waiting)
    added = add(store, ["가"], file_name="a.md")
    blob = store.documents.version(added.version_id, institution_ids=OURS).blob_id
    assert store.uploads.blob_ids() == {waiting.blob_id, blob}
    store.documents.delete(added.document_id, institution_id="default")
    clock.advance(minutes=11)
    store.purge()
    assert store.uploads.blob_ids() == {waiting.blob_id}
