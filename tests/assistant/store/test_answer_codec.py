from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.domain import (
    Answer,
    Citation,
    Conflict,
    ConflictSide,
    LedgerSentence,
    Outcome,
    Passage,
    Problem,
    Span,
)
from assistant.errors import ConfigurationError
from assistant.store.answer_codec import decode, encode

finite = st.floats(allow_nan=False, allow_infinity=False)
few = {"max_size": 2}


def tuples(items: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(items, **few).map(tuple)


passages = st.builds(Passage, score=finite, hits=tuples(st.builds(Span)))
sentences = st.builds(
    LedgerSentence,
    citations=tuples(st.builds(Citation)),
    problems=tuples(st.builds(Problem)),
)
conflicts = st.builds(Conflict, sides=tuples(st.builds(ConflictSide)))
answers = st.builds(
    Answer,
    ledger=tuples(sentences),
    passages=tuples(passages),
    conflicts=tuples(conflicts),
    notices=tuples(st.text()),
    choices=tuples(st.text()),
    elapsed_ms=finite,
)


@settings(max_examples=60, deadline=None)
@given(answer=answers)
def test_an_answer_comes_back_exactly(answer: Answer) -> None:
    assert decode(encode(answer)) == answer


def test_an_answer_stored_by_the_first_version_can_be_read() -> None:
    stored = """{"format": 1, "answer": {"outcome": "answered", "complete": true,
      "ledger": [{"text": "7일", "status": "supported", "citations": [{"number": 1, "key": "S1",
        "chunk_id": "d#0", "document_id": "d", "version_id": "v", "section_ordinal": 0,
        "start": 0, "end": 2, "quote": "7일"}], "problems": []}], "passages": []}}"""
    answer = decode(stored)
    assert (answer.outcome, answer.text) == (Outcome.ANSWERED, "7일")
    assert answer.ledger[0].citations[0].quote == "7일"


@pytest.mark.parametrize(
    "stored",
    [
        pytest.param({"format": 99, "answer": {}}, id="a newer format"),
        pytest.param({"format": 1, "answer": {"outcome": "no such"}}, id="an unknown outcome"),
    ],
)
def test_what_cannot_be_read_names_the_problem(stored: dict[str, object]) -> None:
    with pytest.raises(ConfigurationError, match="stored answer"):
        decode(json.dumps(stored))
