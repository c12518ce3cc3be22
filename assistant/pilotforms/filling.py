"""Values put into a record with their sources: by a person, or taken over from files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from assistant.domain.pilot_plan import ValueSource
from assistant.domain.pilot_proposals import StoredProposal, ValueChoice
from assistant.domain.pilots import PilotRecord
from assistant.errors import PersonUnnamedError
from assistant.pilotforms.places import put
from assistant.text import clean

BY_HAND = "직접 입력"
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
    cleaned = [(place, None if text is None else clean(text).strip()) for place, text in changes]
    changed = put(record, [(place, text or None) for place, text in cleaned])
    sources = dict(record.sources)
    for place, text in cleaned:
        if text:
            sources[place] = ValueSource(file_name="", where=BY_HAND, quote=by)
        else:
            sources = {k: v for k, v in sources.items() if not _is_at(k, place)}
    return replace(changed, sources=sources)


def _is_at(place: str, removed: str) -> bool:
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
