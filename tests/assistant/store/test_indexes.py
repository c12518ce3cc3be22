"""What the derived indexes take from the store."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.domain import DocumentState
from assistant.store import Store, visible_to
from tests.assistant.store.builders import add, drain

OURS = visible_to("default")


def current_ids(store: Store) -> set[str]:
    return {
        chunk_id
        for institution_id in store.outbox.institutions()
        for batch in store.chunks.ids(institution_id)
        for chunk_id in batch
    }


def test_changes_are_given_in_order_and_stay_until_done(store: Store) -> None:
    add(store, ["가", "나"])
    first = store.outbox.peek("lexical")
    assert store.outbox.peek("lexical") == first
    assert [entry.chunk_id[-2:] for entry in first] == ["#0", "#1"]
    store.outbox.done([first[0].seq])
    assert store.outbox.peek("lexical") == first[1:]


def test_each_index_has_its_own_queue(store: Store) -> None:
    add(store, ["가"])
    drain(store, "lexical")
    assert store.outbox.counts() == {"lexical": 0, "dense": 1}
    assert store.outbox.pending("dense") == 1


def test_a_refill_asks_for_every_current_chunk_once(store: Store) -> None:
    add(store, ["가", "나"])
    add(store, ["가", "다"])
    add(store, ["라"], institution_id="public", file_name="p.md")
    drain(store)
    assert store.outbox.refill("dense") == 3
    assert store.outbox.refill("dense") == 3
    entries = store.outbox.peek("dense")
    assert {entry.chunk_id for entry in entries} == current_ids(store)
    assert {entry.operation for entry in entries} == {"add"}


def test_a_refill_of_one_institution_leaves_the_others(store: Store) -> None:
    add(store, ["가"])
    add(store, ["나"], institution_id="public", file_name="p.md")
    drain(store)
    assert store.outbox.refill("lexical", "public") == 1
    assert [entry.institution_id for entry in store.outbox.peek("lexical")] == ["public"]


def test_documents_lose_and_regain_readiness_with_a_rebuild(store: Store) -> None:
    added = add(store, ["가"])
    drain(store)
    states = [store.documents.catalog()[added.document_id].state]
    store.outbox.refill("dense")
    states.append(store.documents.catalog()[added.document_id].state)
    drain(store)
    states.append(store.documents.catalog()[added.document_id].state)
    assert states == [DocumentState.READY, DocumentState.SEARCHABLE, DocumentState.READY]


def test_an_overtaken_add_has_no_chunk_any_more(store: Store) -> None:
    add(store, ["가"])
    overtaken = store.outbox.peek("lexical")[0]
    add(store, ["나"])
    assert store.chunks.by_ids([overtaken.chunk_id], institution_ids=OURS) == {}
    assert ("delete", overtaken.chunk_id) in drain(store, "lexical")


texts = st.lists(st.sampled_from("가나다라마"), min_size=1, max_size=6)
steps = st.lists(st.one_of(texts, st.sampled_from(["delete", "restore"])), min_size=1, max_size=8)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=steps, name=st.uuids())
def test_an_index_that_replays_the_outbox_equals_the_store(
    sqlite_store: Store, steps: list[list[str] | str], name: object
) -> None:
    store, index, texts_of = sqlite_store, set[str](), dict[str, str]()
    drain(store)
    index |= current_ids(store)
    document_id, deleted = "", False
    for number, step in enumerate(steps):
        if step == "delete" and document_id and not deleted:
            store.documents.delete(document_id, institution_id="default")
            deleted = True
        elif step == "restore" and deleted:
            store.documents.restore(document_id, institution_id="default")
            deleted = False
        elif isinstance(step, list) and not deleted:
            added = add(store, step, file_name=f"{name}.md", title=str(number % 2))
            document_id = added.document_id
        for operation, chunk_id in drain(store, "lexical"):
            index.discard(chunk_id) if operation == "delete" else index.add(chunk_id)
        assert index == current_ids(store)
        for chunk in store.chunks.by_ids(sorted(index), institution_ids=OURS).values():
            assert texts_of.setdefault(chunk.chunk_id, chunk.content_hash) == chunk.content_hash


def test_vectors_come_back_as_float32_within_half_precision(store: Store) -> None:
    vectors = {f"h{n}": np.linspace(-1, 1, 384, dtype=np.float32) * n for n in range(3)}
    store.vectors.put_many(vectors, institution_id="default", model_id="m1")
    found = store.vectors.get_many(["h0", "h2", "h9"], institution_id="default", model_id="m1")
    assert set(found) == {"h0", "h2"}
    assert found["h2"].dtype == np.float32
    assert np.allclose(found["h2"], vectors["h2"], atol=2e-3)


def test_vectors_of_another_model_or_institution_are_others(store: Store) -> None:
    one = np.ones(4, dtype=np.float32)
    store.vectors.put_many({"h": one}, institution_id="default", model_id="m1")
    store.vectors.put_many({"h": one * 2}, institution_id="default", model_id="m1")
    assert store.vectors.get_many(["h"], institution_id="public", model_id="m1") == {}
    assert store.vectors.get_many(["h"], institution_id="default", model_id="m2") == {}
    assert store.vectors.count(model_id="m1") == 1
    assert store.vectors.get_many(["h"], institution_id="default", model_id="m1")["h"][0] == 2


def test_tokens_are_kept_by_tokeniser(store: Store) -> None:
    store.tokens.put_many({"h": "{}"}, institution_id="default", tokenizer_id="t1")
    store.tokens.put_many({"h": '{"a": 1}'}, institution_id="default", tokenizer_id="t1")
    got = store.tokens.get_many(["h", "x"], institution_id="default", tokenizer_id="t1")
    assert got == {"h": '{"a": 1}'}
    assert store.tokens.get_many(["h"], institution_id="default", tokenizer_id="t2") == {}


def test_garbage_is_what_no_chunk_has_or_another_model_made(store: Store) -> None:
    added = add(store, ["가"])
    [chunk] = store.chunks.of_version(added.version_id, institution_ids=OURS)
    used, one = chunk.content_hash, np.ones(4, dtype=np.float32)
    store.vectors.put_many({used: one, "gone": one}, institution_id="default", model_id="m2")
    store.vectors.put_many({used: one}, institution_id="default", model_id="m1")
    store.tokens.put_many({used: "[]", "gone": "[]"}, institution_id="default", tokenizer_id="t")
    assert store.vectors.collect_garbage(model_id="m2") == 2
    assert store.tokens.collect_garbage(tokenizer_id="t") == 1
    assert store.vectors.count(model_id="m2") == 1


@pytest.mark.parametrize("size", [0, 1, 1_200])
def test_many_ids_are_read_at_once(store: Store, size: int) -> None:
    added = add(store, [f"글 {n}" for n in range(size or 1)])
    ids = [f"{added.document_id}#{n}" for n in range(size)]
    assert len(store.chunks.by_ids(ids, institution_ids=OURS)) == size
    keys = [(added.version_id, n) for n in range(size)]
    assert len(store.sections.many(keys, institution_ids=OURS)) == size
    assert len(store.chunks.of_sections(keys, institution_ids=OURS)) == size
