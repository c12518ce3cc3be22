"""What changed is told once, as it is now, and nothing of it is left out."""

from __future__ import annotations

from assistant.domain import DocumentState
from assistant.store import Seen, Store
from tests.assistant.store.builders import add, drain, make_upload, make_version

OURS = ("default", "public")


def follow(store: Store, seen: Seen, *, limit: int = 200) -> list[str]:
    """Look until there is nothing new; return the ids told, in order."""
    told: list[str] = []
    while (changed := store.changes.since(seen, limit=limit)).documents:
        told += [detail.record.document_id for detail in changed.documents]
        seen = changed.seen
    return told


def test_a_document_that_came_and_settled_between_two_looks_is_told(store: Store) -> None:
    seen = store.changes.now(institution_ids=OURS)
    added = add(store, ["가"])
    drain(store)
    (told,) = store.changes.since(seen).documents
    assert told.record.document_id == added.document_id
    assert told.record.state is DocumentState.READY


def test_what_was_told_is_not_told_again(store: Store) -> None:
    add(store, ["가"])
    seen = store.changes.now(institution_ids=OURS)
    assert store.changes.since(seen).documents == ()
    add(store, ["나"], file_name="둘.md")
    seen = store.changes.since(seen).seen
    assert store.changes.since(seen).documents == ()


def test_a_change_of_more_documents_than_fit_is_told_in_parts(store: Store) -> None:
    ids = {add(store, [f"글 {n}"], file_name=f"{n}.md").document_id for n in range(5)}
    drain(store)
    seen = store.changes.now(institution_ids=OURS)
    store.outbox.refill("dense")
    told = follow(store, seen, limit=2)
    assert sorted(told) == sorted(ids)


def test_deleted_documents_and_placeholders_are_gone(store: Store) -> None:
    seen = store.changes.now(institution_ids=OURS)
    kept = add(store, ["가"], identity="law:1").document_id
    received = store.uploads.receive(make_upload("새 본문", file_name="새이름.md"))
    assert received.upload_id is not None
    store.documents.add_version(received.upload_id, make_version(["나"], identity="law:1"))
    deleted = add(store, ["다"], file_name="셋.md").document_id
    store.documents.delete(deleted, institution_id="default")
    changed = store.changes.since(seen)
    assert [detail.record.document_id for detail in changed.documents] == [kept]
    assert set(changed.gone) == {received.document_id, deleted}


def test_another_institution_is_told_nothing(store: Store) -> None:
    store.collections.ensure_institution("other", name="다른 기관")
    seen = store.changes.now(institution_ids=("other", "public"))
    add(store, ["가"])
    assert store.changes.since(seen).documents == ()
