"""What we write of a pilot can be read again: plan and report hold the same items and results."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from assistant.pilotforms import is_same, propose, values
from assistant.reading import DEFAULT_LIMITS, read_in_process
from tests.assistant.pilotroom import OURS, PILOTS, Room, open_room

FOLDERS = sorted(each.name for each in PILOTS.iterdir())


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    with open_room(tmp_path_factory.mktemp("roundtrip")) as opened:
        for folder in FOLDERS:
            opened.add(folder)
        yield opened


def read_back(room: Room, institution: str, kind: str, fmt: str) -> dict[str, str]:
    """Write a report of a pilot and return what our reading of forms finds in it."""
    view = next(
        v for v in room.pilots.portfolio(**OURS) if v.record.institution.name == institution
    )
    built = asyncio.run(room.reports.build(view.record.pilot_id, kind, **OURS))
    file = room.reports.write(built.paper, fmt, institution=institution, **OURS)
    name = f"보고서.{fmt}"
    document = read_in_process(file.data, file_name=name, limits=DEFAULT_LIMITS)
    return {each.place: each.value for each in propose(document, file_name=name)}


def record_of(room: Room, institution: str) -> dict[str, str]:
    view = next(
        v for v in room.pilots.portfolio(**OURS) if v.record.institution.name == institution
    )
    return values(view.record)


@pytest.mark.parametrize("fmt", ["hwpx", "docx", "pdf"])
@pytest.mark.parametrize("institution", ["가람시", "나래군", "다솜시"])
def test_a_completion_report_read_again_holds_the_items_and_results(
    room: Room, institution: str, fmt: str
) -> None:
    held, found = record_of(room, institution), read_back(room, institution, "completion", fmt)
    for place, value in held.items():
        if place.startswith("items[") and place.endswith((".target", ".unit")):
            reported = place.replace("items[", "report.items[")
            assert is_same(found.get(reported), value), place
        if place.startswith("measurements[") and place.endswith(".value"):
            assert is_same(found.get(place), value), place
        if place.startswith("stages[") and place.endswith((".held_on", ".kind")):
            assert found.get(place) == value, place
    assert found["product.name"] == held["product.name"]


@pytest.mark.parametrize("institution", ["가람시", "나래군", "다솜시"])
def test_a_plan_read_again_is_the_same_plan(room: Room, institution: str) -> None:
    held, found = record_of(room, institution), read_back(room, institution, "plan", "hwpx")
    wanted = ("items[", "plan.starts_on", "plan.ends_on", "product.", "acquisition")
    left_out = (".number", ".is_ai")
    for place, value in held.items():
        if place.startswith(wanted) and not place.endswith(left_out):
            assert is_same(found.get(place), value), (place, value, found.get(place))
