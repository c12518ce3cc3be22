"""Values put into a record with their sources: by a person, or taken over from files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from assistant.domain.pilot_plan import ValueSource
from assistant.domain.pilot_proposals import StoredProposal, ValueChoice
from assistant.domain.pilots import PilotRecord
from assistant.errors import PersonUnnamedError
from assistant.pilotforms.places import in_order, put, values
from assistant.text import clean

BY_HAND = "직접 입력"
_ROW = re.compile(r"(?P<list>[a-z_.]+)\[(?P<at>\d{1,6})\]")
Changes: TypeAlias = Sequence[tuple[str, str | None]]
# Where several files say the same, the cell of a sheet is shown before a passage.
_SHEETS, _FORMS = (".xlsx", ".xls", ".ods", ".csv"), (".hwpx", ".hwp", ".docx", ".pdf")


def named(by: str) -> str:
    """Return a person's name, cleaned; raise `PersonUnnamedError` where there is none."""
    name = clean(by).strip()
    if not name:
        raise PersonUnnamedError("a person's name is needed")
    return name


def by_hand(record: PilotRecord, changes: Changes, by: str) -> PilotRecord:
    """Return the record with values put by a person, each with its source."""
    cleaned = [(place, (clean(text).strip() or None) if text else None) for place, text in changes]
    sources = dict(record.sources)
    for place, text in in_order(cleaned):
        record = put(record, [(place, text)])
        if text is None:
            sources = _without(sources, place, record)
        else:
            sources[place] = ValueSource(file_name="", where=BY_HAND, quote=by)
    return replace(record, sources=sources)


def _without(
    sources: Mapping[str, ValueSource], removed: str, record: PilotRecord
) -> dict[str, ValueSource]:
    """Return the sources without those of a place; rows that moved up take theirs along."""
    kept = {place: source for place, source in sources.items() if not is_at(place, removed)}
    match = _ROW.fullmatch(removed)
    if match is None or not any(is_at(place, removed) for place in values(record)):
        return kept
    return {_moved(place, match["list"], int(match["at"])): s for place, s in kept.items()}


def _moved(place: str, rows: str, removed: int) -> str:
    """Return where a value stands once the row at `removed` is gone.

    >>> _moved("plan.costs[3].name", "plan.costs", 1), _moved("plan.costs[1].name", "plan.costs", 2)
    ('plan.costs[2].name', 'plan.costs[1].name')
    """
    match = _ROW.match(place)
    if match is None or match["list"] != rows or int(match["at"]) <= removed:
        return place
    return f"{rows}[{int(match['at']) - 1}]{place[match.end() :]}"


def is_at(place: str, removed: str) -> bool:
    """Tell whether a place is another, or lies within it.

    >>> is_at("items[1].name", "items[1]"), is_at("items[12].name", "items[1]")
    (True, False)
    """
    return place == removed or place.startswith((f"{removed}.", f"{removed}["))


def from_files(record: PilotRecord, taken: Mapping[str, Sequence[StoredProposal]]) -> PilotRecord:
    """Return the record with values taken over from files, each with its cell.

    Of spellings of one number the one with the most digits is kept: a sheet drops last zeros.
    """
    values = {
        place: max((each.proposal.value for each in found), key=len)
        for place, found in taken.items()
    }
    sources = {
        place: min((each.proposal.source for each in found), key=_rank)
        for place, found in taken.items()
    }
    return replace(put(record, values.items()), sources={**record.sources, **sources})


def _rank(source: ValueSource) -> int:
    name = source.file_name.lower()
    return 0 if name.endswith(_SHEETS) else 1 if name.endswith(_FORMS) else 2


def others_of(
    held: Iterable[ValueChoice], taken: Mapping[str, tuple[StoredProposal, ...]]
) -> set[str]:
    """Return the proposals of other values for places that are decided now."""
    return {
        each.proposal_id
        for choice in held
        if choice.place in taken
        for option in choice.options
        for each in option.proposals
        if option.proposals != taken[choice.place]
    }
