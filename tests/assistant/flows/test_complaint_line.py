"""Drafts in the background: each once, cancelled when told, taken up again after a crash."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from datetime import date

import pytest

from assistant.deadlines import Ground, Period
from assistant.domain import PaperSubject
from assistant.domain.complaints import Decision, LetterKind
from assistant.flows.complaint.letters import LetterRequest
from assistant.flows.complaint.line import DraftLine, request_json, request_of
from assistant.store import DraftingState
from tests.assistant.flows.complaining import OURS, desk_shelf, make_desk, take
from tests.assistant.shelf import Shelf
from tests.fakes import FakeEndpoint, fake_endpoint


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    with desk_shelf(tmp_path_factory.mktemp("desk")) as opened:
        yield opened


@pytest.fixture
def slow() -> Iterator[FakeEndpoint]:
    with fake_endpoint(mode="hang") as opened:
        yield opened


def papers(shelf: Shelf, complaint_id: str) -> int:
    return len(shelf.store.papers.of_subject(PaperSubject.COMPLAINT, complaint_id, **OURS))


def test_each_is_drafted_once_however_often_it_is_put(shelf: Shelf) -> None:
    desk = make_desk(shelf)
    case = take(desk)
    assert desk.line.put([case.complaint_id] * 3, LetterRequest(), **OURS) == (case.complaint_id,)
    assert desk.line.put([case.complaint_id], LetterRequest(), **OURS) == ()
    desk.line.start()
    assert desk.line.wait_idle(20)
    desk.line.stop()
    found = desk.cases.get(case.complaint_id, **OURS)
    assert (found.drafting, papers(shelf, case.complaint_id)) == (DraftingState.DRAFTED, 1)


def test_a_letter_that_cannot_be_written_is_marked_with_its_reason(shelf: Shelf) -> None:
    desk = make_desk(shelf)
    case = take(desk)
    desk.line.start()
    desk.line.put([case.complaint_id], LetterRequest(letter=LetterKind.EXTENSION), **OURS)
    assert desk.line.wait_idle(20)
    desk.line.stop()
    found = desk.cases.get(case.complaint_id, **OURS)
    assert (found.drafting, found.drafting_error) == (DraftingState.FAILED, "complaint_input")


def test_a_draft_under_way_is_cancelled_within_a_moment(shelf: Shelf, slow: FakeEndpoint) -> None:
    desk = make_desk(shelf, slow)
    case = take(desk)
    desk.line.start()
    desk.line.put([case.complaint_id], LetterRequest(), **OURS)
    assert slow.asked.wait(10)
    began = time.monotonic()
    assert desk.line.cancel(case.complaint_id, **OURS)
    assert desk.line.wait_idle(5)
    assert time.monotonic() - began < 2
    desk.line.stop()
    assert desk.cases.get(case.complaint_id, **OURS).drafting is DraftingState.NONE
    assert papers(shelf, case.complaint_id) == 0


def test_what_a_stop_cut_short_is_drafted_after_the_next_start(
    shelf: Shelf, slow: FakeEndpoint
) -> None:
    desk = make_desk(shelf, slow)
    case = take(desk)
    desk.line.start()
    desk.line.put([case.complaint_id], LetterRequest(), **OURS)
    assert slow.asked.wait(10)
    desk.line.stop()
    assert desk.cases.get(case.complaint_id, **OURS).drafting is DraftingState.RUNNING
    again = make_desk(shelf)
    again.line.start()
    assert again.line.wait_idle(20)
    again.line.stop()
    assert again.cases.get(case.complaint_id, **OURS).drafting is DraftingState.DRAFTED


def test_a_letter_stored_just_before_a_crash_is_not_written_twice(shelf: Shelf) -> None:
    desk = make_desk(shelf)
    case = take(desk)
    desk.line.put([case.complaint_id], LetterRequest(), **OURS)
    line = DraftLine(shelf.store, desk.letters)
    line.start()
    assert line.wait_idle(20)
    line.stop()
    with shelf.store._database.write() as connection:  # as if the crash came before the last write
        connection.exec_driver_sql(
            "UPDATE complaints SET drafting = 'running' WHERE complaint_id = ?",
            (case.complaint_id,),
        )
    line = DraftLine(shelf.store, desk.letters)
    line.start()
    assert line.wait_idle(20)
    line.stop()
    assert papers(shelf, case.complaint_id) == 1
    assert len(desk.cases.get(case.complaint_id, **OURS).letters) == 1


def test_a_request_comes_back_from_the_store_as_it_was() -> None:
    request = LetterRequest(
        letter=LetterKind.EXTENSION,
        decision=Decision.PARTIAL,
        is_disposition=True,
        reason="사유",
        needs=("가",),
        until=date(2026, 5, 22),
        ground=Ground.FACTS,
        length=Period(number=7),
        consent=True,
        destination="보기시청",
        referrals=("보기시청",),
        expected_on=date(2026, 6, 1),
        notified_on=date(2026, 5, 1),
    )
    blank = LetterRequest()
    assert all(getattr(request, name) != getattr(blank, name) for name in request_json(blank))
    assert request_of(json.loads(json.dumps(request_json(blank)))) == blank
    assert request_of(json.loads(json.dumps(request_json(request)))) == request
