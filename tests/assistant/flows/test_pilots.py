"""Pilots: filled by people and from files, nothing silently, nobody's work lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.domain import Grade, Track
from assistant.domain.pilot_proposals import ProposalState
from assistant.errors import ConflictError, NotFoundError, PersonUnnamedError, PilotPlaceError
from assistant.flows.pilots import PilotFilter
from tests.assistant.pilotroom import BY, OURS, PILOTS, Room, open_room


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with open_room(tmp_path) as opened:
        yield opened


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    with open_room(tmp_path_factory.mktemp("three")) as opened:
        for folder in sorted(each.name for each in PILOTS.iterdir()):
            opened.add(folder)
        yield opened


def one_file(room: Room, pilot_id: str, name: str = "가람시_측정값.xlsx") -> str:
    path = PILOTS / "가람시_화재감지" / name
    (result,) = room.office.flow.ingest_paths(
        [path], collection_id="inbox", grade=Grade.OPEN, **OURS
    )
    room.files.take_in(pilot_id, result.document_id, by=BY, **OURS)
    return result.document_id


def test_reading_a_file_puts_nothing_into_the_record(room: Room) -> None:
    made = room.pilots.create("시험", by=BY, grade=Grade.OPEN, **OURS)
    one_file(room, made.pilot_id)
    assert room.office.store.pilots.get(made.pilot_id, **OURS) == made
    held = room.files.choices(made.pilot_id, **OURS)
    assert {choice.place for choice in held} >= {"measurements[1].value", "gradings.safety"}


def test_an_accepted_value_names_its_cell_and_who_accepted_it(room: Room) -> None:
    made = room.pilots.create("시험", by=BY, grade=Grade.OPEN, **OURS)
    document_id = one_file(room, made.pilot_id)
    (choice,) = (
        each
        for each in room.files.choices(made.pilot_id, **OURS)
        if each.place == "measurements[1].value"
    )
    ids = [each.proposal_id for each in choice.options[0].proposals]
    taken = room.files.accept(made.pilot_id, ids, by="과장 둘째", **OURS)
    record = taken.stored.record
    assert str(record.measurements[0].value) == "24.6"
    source = record.sources["measurements[1].value"]
    assert (source.document_id, source.quote) == (document_id, "24.6")
    assert source.where == "측정 결과 · 2행(1) · 결과치"
    decided = room.office.store.pilots.proposals(
        made.pilot_id, state=ProposalState.ACCEPTED, **OURS
    )
    assert [each.decided_by for each in decided] == ["과장 둘째"]
    assert len(room.office.store.pilots.versions(made.pilot_id, **OURS)) == 2


def test_a_value_that_contradicts_the_record_waits_for_a_person(room: Room) -> None:
    made = room.pilots.create(
        "시험",
        by=BY,
        grade=Grade.OPEN,
        changes=[("measurements[1].value", "31.5")],
        **OURS,
    )
    one_file(room, made.pilot_id)
    taken = room.files.accept_agreed(made.pilot_id, by=BY, **OURS)
    assert [choice.place for choice in taken.conflicts] == ["measurements[1].value"]
    assert str(taken.stored.record.measurements[0].value) == "31.5"
    assert taken.conflicts[0].current == "31.5"


def test_of_two_values_the_other_is_turned_down_with_the_decision(room: Room) -> None:
    made = room.pilots.create("시험", by=BY, grade=Grade.OPEN, **OURS)
    one_file(room, made.pilot_id)
    one_file(room, made.pilot_id, "가람시_5_완료보고_메모.md")
    other = [
        each
        for each in room.files.choices(made.pilot_id, **OURS)
        if each.place == "measurements[2].value"
    ]
    ids = [each.proposal_id for each in other[0].options[0].proposals]
    assert len(ids) == 2, "both files say the same"
    room.files.reject(made.pilot_id, ids, by=BY, **OURS)
    left = {choice.place for choice in room.files.choices(made.pilot_id, **OURS)}
    assert "measurements[2].value" not in left


def test_changes_of_two_people_to_different_values_both_stay(room: Room) -> None:
    made = room.pilots.create("시험", by=BY, grade=Grade.OPEN, **OURS)
    room.pilots.change(made.pilot_id, [("track", "social")], base=1, by="가", **OURS)
    stored = room.pilots.change(made.pilot_id, [("code", "2026-1")], base=1, by="나", **OURS)
    assert (stored.record.track, stored.record.code, stored.version) == (
        Track.SOCIAL, "2026-1", 3,
    )  # fmt: skip


def test_changes_of_two_people_to_one_value_are_a_conflict(room: Room) -> None:
    made = room.pilots.create("시험", by=BY, grade=Grade.OPEN, **OURS)
    room.pilots.change(made.pilot_id, [("code", "가")], base=1, by="가", **OURS)
    with pytest.raises(ConflictError, match="pilot_changed"):
        room.pilots.change(made.pilot_id, [("code", "나")], base=1, by="나", **OURS)
    assert room.office.store.pilots.get(made.pilot_id, **OURS).record.code == "가"


def test_a_value_taken_away_loses_its_source(room: Room) -> None:
    made = room.pilots.create(
        "시험", by=BY, grade=Grade.OPEN, changes=[("items[1].name", "가")], **OURS
    )
    stored = room.pilots.change(made.pilot_id, [("items[1]", None)], base=1, by=BY, **OURS)
    assert stored.record.items == ()
    assert [place for place in stored.record.sources if place.startswith("items")] == []


@pytest.mark.parametrize("by", ["", "  "])
def test_nobody_changes_anything_without_a_name(room: Room, by: str) -> None:
    with pytest.raises(PersonUnnamedError):
        room.pilots.create("시험", by=by, grade=Grade.OPEN, **OURS)


def test_a_wrong_value_changes_nothing(room: Room) -> None:
    made = room.pilots.create("시험", by=BY, grade=Grade.OPEN, **OURS)
    with pytest.raises(PilotPlaceError):
        room.pilots.change(
            made.pilot_id, [("code", "가"), ("plan.ends_on", "내년")], base=1, by=BY, **OURS
        )
    assert room.office.store.pilots.get(made.pilot_id, **OURS) == made


def test_what_another_institution_has_is_not_there(room: Room) -> None:
    made = room.pilots.create("시험", by=BY, grade=Grade.OPEN, **OURS)
    room.office.store.collections.ensure_institution("other", "다른 기관")
    for attempt in (room.pilots.view, room.pilots.validate, room.pilots.calendar):
        with pytest.raises(NotFoundError):
            attempt(made.pilot_id, institution_id="other")
    assert room.pilots.portfolio(institution_id="other") == ()


# -- the portfolio ----------------------------------------------------------------------------


def test_the_portfolio_computes_its_figures_from_the_records(three: Room) -> None:
    found = {
        view.record.institution.name: view.figures.score.total.text
        for view in three.pilots.portfolio(**OURS)
    }
    assert found == {"가람시": "94.0점", "나래군": "64.7점", "다솜시": "92.0점"}


@pytest.mark.parametrize(
    ("wanted", "institutions"),
    [
        (PilotFilter(words="불씨지기"), {"가람시"}),
        (PilotFilter(words="새벽 비전"), {"나래군"}),
        (PilotFilter(track=Track.TECHNOLOGY), {"나래군", "다솜시"}),
        (PilotFilter(is_late=False, words="가람시"), {"가람시"}),
        (PilotFilter(words="없는 것"), set()),
    ],
)
def test_the_portfolio_is_filtered(
    three: Room, wanted: PilotFilter, institutions: set[str]
) -> None:
    found = three.pilots.portfolio(wanted, **OURS)
    assert {view.record.institution.name for view in found} == institutions


def test_the_invented_pilots_have_no_fault_that_their_files_do_not_have(three: Room) -> None:
    for view in three.pilots.portfolio(**OURS):
        validated = three.pilots.validate(view.record.pilot_id, **OURS)
        codes = {each.code for each in validated.findings}
        assert not codes & {"opinion_contradicts", "number_not_carried", "score_sum"}, codes


def test_a_row_that_others_changed_is_not_taken_away_unseen(room: Room) -> None:
    made = room.pilots.create(
        "시험", by=BY, grade=Grade.OPEN, changes=[("items[1].name", "가")], **OURS
    )
    room.pilots.change(made.pilot_id, [("items[1].target", "30")], base=1, by="가", **OURS)
    with pytest.raises(ConflictError):
        room.pilots.change(made.pilot_id, [("items[1]", None)], base=1, by="나", **OURS)


def test_sources_move_with_their_rows_when_a_row_before_them_goes(room: Room) -> None:
    names = [(f"plan.price_lines[{n}].name", name) for n, name in enumerate("가나다", start=1)]
    made = room.pilots.create("시험", by=BY, grade=Grade.OPEN, changes=names, **OURS)
    one_file(room, made.pilot_id, "가람시_수행계획서.hwpx")
    before = made.record.sources["plan.price_lines[3].name"]
    stored = room.pilots.change(
        made.pilot_id, [("plan.price_lines[1]", None)], base=1, by=BY, **OURS
    )
    assert [line.name for line in stored.record.plan.price_lines] == ["나", "다"]
    assert stored.record.sources["plan.price_lines[2].name"] == before
    assert "plan.price_lines[3].name" not in stored.record.sources


def test_several_rows_are_taken_away_at_once_by_the_places_they_had(room: Room) -> None:
    names = [(f"plan.price_lines[{n}].name", name) for n, name in enumerate("가나다라", start=1)]
    made = room.pilots.create("시험", by=BY, grade=Grade.OPEN, changes=names, **OURS)
    stored = room.pilots.change(
        made.pilot_id,
        [("plan.price_lines[1]", None), ("plan.price_lines[3]", None)],
        base=1,
        by=BY,
        **OURS,
    )
    assert [line.name for line in stored.record.plan.price_lines] == ["나", "라"]
    assert [place for place in stored.record.sources if place.startswith("plan.price")] == [
        "plan.price_lines[1].name",
        "plan.price_lines[2].name",
    ]
