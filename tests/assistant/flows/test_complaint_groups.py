"""Similar and repeated complaints, and one reviewed reply for a group of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from assistant.deadlines import Ended
from assistant.domain import OPEN_PLACE, Approval
from assistant.domain.complaints import LetterKind, PointStatus
from assistant.errors import ComplaintInputError, ConflictError, NotFoundError
from assistant.flows.complaint.desk import ComplaintDesk
from assistant.flows.complaint.grouping import counterparts
from assistant.flows.complaint.letters import LetterRequest
from assistant.flows.complaint.pointing import EditedPoint
from assistant.store import StoredCase
from tests.assistant.flows.complaining import (
    NAME,
    NOW,
    OURS,
    PHONE,
    RECEIVED,
    desk_shelf,
    make_desk,
    record_of,
    take,
    text_of,
    write,
)
from tests.assistant.shelf import Shelf

BY = "주무관 김보기"
LAMP = "한빛공원 입구 가로등이 한 달째 꺼져 있습니다. 가로등을 언제 고치는지 알려 주세요."


@pytest.fixture
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    with desk_shelf(tmp_path_factory.mktemp("desk")) as opened:
        yield opened


def approve(shelf: Shelf, paper_id: str) -> None:
    current = record_of(shelf, paper_id).current
    approval = Approval(
        version_number=current.number, content_hash=current.content_hash, by="과장 이", at=NOW
    )
    shelf.store.papers.approve(paper_id, approval, **OURS)


def group_of(desk: ComplaintDesk, lead: StoredCase, *others: StoredCase) -> str:
    state = desk.groups.make(
        [one.complaint_id for one in others],
        lead_id=lead.complaint_id,
        title="완료보고서",
        by=BY,
        **OURS,
    )
    return state.group.group_id


# -- similar ----------------------------------------------------------------------------------


def test_a_similar_complaint_is_found_with_reasons_and_without_names(shelf: Shelf) -> None:
    desk = make_desk(shelf)
    first = take(desk, f"{NAME}입니다. {LAMP}", title="가로등", applicant=NAME)
    take(desk, "여권은 어디서 만드나요?", title="여권")
    second = take(desk, f"{LAMP} 부탁드립니다.", title="공원 가로등")
    found = desk.similar.of(second).similar
    assert found[0].complaint_id == first.complaint_id
    assert found[0].reasons
    assert NAME not in repr(found)


def test_what_changes_is_seen_by_the_next_search(shelf: Shelf) -> None:
    desk = make_desk(shelf)
    case = take(desk, LAMP)
    assert desk.similar.of(case).similar == ()
    take(desk, LAMP)
    assert len(desk.similar.of(case).similar) == 1


def repeated(desk: ComplaintDesk) -> StoredCase:
    """Return the third complaint of one person about one thing, the first two answered."""
    for day in (0, 1):
        earlier = take(
            desk,
            LAMP,
            title="가로등",
            applicant=NAME,
            contact=PHONE,
            received_at=RECEIVED - timedelta(days=40 - day),
        )
        ended = Ended(at=RECEIVED - timedelta(days=30 - day))
        desk.cases.record(earlier.complaint_id, ended, by=BY, **OURS)
    return take(desk, LAMP, title="가로등", applicant=NAME, contact=PHONE)


def test_the_facts_of_repeated_complaints_are_counted(shelf: Shelf) -> None:
    desk = make_desk(shelf)
    facts = desk.similar.of(repeated(desk)).repeats
    assert (facts.count, len(facts.answered_on), facts.may_be_closed) == (3, 2, True)


def test_a_closing_notice_names_when_it_was_asked_and_answered(shelf: Shelf) -> None:
    desk = make_desk(shelf)
    request = LetterRequest(letter=LetterKind.CLOSING, reason="묻는 대상과 내용이 같음")
    paper_id, _ = write(desk, repeated(desk), request)
    text = text_of(record_of(shelf, paper_id))
    assert "2026. 4. 1. 및 2026. 4. 2.에도 신청하셨고" in text
    assert "이번 민원은 세 번째입니다." in text
    assert not OPEN_PLACE.search(text)


# -- groups -----------------------------------------------------------------------------------


def test_a_reply_that_nobody_approved_answers_no_group(shelf: Shelf) -> None:
    desk = make_desk(shelf)
    lead, other = take(desk), take(desk)
    group_id = group_of(desk, lead, other)
    paper_id, _ = write(desk, lead)
    desk.groups.set_master(group_id, paper_id, **OURS)
    with pytest.raises(ConflictError, match="master_not_approved"):
        desk.groups.take_over(group_id, [other.complaint_id], **OURS)


def test_the_reviewed_reply_answers_each_member_in_its_own_shell(shelf: Shelf) -> None:
    desk = make_desk(shelf)
    lead, other = take(desk), take(desk, number="1AA-2605-0000002", title="보고 기한")
    further = [
        *(EditedPoint(point_id=p.point_id, text=p.text, question=p.question) for p in other.points),
        EditedPoint(text="교육 일정은 언제입니까"),
    ]
    desk.cases.set_points(other.complaint_id, further, revision=None, by=BY, **OURS)
    group_id = group_of(desk, lead, other)
    paper_id, _ = write(desk, lead)
    approve(shelf, paper_id)
    desk.groups.set_master(group_id, paper_id, **OURS)
    members = desk.groups.get(group_id, **OURS).members
    assert [len(one.own_points) for one in members] == [0, 1]
    (done,) = desk.groups.take_over(group_id, [other.complaint_id], **OURS)
    record = record_of(shelf, done.paper_id)
    text = text_of(record)
    assert done.open_points == 1
    assert record.approval is None
    assert ("1AA-2605-0000002" in text, "1AA-2605-0000001" in text) == (True, False)
    assert "7일 이내에 완료보고서를 제출하여야 한다" in text
    assert "에 대한 답변(이 민원에만 있는 쟁점)】" in text
    statuses = [one.status for one in desk.cases.get(other.complaint_id, **OURS).points]
    assert statuses == [PointStatus.ANSWERED, PointStatus.ANSWERED, PointStatus.UNTOUCHED]


def test_a_paper_of_another_case_is_no_reply_of_the_group(shelf: Shelf) -> None:
    desk = make_desk(shelf)
    lead, other = take(desk), take(desk)
    group_id = group_of(desk, lead, other)
    paper_id, _ = write(desk, other)
    with pytest.raises(ComplaintInputError, match="master"):
        desk.groups.set_master(group_id, paper_id, **OURS)
    with pytest.raises(NotFoundError):
        desk.groups.get(group_id, institution_id="other")


def test_points_meet_their_counterparts_once_each(shelf: Shelf) -> None:
    desk = make_desk(shelf)
    lead, other = take(desk), take(desk)
    pairs = counterparts(other.points[::-1], lead.points)
    assert pairs == {
        mine.point_id: theirs.point_id
        for mine, theirs in zip(other.points, lead.points, strict=True)
    }
