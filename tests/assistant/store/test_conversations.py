from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from assistant.domain import SentenceStatus
from assistant.errors import NotFoundError
from assistant.store import Feedback, NewTurn, StartedTurn, Store, visible_to
from tests.assistant.store.answers import make_answer
from tests.assistant.store.builders import FrozenClock, add

OURS = visible_to("default")


def ask(store: Store, question: str = "며칠 안에 답합니까?", **where: object) -> StartedTurn:
    return store.conversations.start_turn(
        NewTurn(institution_id="default", question=question, **where)  # type: ignore[arg-type]
    )


def finish(store: Store, turn_id: str, **facts: object) -> bool:
    return store.conversations.finish_turn(
        turn_id,
        make_answer(**facts),  # type: ignore[arg-type]
        institution_id="default",
    )


def test_a_finished_turn_shows_the_same_answer_again(store: Store) -> None:
    started = ask(store, reference_date=date(2026, 6, 1))
    answer = make_answer(text="7일 이내에 답한다.\x1f ㆍ 🙂")
    assert store.conversations.finish_turn(started.turn_id, answer, institution_id="default")
    [stored] = store.conversations.turns(started.conversation_id, institution_id="default")
    assert stored.turn.answer == answer
    assert (stored.turn.state, stored.partial_text) == ("final", "")
    assert stored.reference_date == date(2026, 6, 1)


def test_the_first_question_names_the_conversation(store: Store) -> None:
    started = ask(
        store, "시범사용   완료보고서는 언제까지 내야 하는지 알려 주시고 근거도 함께 말씀해 주세요"
    )
    assert started.title == "시범사용 완료보고서는 언제까지 내야 하는지 알려 주시고 근거도 함께…"
    assert ask(store, "둘째", conversation_id=started.conversation_id).title == started.title


def test_a_question_follows_the_latest_one_unless_told_otherwise(store: Store) -> None:
    first = ask(store)
    second = ask(store, conversation_id=first.conversation_id)
    third = ask(store, conversation_id=first.conversation_id, parent_turn_id=first.turn_id)
    assert first.parent_turn_id is None
    assert second.parent_turn_id == third.parent_turn_id == first.turn_id


def test_an_edited_question_is_a_sibling_of_the_one_it_replaces(store: Store) -> None:
    first = ask(store)
    where = {"conversation_id": first.conversation_id}
    second = ask(store, **where)
    edited = ask(store, **where, replaces_turn_id=second.turn_id)
    edited_first = ask(store, **where, replaces_turn_id=first.turn_id)
    turns = store.conversations.turns(first.conversation_id, institution_id="default")
    assert [turn.siblings for turn in turns] == [
        (first.turn_id, edited_first.turn_id),
        (second.turn_id, edited.turn_id),
        (second.turn_id, edited.turn_id),
        (first.turn_id, edited_first.turn_id),
    ]
    alone = store.conversations.turn(edited_first.turn_id, institution_id="default")
    assert alone.siblings == turns[-1].siblings


def test_a_turn_of_another_conversation_cannot_be_followed(store: Store) -> None:
    first, other = ask(store), ask(store)
    with pytest.raises(NotFoundError):
        ask(store, conversation_id=first.conversation_id, parent_turn_id=other.turn_id)


def test_a_stopped_turn_keeps_its_text_and_takes_no_answer(store: Store) -> None:
    started = ask(store)
    known = replace(make_answer(), ledger=(), complete=False)
    store.conversations.save_partial(
        started.turn_id, "쓰다 만", institution_id="default", answer=known
    )
    assert store.conversations.stop_turn(started.turn_id, institution_id="default")
    assert not finish(store, started.turn_id)
    store.conversations.save_partial(started.turn_id, "늦은 글", institution_id="default")
    stored = store.conversations.turn(started.turn_id, institution_id="default")
    assert (stored.turn.state, stored.partial_text) == ("stopped", "쓰다 만")
    assert stored.turn.answer == known


def test_a_stopped_turn_may_be_finished_as_stopped_with_its_text(store: Store) -> None:
    started = ask(store)
    store.conversations.save_partial(started.turn_id, "쓰다 만", institution_id="default")
    store.conversations.finish_turn(
        started.turn_id,
        replace(make_answer(), complete=False),
        institution_id="default",
        state="stopped",
    )
    stored = store.conversations.turn(started.turn_id, institution_id="default")
    assert (stored.turn.state, stored.partial_text) == ("stopped", "쓰다 만")


def test_turns_of_a_dead_process_are_stopped_at_start(
    store: Store, url: str, clock: FrozenClock
) -> None:
    started = ask(store)
    store.conversations.save_partial(started.turn_id, "쓰다 만", institution_id="default")
    assert store.conversations.stop_abandoned() == 0
    with Store.open(url, clock=clock) as restarted:
        assert restarted.conversations.stop_abandoned(idle=timedelta(minutes=1)) == 0
        assert restarted.conversations.stop_abandoned() == 1
        stored = restarted.conversations.turn(started.turn_id, institution_id="default")
    assert (stored.turn.state, stored.partial_text) == ("stopped", "쓰다 만")


def test_the_list_is_newest_first_and_searches_titles_and_questions(store: Store) -> None:
    first = ask(store, "출장비 정산 기한")
    second = ask(store, "연가 일수")
    ask(store, "숙박비 상한 100%", conversation_id=first.conversation_id)

    def found(query: str) -> list[str]:
        items = store.conversations.list(institution_id="default", query=query)
        return [item.conversation.conversation_id for item in items]

    assert found("") == [first.conversation_id, second.conversation_id]
    assert found("숙박비 출장비") == [first.conversation_id]
    assert found("연가") == [second.conversation_id]
    assert found("0%") == [first.conversation_id]
    assert found("_") == []


def test_the_list_tells_what_runs_and_what_needs_a_look(store: Store) -> None:
    doubtful, fine = ask(store, "하나"), ask(store, "둘")
    finish(store, doubtful.turn_id, status=SentenceStatus.DIFFERS)
    finish(store, fine.turn_id)
    ask(store, "셋", conversation_id=fine.conversation_id)
    items = {
        item.conversation.conversation_id: (item.running, item.flagged)
        for item in store.conversations.list(institution_id="default")
    }
    assert items == {
        doubtful.conversation_id: (False, True),
        fine.conversation_id: (True, False),
    }


def test_a_later_sound_answer_takes_the_flag_away(store: Store) -> None:
    first = ask(store)
    finish(store, first.turn_id, status=SentenceStatus.UNSUPPORTED)
    second = ask(store, conversation_id=first.conversation_id)
    finish(store, second.turn_id)
    [item] = store.conversations.list(institution_id="default")
    assert not item.flagged


def test_a_conversation_can_be_renamed(store: Store) -> None:
    started = ask(store)
    renamed = store.conversations.rename(
        started.conversation_id, " 새 제목 ", institution_id="default"
    )
    assert renamed.title == "새 제목"


def test_a_conversation_can_be_restored_for_ten_minutes(store: Store, clock: FrozenClock) -> None:
    started = ask(store)
    names = {"institution_id": "default"}
    store.conversations.delete(started.conversation_id, **names)
    assert store.conversations.list(institution_id="default") == ()
    with pytest.raises(NotFoundError):
        store.conversations.turn(started.turn_id, **names)
    store.conversations.restore(started.conversation_id, **names)
    assert len(store.conversations.turns(started.conversation_id, **names)) == 1
    store.conversations.delete(started.conversation_id, **names)
    clock.advance(minutes=11)
    with pytest.raises(NotFoundError):
        store.conversations.restore(started.conversation_id, **names)


def test_feedback_is_kept_replaced_and_taken_back(store: Store) -> None:
    started = ask(store)

    def feedback() -> Feedback | None:
        return store.conversations.turn(started.turn_id, institution_id="default").feedback

    down = Feedback(verdict="down", reasons=("outdated", "tone"), comment="옛 규정")
    store.conversations.set_feedback(started.turn_id, down, institution_id="default")
    assert feedback() == down
    store.conversations.set_feedback(started.turn_id, None, institution_id="default")
    assert feedback() is None


def test_deleting_a_document_tells_how_many_answers_cite_it(store: Store) -> None:
    added = add(store, ["본문"])
    for _ in range(2):
        started = ask(store)
        finish(store, started.turn_id, document_id=added.document_id, version_id=added.version_id)
    deletion = store.documents.delete(added.document_id, institution_id="default")
    assert deletion.cited_in == 2


def test_a_purge_leaves_cited_sections_as_long_as_the_answer(
    store: Store, clock: FrozenClock
) -> None:
    added = add(store, ["본문", "다른 조"])
    started = ask(store)
    finish(store, started.turn_id, document_id=added.document_id, version_id=added.version_id)
    store.documents.delete(added.document_id, institution_id="default")
    clock.advance(minutes=11)
    assert store.purge().documents == 1
    kept = store.sections.view(added.document_id, added.version_id, 0, institution_ids=OURS)
    assert (kept.section.text, kept.current, kept.next_ordinal) == ("본문", False, None)
    assert store.purge().documents == 0

    store.conversations.delete(started.conversation_id, institution_id="default")
    clock.advance(minutes=11)
    purged = store.purge()
    assert (purged.conversations, purged.documents) == (1, 1)
    with pytest.raises(NotFoundError):
        store.sections.view(added.document_id, added.version_id, 0, institution_ids=OURS)
