"""A case from its arrival on: masked first, then sorted, split, counted, and changed by people."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant.deadlines import Ended, Extended, Ground, Period, Suspended
from assistant.deadlines import Pause as PauseReason
from assistant.domain import Span
from assistant.domain.complaints import ComplaintKind, Officer, PointStatus
from assistant.errors import ComplaintInputError, ConflictError, NotFoundError
from assistant.flows.complaint.casework import Details
from assistant.flows.complaint.intake import Arrival
from assistant.flows.complaint.masking import original_span
from assistant.flows.complaint.pointing import EditedPoint
from assistant.privacy import Kind
from assistant.store import MaskAction, QueueFilter, StoredCase
from tests.assistant.flows.complaining import BODY, NAME, OURS, PHONE, Moment, make_desk, take
from tests.assistant.shelf import Shelf, open_shelf

BY = "주무관 김보기"


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Shelf]:
    with open_shelf(tmp_path) as opened:
        yield opened


# -- masks ------------------------------------------------------------------------------------


def test_nothing_but_the_original_holds_personal_data(empty: Shelf) -> None:
    case = take(make_desk(empty), applicant=NAME, contact=PHONE)
    everything = repr(case) + case.title + case.text + repr(case.points) + repr(case.guess)
    assert NAME not in everything
    assert "1234" not in everything
    assert NAME in make_desk(empty).cases.original(case.complaint_id, **OURS).case.masked.original


def test_the_one_who_signed_is_masked_wherever_the_name_stands(empty: Shelf) -> None:
    case = take(make_desk(empty), "가람솔이라는 사람이 씁니다. 가람솔 드림", applicant="가람솔")
    assert "가람솔" not in case.text


def test_nothing_personal_reaches_the_log(empty: Shelf, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        take(make_desk(empty), applicant=NAME, contact=PHONE)
    said = "".join(record.getMessage() + str(record.__dict__) for record in caplog.records)
    assert NAME not in said
    assert "1234" not in said


def test_a_mask_added_by_a_person_is_remembered_and_points_keep_their_places(empty: Shelf) -> None:
    desk = make_desk(empty)
    case = take(desk)
    original = desk.cases.original(case.complaint_id, **OURS).case.masked.original
    start = original.index("시험구매")
    changed = desk.cases.add_mask(
        case.complaint_id, Span(start=start, end=start + 4), Kind.OTHER_ID, by=BY, **OURS
    )
    assert "시험구매" not in changed.text + repr(changed.points)
    masked = desk.cases.masked(changed).masked
    for old, new in zip(case.points, changed.points, strict=True):
        back = original_span(masked, new.spans[0])
        assert (
            masked.restore(new.text).text == desk.cases.masked(case).masked.restore(old.text).text
        )
        assert original[back.start : back.end] in BODY
    decisions = desk.cases.original(case.complaint_id, **OURS).decisions
    assert [(one.action, one.by) for one in decisions] == [(MaskAction.ADDED, BY)]


def test_a_lifted_mask_stays_lifted_and_asks_for_a_new_check(empty: Shelf) -> None:
    desk = make_desk(empty)
    case = desk.cases.check_masks(take(desk).complaint_id, by=BY, **OURS)
    assert (case.masks_checked_by, case.candidates) == (BY, 0)
    mask = desk.cases.original(case.complaint_id, **OURS).case.masked.masks[0]
    lifted = desk.cases.lift_mask(case.complaint_id, mask.mask_id, by=BY, **OURS)
    assert NAME in lifted.text
    assert lifted.masks_checked_at is None


def test_a_decision_without_a_person_is_refused(empty: Shelf) -> None:
    desk = make_desk(empty)
    case = take(desk)
    with pytest.raises(ComplaintInputError, match="person"):
        desk.cases.check_masks(case.complaint_id, by="  ", **OURS)


@pytest.mark.parametrize("span", [(5, 5), (-1, 3), (0, 10_000)])
def test_a_mask_needs_a_place_in_the_text(empty: Shelf, span: tuple[int, int]) -> None:
    desk = make_desk(empty)
    with pytest.raises(ComplaintInputError, match="mask_place"):
        desk.cases.add_mask(
            take(desk).complaint_id,
            Span(start=span[0], end=span[1]),
            Kind.PERSON,
            by=BY,
            **OURS,
        )


# -- kind and clock ---------------------------------------------------------------------------


def test_the_kind_that_a_person_chose_counts_anew(empty: Shelf) -> None:
    desk = make_desk(empty)
    case = take(desk)
    details = Details(kind=ComplaintKind.QUERY_LAW)
    changed = desk.cases.change(case.complaint_id, details, by=BY, **OURS)
    assert (changed.kind, changed.kind_by) == (ComplaintKind.QUERY_LAW, BY)
    clock = desk.cases.clock(changed)
    assert clock is not None
    assert clock.due_on.isoformat() == "2026-05-29"  # 14 working days; 25 May is a holiday
    assert changed.due.on == clock.due_on


def test_a_statutory_complaint_has_no_date_before_its_period_is_known(empty: Shelf) -> None:
    desk = make_desk(empty)
    case = take(desk)
    details = Details(kind=ComplaintKind.STATUTORY)
    unknown = desk.cases.change(case.complaint_id, details, by=BY, **OURS)
    assert desk.cases.clock(unknown) is None
    known = desk.cases.change(case.complaint_id, Details(period=Period(number=10)), by=BY, **OURS)
    assert known.period == "10 day"
    assert desk.cases.clock(known) is not None


def test_an_extension_moves_the_date_and_a_mistake_is_taken_back(empty: Shelf) -> None:
    desk = make_desk(empty)
    case = take(desk)
    moment = case.received_at + timedelta(hours=1)
    extended = desk.cases.record(
        case.complaint_id, Extended(at=moment, ground=Ground.FACTS), by=BY, **OURS
    )
    assert extended.due.on > case.due.on
    event_id = extended.events[0].event_id
    back = desk.cases.withdraw(case.complaint_id, event_id, by=BY, **OURS)
    assert (back.due.on, back.events) == (case.due.on, ())


def test_an_answered_case_leaves_the_open_queue(empty: Shelf) -> None:
    desk = make_desk(empty)
    case = take(desk)
    ended = Ended(at=case.received_at + timedelta(hours=1))
    desk.cases.record(case.complaint_id, ended, by=BY, **OURS)
    assert desk.cases.queue(QueueFilter(), **OURS).total == 0
    assert desk.cases.queue(QueueFilter(which="over"), **OURS).total == 1


def test_a_date_that_moves_each_day_is_counted_anew_when_the_queue_is_looked_at(
    empty: Shelf,
) -> None:
    clock = Moment()
    desk = make_desk(empty, now=clock)
    case = take(desk)
    paused = Suspended(at=clock.now, why=PauseReason.HEARING)
    held = desk.cases.record(case.complaint_id, paused, by=BY, **OURS)
    assert held.due.is_provisional
    clock.now += timedelta(days=7)
    (later,) = desk.cases.queue(QueueFilter(), **OURS).cases
    assert later.due.on > held.due.on


# -- points -----------------------------------------------------------------------------------


def edited(case: StoredCase) -> list[EditedPoint]:
    return [
        EditedPoint(point_id=one.point_id, text=one.text, question=one.question, spans=one.spans)
        for one in case.points
    ]


def test_points_are_found_added_moved_and_left_out(empty: Shelf) -> None:
    desk = make_desk(empty)
    case = take(desk)
    assert len(case.points) == 2
    first, second = edited(case)
    wanted = [second, EditedPoint(text=f"{NAME}의 다른 질문"), first]
    changed = desk.cases.set_points(
        case.complaint_id, wanted, revision=case.revision, by=BY, **OURS
    )
    assert [one.point_id for one in changed.points[::2]] == [second.point_id, first.point_id]
    assert (changed.points[1].by, changed.points[0].by) == (BY, "")
    assert NAME not in changed.points[1].text


def test_new_names_that_an_official_types_give_way_to_general_words(empty: Shelf) -> None:
    desk = make_desk(empty)
    case = take(desk)
    typed = [EditedPoint(text="신청인 박서준 씨(010-9999-8888)의 신청 결과")]
    changed = desk.cases.set_points(case.complaint_id, typed, revision=None, by=BY, **OURS)
    assert "박서준" not in changed.points[0].text
    assert "9999" not in changed.points[0].text


def test_a_list_of_points_that_somebody_else_changed_is_refused(empty: Shelf) -> None:
    desk = make_desk(empty)
    case = take(desk)
    desk.cases.change(case.complaint_id, Details(officer=Officer()), by=BY, **OURS)
    with pytest.raises(ConflictError):
        desk.cases.set_points(
            case.complaint_id, edited(case), revision=case.revision, by=BY, **OURS
        )


@pytest.mark.parametrize(
    "points",
    [
        pytest.param([EditedPoint(point_id="nobody", text="x")], id="unknown id"),
        pytest.param([EditedPoint(text="  ")], id="no word"),
        pytest.param([EditedPoint(text="x", spans=(Span(start=0, end=9_999),))], id="no place"),
    ],
)
def test_a_list_of_points_that_does_not_fit_is_refused(
    empty: Shelf, points: list[EditedPoint]
) -> None:
    desk = make_desk(empty)
    case = take(desk)
    with pytest.raises(ComplaintInputError, match="points"):
        desk.cases.set_points(case.complaint_id, points, revision=None, by=BY, **OURS)


def test_a_status_given_by_a_person_is_kept(empty: Shelf) -> None:
    desk = make_desk(empty)
    case = take(desk)
    points = edited(case)
    points[0] = replace(points[0], status=PointStatus.OTHER_BODY, other_body="보기시청")
    changed = desk.cases.set_points(case.complaint_id, points, revision=None, by=BY, **OURS)
    assert changed.points[0].other_body == "보기시청"
    assert changed.points[0].by == BY


# -- arrival ----------------------------------------------------------------------------------


@pytest.mark.parametrize("body", ["", "  ", "???", "\u200b"])
def test_a_complaint_that_says_nothing_is_refused(empty: Shelf, body: str) -> None:
    with pytest.raises(ComplaintInputError, match="empty"):
        take(make_desk(empty), body)


def test_a_file_with_labels_fills_the_fields(empty: Shelf) -> None:
    text = (
        "신청번호: 1AA-2605-0000009\n제목: 가로등 고장\n접수일시: 2026. 5. 4.(월) 오후 2:05\n"
        f"민원인: {NAME}\n연락처: {PHONE}\n내용: 집 앞 가로등이 꺼져 있습니다.\n고쳐 주세요.\n"
    )
    case = make_desk(empty).receiving.take_file(text.encode(), file_name="민원.txt", **OURS)
    assert (case.number, case.title) == ("1AA-2605-0000009", "가로등 고장")
    assert case.received_at == datetime(2026, 5, 4, 5, 5, tzinfo=UTC)
    assert case.body == "집 앞 가로등이 꺼져 있습니다.\n고쳐 주세요."
    assert NAME not in case.text


def test_what_the_official_enters_beside_a_file_comes_first(empty: Shelf) -> None:
    case = make_desk(empty).receiving.take_file(
        "가로등이 꺼져 있습니다.".encode(),
        file_name="민원.txt",
        given=Arrival(body="", number="손으로 적은 번호"),
        **OURS,
    )
    assert case.number == "손으로 적은 번호"


TABLE = f"""민원 목록,,,
신청번호,접수일시,제목,민원내용,민원인,연락처,비고
A-1,2026-05-04 10:00,가로등,가로등을 고쳐 주세요.,{NAME},{PHONE},
A-2,언젠가,나무,나무를 심어 주세요.,,,
A-3,2026-05-04,빈 줄,,,,
A-1,2026-05-04,다시,같은 번호입니다.,,,
A-5,20260504,도로,도로가 파였습니다.,,,
"""


def test_a_table_is_taken_row_by_row_and_says_what_it_left(empty: Shelf) -> None:
    desk = make_desk(empty)
    taken = desk.receiving.take_table(TABLE.encode(), file_name="민원.csv", **OURS)
    assert [row for row, _ in taken.taken] == [3, 7]
    assert [(one.row, one.code, one.column) for one in taken.errors] == [
        (4, "bad_date", "접수일시"),
        (5, "no_body", "민원내용"),
        (6, "number_twice", "신청번호"),
    ]
    assert taken.columns["민원내용"] == "body"
    assert taken.unknown == ("비고",)
    assert NAME not in desk.cases.get(taken.taken[0][1], **OURS).text


def test_a_table_brought_twice_is_not_taken_twice(empty: Shelf) -> None:
    desk = make_desk(empty)
    desk.receiving.take_table(TABLE.encode(), file_name="민원.csv", **OURS)
    again = desk.receiving.take_table(TABLE.encode(), file_name="민원.csv", **OURS)
    assert again.taken == ()
    assert {one.code for one in again.errors} >= {"number_known"}


def test_a_table_without_a_column_for_the_text_is_refused(empty: Shelf) -> None:
    with pytest.raises(ComplaintInputError, match="table_columns"):
        make_desk(empty).receiving.take_table("가,나\n1,2\n".encode(), file_name="a.csv", **OURS)


def test_no_institution_sees_the_case_of_another(empty: Shelf) -> None:
    desk = make_desk(empty)
    case = take(desk)
    empty.store.collections.ensure_institution("other", "다른 기관")
    for look in (desk.cases.get, desk.cases.original):
        with pytest.raises(NotFoundError):
            look(case.complaint_id, institution_id="other")
    assert desk.cases.queue(QueueFilter(which="all"), institution_id="other").total == 0
