"""The road of a question with a model: what is written, checked, left out and stopped."""

from __future__ import annotations

import asyncio

import pytest

from assistant.domain import Outcome, Scope, SentenceStatus
from assistant.flows.answer import Delta, Event, Final, Passages, Status
from tests.assistant.flows.answering import (
    EARLIER,
    QUESTION,
    RIGHT,
    STANDALONE,
    ask,
    events_of,
    make_flow,
    make_turn,
    steps,
)
from tests.assistant.shelf import TODAY, Shelf
from tests.fakes import FakeEndpoint

# -- with a model ------------------------------------------------------------------------------


def test_events_with_a_model_come_in_order(shelf: Shelf, endpoint: FakeEndpoint) -> None:
    endpoint.reply = RIGHT
    events = events_of(make_flow(shelf, endpoint))
    assert steps(events) == ["searching", "Passages", "writing", "Delta", "verifying", "Final"]
    assert "".join(event.text for event in events if isinstance(event, Delta)) == RIGHT


def test_what_the_passages_carry_is_supported_and_cited(
    shelf: Shelf, endpoint: FakeEndpoint
) -> None:
    endpoint.reply = RIGHT
    answer = ask(make_flow(shelf, endpoint))
    (sentence,) = answer.ledger
    assert (sentence.status, answer.outcome) == (SentenceStatus.SUPPORTED, Outcome.ANSWERED)
    assert "7일 이내" in sentence.citations[0].quote
    assert (answer.model, answer.complete) == ("test-model", True)
    assert str(answer.prompt).startswith("answer_question@")


def test_an_invented_key_is_dropped(shelf: Shelf, endpoint: FakeEndpoint) -> None:
    endpoint.reply = f"{RIGHT} 담당 부서는 완료보고서를 공개합니다 [S9]."
    answer = ask(make_flow(shelf, endpoint))
    cited = {citation.key for sentence in answer.ledger for citation in sentence.citations}
    assert "S9" not in answer.text
    assert cited <= {passage.key for passage in answer.passages}


def test_an_altered_number_is_flagged_as_different(shelf: Shelf, endpoint: FakeEndpoint) -> None:
    endpoint.reply = f"{RIGHT.replace('7일', '30일')} 담당 부서는 완료보고서를 공개합니다 [S1]."
    altered, kept = ask(make_flow(shelf, endpoint)).ledger
    assert (altered.status, kept.status) == (SentenceStatus.DIFFERS, SentenceStatus.SUPPORTED)
    assert "30일" in {problem.token for problem in altered.problems}


def test_an_answer_of_which_nothing_is_carried_is_no_answer(
    shelf: Shelf, endpoint: FakeEndpoint
) -> None:
    endpoint.reply = "과태료 300만원을 내야 합니다 [S1]. 자세한 것은 https://example.com 을 보세요."
    answer = ask(make_flow(shelf, endpoint))
    assert (answer.outcome, answer.text) == (Outcome.NO_EVIDENCE, "")
    assert answer.model == "test-model"


def test_a_model_that_finds_no_basis_is_believed(shelf: Shelf, endpoint: FakeEndpoint) -> None:
    endpoint.reply = "근거를 찾지 못했습니다."
    answer = ask(make_flow(shelf, endpoint))
    assert (answer.outcome, answer.ledger) == (Outcome.NO_EVIDENCE, ())
    assert answer.passages


def test_the_wording_of_the_system_message_is_not_repeated(
    shelf: Shelf, endpoint: FakeEndpoint
) -> None:
    ask(make_flow(shelf, endpoint))
    system = endpoint.requests[0]["messages"][0]["content"]
    line = next(one for one in system.splitlines() if "공무원의 질문에" in one)
    endpoint.reply = f"{RIGHT}\n{line}"
    answer = ask(make_flow(shelf, endpoint))
    assert "보조자" not in answer.text
    assert "removed_sentences" in answer.notices


def test_the_passages_are_sent_as_they_stand_with_their_keys(
    shelf: Shelf, endpoint: FakeEndpoint
) -> None:
    answer = ask(make_flow(shelf, endpoint))
    system, user = endpoint.requests[0]["messages"]
    assert (system["role"], user["role"]) == ("system", "user")
    assert user["content"].rstrip().endswith(QUESTION)
    assert all(passage.key in user["content"] for passage in answer.passages)
    assert answer.passages[0].text in user["content"]


def test_no_id_of_a_document_is_sent(shelf: Shelf, endpoint: FakeEndpoint) -> None:
    answer = ask(make_flow(shelf, endpoint))
    for passage in answer.passages:
        assert passage.document_id not in endpoint.sent_text
        assert passage.version_id not in endpoint.sent_text


# -- a model that fails ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mode", "reason"),
    [
        pytest.param("500:9", "server_error", id="before the first word"),
        pytest.param("reset", "unreachable", id="connection dropped"),
        pytest.param("hang", "timeout", id="silence"),
        pytest.param("truncated", "incomplete", id="after a few words"),
        pytest.param("empty", "bad_reply", id="an empty reply"),
    ],
)
def test_when_the_model_fails_the_rule_itself_answers(
    shelf: Shelf, endpoint: FakeEndpoint, mode: str, reason: str
) -> None:
    endpoint.mode, endpoint.reply = mode, RIGHT
    answer = ask(make_flow(shelf, endpoint))
    assert f"model_failed:{reason}" in answer.notices
    assert (answer.outcome, answer.complete, answer.model) == (Outcome.ANSWERED, True, None)
    assert "7일 이내" in answer.text


def test_when_the_model_fails_and_the_evidence_is_poor_nothing_is_claimed(
    shelf: Shelf, endpoint: FakeEndpoint
) -> None:
    endpoint.mode = "500:9"
    answer = ask(make_flow(shelf, endpoint, sufficiency=0.1))
    assert answer.outcome is Outcome.NO_EVIDENCE
    assert "model_failed:server_error" in answer.notices


def test_what_was_written_before_a_late_failure_stays_and_is_incomplete(
    shelf: Shelf, endpoint: FakeEndpoint
) -> None:
    endpoint.mode, endpoint.reply = "length", RIGHT
    answer = ask(make_flow(shelf, endpoint))
    assert "7일 이내" in answer.text
    assert (answer.complete, answer.model) == (False, "test-model")
    assert "incomplete" in answer.notices


def test_words_that_came_before_a_failure_were_shown_as_provisional(
    shelf: Shelf, endpoint: FakeEndpoint
) -> None:
    endpoint.mode, endpoint.reply = "truncated", RIGHT
    names = steps(events_of(make_flow(shelf, endpoint)))
    assert names == ["searching", "Passages", "writing", "Delta", "verifying", "Final"]


# -- follow-ups --------------------------------------------------------------------------------
def test_a_follow_up_is_put_in_words_of_its_own_and_searched_with_them(
    shelf: Shelf, endpoint: FakeEndpoint
) -> None:
    endpoint.replies = {STANDALONE: "완료보고서 제출 기한은 며칠인가요?"}
    endpoint.reply = RIGHT
    events = events_of(make_flow(shelf, endpoint), "그건 며칠인가요?", history=[make_turn(EARLIER)])
    assert EARLIER in endpoint.requests[0]["messages"][-1]["content"]
    assert isinstance(events[-1], Final)
    assert events[-1].answer.passages[0].label == "제7조"
    assert "제출 기한은" not in "".join(e.text for e in events if isinstance(e, Delta))


def test_without_a_model_a_follow_up_is_searched_with_the_question_before(shelf: Shelf) -> None:
    answer = ask(make_flow(shelf), "그건 며칠인가요?", history=[make_turn(EARLIER, model=None)])
    assert answer.passages[0].label == "제7조"


@pytest.mark.parametrize("rewritten", ["", "가" * 600, "\n \n"])
def test_a_useless_rewriting_is_left_aside(
    shelf: Shelf, endpoint: FakeEndpoint, rewritten: str
) -> None:
    endpoint.replies, endpoint.reply = {STANDALONE: rewritten}, RIGHT
    answer = ask(make_flow(shelf, endpoint), "그건 며칠인가요?", history=[make_turn(EARLIER)])
    assert answer.outcome is Outcome.ANSWERED


def test_a_first_question_is_sent_once(shelf: Shelf, endpoint: FakeEndpoint) -> None:
    ask(make_flow(shelf, endpoint))
    assert len(endpoint.requests) == 1


# -- stopping ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mode", "until"), [("drip:0.05", Delta), ("stall", Delta), ("hang", Status)]
)
def test_stopping_ends_the_call_to_the_endpoint(
    shelf: Shelf, endpoint: FakeEndpoint, mode: str, until: type
) -> None:
    endpoint.mode, endpoint.reply = mode, RIGHT * 20
    flow = make_flow(shelf, endpoint, read_timeout_s=20.0, deadline_s=20.0)

    async def stop_early() -> bool:
        stream = flow.stream(QUESTION, scope=Scope(), reference_date=TODAY)
        reached = asyncio.Event()

        async def read() -> None:
            async for event in stream:
                if isinstance(event, until):
                    reached.set()

        reading = asyncio.create_task(read())
        await asyncio.wait_for(reached.wait(), 10)
        assert await asyncio.to_thread(endpoint.asked.wait, 10)
        reading.cancel()
        await asyncio.gather(reading, return_exceptions=True)
        await stream.aclose()
        return await asyncio.to_thread(endpoint.disconnected.wait, 5)

    assert asyncio.run(stop_early())


def test_a_closed_stream_gives_nothing_more(shelf: Shelf, endpoint: FakeEndpoint) -> None:
    endpoint.mode, endpoint.reply = "drip:0.05", RIGHT * 20

    async def close_after_first_word() -> list[Event]:
        stream = make_flow(shelf, endpoint).stream(QUESTION, scope=Scope(), reference_date=TODAY)
        async for event in stream:
            if isinstance(event, Delta):
                break
        await stream.aclose()
        disconnected = await asyncio.to_thread(endpoint.disconnected.wait, 5)
        assert disconnected
        return [event async for event in stream]

    assert asyncio.run(close_after_first_word()) == []


def test_passages_are_shown_before_any_word_is_written(
    shelf: Shelf, endpoint: FakeEndpoint
) -> None:
    endpoint.reply = RIGHT
    events = events_of(make_flow(shelf, endpoint))
    shown = next(event for event in events if isinstance(event, Passages))
    assert isinstance(events[-1], Final)
    assert shown.passages == events[-1].answer.passages
