"""Complaints in the store: masked text apart from the original, a queue, and a line that lasts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from assistant.domain.complaints import ComplaintKind, Decision, LetterKind, Officer, Point
from assistant.errors import ConflictError, NotFoundError
from assistant.store import (
    CaseChange,
    CaseEvent,
    DraftingState,
    MaskAction,
    MaskDecision,
    Masking,
    QueueFilter,
    Store,
)
from tests.assistant.store.complaints import RECEIVED, add_case, make_case, make_due

NOW = RECEIVED + timedelta(days=5)
OURS = {"institution_id": "default"}


def decision(action: MaskAction, at: datetime) -> MaskDecision:
    return MaskDecision(action=action, kind="person", start=0, end=3, by="주무관", decided_at=at)


def event(name: str = "ended", **facts: object) -> CaseEvent:
    return CaseEvent(event_id="", name=name, at=NOW, facts=facts, by="주무관 보기", recorded_at=NOW)


def test_a_case_comes_back_as_it_was_stored(store: Store) -> None:
    case = store.complaints.get(add_case(store), **OURS)
    expected = make_case()
    assert (case.points, case.guess, case.due) == (expected.points, expected.guess, expected.due)
    assert case.body == "⟦이름·abc·1⟧입니다. 가로등을 고쳐 주십시오."
    assert (case.attachments, case.revision, case.drafting) == (
        ("사진.jpg",), 1, DraftingState.NONE,
    )  # fmt: skip


def test_the_original_is_read_by_its_own_door_alone(store: Store) -> None:
    complaint_id = add_case(store)
    assert "홍길동" not in repr(store.complaints.get(complaint_id, **OURS))
    assert "홍길동" in store.complaints.payload(complaint_id, **OURS)


def test_the_queue_shows_what_is_overdue_longest_first_and_what_is_over_last(store: Store) -> None:
    for number, days in (("늦은 것", 2), ("급한 것", 6), ("먼 것", 20)):
        add_case(store, number, due=make_due(days))
    add_case(store, "끝난 것", due=make_due(1, is_over=True))
    shown = store.complaints.list(QueueFilter(which="all"), now=NOW, **OURS)
    assert [case.number for case in shown.cases] == ["늦은 것", "급한 것", "먼 것", "끝난 것"]
    counts = store.complaints.counts(now=NOW, soon=NOW + timedelta(days=2), **OURS)
    assert counts == {
        "open": 3, "overdue": 1, "due_soon": 1, "drafted": 0, "unchecked": 3, "over": 1,
    }  # fmt: skip


def test_the_queue_is_searched_by_words_and_number_and_filtered_by_kind(store: Store) -> None:
    add_case(store, "A-1")
    add_case(store, "B-2", kind=ComplaintKind.GRIEVANCE)
    found = store.complaints.list(QueueFilter(query="가로등 B-2"), now=NOW, **OURS)
    assert [case.number for case in found.cases] == ["B-2"]
    found = store.complaints.list(QueueFilter(kind=ComplaintKind.OTHER), now=NOW, **OURS)
    assert ([case.number for case in found.cases], found.total) == (["A-1"], 1)


def test_pages_of_the_queue_follow_one_another(store: Store) -> None:
    for number in range(5):
        add_case(store, f"N-{number}", due=make_due(number))
    second = store.complaints.list(QueueFilter(limit=2, offset=2), now=NOW, **OURS)
    assert ([case.number for case in second.cases], second.total) == (["N-2", "N-3"], 5)


def test_a_change_of_something_seen_long_ago_is_refused(store: Store) -> None:
    complaint_id = add_case(store)
    points = (Point(point_id="p9", text="새 쟁점", question="새 쟁점", by="주무관"),)
    store.complaints.change(complaint_id, CaseChange(points=points), revision=1, **OURS)
    with pytest.raises(ConflictError):
        store.complaints.change(complaint_id, CaseChange(points=()), revision=1, **OURS)
    case = store.complaints.get(complaint_id, **OURS)
    assert (case.points, case.revision) == (points, 2)


def test_changes_leave_what_they_do_not_name(store: Store) -> None:
    complaint_id = add_case(store)
    officer = Officer(department="도로과", name="나담당", contact="000-0000-0000")
    change = CaseChange(kind=ComplaintKind.QUERY_LAW, kind_by="주무관", officer=officer)
    store.complaints.change(complaint_id, change, **OURS)
    case = store.complaints.get(complaint_id, **OURS)
    assert (case.kind, case.kind_by, case.officer) == (ComplaintKind.QUERY_LAW, "주무관", officer)
    assert case.points == make_case().points


def test_a_date_counted_in_hours_can_become_one_counted_in_days(store: Store) -> None:
    complaint_id = add_case(store, due=make_due(1, at=datetime(2026, 11, 24, 3, tzinfo=UTC)))
    store.complaints.change(complaint_id, CaseChange(due=make_due(9)), **OURS)
    assert store.complaints.get(complaint_id, **OURS).due == make_due(9)


def test_a_mask_decision_is_kept_and_asks_for_a_new_check(store: Store) -> None:
    complaint_id = add_case(store)
    masking = Masking(title="제목", text="제목\n\n본문", payload="{}", candidates=0)
    for minute, action in enumerate((MaskAction.CHECKED, MaskAction.LIFTED)):
        made = decision(action, NOW + timedelta(minutes=minute))
        store.complaints.mask(complaint_id, masking, made, change=CaseChange(), **OURS)
        checked = store.complaints.get(complaint_id, **OURS).masks_checked_at
        assert (checked == NOW) is (action is MaskAction.CHECKED)
    kept = store.complaints.decisions(complaint_id, **OURS)
    assert [one.action for one in kept] == [MaskAction.CHECKED, MaskAction.LIFTED]


def test_an_event_withdrawn_is_not_counted_and_not_forgotten(store: Store) -> None:
    complaint_id = add_case(store)
    event_id = store.complaints.record_event(
        complaint_id, event(how="answered"), make_due(is_over=True), **OURS
    )
    assert store.complaints.get(complaint_id, **OURS).events[0].facts == {"how": "answered"}
    store.complaints.withdraw_event(complaint_id, event_id, make_due(), by="주무관", **OURS)
    case = store.complaints.get(complaint_id, **OURS)
    assert (case.events, case.due.is_over) == ((), False)
    with pytest.raises(NotFoundError):
        store.complaints.withdraw_event(complaint_id, event_id, make_due(), by="주무관", **OURS)


def test_earlier_complaints_know_when_they_were_answered(store: Store) -> None:
    first, second = add_case(store, "A"), add_case(store, "B")
    store.complaints.record_event(first, event(how="answered"), make_due(is_over=True), **OURS)
    found = store.complaints.earlier(apart_from=second, **OURS)
    assert [(one.complaint_id, one.answered_on) for one in found] == [(first, (NOW.date(),))]
    assert found[0].text.startswith("⟦이름·abc·1⟧")


def test_a_letter_leads_back_to_its_case(store: Store) -> None:
    complaint_id = add_case(store)
    store.complaints.link_letter(
        complaint_id, "paper-1", letter=LetterKind.REPLY, decision=Decision.REFUSAL, **OURS
    )
    found_id, letter = store.complaints.case_of_paper("paper-1", **OURS)
    assert (found_id, letter.decision) == (complaint_id, Decision.REFUSAL)
    assert store.complaints.get(complaint_id, **OURS).letters == (letter,)
    with pytest.raises(NotFoundError):
        store.complaints.case_of_paper("paper-1", institution_id="other")


# -- the line of drafts -----------------------------------------------------------------------


def test_a_draft_waits_once_and_is_taken_up_again_after_a_crash(store: Store) -> None:
    late, early = add_case(store, "A", due=make_due(9)), add_case(store, "B", due=make_due(1))
    assert set(store.complaints.want_drafts([late, early, late], "{}", **OURS)) == {late, early}
    assert store.complaints.want_drafts([late], "{}", **OURS) == ()
    case = store.complaints.begin_draft(early)
    assert case is not None
    assert case.drafting is DraftingState.RUNNING
    assert store.complaints.awaited() == (early, late)


def test_a_cancelled_draft_is_not_written_over(store: Store) -> None:
    complaint_id = add_case(store)
    store.complaints.want_drafts([complaint_id], "{}", **OURS)
    store.complaints.begin_draft(complaint_id)
    assert store.complaints.cancel_draft(complaint_id, **OURS)
    assert not store.complaints.set_drafting(complaint_id, DraftingState.DRAFTED, done=1)
    assert store.complaints.get(complaint_id, **OURS).drafting is DraftingState.NONE
    assert store.complaints.begin_draft(complaint_id) is None


# -- groups -----------------------------------------------------------------------------------


def test_a_group_holds_its_lead_and_members_and_its_reply(store: Store) -> None:
    lead, other = add_case(store, "A"), add_case(store, "B")
    group = store.complaint_groups.add([other], title="가로등", lead_id=lead, by="주무관", **OURS)
    assert set(group.complaint_ids) == {lead, other}
    store.complaint_groups.set_paper(group.group_id, "paper-1", **OURS)
    assert [one.paper_id for one in store.complaint_groups.list(**OURS)] == ["paper-1"]
    found = store.complaints.list(QueueFilter(group_id=group.group_id), now=NOW, **OURS)
    assert found.total == 2


def test_a_group_takes_no_complaint_of_another_institution(store: Store) -> None:
    store.collections.ensure_institution("other", "다른 기관")
    theirs = add_case(store, "A", institution_id="other")
    with pytest.raises(NotFoundError):
        store.complaint_groups.add([], title="t", lead_id=theirs, by="x", **OURS)
    assert store.complaint_groups.list(**OURS) == ()


# -- isolation --------------------------------------------------------------------------------


def test_no_institution_reads_or_changes_the_complaints_of_another(store: Store) -> None:
    store.collections.ensure_institution("other", "다른 기관")
    complaint_id = add_case(store)
    theirs = {"institution_id": "other"}
    complaints = store.complaints
    assert complaints.list(QueueFilter(which="all"), now=NOW, **theirs).total == 0
    assert complaints.earlier(**theirs) == ()
    assert complaints.decisions(complaint_id, **theirs) == ()
    assert complaints.want_drafts([complaint_id], "{}", **theirs) == ()
    assert not complaints.cancel_draft(complaint_id, **theirs)
    for refused in (
        lambda: complaints.get(complaint_id, **theirs),
        lambda: complaints.payload(complaint_id, **theirs),
        lambda: complaints.change(complaint_id, CaseChange(number="x"), **theirs),
        lambda: complaints.record_event(complaint_id, event(), make_due(), **theirs),
    ):
        with pytest.raises(NotFoundError):
            refused()
