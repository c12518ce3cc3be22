"""Both indexes follow the store, through changes, damage, crashes and missing models."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.domain import DocumentState, Embedder, Grade
from assistant.embedding import EmbeddingStatus
from assistant.errors import StorageFullError
from assistant.indexing import IndexKeeper
from assistant.indexing.generations import Generations
from assistant.store import visible_to
from assistant.vectors import VectorEntry
from tests.assistant.building import OWN, BigramEmbedder, open_office, rule_text


def current_folder(folder: Path, index: str) -> Path:
    found = Generations(folder / "indexes" / index).current()
    assert found is not None
    return found


def damaged_folders(folder: Path, index: str) -> list[Path]:
    return list((folder / "indexes" / index).glob("*.damaged-*"))


def test_a_document_is_found_by_words_first_and_by_meaning_later(tmp_path: Path) -> None:
    with open_office(tmp_path, embedder=BigramEmbedder()) as office:
        document_id = office.put("규정.md", rule_text("가나구 시험구매 규정", 6))
        office.keeper.drain_lexical()
        assert office.words("완료보고서 제출")[0].startswith(document_id)
        assert office.keeper.vectors is None
        office.keeper.drain_dense()
        assert office.meaning("완료보고서 제출")[0].startswith(document_id)


def test_both_indexes_hold_what_the_store_holds_after_every_change(tmp_path: Path) -> None:
    with open_office(tmp_path, embedder=BigramEmbedder()) as office:
        first = office.put("가.md", rule_text("가 규정", 8))
        office.put("나.md", rule_text("나 규정", 5))
        office.keeper.drain_once()
        office.put("가.md", rule_text("가 규정", 4, days=9))
        office.keeper.drain_once()
        store, words, dense = office.indexed()
        assert store == words == dense
        office.store.documents.delete(first, institution_id=OWN)
        office.keeper.drain_once()
        store, words, dense = office.indexed()
        assert store == words == dense
        assert len(store) > 0
        assert not any(chunk_id.startswith(first) for chunk_id in words)


def test_an_unchanged_file_is_not_embedded_again_and_a_changed_one_only_where_it_changed(
    tmp_path: Path,
) -> None:
    embedder = BigramEmbedder()
    with open_office(tmp_path, embedder=embedder) as office:
        text = rule_text("가 규정", 20)
        office.put("가.md", text)
        office.keeper.drain_once()
        at_first = len(embedder.embedded)
        office.put("가.md", text)
        office.keeper.drain_once()
        assert len(embedder.embedded) == at_first
        office.put("가.md", text.replace("제7조", "제7조").replace("14일 이내", "90일 이내"))
        office.keeper.drain_once()
        changed = embedder.embedded[at_first:]
        assert len(changed) == 1
        assert "90일 이내" in changed[0]


def overwrite(path: Path) -> None:
    content = bytearray(path.read_bytes())
    middle = len(content) // 3
    for at in range(middle, min(middle + 64, len(content))):
        content[at] ^= 0xFF
    put_in_place(path, bytes(content))


def cut_short(path: Path) -> None:
    put_in_place(path, path.read_bytes()[: path.stat().st_size // 2])


def put_in_place(path: Path, content: bytes) -> None:
    """Put another file where one was: one still mapped that gets shorter ends the process."""
    other = path.with_name(f"{path.name}.other")
    other.write_bytes(content)
    other.replace(path)


@pytest.mark.parametrize("damage", [overwrite, cut_short], ids=["overwritten", "cut short"])
@pytest.mark.parametrize("pattern", ["meta.json", "*.term", "*.idx", "*.store"])
def test_a_damaged_index_of_words_is_set_aside_and_built_anew(
    tmp_path: Path, pattern: str, damage: Callable[[Path], None]
) -> None:
    with open_office(tmp_path, embedder=BigramEmbedder()) as office:
        office.put("가.md", rule_text("가 규정", 8))
        office.keeper.drain_once()
        before = office.words("대금 지급")
    for path in current_folder(tmp_path, "lexical").glob(pattern):
        damage(path)
    with open_office(tmp_path, embedder=BigramEmbedder()) as office:
        office.keeper.drain_dense()
        assert office.meaning("대금 지급")
        office.keeper.drain_lexical()
        assert office.words("대금 지급") == before
        assert office.keeper.report("lexical").state == "fine"
    assert len(damaged_folders(tmp_path, "lexical")) == 1


def test_an_index_that_differs_is_full_again_after_one_drain(tmp_path: Path) -> None:
    """A command drains once and asks: it must not ask an index that was just begun anew."""
    with open_office(tmp_path, embedder=BigramEmbedder()) as office:
        document_id = office.put("가.md", rule_text("가 규정", 8))
        office.keeper.drain_once()
        vectors = office.keeper.vectors
        assert vectors is not None
        embedder = BigramEmbedder()
        stray = VectorEntry(
            chunk_id=f"{document_id}#900",
            document_id=document_id,
            vector=embedder.embed_query("대금 지급"),
        )
        vectors.apply(institution_id=OWN, deletes=[f"{document_id}#0"], adds=[stray])
    with open_office(tmp_path, embedder=BigramEmbedder()) as office:
        office.keeper.drain_once()
        store, words, dense = office.indexed()
        assert store == words == dense
        assert office.keeper.report("dense").state == "fine"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "damage"),
    [
        pytest.param("chroma.sqlite3", cut_short, id="database cut short"),
        pytest.param("*/data_level0.bin", overwrite, id="vectors overwritten"),
        pytest.param("*/header.bin", overwrite, id="header overwritten"),
    ],
)
def test_a_damaged_index_of_vectors_is_set_aside_and_built_anew_without_embedding(
    tmp_path: Path, name: str, damage: Callable[[Path], None]
) -> None:
    with open_office(tmp_path, embedder=BigramEmbedder()) as office:
        office.put("가.md", rule_text("가 규정", 1_100))
        office.keeper.drain_once()
        before = office.meaning("대금 지급 12차")
    for path in current_folder(tmp_path, "dense").glob(name):
        damage(path)
    embedder = BigramEmbedder()
    with open_office(tmp_path, embedder=embedder) as office:
        office.keeper.drain_lexical()
        assert office.words("대금 지급")
        office.keeper.drain_dense()
        assert office.meaning("대금 지급 12차") == before
        assert office.keeper.report("dense").state == "fine"
        assert embedder.embedded == []
        store, words, dense = office.indexed()
        assert store == words == dense
    assert len(damaged_folders(tmp_path, "dense")) == 1


@pytest.mark.parametrize("index", ["lexical", "dense"])
def test_an_index_that_was_lost_is_built_anew(tmp_path: Path, index: str) -> None:
    with open_office(tmp_path, embedder=BigramEmbedder()) as office:
        office.put("가.md", rule_text("가 규정", 8))
        office.keeper.drain_once()
    current_folder(tmp_path, index).rename(tmp_path / "elsewhere")
    with open_office(tmp_path, embedder=BigramEmbedder()) as office:
        office.keeper.drain_once()
        store, words, dense = office.indexed()
        assert store == words == dense
        assert len(store) > 0


@pytest.mark.parametrize("index", ["lexical", "dense"])
def test_an_index_that_missed_changes_is_built_anew(tmp_path: Path, index: str) -> None:
    with open_office(tmp_path, embedder=BigramEmbedder()) as office:
        office.put("가.md", rule_text("가 규정", 8))
        office.keeper.drain_once()
        office.put("나.md", rule_text("나 규정", 3))
        office.store.outbox.clear("lexical" if index == "lexical" else "dense")
    with open_office(tmp_path, embedder=BigramEmbedder()) as office:
        office.keeper.drain_once()
        store, words, dense = office.indexed()
        assert store == words == dense


def test_vectors_of_another_model_are_made_anew(tmp_path: Path) -> None:
    with open_office(tmp_path, embedder=BigramEmbedder("first")) as office:
        office.put("가.md", rule_text("가 규정", 8))
        office.keeper.drain_once()
        chunks = office.store.chunks.count()
    second = BigramEmbedder("second")
    with open_office(tmp_path, embedder=second) as office:
        office.keeper.drain_once()
        assert len(second.embedded) == chunks
        assert office.keeper.report("dense").done == chunks


def test_an_index_that_took_the_process_down_twice_is_not_opened_again(tmp_path: Path) -> None:
    with open_office(tmp_path, embedder=BigramEmbedder()) as office:
        office.put("가.md", rule_text("가 규정", 3))
        office.keeper.drain_once()
    (tmp_path / "indexes" / "dense" / "opening").write_bytes(b"..")
    with open_office(tmp_path, embedder=BigramEmbedder()) as office:
        office.keeper.drain_once()
        assert office.keeper.report("dense").state == "fine"
    assert len(damaged_folders(tmp_path, "dense")) == 1


def test_without_an_embedder_words_are_enough_for_a_document_to_be_ready(tmp_path: Path) -> None:
    with open_office(tmp_path) as office:
        document_id = office.put("가.md", rule_text("가 규정", 3))
        office.keeper.drain_once()
        record = office.store.documents.get(document_id, institution_ids=visible_to(OWN)).record
        assert record.state is DocumentState.READY
        assert office.keeper.report("dense").state == "off"
        assert office.keeper.vectors is None


def test_an_embedder_that_comes_later_gets_all_chunks(tmp_path: Path) -> None:
    with open_office(tmp_path) as office:
        office.put("가.md", rule_text("가 규정", 3))
        office.keeper.drain_once()
    with open_office(tmp_path, embedder=BigramEmbedder()) as office:
        office.keeper.drain_once()
        store, _, dense = office.indexed()
        assert store == dense


def test_while_an_endpoint_is_down_the_changes_wait_for_it(tmp_path: Path) -> None:
    replies: list[tuple[Embedder | None, EmbeddingStatus]] = [
        (None, EmbeddingStatus(state="unavailable", reason="unreachable")),
        (BigramEmbedder(), EmbeddingStatus(state="ready")),
    ]
    with open_office(tmp_path) as office:
        keeper = IndexKeeper(
            office.store, tmp_path / "indexes", make_embedder=lambda: replies.pop(0), workers=1
        )
        office.put("가.md", rule_text("가 규정", 3))
        keeper.drain_once()
        assert keeper.report("dense").state == "down"
        assert keeper.report("dense").reason == "unreachable"
        keeper.drain_once()
        assert keeper.report("dense").state == "fine"
        assert keeper.report("dense").done == office.store.chunks.count()
        keeper.stop()


def test_text_above_the_grade_of_the_endpoint_is_never_sent_to_it(tmp_path: Path) -> None:
    embedder = BigramEmbedder()
    with open_office(tmp_path, embedder=embedder, grades=[Grade.OPEN]) as office:
        office.put("공개.md", rule_text("공개 규정", 3))
        office.put("민감.md", rule_text("민감 규정", 3), grade=Grade.SENSITIVE)
        office.keeper.drain_once()
        assert embedder.embedded
        assert not any("민감 규정" in text for text in embedder.embedded)
        assert office.keeper.report("dense").state == "fine"
        assert any("민감" in chunk.context for chunk in _chunks(office, office.words("민감 규정")))


def _chunks(office: object, ids: list[str]) -> list[object]:
    store = office.store  # type: ignore[attr-defined]
    return list(store.chunks.by_ids(ids, institution_ids=visible_to(OWN)).values())


def test_on_a_full_disk_nothing_is_written_and_nothing_is_forgotten(tmp_path: Path) -> None:
    with open_office(tmp_path, embedder=BigramEmbedder()) as office:
        office.put("가.md", rule_text("가 규정", 3))
        full = IndexKeeper(
            office.store,
            tmp_path / "indexes",
            make_embedder=lambda: (BigramEmbedder(), EmbeddingStatus(state="ready")),
            min_free_bytes=2**62,
        )
        with pytest.raises(StorageFullError):
            full.drain_lexical()
        assert full.report("lexical").state == "down"
        assert full.report("lexical").reason == "storage_full"
        office.keeper.drain_once()
        store, words, dense = office.indexed()
        assert store == words == dense


def test_the_background_brings_both_indexes_up_to_date(tmp_path: Path) -> None:
    with open_office(tmp_path, embedder=BigramEmbedder()) as office:
        office.keeper.start()
        for number in range(4):
            office.put(f"{number}.md", rule_text(f"{number}번 규정", 5))
        assert office.keeper.wait_idle(60)
        store, words, dense = office.indexed()
        assert store == words == dense
        assert office.keeper.embedding_progress() == (len(store), len(store))


def test_what_waits_at_a_stop_is_made_after_the_next_start(tmp_path: Path) -> None:
    with open_office(tmp_path, embedder=BigramEmbedder()) as office:
        office.keeper.start()
        office.keeper.stop()
        office.put("가.md", rule_text("가 규정", 5))
    with open_office(tmp_path, embedder=BigramEmbedder()) as office:
        office.keeper.start()
        assert office.keeper.wait_idle(60)
        store, words, dense = office.indexed()
        assert store == words == dense
        assert len(store) > 0


@pytest.mark.parametrize("which", ["lexical", "dense", "all"])
def test_a_rebuild_tells_its_progress_and_gives_the_same_results(
    tmp_path: Path, which: str
) -> None:
    with open_office(tmp_path, embedder=BigramEmbedder()) as office:
        office.put("가.md", rule_text("가 규정", 12))
        office.keeper.drain_once()
        before = (office.words("하자 보수"), office.meaning("하자 보수"))
        steps: list[tuple[int, int]] = []
        office.keeper.rebuild(which, lambda done, total: steps.append((done, total)))  # type: ignore[arg-type]
        assert steps[-1][0] == steps[-1][1] > 0
        assert (office.words("하자 보수"), office.meaning("하자 보수")) == before


def test_an_index_under_suspicion_is_opened_again(tmp_path: Path) -> None:
    with open_office(tmp_path, embedder=BigramEmbedder()) as office:
        office.put("가.md", rule_text("가 규정", 3))
        office.keeper.drain_once()
        earlier = office.keeper.lexical
        office.keeper.suspect("lexical")
        office.keeper.drain_once()
        assert office.keeper.lexical is not earlier
        assert office.words("대금 지급")


def test_the_built_in_model_carries_the_index(tmp_path: Path, embedder: Embedder) -> None:
    text = (
        "# 가나구 물품 규정\n\n"
        "##### 제1조 (자료 보존)\n서류는 다섯 해 동안 보존한다.\n\n"
        "##### 제2조 (하자 보수)\n공급한 업체는 결함이 있는 물품을 열흘 안에 무상으로 수리한다.\n\n"
        "##### 제3조 (위원 위촉)\n위원은 구청장이 위촉한다.\n"
    )
    with open_office(tmp_path, embedder=embedder) as office:
        office.put("가.md", text)
        office.keeper.drain_once()
        best = office.meaning("고장 난 물건은 누가 며칠 안에 고쳐 줍니까?")[0]
        assert best == office.words("하자 보수")[0]
