from __future__ import annotations

from datetime import date

import pytest

from assistant.domain import DocumentState, Grade, SourceKind
from assistant.errors import ConflictError, GradeNotAllowedError, NotFoundError, UnknownFilterError
from assistant.store import DocumentFilter, Store, visible_to
from tests.assistant.store.builders import (
    FrozenClock,
    add,
    drain,
    make_upload,
    make_version,
)

OURS = visible_to("default")


def test_a_new_version_is_the_current_one_with_all_its_facts(store: Store) -> None:
    added = add(store, ["가", "나"], title="조달 규정", kind=SourceKind.LAW)
    record = store.documents.catalog()[added.document_id]
    assert (record.title, record.kind, record.grade) == ("조달 규정", SourceKind.LAW, Grade.OPEN)
    assert (record.version_number, record.section_count, record.chunk_count) == (1, 2, 2)
    assert record.effective_from == date(2026, 1, 1)


def test_equal_chunks_keep_their_ids_in_the_next_version(store: Store) -> None:
    first = add(store, ["가", "나", "다"])
    drain(store)
    second = add(store, ["가", "나 고침", "다"])
    assert second.document_id == first.document_id
    assert (second.chunks_added, second.chunks_removed, second.chunks_kept) == (1, 1, 2)
    assert drain(store, "dense") == [
        ("delete", f"{first.document_id}#1"),
        ("add", f"{first.document_id}#3"),
    ]


def test_a_chunk_id_is_never_given_to_another_text(store: Store) -> None:
    document_id = add(store, ["가", "나"]).document_id
    add(store, ["가"])
    add(store, ["가", "다"])
    found = store.chunks.by_ids([f"{document_id}#{n}" for n in range(5)], institution_ids=OURS)
    assert {chunk_id: chunk.text for chunk_id, chunk in found.items()} == {
        f"{document_id}#0": "가",
        f"{document_id}#2": "다",
    }


def test_a_text_that_comes_back_gets_its_old_id_back(store: Store) -> None:
    document_id = add(store, ["가", "나"]).document_id
    add(store, ["가"])
    drain(store)
    add(store, ["가", "나", "라"])
    assert drain(store, "lexical") == [
        ("add", f"{document_id}#1"),
        ("add", f"{document_id}#2"),
    ]


def test_repeated_texts_each_have_an_id_of_their_own(store: Store) -> None:
    document_id = add(store, ["같음", "같음", "다름"]).document_id
    second = add(store, ["다름", "같음", "같음", "같음"])
    assert (second.chunks_added, second.chunks_removed, second.chunks_kept) == (1, 0, 3)
    assert store.chunks.count() == 4
    ids = {chunk_id for batch in store.chunks.ids("default") for chunk_id in batch}
    assert ids == {f"{document_id}#{n}" for n in range(4)}


def test_a_kept_chunk_shows_the_spelling_of_the_current_version(store: Store) -> None:
    first = add(store, ["제출한다."])
    second = add(store, ["제출한다. <개정 2026.1.2>"])
    chunk_id = f"{first.document_id}#0"
    assert second.chunks_kept == 1
    assert store.chunks.by_ids([chunk_id], institution_ids=OURS)[chunk_id].text == (
        "제출한다. <개정 2026.1.2>"
    )
    [old] = store.chunks.of_version(first.version_id, institution_ids=OURS)
    assert old.text == "제출한다."


def test_earlier_versions_stay_readable(store: Store) -> None:
    first = add(store, ["옛 글"], effective_from=date(2025, 1, 1))
    add(store, ["새 글"], effective_from=date(2026, 7, 1))
    view = store.sections.view(first.document_id, first.version_id, 0, institution_ids=OURS)
    assert (view.section.text, view.current) == ("옛 글", False)
    assert view.next_effective_from == date(2026, 7, 1)
    newest, oldest = store.documents.versions(first.document_id, institution_ids=OURS)
    assert (newest.number, newest.current, newest.chunks_changed) == (2, True, 2)
    assert (oldest.number, oldest.current) == (1, False)


def test_a_law_is_found_by_its_own_identity_under_another_file_name(store: Store) -> None:
    first = add(store, ["가"], identity="law:1", file_name="옛이름.md")
    received = store.uploads.receive(make_upload("새 본문", file_name="새이름.md"))
    assert received.upload_id is not None
    placeholder = received.document_id
    second = store.documents.add_version(
        received.upload_id, make_version(["가", "나"], identity="law:1")
    )
    assert second.document_id == first.document_id != placeholder
    followed = store.documents.get(placeholder, institution_ids=OURS)
    assert followed.record.document_id == first.document_id
    assert len(store.documents.list(institution_ids=OURS).documents) == 1


@pytest.mark.parametrize(
    ("earlier", "later", "kept"),
    [("law:1", "", "law:1"), ("", "law:1", "law:1"), ("", "", "")],
    ids=["cut down", "grown", "plain"],
)
def test_a_file_of_the_same_name_is_a_version_unless_both_name_themselves(
    store: Store, earlier: str, later: str, kept: str
) -> None:
    first = add(store, ["가"], identity=earlier)
    second = add(store, ["나"], identity=later)
    assert (second.document_id, second.version_number) == (first.document_id, 2)
    assert len(store.documents.catalog()) == 1
    if kept:  # found by its own identity from now on, under any file name
        assert add(store, ["다"], identity=kept, file_name="b.md").document_id == first.document_id


def test_another_law_under_the_same_file_name_is_a_document_of_its_own(store: Store) -> None:
    first = add(store, ["가"], identity="law:1")
    second = add(store, ["나"], identity="law:2")
    assert second.document_id != first.document_id
    assert set(store.documents.catalog()) == {first.document_id, second.document_id}


def test_adding_the_same_upload_again_changes_nothing(store: Store) -> None:
    received = store.uploads.receive(make_upload("본문"))
    assert received.upload_id is not None
    first = store.documents.add_version(received.upload_id, make_version(["가"]))
    again = store.documents.add_version(received.upload_id, make_version(["가"]))
    assert again.duplicate
    assert again.version_id == first.version_id
    assert store.outbox.counts() == {"lexical": 1, "dense": 1}


def test_a_file_that_arrived_earlier_does_not_replace_a_later_one(store: Store) -> None:
    early = store.uploads.receive(make_upload("먼저"))
    late = store.uploads.receive(make_upload("나중"))
    assert early.upload_id is not None
    assert late.upload_id is not None
    newest = store.documents.add_version(late.upload_id, make_version(["나중 글"]))
    overtaken = store.documents.add_version(early.upload_id, make_version(["먼저 글"]))
    assert overtaken.duplicate
    assert store.documents.catalog()[newest.document_id].version_id == newest.version_id


def test_states_follow_the_indexes(store: Store) -> None:
    received = store.uploads.receive(make_upload("본문"))
    assert received.upload_id is not None

    def state() -> DocumentState:
        detail = store.documents.get(received.document_id, institution_ids=OURS)
        return detail.record.state

    seen = [state()]
    store.uploads.claim(received.upload_id)
    seen.append(state())
    store.documents.add_version(received.upload_id, make_version(["가"]))
    drain(store, "lexical")
    seen.append(state())
    drain(store, "dense")
    seen.append(state())
    assert seen == ["waiting", "reading", "searchable", "ready"]


def test_progress_is_the_share_of_chunks_with_vectors(store: Store) -> None:
    added = add(store, ["가", "나", "다", "라"])
    drain(store, "lexical")
    store.outbox.done([entry.seq for entry in store.outbox.peek("dense", limit=3)])
    detail = store.documents.get(added.document_id, institution_ids=OURS)
    assert (detail.record.state, detail.progress) == (DocumentState.SEARCHABLE, 0.75)


def test_without_an_embedder_a_document_becomes_ready_by_clearing(store: Store) -> None:
    added = add(store, ["가"])
    drain(store, "lexical")
    assert store.outbox.clear("dense") == 1
    assert store.documents.catalog()[added.document_id].state is DocumentState.READY


def test_grade_c_is_refused(store: Store) -> None:
    with pytest.raises(GradeNotAllowedError):
        store.uploads.receive(make_upload(grade=Grade.CLASSIFIED))
    assert store.documents.list(institution_ids=OURS).documents == ()


def test_a_deleted_document_leaves_lists_and_indexes_at_once(store: Store) -> None:
    added = add(store, ["가", "나"])
    drain(store)
    store.documents.delete(added.document_id, institution_id="default")
    assert store.documents.catalog() == {}
    assert store.chunks.count() == 0
    assert store.chunks.by_ids([f"{added.document_id}#0"], institution_ids=OURS) == {}
    assert [operation for operation, _ in drain(store, "lexical")] == ["delete", "delete"]
    with pytest.raises(NotFoundError):
        store.documents.get(added.document_id, institution_ids=OURS)


def test_a_deleted_document_still_opens_its_sections(store: Store) -> None:
    added = add(store, ["가"])
    store.documents.delete(added.document_id, institution_id="default")
    view = store.sections.view(added.document_id, added.version_id, 0, institution_ids=OURS)
    assert (view.section.text, view.current) == ("가", False)


def test_a_document_can_be_restored_for_ten_minutes(store: Store, clock: FrozenClock) -> None:
    added = add(store, ["가", "나"])
    drain(store)
    deletion = store.documents.delete(added.document_id, institution_id="default")
    clock.advance(minutes=9, seconds=59)
    assert clock.now < deletion.undo_until
    restored = store.documents.restore(added.document_id, institution_id="default")
    assert restored.record.version_id == added.version_id
    assert drain(store, "dense")[-2:] == [
        ("add", f"{added.document_id}#0"),
        ("add", f"{added.document_id}#1"),
    ]


def test_after_ten_minutes_a_document_is_gone(store: Store, clock: FrozenClock) -> None:
    added = add(store, ["가"])
    store.documents.delete(added.document_id, institution_id="default")
    clock.advance(minutes=10, seconds=1)
    with pytest.raises(NotFoundError):
        store.documents.restore(added.document_id, institution_id="default")


def test_a_document_added_again_meanwhile_is_not_restored_over(store: Store) -> None:
    first = add(store, ["가"])
    store.documents.delete(first.document_id, institution_id="default")
    second = add(store, ["가"])
    with pytest.raises(ConflictError) as caught:
        store.documents.restore(first.document_id, institution_id="default")
    assert caught.value.reason == "identity_taken"
    assert set(store.documents.catalog()) == {second.document_id}


def test_a_purge_removes_rows_and_names_the_files(store: Store, clock: FrozenClock) -> None:
    added = add(store, ["가"])
    version = store.documents.version(added.version_id, institution_ids=OURS)
    store.documents.delete(added.document_id, institution_id="default")
    assert store.purge().documents == 0
    clock.advance(minutes=11)
    purged = store.purge()
    assert (purged.documents, purged.blob_ids) == (1, (version.blob_id,))
    with pytest.raises(NotFoundError):
        store.sections.view(added.document_id, added.version_id, 0, institution_ids=OURS)


def test_lists_filter_by_words_collection_and_state(store: Store) -> None:
    rule = add(store, ["가"], title="국가계약 규정", file_name="a.md")
    add(store, ["나"], title="민원 안내", file_name="b.md")
    add(store, ["다"], title="공용", file_name="c.md", institution_id="public")
    drain(store)
    waiting = store.uploads.receive(make_upload("x", file_name="d.md"))

    def found(**filters: object) -> list[str]:
        page = store.documents.list(
            institution_ids=OURS,
            filters=DocumentFilter(**filters),  # type: ignore[arg-type]
        )
        return [detail.record.document_id for detail in page.documents]

    assert found(query="규정 계약") == [rule.document_id]
    assert found(query="A.MD") == [rule.document_id]
    assert len(found(collection_id="rules")) == 1
    assert found(state=DocumentState.WAITING) == [waiting.document_id]
    assert found(query="%") == []


def test_pages_of_a_list_join_without_gap_or_overlap(store: Store) -> None:
    added = [add(store, [f"글{n}"], file_name=f"{n}.md").document_id for n in range(5)]
    seen: list[str] = []
    cursor = None
    for _ in range(3):
        page = store.documents.list(
            institution_ids=OURS, filters=DocumentFilter(limit=2, cursor=cursor)
        )
        seen += [detail.record.document_id for detail in page.documents]
        cursor = page.next_cursor
    assert seen == added[::-1]
    assert cursor is None


@pytest.mark.parametrize("cursor", ["", "x", "AAAA", "가"])
def test_a_foreign_cursor_is_an_unknown_filter(store: Store, cursor: str) -> None:
    with pytest.raises(UnknownFilterError):
        store.documents.list(institution_ids=OURS, filters=DocumentFilter(cursor=cursor))


def test_counts_cover_what_an_institution_sees(store: Store) -> None:
    add(store, ["가", "나"])
    add(store, ["다"], institution_id="public")
    store.uploads.receive(make_upload("x", file_name="d.md"))
    drain(store)
    counts = store.documents.counts(institution_ids=OURS)
    assert (counts.documents, counts.sections, counts.chunks) == (2, 3, 3)
    assert (counts.waiting, counts.failed) == (1, 0)


def test_the_catalog_follows_changes_made_through_another_connection(
    store: Store, url: str, clock: FrozenClock
) -> None:
    assert store.documents.catalog() == {}
    with Store.open(url, clock=clock) as other:
        added = add(other, ["가"])
        assert set(store.documents.catalog()) == {added.document_id}
        add(other, ["나"])
        assert store.documents.catalog()[added.document_id].version_number == 2
        other.documents.delete(added.document_id, institution_id="default")
    assert store.documents.catalog() == {}


def test_the_catalog_notices_a_document_that_was_purged_while_it_slept(
    store: Store, url: str, clock: FrozenClock
) -> None:
    gone = add(store, ["가"], file_name="a.md")
    kept = add(store, ["나"], file_name="b.md")
    assert len(store.documents.catalog()) == 2
    with Store.open(url, clock=clock) as other:
        other.documents.delete(gone.document_id, institution_id="default")
        clock.advance(minutes=11)
        other.purge()
    assert set(store.documents.catalog()) == {kept.document_id}
