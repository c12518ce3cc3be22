"""The files that a pilot was filled from, what they propose, and what people decided on it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select, update

from assistant.domain.pilot_plan import ValueSource
from assistant.domain.pilot_proposals import Proposal, ProposalState, StoredProposal
from assistant.errors import NotFoundError
from assistant.store.database import Database
from assistant.store.pilot_models import PilotFileRow, PilotProposalRow, PilotRow
from assistant.store.rows import AnyRow, Clock, batches, new_id


@dataclass(frozen=True, slots=True, kw_only=True)
class PilotFile:
    """A stored document that belongs to a pilot."""

    document_id: str
    file_name: str
    added_by: str
    added_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A person's decision on proposals."""

    proposal_ids: Collection[str]
    state: ProposalState
    by: str


class PilotFiles:
    """Files and proposals of the pilots of each institution."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def add_file(self, pilot_id: str, file: PilotFile, *, institution_id: str) -> None:
        """Say that a stored document belongs to a pilot; again is harmless.

        Raises:
            NotFoundError: The institution has no such pilot.
        """
        with self._database.write() as connection:
            self._require(connection, pilot_id, institution_id)
            connection.execute(
                delete(PilotFileRow).where(
                    PilotFileRow.pilot_id == pilot_id,
                    PilotFileRow.document_id == file.document_id,
                )
            )
            connection.execute(
                insert(PilotFileRow).values(
                    pilot_id=pilot_id,
                    document_id=file.document_id,
                    institution_id=institution_id,
                    file_name=file.file_name,
                    added_by=file.added_by,
                    added_at=file.added_at,
                )
            )

    def files(self, pilot_id: str, *, institution_id: str) -> tuple[PilotFile, ...]:
        """Return the documents of a pilot by name."""
        query = (
            select(PilotFileRow.__table__)
            .where(PilotFileRow.pilot_id == pilot_id, PilotFileRow.institution_id == institution_id)
            .order_by(PilotFileRow.file_name, PilotFileRow.document_id)
        )
        with self._database.read() as connection:
            return tuple(
                PilotFile(
                    document_id=row.document_id,
                    file_name=row.file_name,
                    added_by=row.added_by,
                    added_at=row.added_at,
                )
                for row in connection.execute(query)
            )

    def propose(
        self, pilot_id: str, document_id: str, found: Sequence[Proposal], *, institution_id: str
    ) -> tuple[StoredProposal, ...]:
        """Store what a document proposes in place of what it proposed before and is still open.

        What a person has decided on stays decided, and is not proposed again.

        Raises:
            NotFoundError: The institution has no such pilot.
        """
        with self._database.write() as connection:
            self._require(connection, pilot_id, institution_id)
            of_file = (
                PilotProposalRow.pilot_id == pilot_id,
                PilotProposalRow.document_id == document_id,
            )
            connection.execute(
                delete(PilotProposalRow).where(
                    *of_file, PilotProposalRow.state == ProposalState.OPEN.value
                )
            )
            decided = {
                (row.place, row.value)
                for row in connection.execute(
                    select(PilotProposalRow.place, PilotProposalRow.value).where(*of_file)
                )
            }
            position = connection.execute(
                select(func.coalesce(func.max(PilotProposalRow.position), 0)).where(
                    PilotProposalRow.pilot_id == pilot_id
                )
            ).scalar_one()
            new = [
                _proposal_values(each, position + number, (pilot_id, institution_id, document_id))
                for number, each in enumerate(found, start=1)
                if (each.place, each.value) not in decided
            ]
            if new:
                connection.execute(insert(PilotProposalRow), new)
        return self.proposals(pilot_id, institution_id=institution_id)

    def proposals(
        self, pilot_id: str, *, institution_id: str, state: ProposalState | None = None
    ) -> tuple[StoredProposal, ...]:
        """Return what files propose, in the order in which it was read."""
        query = (
            select(PilotProposalRow.__table__)
            .where(
                PilotProposalRow.pilot_id == pilot_id,
                PilotProposalRow.institution_id == institution_id,
            )
            .order_by(PilotProposalRow.position)
        )
        if state is not None:
            query = query.where(PilotProposalRow.state == state.value)
        with self._database.read() as connection:
            return tuple(_proposal(row) for row in connection.execute(query))

    def decide(self, pilot_id: str, decision: Decision, *, institution_id: str) -> None:
        """Write down what a person decided on proposals, where the record stays as it is.

        Raises:
            NotFoundError: The institution has no such pilot.
        """
        with self._database.write() as connection:
            self._require(connection, pilot_id, institution_id)
            self._decide(connection, pilot_id, decision)

    # -- within a transaction ---------------------------------------------------------------------

    def _decide(self, connection: Connection, pilot_id: str, decision: Decision) -> None:
        for some in batches(sorted(decision.proposal_ids)):
            connection.execute(
                update(PilotProposalRow)
                .where(
                    PilotProposalRow.pilot_id == pilot_id, PilotProposalRow.proposal_id.in_(some)
                )
                .values(
                    state=decision.state.value, decided_by=decision.by, decided_at=self._clock()
                )
            )

    @staticmethod
    def _is(pilot_id: str, institution_id: str) -> ColumnElement[bool]:
        return (
            (PilotRow.pilot_id == pilot_id)
            & (PilotRow.institution_id == institution_id)
            & PilotRow.deleted_at.is_(None)
        )

    def _require(self, connection: Connection, pilot_id: str, institution_id: str) -> None:
        query = select(PilotRow.pilot_id).where(self._is(pilot_id, institution_id))
        if connection.execute(query).first() is None:
            raise NotFoundError(what="pilot")


def _proposal_values(
    found: Proposal, position: int, ids: tuple[str, str, str]
) -> dict[str, object]:
    pilot_id, institution_id, document_id = ids
    return {
        "proposal_id": new_id(),
        "pilot_id": pilot_id,
        "institution_id": institution_id,
        "position": position,
        "place": found.place,
        "value": found.value,
        "document_id": document_id,
        "file_name": found.source.file_name,
        "found_at": found.source.where,
        "quote": found.source.quote,
        "state": ProposalState.OPEN.value,
        "decided_by": "",
        "decided_at": None,
    }


def _proposal(row: AnyRow) -> StoredProposal:
    source = ValueSource(
        file_name=row.file_name, where=row.found_at, quote=row.quote, document_id=row.document_id
    )
    return StoredProposal(
        proposal_id=row.proposal_id,
        proposal=Proposal(place=row.place, value=row.value, source=source),
        state=ProposalState(row.state),
        decided_by=row.decided_by,
        decided_at=row.decided_at,
    )
