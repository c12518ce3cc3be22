"""Pilots in the store: records in versions, files, proposals, and nobody's work lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from assistant.domain import Grade
from assistant.domain.pilot_kinds import EventKind, Track
from assistant.domain.pilot_plan import PerformanceItem
from assistant.domain.pilot_proposals import ProposalState
from assistant.domain.pilots import Measurement, PilotEvent
from assistant.errors import ConflictError, GradeNotAllowedError, NotFoundError
from assistant.store import UNDO_FOR, PilotDecision, Store
from tests.assistant.store.builders import FrozenClock
from tests.assistant.store.pilots import FILE, PROPOSALS, SOURCE, add_pilot, make_record

OURS = {"institution_id": "default"}


def test_a_record_comes_back_exactly_as_it_was_stored(store: Store) -> None:
    record = make_record(
        track=Track.CITIZENS,
        items=(PerformanceItem(number=1, name="감지시간", target=Decimal("30.0")),),
        measurements=(Measurement(item_number=1, value=Decimal("24.60")),),
        purchases=(),
        events=(PilotEvent(kind=EventKind.MATCHED, on=date(2025, 10, 15)),),
        sources={"track": SOURCE},
    )
    store.pilots.create(record, **OURS, grade=Grade.OPEN, by="주무관 보기")
    found = store.pilots.get("pilot1", **OURS)
    assert found.record == record
    assert str(found.record.measurements[0].value) == "24.60"
    assert (found.version, found.grade) == (1, Grade.OPEN)


def test_every_save_is_a_version_with_its_author_and_reason(store: Store) -> None:
    first = add_pilot(store).record
    changed = replace(first, title="고친 이름")
    store.pilots.save(changed, **OURS, parent=1, by="주무관 보기", reason="이름을 고침")
    versions = store.pilots.versions("pilot1", **OURS)
    assert [(v.number, v.by, v.reason) for v in versions] == [
        (2, "주무관 보기", "이름을 고침"),
        (1, "주무관 보기", ""),
    ]
    assert store.pilots.version("pilot1", 1, **OURS) == first
    assert store.pilots.get("pilot1", **OURS).record == changed


def test_of_two_saves_from_one_version_the_later_is_refused(store: Store) -> None:
    record = add_pilot(store).record
    store.pilots.save(replace(record, code="가"), **OURS, parent=1, by="가")
    with pytest.raises(ConflictError, match="pilot_changed"):
        store.pilots.save(replace(record, code="나"), **OURS, parent=1, by="나")
    assert store.pilots.get("pilot1", **OURS).record.code == "가"
    assert len(store.pilots.versions("pilot1", **OURS)) == 2


def test_proposals_come_back_with_their_cells_in_the_order_of_reading(store: Store) -> None:
    add_pilot(store)
    store.pilots.add_file("pilot1", FILE, **OURS)
    found = store.pilots.propose("pilot1", "d1", PROPOSALS, **OURS)
    assert [each.proposal for each in found] == [
        replace(each, source=replace(each.source, document_id="d1")) for each in PROPOSALS
    ]
    assert store.pilots.files("pilot1", **OURS) == (FILE,)


def test_what_was_decided_is_not_proposed_again(store: Store) -> None:
    record = add_pilot(store).record
    one, two = store.pilots.propose("pilot1", "d1", PROPOSALS, **OURS)
    accept = PilotDecision(
        proposal_ids=(one.proposal_id,), state=ProposalState.ACCEPTED, by="주무관 보기"
    )
    store.pilots.save(record, **OURS, parent=1, by="주무관 보기", decision=accept)
    again = store.pilots.propose("pilot1", "d1", PROPOSALS, **OURS)
    assert [(each.proposal.place, each.state) for each in again] == [
        ("items[1].target", ProposalState.ACCEPTED),
        ("track", ProposalState.OPEN),
    ]
    assert again[0].decided_by == "주무관 보기"
    assert two.proposal_id not in {each.proposal_id for each in again}
    left = store.pilots.proposals("pilot1", **OURS, state=ProposalState.OPEN)
    assert [each.proposal.place for each in left] == ["track"]


def test_a_save_that_is_refused_leaves_its_proposals_open(store: Store) -> None:
    record = add_pilot(store).record
    one, _ = store.pilots.propose("pilot1", "d1", PROPOSALS, **OURS)
    accept = PilotDecision(proposal_ids=(one.proposal_id,), state=ProposalState.ACCEPTED, by="나")
    with pytest.raises(ConflictError):
        store.pilots.save(record, **OURS, parent=7, by="나", decision=accept)
    states = {each.state for each in store.pilots.proposals("pilot1", **OURS)}
    assert states == {ProposalState.OPEN}


def test_a_deleted_pilot_can_be_brought_back_for_a_while_and_is_then_gone(
    store: Store, clock: FrozenClock
) -> None:
    add_pilot(store)
    store.pilots.propose("pilot1", "d1", PROPOSALS, **OURS)
    store.pilots.delete("pilot1", **OURS)
    assert store.pilots.list(**OURS) == ()
    with pytest.raises(NotFoundError):
        store.pilots.get("pilot1", **OURS)
    assert store.pilots.restore("pilot1", **OURS).version == 1
    store.pilots.delete("pilot1", **OURS)
    clock.now += UNDO_FOR + timedelta(seconds=1)
    store.purge()
    with pytest.raises(NotFoundError):
        store.pilots.restore("pilot1", **OURS)
    assert store.pilots.versions("pilot1", **OURS) == ()


def test_a_classified_pilot_is_refused(store: Store) -> None:
    with pytest.raises(GradeNotAllowedError):
        store.pilots.create(make_record(), **OURS, grade=Grade.CLASSIFIED, by="x")
