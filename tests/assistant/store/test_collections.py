from __future__ import annotations

import pytest

from assistant.domain import Grade
from assistant.errors import ConflictError, GradeNotAllowedError, NotFoundError
from assistant.store import Store, visible_to
from tests.assistant.store.builders import FrozenClock, add, make_upload

OURS = visible_to("default")


def test_a_new_collection_is_listed_with_its_documents(store: Store) -> None:
    made = store.collections.create(" 계약 자료 ", institution_id="default", grade=Grade.SENSITIVE)
    store.uploads.receive(make_upload(collection_id=made.collection_id))
    found = store.collections.get(made.collection_id, institution_ids=OURS)
    assert (found.name, found.grade, found.document_count) == ("계약 자료", Grade.SENSITIVE, 1)


def test_two_collections_of_one_institution_have_two_names(store: Store) -> None:
    store.collections.create("계약", institution_id="default", grade=Grade.OPEN)
    with pytest.raises(ConflictError) as caught:
        store.collections.create("계약", institution_id="default", grade=Grade.OPEN)
    assert caught.value.reason == "name_taken"


def test_a_collection_of_grade_c_is_refused(store: Store) -> None:
    with pytest.raises(GradeNotAllowedError):
        store.collections.create("비밀", institution_id="default", grade=Grade.CLASSIFIED)


def test_an_unknown_institution_has_no_collections(store: Store) -> None:
    with pytest.raises(NotFoundError):
        store.collections.create("계약", institution_id="none", grade=Grade.OPEN)


def test_only_an_empty_collection_can_go(store: Store, clock: FrozenClock) -> None:
    made = store.collections.create("계약", institution_id="default", grade=Grade.OPEN)
    received = store.uploads.receive(make_upload(collection_id=made.collection_id))
    with pytest.raises(ConflictError) as caught:
        store.collections.delete(made.collection_id, institution_id="default")
    assert caught.value.reason == "collection_not_empty"
    store.documents.delete(received.document_id, institution_id="default")
    clock.advance(minutes=11)
    store.purge()
    store.collections.delete(made.collection_id, institution_id="default")
    assert [c.collection_id for c in store.collections.list(institution_ids=("default",))] == [
        "inbox"
    ]


def test_a_first_collection_stays(store: Store) -> None:
    add(store, ["가"])
    with pytest.raises(ConflictError):
        store.collections.delete("inbox", institution_id="default")
