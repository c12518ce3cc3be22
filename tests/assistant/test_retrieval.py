"""From a question to passages, over a real store and real indexes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from assistant.domain import Embedder, Passage, Scope, SourceKind, Standing
from assistant.errors import IndexUnavailableError
from assistant.retrieval import HybridRetriever, Searchers
from tests.assistant.building import BigramEmbedder
from tests.assistant.lawshelf import (
    CONTRACTS,
    DECREE,
    LANES,
    LAW,
    OFFICE,
    PROCUREMENT,
    RULE,
    fill,
    lanes,
    numbered,
)
from tests.assistant.shelf import TODAY, Shelf, open_shelf, places

# -- what a passage is -------------------------------------------------------------------------


def test_the_article_that_answers_comes_first_with_all_its_text(shelf: Shelf) -> None:
    best = shelf.ask("완료보고서는 며칠 안에 내나요?").passages[0]
    assert (best.document_title, best.label, best.heading) == (RULE, "제7조", "완료보고")
    assert best.text.startswith("제7조(완료보고)\n① 시험기관은")
    assert best.path == ("제2장 시험구매",)
    assert (best.effective_from, best.standing) == (date(2026, 2, 3), Standing.IN_FORCE)


def test_keys_run_in_rank_order_and_hits_lie_inside_the_text(shelf: Shelf) -> None:
    found = shelf.ask("시험구매 절차와 보증금", limit=6).passages
    assert [passage.key for passage in found] == [f"S{n}" for n in range(1, len(found) + 1)]
    for passage in found:
        assert all(0 <= hit.start < hit.end <= len(passage.text) for hit in passage.hits)


def test_a_section_is_one_passage_however_many_of_its_chunks_match(shelf: Shelf) -> None:
    found = shelf.ask("시험구매", limit=20).passages
    spots = [(passage.document_id, passage.section_ordinal) for passage in found]
    assert len(spots) == len(set(spots))


def test_the_limit_bounds_what_the_search_gives(shelf: Shelf) -> None:
    found = shelf.ask("시험구매 절차", limit=2).passages
    assert len([passage for passage in found if passage.via == "search"]) == 2


@LANES
def test_addenda_and_deleted_articles_are_not_found_by_search(shelf: Shelf, lane: str) -> None:
    found = shelf.ask("두루미 부칙 폐지된 조문", limit=50, searchers=lanes(shelf)[lane])
    assert not {(LAW, "부칙"), (LAW, "제10조")} & set(places(found))


def test_all_middle_dots_find_the_annex(shelf: Shelf) -> None:
    asked = [shelf.ask(f"공공성{dot}혁신성 배점", limit=1) for dot in "ㆍ·•・"]
    assert {tuple(places(found)) for found in asked} == {((RULE, "별표 1"),)}


def test_the_searched_collections_are_named(shelf: Shelf) -> None:
    assert set(shelf.ask("보증금", kinds=(SourceKind.LAW,)).searched) == {"rules"}
    assert len(shelf.ask("보증금").searched) == 3


# -- articles named in the question ------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("「시험조달에 관한 법률」 제5조제2항은 무슨 뜻인가요?", [(LAW, "제5조")]),
        ("시험조달에관한법률 제5조", [(LAW, "제5조")]),
        ("시험조달에 관한 법률 시행령 제12조", [(DECREE, "제12조")]),
        ("시험조달에 관한 법률 영 제12조", [(DECREE, "제12조")]),
        ("시험조달에 관한 법률 제1조 및 제9조", [(LAW, "제1조"), (LAW, "제9조")]),
        ("국계법 제3조", [(CONTRACTS, "제3조")]),
        ("국가계약법 제3조", [(CONTRACTS, "제3조")]),
        ("조달사업법 제2조는 무슨 내용인가요?", [(PROCUREMENT, "제2조")]),
        ("조달사업에 관한 법률 제2조", [(PROCUREMENT, "제2조")]),
        ("행정업무규정 제1조", [(OFFICE, "제1조")]),
        ("가나구 시험구매 운영 규정 별표 1", [(RULE, "별표 1")]),
    ],
)
def test_a_named_article_stands_first(
    shelf: Shelf, question: str, expected: list[tuple[str, str]]
) -> None:
    found = shelf.ask(question)
    assert places(found)[: len(expected)] == expected
    assert {passage.via for passage in found.passages[: len(expected)]} == {"reference"}


def test_a_named_article_is_evidence_enough(shelf: Shelf) -> None:
    assert shelf.ask("국계법 제3조").sufficiency == 1.0


def test_a_named_article_is_found_without_any_shared_word(shelf: Shelf) -> None:
    found = shelf.ask("시험조달에 관한 법률 제10조가 뭐예요?")
    assert places(found)[0] == (LAW, "제10조")
    assert "삭제" in found.passages[0].text


def test_an_article_that_is_not_there_pins_nothing(shelf: Shelf) -> None:
    found = shelf.ask("시험조달에 관한 법률 제99조의 보증금")
    assert "reference" not in {passage.via for passage in found.passages}


def test_a_law_that_is_not_there_does_not_pin_the_article_of_another(shelf: Shelf) -> None:
    found = shelf.ask("국계법에서 말하는 「두루미 보호법」 제3조")
    assert "reference" not in {passage.via for passage in found.passages}


def test_a_number_without_its_law_lifts_every_article_of_that_number(shelf: Shelf) -> None:
    labels = [label for _, label in places(shelf.ask("제3조 절차", limit=5))]
    count = labels.count("제3조")
    assert labels[:count] == ["제3조"] * count
    assert count > 2


# -- missing indexes ---------------------------------------------------------------------------


def test_without_an_embedder_words_are_searched_and_it_is_said(shelf: Shelf) -> None:
    found = shelf.ask("완료보고서는 며칠 안에 내나요?", searchers=shelf.words_only())
    assert found.words_only
    assert places(found)[0] == (RULE, "제7조")


def test_without_the_word_index_meaning_is_searched(shelf: Shelf) -> None:
    found = shelf.ask("완료보고서 7일 이내", searchers=lanes(shelf)["meaning"])
    assert not found.words_only
    assert (RULE, "제7조") in places(found)


def test_without_any_index_there_is_no_search(shelf: Shelf) -> None:
    none = Searchers(words=None, meaning=None, embedder=None)
    with pytest.raises(IndexUnavailableError):
        shelf.ask("완료보고서", searchers=none)


def test_a_word_index_that_breaks_during_work_leaves_the_search_by_meaning(tmp_path: Path) -> None:
    with open_shelf(tmp_path, embedder=BigramEmbedder()) as shelf:
        shelf.add(numbered("가 규정", "두루미"))
        shelf.index()
        for path in (tmp_path / "indexes" / "lexical").rglob("*.term"):
            path.chmod(0o644)
            # In place and at its length: a mapped file that gets shorter ends the process.
            with path.open("r+b") as file:
                file.write(b"\xff" * path.stat().st_size)
        assert places(shelf.ask("두루미의 절차"))


@pytest.mark.parametrize("question", ["ㅁㄴㅇㄹ", "zxcvb qwerty", "?", "의 를 은"])
def test_a_question_without_any_known_word_does_not_fail(shelf: Shelf, question: str) -> None:
    assert shelf.ask(question, searchers=shelf.words_only()).sufficiency <= 1.0


# -- follow-ups --------------------------------------------------------------------------------


def test_a_follow_up_is_searched_with_the_question_before_it(shelf: Shelf) -> None:
    alone = shelf.ask("그럼 몇 명인가요?", limit=1)
    after = shelf.ask("그럼 몇 명인가요?", limit=1, context="시험위원회는 누가 심의하나요?")
    assert places(after)[0] == (LAW, "제5조")
    assert after.passages[0].score > alone.passages[0].score


def test_a_question_of_its_own_is_not_led_astray_by_the_one_before(shelf: Shelf) -> None:
    question = "시험기관은 완료보고서를 시험구매가 끝난 날부터 며칠 안에 내야 하나요?"
    found = shelf.ask(question, limit=1, context="과태료는 누가 내나요?")
    assert places(found)[0] == (RULE, "제7조")


# -- hops --------------------------------------------------------------------------------------


def test_articles_that_the_best_passage_names_are_appended(shelf: Shelf) -> None:
    found = shelf.ask("완료보고서는 며칠 안에 내나요?", limit=1).passages
    assert [passage.via for passage in found] == ["search", "hop", "hop"]
    assert set(places(found[1:])) == {(DECREE, "제12조"), (DECREE, "제13조")}


def test_an_article_that_was_found_anyway_is_not_appended_again(shelf: Shelf) -> None:
    found = places(shelf.ask("완료보고서 보증금 면제 계약금액 100분의 7", limit=10))
    assert len(found) == len(set(found))
    assert found.count((DECREE, "제12조")) == 1


def test_the_act_that_a_decree_calls_the_law_is_followed(shelf: Shelf) -> None:
    found = shelf.ask("시험조달에 관한 법률 시행령 제13조", limit=1)
    assert places(found)[1:] == [(LAW, "제5조")]


# -- changes -----------------------------------------------------------------------------------


def test_a_deleted_document_is_gone_before_the_indexes_know(tmp_path: Path) -> None:
    with open_shelf(tmp_path) as shelf:
        document_id = shelf.add(numbered("가 규정", "두루미"))
        shelf.add(numbered("나 규정", "까마귀"))
        shelf.index()
        shelf.store.documents.delete(document_id, institution_id="default")
        found = shelf.ask("가 규정 제3조 두루미", limit=20)
        assert {title for title, _ in places(found)} == {"나 규정"}


def test_after_a_new_version_no_passage_shows_the_old_text(tmp_path: Path) -> None:
    with open_shelf(tmp_path) as shelf:
        shelf.add(numbered("가 규정", "두루미"), name="가.md")
        shelf.index()
        shelf.add(numbered("가 규정", "까마귀"), name="가.md")
        before = shelf.ask("두루미 절차", limit=20).passages
        after = shelf.index().ask("까마귀 절차", limit=20).passages
    assert not any("두루미" in passage.text for passage in before)
    assert places(after)[0] == ("가 규정", "제3조")


# -- a second opinion, and the built-in model --------------------------------------------------


class Contrary:
    """A reranker that prefers what the search liked least."""

    def rerank(self, question: str, passages: Sequence[Passage]) -> list[float]:
        return [float(number) for number, _ in enumerate(passages)]


def test_a_reranker_orders_what_was_found_and_named_articles_stay_first(shelf: Shelf) -> None:
    retriever = HybridRetriever(
        store=shelf.store, searchers=shelf.searchers, today=lambda: TODAY, reranker=Contrary()
    )
    plain = places(shelf.ask("시험구매 절차", limit=50).passages)
    found = retriever.retrieve("시험구매 절차", scope=Scope(), limit=50)
    named = retriever.retrieve("국계법 제3조", scope=Scope(), limit=5)
    assert places(found)[:20] == plain[:20][::-1]
    assert places(named)[0] == (CONTRACTS, "제3조")


def test_the_built_in_model_finds_what_shares_no_word(tmp_path: Path, embedder: Embedder) -> None:
    with open_shelf(tmp_path, embedder=embedder) as shelf:
        fill(shelf)
        shelf.index()
        found = shelf.ask("허위로 서류를 꾸민 자가 무는 돈", limit=3)
    assert not found.words_only
    assert (LAW, "제9조") in places(found)


def test_a_pilot_that_nobody_asked_about_stands_behind_the_rule(tmp_path: Path) -> None:
    memo = "# 다솜시 메모\n\n## 진행\n\n다솜시는 완료보고서를 7일 안에 냈다."
    with open_shelf(tmp_path) as shelf:
        fill(shelf)
        shelf.add(memo, kind=SourceKind.PILOT)
        shelf.index()
        plain = shelf.ask("완료보고서는 며칠 안에 내나요?").passages
        named = shelf.ask("다솜시는 완료보고서를 며칠 안에 냈나요?").passages
    assert (plain[0].document_title, plain[0].label) == (RULE, "제7조")
    assert named[0].kind is SourceKind.PILOT
