"""What leaves with a question: no text above the grade of the endpoint, nothing personal."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.domain import Grade, Outcome, Turn
from assistant.flows.answer import Final
from tests.assistant.flows.answering import (
    OPEN_ONLY,
    QUESTION,
    RIGHT,
    WITHHELD,
    Listed,
    ask,
    events_of,
    make_flow,
    make_turn,
    steps,
)
from tests.assistant.shelf import Shelf
from tests.fakes import FakeEndpoint
from tests.make import make_passage

# -- grades ------------------------------------------------------------------------------------


def test_a_question_of_no_declared_grade_is_not_sent_outside(
    shelf: Shelf, endpoint: FakeEndpoint
) -> None:
    answer = ask(make_flow(shelf, endpoint, internal=False))
    assert endpoint.requests == []
    assert "model_withheld:grade" in answer.notices
    assert (answer.outcome, answer.model) == (Outcome.ANSWERED, None)


def test_an_open_question_is_sent_outside_with_open_texts_only(
    shelf: Shelf, endpoint: FakeEndpoint
) -> None:
    endpoint.reply = RIGHT
    answer = ask(make_flow(shelf, endpoint, internal=False), **OPEN_ONLY)
    assert answer.model == "test-model"
    assert "7일 이내에" in endpoint.sent_text
    assert WITHHELD not in endpoint.sent_text


def test_inside_the_institution_sensitive_text_is_sent(
    shelf: Shelf, endpoint: FakeEndpoint
) -> None:
    ask(make_flow(shelf, endpoint), "두루미 창고의 열쇠는 어디에 두나요?")
    assert WITHHELD in endpoint.sent_text


@pytest.mark.parametrize("internal", [True, False])
def test_the_endpoint_is_never_shown_a_passage_above_its_grade(
    endpoint: FakeEndpoint, internal: bool
) -> None:
    endpoint.reply = RIGHT
    passages = (
        make_passage(key="S1"),
        make_passage(key="S2", text=WITHHELD, grade=Grade.SENSITIVE),
        make_passage(key="S3", text="왜가리 작전 계획", grade=Grade.CLASSIFIED),
    )
    answer = ask(make_flow(Listed(passages), endpoint, internal=internal), **OPEN_ONLY)
    assert (WITHHELD in endpoint.sent_text) is internal
    assert "왜가리" not in endpoint.sent_text
    assert "grade_withheld" in answer.notices
    assert answer.passages == passages


def test_when_no_passage_may_be_sent_nothing_is(endpoint: FakeEndpoint) -> None:
    secret = make_passage(grade=Grade.SENSITIVE)
    answer = ask(make_flow(Listed((secret,)), endpoint, internal=False), **OPEN_ONLY)
    assert endpoint.requests == []
    assert "model_withheld:grade" in answer.notices


# -- persons in what was found -----------------------------------------------------------------


@pytest.mark.parametrize(
    "said",
    [
        pytest.param("담당 주무관 김보기가 열쇠를 보관한다.", id="a name"),
        pytest.param("문의는 010-1234-5678로 한다.", id="a number"),
    ],
)
def test_an_open_paper_with_a_person_in_it_does_not_leave(
    endpoint: FakeEndpoint, said: str
) -> None:
    endpoint.reply = RIGHT
    own = make_passage(key="S2", text=said, institution_id="default")
    answer = ask(
        make_flow(Listed((make_passage(key="S1"), own)), endpoint, internal=False), **OPEN_ONLY
    )
    assert endpoint.requests
    assert said not in endpoint.sent_text
    assert "privacy_withheld" in answer.notices

    alone = ask(make_flow(Listed((own,)), endpoint, internal=False), **OPEN_ONLY)
    assert said not in endpoint.sent_text
    assert "model_withheld:privacy" in alone.notices


def test_inside_the_institution_and_from_the_public_corpus_it_is_read(
    endpoint: FakeEndpoint,
) -> None:
    said = "담당 주무관 김보기가 열쇠를 보관한다."
    own = make_passage(text=said, institution_id="default")
    ask(make_flow(Listed((own,)), endpoint), **OPEN_ONLY)
    assert said in endpoint.sent_text
    public = make_passage(text=f"{said} 공개된 자료이다.")
    ask(make_flow(Listed((public,)), endpoint, internal=False), **OPEN_ONLY)
    assert "공개된 자료이다" in endpoint.sent_text


# -- identifiers -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "number", ["010-1234-5678", "９００１０１－１２３４５６７", "a@example.kr"]
)
def test_an_identifier_does_not_leave_the_institution(
    shelf: Shelf, endpoint: FakeEndpoint, number: str
) -> None:
    flow = make_flow(shelf, endpoint, internal=False)
    events = events_of(flow, f"{number} 님의 {QUESTION}", **OPEN_ONLY)
    assert steps(events) == ["Final"]
    assert isinstance(events[0], Final)
    assert events[0].answer.outcome is Outcome.BLOCKED_PRIVACY
    assert endpoint.requests == []


def test_inside_the_institution_an_identifier_blocks_nothing(
    shelf: Shelf, endpoint: FakeEndpoint
) -> None:
    endpoint.reply = RIGHT
    question = f"010-1234-5678 님이 묻습니다. {QUESTION}"
    assert ask(make_flow(shelf, endpoint), question).outcome is Outcome.ANSWERED
    assert ask(make_flow(shelf, internal=False), question).outcome is Outcome.ANSWERED


@pytest.mark.parametrize(
    "turn",
    [
        pytest.param(make_turn("010-1234-5678 님의 신청은요?"), id="an identifier"),
        pytest.param(make_turn("두루미 창고는요?", model=None), id="answered without the model"),
        pytest.param(replace(make_turn("두루미 창고는요?"), answer=None), id="never answered"),
    ],
)
def test_an_earlier_question_that_stayed_inside_stays_there(
    shelf: Shelf, endpoint: FakeEndpoint, turn: Turn
) -> None:
    flow = make_flow(shelf, endpoint, internal=False)
    ask(flow, "완료보고서는 며칠인가요?", history=[turn], **OPEN_ONLY)
    assert len(endpoint.requests) == 1
    assert turn.question not in endpoint.sent_text
