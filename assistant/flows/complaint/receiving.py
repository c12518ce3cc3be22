"""Complaints on arrival: masked first, then sorted, split into points and counted."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from assistant.domain import Document
from assistant.domain.complaints import Officer
from assistant.flows.complaint import counting, masking
from assistant.flows.complaint.intake import Arrival, RowError, checked, of_document, of_table
from assistant.flows.complaint.pointing import guessed, split
from assistant.reading import Limits, read
from assistant.store import NewCase, Store, StoredCase

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class TableTaken:
    """What came of a table: ids by row, rows not taken, and which heading stood for what."""

    taken: tuple[tuple[int, str], ...]
    errors: tuple[RowError, ...]
    columns: dict[str, str]
    unknown: tuple[str, ...]


class Receiving:
    """The flow that takes complaints in.

    Args:
        store: the truth.
        limits: for reading one file.
        now: the clock of the installation.
    """

    def __init__(self, store: Store, *, limits: Limits, now: Callable[[], datetime]) -> None:
        self._store = store
        self._limits = limits
        self._now = now

    def take(
        self, arrival: Arrival, *, institution_id: str, officer: Officer | None = None
    ) -> StoredCase:
        """Take in one complaint.

        Raises:
            ComplaintInputError: It says nothing, or too much.
        """
        new = self._new(checked(arrival), institution_id, officer)
        (complaint_id,) = self._store.complaints.add([new])
        logger.info("complaint.received", extra={"complaint_id": complaint_id})
        return self._store.complaints.get(complaint_id, institution_id=institution_id)

    def take_file(
        self,
        data: bytes,
        *,
        file_name: str,
        given: Arrival | None = None,
        institution_id: str,
        officer: Officer | None = None,
    ) -> StoredCase:
        """Take in the complaint that a file holds; `given` is what is known beside it.

        Raises:
            ComplaintInputError: It says nothing, or too much.
            DocumentTooLargeError: The file is over the limit.
            DocumentUnreadableError: It cannot be read.
            UnsupportedFormatError: No reader takes it.
        """
        found = of_document(self._read(data, file_name))
        return self.take(
            _joined(found, given) if given else found,
            institution_id=institution_id,
            officer=officer,
        )

    def take_table(
        self,
        data: bytes,
        *,
        file_name: str,
        institution_id: str,
        officer: Officer | None = None,
    ) -> TableTaken:
        """Take in the complaints of a sheet, a row each; rows with an error are told and left.

        Raises:
            ComplaintInputError: No column holds the text of the complaints, or it is too long.
            DocumentTooLargeError: The file is over the limit.
            DocumentUnreadableError: It cannot be read.
            UnsupportedFormatError: No reader takes it.
        """
        known = self._store.complaints.numbers(institution_id=institution_id)
        rows = of_table(self._read(data, file_name), known_numbers=known)
        new = [self._new(arrival, institution_id, officer) for _, arrival in rows.arrivals]
        ids = self._store.complaints.add(new)
        logger.info("complaints.received", extra={"cases": len(ids), "failed": len(rows.errors)})
        numbers = (number for number, _ in rows.arrivals)
        return TableTaken(
            taken=tuple(zip(numbers, ids, strict=True)),
            errors=rows.errors,
            columns=dict(rows.columns),
            unknown=rows.unknown,
        )

    def _read(self, data: bytes, file_name: str) -> Document:
        return read(data, file_name=file_name, limits=self._limits)

    def _new(self, arrival: Arrival, institution_id: str, officer: Officer | None) -> NewCase:
        """Return a case; from here on only masked text is looked at."""
        case = masking.masked_case(arrival)
        guess = guessed(case)
        received_at = arrival.received_at or self._now()
        clock = counting.clock(guess.kind, received_at, (), period="", now=self._now())
        return NewCase(
            institution_id=institution_id,
            number=arrival.number,
            received_at=received_at,
            channel=arrival.channel,
            reply_form=arrival.reply_form,
            applicants=arrival.applicants,
            applicant_key=masking.applicant_key(arrival, institution_id=institution_id),
            attachments=tuple(masking.hide(one.name, case.masked) for one in arrival.attachments),
            masking=case.for_store(),
            kind=guess.kind,
            guess=guess,
            points=split(case),
            due=counting.due_of(clock, received_at),
            officer=officer or Officer(),
        )


def _joined(found: Arrival, given: Arrival) -> Arrival:
    """Return what a file says, with what the official entered beside it in its place."""
    blank = Arrival(body="")
    entered = {
        name: getattr(given, name)
        for name in Arrival.__dataclass_fields__
        if name != "body" and getattr(given, name) != getattr(blank, name)
    }
    return replace(found, **entered)
