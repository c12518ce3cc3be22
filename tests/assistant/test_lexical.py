"""Search by words in a real tantivy index with real Kiwi."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.errors import IndexUnavailableError
from assistant.lexical import (
    LexicalEntry,
    LexicalIndex,
    bigrams,
    morphemes,
    morphemes_of,
    tokenise,
    word_query,
)

TEXTS = {
    "law#1": ("규정 > 완료보고", "시험기관은 끝난 날부터 7일 이내에 완료보고서를 제출하여야 한다."),
    "law#2": ("규정 > 대금", "계약담당자는 검사를 마친 날부터 5일 이내에 대금을 지급한다."),
    "law#3": ("규정 > 심사", "위원회는 공공성ㆍ혁신성을 심사한다."),
    "faq#1": ("안내 > 대금", "대금은 청구한 뒤에 들어옵니다."),
    "own#1": ("내규 > 대금", "우리 기관은 대금을 월말에 지급한다."),
}
OWNERS = {"own": "kim"}


def entries(texts: dict[str, tuple[str, str]]) -> list[LexicalEntry]:
    return [
        LexicalEntry(
            chunk_id=chunk_id,
            document_id=chunk_id.split("#")[0],
            institution_id=OWNERS.get(chunk_id.split("#")[0], "public"),
            tokens=tokens,
        )
        for chunk_id, tokens in zip(texts, tokenise(list(texts.values())), strict=True)
    ]


@pytest.fixture
def index(tmp_path: Path) -> Iterator[LexicalIndex]:
    opened = LexicalIndex(tmp_path / "words")
    opened.apply(deletes=[], adds=entries(TEXTS))
    yield opened
    opened.close()


def found(
    index: LexicalIndex,
    question: str,
    *,
    institutions: tuple[str, ...] = ("public",),
    documents: frozenset[str] | None = None,
    limit: int = 10,
) -> list[str]:
    hits = index.search(question, institution_ids=institutions, document_ids=documents, limit=limit)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    return [hit.chunk_id for hit in hits]


@pytest.mark.parametrize(
    ("question", "best"),
    [
        ("완료보고서 제출", "law#1"),
        ("완료 보고서를 제출했을 때", "law#1"),
        ("위원회의 심사", "law#3"),
        ("검사를 마치면 대금은 언제 지급하나요", "law#2"),
    ],
)
def test_other_endings_and_spacing_find_the_text(
    index: LexicalIndex, question: str, best: str
) -> None:
    assert found(index, question)[0] == best


@pytest.mark.parametrize("dot", "ㆍ·•・‧")
def test_any_middle_dot_finds_the_words_around_it(index: LexicalIndex, dot: str) -> None:
    assert found(index, f"공공성{dot}혁신성") == ["law#3"]


def test_the_heading_of_a_text_is_searched_too(index: LexicalIndex) -> None:
    assert "faq#1" in found(index, "안내")


def test_an_institution_is_not_shown_the_texts_of_another(index: LexicalIndex) -> None:
    assert "own#1" not in found(index, "대금을 월말에 지급")
    assert found(index, "대금을 월말에 지급", institutions=("kim", "public"))[0] == "own#1"
    assert found(index, "대금", institutions=("lee",)) == []
    assert found(index, "대금", institutions=()) == []


def test_documents_are_left_out_before_the_best_are_taken(index: LexicalIndex) -> None:
    everywhere = found(index, "대금을 지급한다", limit=1)
    only = found(index, "대금을 지급한다", documents=frozenset({"faq"}), limit=1)
    assert (everywhere, only) == (["law#2"], ["faq#1"])


def test_no_document_allowed_means_nothing_found(index: LexicalIndex) -> None:
    assert found(index, "대금", documents=frozenset()) == []


@pytest.mark.parametrize("question", ["", "???", " \n", "😀"])
def test_a_question_without_words_finds_nothing(index: LexicalIndex, question: str) -> None:
    assert found(index, question) == []


@pytest.mark.parametrize(
    "question",
    ["대금 AND (", 'body:"대금', "대금*", "institution_id:kim 대금", "chunk_id:own#1 대금"],
)
def test_signs_of_a_query_language_are_only_words(index: LexicalIndex, question: str) -> None:
    assert set(found(index, question)) == {"law#2", "faq#1"}


def test_an_added_text_replaces_its_earlier_self(index: LexicalIndex) -> None:
    changed = {"law#1": ("규정 > 공개", "결과는 누리집에 공개한다.")}
    index.apply(deletes=["law#3"], adds=entries(changed))
    assert found(index, "완료보고서 제출") == []
    assert found(index, "누리집") == ["law#1"]
    assert index.chunk_ids() == {"law#1", "law#2", "faq#1", "own#1"}
    assert index.count() == 4


def test_doing_the_same_change_twice_changes_nothing_more(index: LexicalIndex) -> None:
    index.apply(deletes=["law#9"], adds=entries(TEXTS))
    assert index.count() == len(TEXTS)


def test_a_closed_index_is_found_again_as_it_was(tmp_path: Path) -> None:
    first = LexicalIndex(tmp_path / "words")
    first.apply(deletes=[], adds=entries(TEXTS))
    first.close()
    second = LexicalIndex(tmp_path / "words")
    assert found(second, "완료보고서") == ["law#1"]
    second.close()


def test_an_index_of_another_tokenizer_is_begun_anew(tmp_path: Path) -> None:
    first = LexicalIndex(tmp_path / "words")
    first.apply(deletes=[], adds=entries(TEXTS))
    first.close()
    (tmp_path / "words" / "gongmun-schema").write_text("other/1", "utf-8")
    second = LexicalIndex(tmp_path / "words")
    assert second.count() == 0
    second.close()


def test_a_damaged_index_says_so(tmp_path: Path) -> None:
    first = LexicalIndex(tmp_path / "words")
    first.apply(deletes=[], adds=entries(TEXTS))
    first.close()
    (tmp_path / "words" / "meta.json").write_text("{", "utf-8")
    with pytest.raises(IndexUnavailableError):
        LexicalIndex(tmp_path / "words")


def test_frequency_counts_the_chunks_that_hold_a_word(index: LexicalIndex) -> None:
    assert index.frequency(["대금", "완료", "없는말"]) == {"대금": 3, "완료": 1, "없는말": 0}


def test_morphemes_are_the_words_that_carry_meaning() -> None:
    found_words = morphemes("시험기관은 7일 이내에 완료보고서를 제출하여야 한다.")
    assert {"시험", "기관", "7", "제출"} <= set(found_words)
    assert not {"은", "를", "하", "한다", "."} & set(found_words)


def test_empty_nouns_are_no_words() -> None:
    assert not {"것", "수", "등", "때"} & set(morphemes("낼 수 있는 것 등은 낼 때 적는다"))


def test_many_texts_give_what_each_gives_alone() -> None:
    texts = ["시험구매 신청", "", "완료보고서 제출"]
    assert morphemes_of(texts) == [morphemes(text) for text in texts]


def test_tokens_come_in_the_order_of_the_texts() -> None:
    pairs = [("가 규정", "하나"), ("나 규정", "둘"), ("가 규정", "셋")]
    assert tokenise(pairs) == [tokenise([pair])[0] for pair in pairs]


@pytest.mark.slow
def test_more_processes_give_the_same_tokens() -> None:
    pairs = [(f"{n % 7} 규정", f"시험구매 {n}호를 제출한다") for n in range(420)]
    assert tokenise(pairs, workers=2) == tokenise(pairs)


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=40))
def test_any_text_has_tokens_without_spaces_inside(text: str) -> None:
    for token in [*bigrams(text), *morphemes(text)]:
        assert token
        assert token.split() == [token]


def test_words_of_the_question_outweigh_the_words_added_to_it() -> None:
    query = word_query("대금 지급", extra=[("대금 이자", 0.3)])
    assert (query.morphemes["대금"], query.morphemes["이자"]) == (1.0, 0.3)
    assert query.bigrams["이자"] == 0.3


def test_added_words_bring_a_text_that_the_question_misses(index: LexicalIndex) -> None:
    plain = word_query("돈은 언제 들어와요")
    helped = word_query("돈은 언제 들어와요", extra=[("지급", 0.3)])
    assert "law#2" not in _ids(index, plain)
    assert "law#2" in _ids(index, helped)


def _ids(index: LexicalIndex, query: object) -> list[str]:
    hits = index.search(query, institution_ids=("public",), document_ids=None, limit=9)  # type: ignore[arg-type]
    return [hit.chunk_id for hit in hits]
