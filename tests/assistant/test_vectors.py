"""The dense index: exact results under filters, upkeep, damage."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from assistant.domain import Hit, Vectors
from assistant.errors import IndexUnavailableError
from assistant.vectors import VectorEntry, VectorIndex

DIMENSION = 16
ALL = ("public", "default")


def unit_rows(count: int, seed: int = 0) -> Vectors:
    rows = np.random.default_rng(seed).standard_normal((count, DIMENSION)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def make_entries(vectors: Vectors, *, chunks_per_document: int = 10) -> list[VectorEntry]:
    return [
        VectorEntry(
            chunk_id=f"d{at // chunks_per_document}#{at % chunks_per_document}",
            document_id=f"d{at // chunks_per_document}",
            vector=vector,
        )
        for at, vector in enumerate(vectors)
    ]


def open_index(folder: Path, **changes: object) -> VectorIndex:
    facts = {"dimension": DIMENSION, "model_id": "m1"} | changes
    return VectorIndex(folder, **facts)  # type: ignore[arg-type]


def fill(index: VectorIndex, vectors: Vectors, institution_id: str = "public") -> list[VectorEntry]:
    entries = make_entries(vectors)
    index.apply(institution_id=institution_id, deletes=[], adds=entries)
    return entries


def ids(hits: list[Hit]) -> list[str]:
    return [hit.chunk_id for hit in hits]


def test_the_nearest_chunks_come_back_in_order_of_cosine(tmp_path: Path) -> None:
    index, vectors, question = open_index(tmp_path), unit_rows(500), unit_rows(1, seed=9)[0]
    entries = fill(index, vectors)
    order = np.argsort(-(vectors @ question))[:20]
    hits = index.search(question, institution_ids=ALL, document_ids=None, limit=20)
    assert ids(hits) == [entries[at].chunk_id for at in order]
    assert hits[0].score == pytest.approx(float(vectors[order[0]] @ question), abs=1e-5)


@pytest.mark.parametrize("share", [1, 10, 45])
def test_a_document_filter_is_applied_before_ranking(tmp_path: Path, share: int) -> None:
    index, vectors, question = open_index(tmp_path), unit_rows(500), unit_rows(1, seed=9)[0]
    entries = fill(index, vectors)
    allowed = {f"d{number}" for number in range(share)}
    rows = [at for at, entry in enumerate(entries) if entry.document_id in allowed]
    best = sorted(rows, key=lambda at: -float(vectors[at] @ question))[:30]
    hits = index.search(question, institution_ids=ALL, document_ids=allowed, limit=30)
    assert ids(hits) == [entries[at].chunk_id for at in best]


def test_unknown_documents_and_institutions_give_nothing(tmp_path: Path) -> None:
    index, vectors = open_index(tmp_path), unit_rows(20)
    fill(index, vectors)
    for institutions, documents in [
        (ALL, set()),
        (ALL, {"nowhere"}),
        (("other",), None),
        ((), None),
    ]:
        found = index.search(
            vectors[0], institution_ids=institutions, document_ids=documents, limit=5
        )
        assert found == []


def test_one_institution_never_sees_the_vectors_of_another(tmp_path: Path) -> None:
    index, vectors = open_index(tmp_path), unit_rows(40)
    fill(index, vectors[:20], "서울시")
    fill(index, vectors[20:] * -1, "default")
    hits = index.search(vectors[3], institution_ids=["서울시"], document_ids=None, limit=40)
    assert len(hits) == 20
    assert hits[0].chunk_id == "d0#3"


def test_an_added_chunk_replaces_its_earlier_vector_and_a_deleted_one_is_gone(
    tmp_path: Path,
) -> None:
    index, vectors, other = open_index(tmp_path), unit_rows(30), unit_rows(1, seed=5)[0]
    fill(index, vectors)
    replaced = VectorEntry(chunk_id="d0#0", document_id="d0", vector=other)
    index.apply(institution_id="public", deletes=["d0#1", "d9#9", "d0#0"], adds=[replaced])
    assert index.count() == 29
    assert "d0#1" not in index.chunk_ids("public")
    best = index.search(other, institution_ids=ALL, document_ids=None, limit=1)[0]
    assert (best.chunk_id, round(best.score, 4)) == ("d0#0", 1.0)


def test_what_was_applied_is_there_after_a_restart(tmp_path: Path) -> None:
    first, vectors, question = open_index(tmp_path), unit_rows(300), unit_rows(1, seed=9)[0]
    fill(first, vectors)
    first.apply(institution_id="public", deletes=["d0#0"], adds=[])
    before = first.search(question, institution_ids=ALL, document_ids=None, limit=10)
    first.close()
    second = open_index(tmp_path)
    assert second.count("public") == 299
    assert second.chunk_ids("public") == {e.chunk_id for e in make_entries(vectors)} - {"d0#0"}
    after = second.search(question, institution_ids=ALL, document_ids=None, limit=10)
    assert ids(after) == ids(before)


def test_many_deletions_and_additions_leave_the_results_exact(tmp_path: Path) -> None:
    index, vectors, question = open_index(tmp_path), unit_rows(3_000), unit_rows(1, seed=9)[0]
    entries = fill(index, vectors)
    index.apply(
        institution_id="public", deletes=[e.chunk_id for e in entries[:1_500]], adds=entries[:200]
    )
    rows = [*range(200), *range(1_500, 3_000)]
    best = sorted(rows, key=lambda at: -float(vectors[at] @ question))[:50]
    hits = index.search(question, institution_ids=ALL, document_ids=None, limit=50)
    assert ids(hits) == [entries[at].chunk_id for at in best]


def test_given_chunks_are_scored_exactly(tmp_path: Path) -> None:
    index, vectors, question = open_index(tmp_path), unit_rows(100), unit_rows(1, seed=9)[0]
    fill(index, vectors)
    scores = index.similarities(question, ["d0#3", "d9#9", "d77#1"], institution_ids=ALL)
    expected = {"d0#3": float(vectors[3] @ question), "d9#9": float(vectors[99] @ question)}
    assert scores == pytest.approx(expected, abs=1e-5)
    assert index.similarities(question, ["d0#3"], institution_ids=["default"]) == {}


def test_the_graph_of_chroma_is_asked_in_large_collections(tmp_path: Path) -> None:
    index = open_index(tmp_path, graph_rows=100)
    vectors, question = unit_rows(500), unit_rows(1, seed=9)[0]
    entries = fill(index, vectors)
    assert index.probe() > 0.95
    allowed = {f"d{number}" for number in range(45)}
    best = sorted(range(450), key=lambda at: -float(vectors[at] @ question))[:10]
    hits = index.search(question, institution_ids=ALL, document_ids=allowed, limit=10)
    assert ids(hits) == [entries[at].chunk_id for at in best]


def test_vectors_of_another_model_are_refused(tmp_path: Path) -> None:
    first = open_index(tmp_path)
    fill(first, unit_rows(3))
    first.close()
    with pytest.raises(IndexUnavailableError):
        open_index(tmp_path, model_id="m2")


def cut_short(content: bytes) -> bytes:
    return content[: len(content) // 2]


def overwritten(content: bytes) -> bytes:
    middle = len(content) // 3
    return content[:middle] + bytes(64) + b"\xff" * 64 + content[middle + 128 :]


@pytest.mark.parametrize("is_sealed", [True, False], ids=["closed in order", "after a crash"])
@pytest.mark.parametrize("damage", [cut_short, overwritten])
@pytest.mark.parametrize("name", ["chroma.sqlite3", "*/data_level0.bin", "*/header.bin"])
def test_damaged_files_are_reported_and_never_take_the_process_down(
    tmp_path: Path, name: str, damage: Callable[[bytes], bytes], is_sealed: bool
) -> None:
    index = open_index(tmp_path)
    entries = fill(index, unit_rows(1_100))
    index.close()
    (path,) = tmp_path.glob(name)
    path.write_bytes(damage(path.read_bytes()))
    if not is_sealed:
        (tmp_path / "sealed.json").unlink()
    try:
        again = open_index(tmp_path)
    except IndexUnavailableError:
        return
    # Without a seal, a few bytes in a part that nobody reads may go unnoticed.
    assert not is_sealed
    assert again.chunk_ids("public") == {entry.chunk_id for entry in entries}


def test_an_index_that_was_not_closed_is_opened_after_a_trial(tmp_path: Path) -> None:
    index = open_index(tmp_path)
    fill(index, unit_rows(50))
    index.close()
    (tmp_path / "sealed.json").unlink()
    assert open_index(tmp_path).count() == 50
