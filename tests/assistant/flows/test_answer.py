"""The road of a question: what is searched, answered without a model, and said instead."""

from __future__ import annotations

import pytest

from assistant.domain import Outcome, SentenceStatus, SourceKind
from assistant.errors import IndexUnavailableError, QuestionEmptyError
from assistant.flows.answer import Final
from assistant.retrieval import Searchers
from tests.assistant.flows.answering import QUESTION, RULE, ask, events_of, make_flow, steps
from tests.assistant.shelf import Shelf
from tests.fakes import FakeEndpoint

# -- without a model ---------------------------------------------------------------------------


def test_without_a_model_the_sentences_of_the_rule_are_the_answer(shelf: Shelf) -> None:
    answer = ask(make_flow(shelf))
    assert answer.outcome is Outcome.ANSWERED
    assert "7일 이내" in answer.text
    assert (answer.model, answer.prompt, answer.complete) == (None, None, True)
    assert set(answer.notices) == {"no_model", "words_only"}


def test_every_sentence_without_a_model_is_verbatim_and_cited(shelf: Shelf) -> None:
    answer = ask(make_flow(shelf))
    by_key = {passage.key: passage for passage in answer.passages}
    for sentence in answer.ledger:
        (citation,) = sentence.citations
        assert sentence.status is SentenceStatus.SUPPORTED
        assert by_key[citation.key].text[citation.start : citation.end] == citation.quote
        assert sentence.text in citation.quote


@pytest.mark.parametrize("max_chars", [60, 120, 700])
def test_an_answer_without_a_model_keeps_its_length(shelf: Shelf, max_chars: int) -> None:
    assert 0 < len(ask(make_flow(shelf, max_chars=max_chars)).text) <= max_chars


def test_events_without_a_model_come_in_order(shelf: Shelf) -> None:
    assert steps(events_of(make_flow(shelf))) == ["searching", "Passages", "Final"]


def test_poor_evidence_is_no_answer_but_is_shown(shelf: Shelf) -> None:
    answer = ask(make_flow(shelf, sufficiency=0.1))
    assert (answer.outcome, answer.text) == (Outcome.NO_EVIDENCE, "")
    assert answer.passages


def test_nothing_to_search_is_no_evidence(shelf: Shelf) -> None:
    events = events_of(make_flow(shelf), kinds=(SourceKind.NEWS,))
    assert steps(events) == ["searching", "Passages", "Final"]
    assert isinstance(events[-1], Final)
    assert events[-1].answer.outcome is Outcome.NO_EVIDENCE


@pytest.mark.parametrize(
    ("question", "is_told"),
    [
        pytest.param(QUESTION, True, id="answered out of a part"),
        pytest.param("화성 기지의 급수 규칙은 몇 조인가요?", True, id="not found in a part"),
        pytest.param("안녕하세요", False, id="nothing searched"),
    ],
)
def test_an_answer_says_that_the_corpus_is_still_being_read(
    shelf: Shelf, question: str, is_told: bool
) -> None:
    answer = ask(make_flow(shelf, is_reading=True), question)
    assert ("corpus_loading" in answer.notices) is is_told


def test_a_sentence_of_a_rule_that_begins_later_is_marked(shelf: Shelf) -> None:
    answer = ask(make_flow(shelf), "특례 기간은 며칠인가요?")
    (sentence,) = [one for one in answer.ledger if "90일" in one.text]
    assert "not_yet_in_force" in {problem.code for problem in sentence.problems}


def test_the_time_taken_and_the_collections_searched_are_told(shelf: Shelf) -> None:
    answer = ask(make_flow(shelf))
    assert answer.elapsed_ms > 0
    assert set(answer.searched) == {"inbox", "rules"}


# -- what is not looked into -------------------------------------------------------------------


@pytest.mark.parametrize("question", ["", "  ", "?!", "\u200b", "…"])
def test_a_question_without_a_word_is_refused(shelf: Shelf, question: str) -> None:
    with pytest.raises(QuestionEmptyError):
        events_of(make_flow(shelf), question)


def test_small_talk_is_out_of_scope_and_goes_nowhere(shelf: Shelf, endpoint: FakeEndpoint) -> None:
    events = events_of(make_flow(shelf, endpoint), "오늘 날씨 어때?")
    assert steps(events) == ["Final"]
    assert ask(make_flow(shelf, endpoint), "오늘 날씨 어때?").outcome is Outcome.OUT_OF_SCOPE
    assert endpoint.requests == []


def test_a_bare_number_asks_which_law_is_meant(shelf: Shelf, endpoint: FakeEndpoint) -> None:
    answer = ask(make_flow(shelf, endpoint), "제3조 알려주세요")
    assert answer.outcome is Outcome.NEEDS_CLARIFICATION
    assert set(answer.choices) == {f"「{RULE}」 제3조", "「다음 해 특례 규정」 제3조"}
    assert endpoint.requests == []


@pytest.mark.parametrize(
    "question", [f"{RULE} 제3조 알려주세요", "제3조의 신청서는 어디에 내나요?", "제1조의9"]
)
def test_a_question_that_says_more_is_not_asked_back(shelf: Shelf, question: str) -> None:
    assert ask(make_flow(shelf), question).outcome is not Outcome.NEEDS_CLARIFICATION


def test_with_no_index_there_is_no_answer_of_any_kind(shelf: Shelf) -> None:
    nothing = Searchers(words=None, meaning=None, embedder=None)
    with pytest.raises(IndexUnavailableError):
        events_of(make_flow(shelf.retriever(nothing)))
