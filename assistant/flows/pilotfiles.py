"""What files say of a pilot: proposed place by place, taken over or turned down by a person."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from assistant.domain import Document
from assistant.domain.pilot_plan import ValueSource
from assistant.domain.pilot_proposals import (
    ProposalState,
    StoredProposal,
    ValueChoice,
    ValuePlace,
)
from assistant.errors import ConflictError, NotFoundError
from assistant.pilotforms import choices, from_files, locate, named, others_of, propose
from assistant.store import PilotDecision, PilotFile, Store, StoredPilot, visible_to

logger = logging.getLogger(__name__)

_TRIES = 5
Reading = Callable[..., Document]


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What came of taking values over: the pilot, and the places that a person has to decide."""

    stored: StoredPilot
    accepted: int
    conflicts: tuple[ValueChoice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LocatedValue:
    """A value's source and where it stands in what is read of the file now.

    `at` is None where the file does not say so any more.
    """

    source: ValueSource
    file_name: str
    page_count: int | None
    at: ValuePlace | None


class PilotFilesFlow:
    """The flow behind the files and proposals of a pilot.

    Args:
        store: the truth.
        reading: what was read of a version of a document, by its id and the institutions.
        now: the time.
    """

    def __init__(self, store: Store, *, reading: Reading, now: Callable[[], datetime]) -> None:
        self._store = store
        self._reading = reading
        self._now = now

    def take_in(
        self, pilot_id: str, document_id: str, *, by: str, institution_id: str
    ) -> tuple[StoredProposal, ...]:
        """Read a stored document for what it says of a pilot; nothing is put into the record.

        Raises:
            DocumentUnreadableError: The file cannot be read any more.
            NotFoundError: The institution has no such pilot or document.
        """
        self._store.pilots.get(pilot_id, institution_id=institution_id)
        visible = visible_to(institution_id)
        detail = self._store.documents.get(document_id, institution_ids=visible)
        document = self._reading(detail.record.version_id, institution_ids=visible)
        file_name = detail.record.file_name
        file = PilotFile(
            document_id=document_id, file_name=file_name, added_by=by, added_at=self._now()
        )
        self._store.pilots.add_file(pilot_id, file, institution_id=institution_id)
        found = propose(document, file_name=file_name, document_id=document_id)
        logger.info("pilot.read", extra={"pilot_id": pilot_id, "proposals": len(found)})
        return self._store.pilots.propose(
            pilot_id, document_id, found, institution_id=institution_id
        )

    def choices(self, pilot_id: str, *, institution_id: str) -> tuple[ValueChoice, ...]:
        """Return what files say and nobody has decided on yet, place by place.

        Raises:
            NotFoundError: The institution has no such pilot.
        """
        stored = self._store.pilots.get(pilot_id, institution_id=institution_id)
        return self._open_choices(stored, institution_id)

    def locate(
        self, pilot_id: str, *, place: str = "", proposal_id: str = "", institution_id: str
    ) -> LocatedValue:
        """Return where a value of the record, or one that a file proposes, was read.

        Raises:
            DocumentUnreadableError: The file cannot be read any more.
            NotFoundError: No such pilot, value or file; or a person wrote the value by hand.
        """
        place, source = self._source(pilot_id, place, proposal_id, institution_id)
        if not source.document_id:
            raise NotFoundError(what="value_source")
        visible = visible_to(institution_id)
        record = self._store.documents.get(source.document_id, institution_ids=visible).record
        document = self._reading(record.version_id, institution_ids=visible)
        return LocatedValue(
            source=source,
            file_name=record.file_name,
            page_count=document.page_count,
            at=locate(document, source, place=place),
        )

    def _source(
        self, pilot_id: str, place: str, proposal_id: str, institution_id: str
    ) -> tuple[str, ValueSource]:
        if proposal_id:
            held = self._store.pilots.proposals(pilot_id, institution_id=institution_id)
            found = next((one for one in held if one.proposal_id == proposal_id), None)
            if found is None:
                raise NotFoundError(what="value_source")
            return found.proposal.place, found.proposal.source
        record = self._store.pilots.get(pilot_id, institution_id=institution_id).record
        if place not in record.sources:
            raise NotFoundError(what="value_source")
        return place, record.sources[place]

    def accept(
        self,
        pilot_id: str,
        proposal_ids: Collection[str],
        *,
        by: str,
        institution_id: str,
    ) -> Taken:
        """Take over what a person accepts; other values for the same places are turned down.

        Raises:
            ConflictError: Two of them name different values for one place, or others kept saving.
            NotFoundError: The institution has no such pilot.
            PersonUnnamedError: Nobody's name was given.
            PilotPlaceError: A row cannot be made yet: the row before it is missing.
        """
        by = named(by)
        wanted = set(proposal_ids)

        def chosen(held: Iterable[ValueChoice]) -> dict[str, tuple[StoredProposal, ...]]:
            found: dict[str, tuple[StoredProposal, ...]] = {}
            for choice in held:
                for option in choice.options:
                    if wanted & {each.proposal_id for each in option.proposals}:
                        if choice.place in found:
                            raise ConflictError(reason="proposals_differ")
                        found[choice.place] = option.proposals
            return found

        return self._take(pilot_id, chosen, by=by, institution_id=institution_id)

    def accept_agreed(self, pilot_id: str, *, by: str, institution_id: str) -> Taken:
        """Take over every value on which all files agree and which contradicts no record.

        Raises:
            ConflictError: Others kept saving meanwhile.
            NotFoundError: The institution has no such pilot.
            PersonUnnamedError: Nobody's name was given.
        """

        def chosen(held: Iterable[ValueChoice]) -> dict[str, tuple[StoredProposal, ...]]:
            return {c.place: c.options[0].proposals for c in held if not c.is_conflict}

        return self._take(pilot_id, chosen, by=named(by), institution_id=institution_id)

    def reject(
        self, pilot_id: str, proposal_ids: Collection[str], *, by: str, institution_id: str
    ) -> None:
        """Write down that a person turned proposals down.

        Raises:
            NotFoundError: The institution has no such pilot.
            PersonUnnamedError: Nobody's name was given.
        """
        decision = PilotDecision(
            proposal_ids=proposal_ids, state=ProposalState.REJECTED, by=named(by)
        )
        self._store.pilots.decide(pilot_id, decision, institution_id=institution_id)

    def _take(
        self,
        pilot_id: str,
        chosen: Callable[[Iterable[ValueChoice]], dict[str, tuple[StoredProposal, ...]]],
        *,
        by: str,
        institution_id: str,
    ) -> Taken:
        pilots = self._store.pilots
        for _ in range(_TRIES):
            stored = pilots.get(pilot_id, institution_id=institution_id)
            held = self._open_choices(stored, institution_id)
            taken = chosen(held)
            record = from_files(stored.record, taken)
            accepted = {each.proposal_id for found in taken.values() for each in found}
            try:
                if accepted:
                    stored = pilots.save(
                        record,
                        institution_id=institution_id,
                        parent=stored.version,
                        by=by,
                        reason="accepted",
                        decision=PilotDecision(
                            proposal_ids=accepted, state=ProposalState.ACCEPTED, by=by
                        ),
                    )
            except ConflictError:
                continue
            others = others_of(held, taken)
            if others:
                self.reject(pilot_id, others, by=by, institution_id=institution_id)
            left = self._open_choices(stored, institution_id)
            return Taken(
                stored=stored,
                accepted=len(taken),
                conflicts=tuple(choice for choice in left if choice.is_conflict),
            )
        raise ConflictError(reason="pilot_changed")

    def _open_choices(self, stored: StoredPilot, institution_id: str) -> tuple[ValueChoice, ...]:
        held = self._store.pilots.proposals(
            stored.pilot_id, institution_id=institution_id, state=ProposalState.OPEN
        )
        return choices(stored.record, held)
