"""Figures that were read off a picture are shown, but never as confirmed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.domain import LedgerSentence, Passage, SentenceStatus
from assistant.grounding import (
    SourceSpan,
    find_conflicts,
    has_support,
    ledger_from_spans,
    verify,
)
from tests.make import make_passage

SAID = "장비 설치 대수는 12대이고 설치비는 4,840,000원이다."
WORDS = "설치 장비는 민원실 안내 단말기로 한다."


def scan(text: str = f"{SAID}\n{WORDS}", key: str = "S1") -> Passage:
    return make_passage(
        key=key, document_id="scan", document_title="현장 확인서", text=text, is_ocr=True
    )


def typed(text: str, key: str = "S2") -> Passage:
    return make_passage(key=key, document_id="typed", document_title="설치 계획", text=text)


def line(reply: str, *passages: Passage) -> LedgerSentence:
    (one,) = verify(reply, passages).ledger
    return one


def unread(one: LedgerSentence) -> list[str]:
    return [problem.token for problem in one.problems if problem.code == "ocr_figure"]


def test_figures_of_a_picture_alone_are_not_confirmed() -> None:
    found = line(f"{SAID} [S1]", scan())
    assert found.status is SentenceStatus.UNCHECKED
    assert unread(found) == ["12대", "4,840,000원"]
    assert found.citations[0].quote == SAID


def test_words_of_a_picture_without_figures_are_confirmed() -> None:
    assert line(f"{WORDS} [S1]", scan()).status is SentenceStatus.SUPPORTED


def test_a_figure_that_typed_text_carries_as_well_is_confirmed() -> None:
    found = line(f"{SAID} [S1][S2]", scan(), typed(SAID))
    assert (found.status, unread(found)) == (SentenceStatus.SUPPORTED, [])


def test_only_the_figures_that_typed_text_lacks_are_named() -> None:
    found = line(f"{SAID} [S1][S2]", scan(), typed("장비 설치 대수는 12대이다."))
    assert (found.status, unread(found)) == (SentenceStatus.UNCHECKED, ["4,840,000원"])


@pytest.mark.parametrize("keys", ["[S1]", "[S1][S2]"])
def test_a_figure_that_differs_from_the_picture_still_differs(keys: str) -> None:
    reply = f"{SAID.replace('12대', '13대')} {keys}"
    found = line(reply, scan(), typed("장비는 민원실에 둔다."))
    assert found.status is SentenceStatus.DIFFERS


def test_a_date_read_off_a_picture_is_not_confirmed() -> None:
    text = "설치 확인은 2026. 3. 9.에 마쳤다."
    found = line(f"{text} [S1]", scan(text))
    assert found.status is SentenceStatus.UNCHECKED


def test_an_answer_of_such_sentences_alone_is_an_answer() -> None:
    assert has_support(verify(f"{SAID} [S1]", [scan()]).ledger)


def test_sentences_taken_from_a_picture_are_marked_without_a_model_too() -> None:
    passage = scan()
    cut = passage.text.index("\n")
    spans = [
        SourceSpan(passage=passage, start=0, end=cut),
        SourceSpan(passage=passage, start=cut + 1, end=len(passage.text)),
    ]
    first, second = ledger_from_spans(spans)
    assert (first.status, unread(first)) == (
        SentenceStatus.UNCHECKED,
        ["12대", "4,840,000원"],
    )
    assert second.status is SentenceStatus.SUPPORTED


def test_a_misread_figure_makes_no_conflict() -> None:
    said = "시험기관은 완료보고서를 시험구매 종료일부터 7일 이내에 담당 부서에 제출한다."
    here, there = typed(said, "S1"), scan(said.replace("7일", "10일"), "S2")
    assert len(find_conflicts([here, replace(there, is_ocr=False)])) == 1
    assert find_conflicts([here, there]) == ()
