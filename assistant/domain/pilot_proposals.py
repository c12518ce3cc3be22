"""Values that files propose for the record of a pilot; a person accepts or corrects them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from assistant.domain.pilot_plan import ValueSource


class ProposalState(StrEnum):
    """What became of a proposal."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A value read off a file: `place` in the record, `value` in its written form, its cell."""

    place: str
    value: str
    source: ValueSource


@dataclass(frozen=True, slots=True, kw_only=True)
class ValuePlace:
    """Where the words of a value stand in what is read of a file.

    `block` is a `Locator.ordinal`; in a table `row` and `column` name a place of its full grid
    (`tablegrid.grid`, 0 is the first). `quote` is whole in that block or cell; an empty cell has
    an empty one.
    """

    block: int
    quote: str
    row: int | None = None
    column: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredProposal:
    """A proposal under its id; `decided_by` names who accepted or rejected it."""

    proposal_id: str
    proposal: Proposal
    state: ProposalState = ProposalState.OPEN
    decided_by: str = ""
    decided_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueOption:
    """One value for a place, with every file that says so."""

    value: str
    proposals: tuple[StoredProposal, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueChoice:
    """What files say about one place; `differs` when one of them is not what stands there now."""

    place: str
    current: str | None
    options: tuple[ValueOption, ...]
    differs: bool = False

    @property
    def is_conflict(self) -> bool:
        """Whether a person has to choose between different values."""
        return len(self.options) > 1 or self.differs
