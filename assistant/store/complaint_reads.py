"""Complaints read: one, a page of the queue, those that the search for similar ones needs."""

from __future__ import annotations

import builtins
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, func, or_, select

from assistant.domain.complaints import EarlierComplaint
from assistant.errors import NotFoundError
from assistant.store.complaint_models import (
    ComplaintEventRow,
    ComplaintLetterRow,
    ComplaintOriginalRow,
    ComplaintRow,
)
from assistant.store.complaint_records import (
    CaseEvent,
    CaseFilter,
    Letter,
    QueueFilter,
    QueuePage,
    StoredCase,
)
from assistant.store.complaint_rows import case_of, event_of, letter_of
from assistant.store.database import Database
from assistant.store.rows import Clock, batches
from assistant.text import clean

_COUNTED: tuple[CaseFilter, ...] = (
    "open", "overdue", "due_soon", "drafted", "unchecked", "over",
)  # fmt: skip


class ComplaintReads:
    """Reading the complaints of each institution."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def get(self, complaint_id: str, *, institution_id: str) -> StoredCase:
        """Return a complaint with its events and letters.

        Raises:
            NotFoundError: The institution has no such complaint.
        """
        query = select(ComplaintRow.__table__).where(
            ComplaintRow.complaint_id == complaint_id,
            ComplaintRow.institution_id == institution_id,
        )
        with self._database.read() as connection:
            row = connection.execute(query).first()
            if row is None:
                raise NotFoundError(what="complaint")
            return case_of(
                row,
                events=_events(connection, [complaint_id]).get(complaint_id, ()),
                letters=_letters(connection, [complaint_id]).get(complaint_id, ()),
            )

    def payload(self, complaint_id: str, *, institution_id: str) -> str:
        """Return the original with its register, for the official's own view and for restoring.

        Raises:
            NotFoundError: The institution has no such complaint.
        """
        query = select(ComplaintOriginalRow.payload).where(
            ComplaintOriginalRow.complaint_id == complaint_id,
            ComplaintOriginalRow.institution_id == institution_id,
        )
        with self._database.read() as connection:
            found = connection.execute(query).scalar()
        if found is None:
            raise NotFoundError(what="complaint")
        return str(found)

    def list(self, filters: QueueFilter, *, institution_id: str, now: datetime) -> QueuePage:
        """Return complaints, what is overdue longest first, those that are over last."""
        conditions = [ComplaintRow.institution_id == institution_id, *_conditions(filters, now)]
        query = (
            select(ComplaintRow.__table__)
            .where(*conditions)
            .order_by(ComplaintRow.is_over, ComplaintRow.due_moment, ComplaintRow.complaint_id)
            .limit(filters.limit)
            .offset(filters.offset)
        )
        counted = select(func.count()).select_from(ComplaintRow).where(*conditions)
        with self._database.read() as connection:
            rows = connection.execute(query).all()
            ids = [row.complaint_id for row in rows]
            events, letters = _events(connection, ids), _letters(connection, ids)
            total = connection.execute(counted).scalar_one()
        cases = tuple(
            case_of(
                row,
                events=events.get(row.complaint_id, ()),
                letters=letters.get(row.complaint_id, ()),
            )
            for row in rows
        )
        return QueuePage(cases=cases, total=total)

    def counts(
        self, *, institution_id: str, now: datetime, soon: datetime | None = None
    ) -> dict[str, int]:
        """Return how many complaints each filter of the queue shows."""
        found: dict[str, int] = {}
        with self._database.read() as connection:
            for which in _COUNTED:
                filters = QueueFilter(which=which, soon=soon)
                query = (
                    select(func.count())
                    .select_from(ComplaintRow)
                    .where(
                        ComplaintRow.institution_id == institution_id, *_conditions(filters, now)
                    )
                )
                found[which] = connection.execute(query).scalar_one()
        return found

    def numbers(self, *, institution_id: str) -> frozenset[str]:
        """Return the numbers of all complaints, so that none is taken in twice."""
        query = select(ComplaintRow.number).where(
            ComplaintRow.institution_id == institution_id, ComplaintRow.number != ""
        )
        with self._database.read() as connection:
            return frozenset(connection.execute(query).scalars())

    def stamp(self, *, institution_id: str) -> str:
        """Return something that changes whenever a complaint of the institution does."""
        query = select(func.count(), func.max(ComplaintRow.updated_at)).where(
            ComplaintRow.institution_id == institution_id
        )
        with self._database.read() as connection:
            count, latest = connection.execute(query).one()
        return f"{count}:{latest}"

    def provisional(self, *, institution_id: str) -> tuple[StoredCase, ...]:
        """Return the open complaints whose date moves with each day, to be counted anew."""
        query = select(ComplaintRow.__table__).where(
            ComplaintRow.institution_id == institution_id,
            ComplaintRow.is_provisional,
            ~ComplaintRow.is_over,
        )
        with self._database.read() as connection:
            rows = connection.execute(query).all()
            events = _events(connection, [row.complaint_id for row in rows])
            return tuple(case_of(row, events=events.get(row.complaint_id, ())) for row in rows)

    def case_of_paper(self, paper_id: str, *, institution_id: str) -> tuple[str, Letter]:
        """Return the id of the complaint that a paper belongs to, and what the paper is.

        Raises:
            NotFoundError: It belongs to none of the institution.
        """
        query = select(ComplaintLetterRow.__table__).where(
            ComplaintLetterRow.paper_id == paper_id,
            ComplaintLetterRow.institution_id == institution_id,
        )
        with self._database.read() as connection:
            row = connection.execute(query).first()
        if row is None:
            raise NotFoundError(what="complaint")
        return str(row.complaint_id), letter_of(row)

    def earlier(
        self, *, institution_id: str, apart_from: str = "", limit: int = 10_000
    ) -> tuple[EarlierComplaint, ...]:
        """Return complaints as the search for similar ones takes them, newest first, masked."""
        query = (
            select(ComplaintRow.__table__)
            .where(
                ComplaintRow.institution_id == institution_id,
                ComplaintRow.complaint_id != apart_from,
            )
            .order_by(ComplaintRow.received_at.desc(), ComplaintRow.complaint_id)
            .limit(limit)
        )
        ended = select(ComplaintEventRow.complaint_id, ComplaintEventRow.at).where(
            ComplaintEventRow.institution_id == institution_id,
            ComplaintEventRow.name == "ended",
            ComplaintEventRow.withdrawn_at.is_(None),
            ComplaintEventRow.facts.like('%"answered"%'),
        )
        with self._database.read() as connection:
            rows = connection.execute(query).all()
            answered: dict[str, builtins.list[datetime]] = {}
            for one in connection.execute(ended):
                answered.setdefault(one.complaint_id, []).append(one.at)
        return tuple(
            EarlierComplaint(
                complaint_id=row.complaint_id,
                received_on=row.received_at.date(),
                title=row.title,
                text=row.text[row.title_length :].lstrip("\n"),
                applicant_key=row.applicant_key,
                answered_on=tuple(at.date() for at in sorted(answered.get(row.complaint_id, ()))),
            )
            for row in rows
        )


def _conditions(filters: QueueFilter, now: datetime) -> builtins.list[ColumnElement[bool]]:
    """Return what a complaint must be to be shown, whose it is aside."""
    is_open = ~ComplaintRow.is_over
    by_filter: dict[CaseFilter, builtins.list[ColumnElement[bool]]] = {
        "all": [],
        "open": [is_open],
        "over": [ComplaintRow.is_over.is_(True)],
        "overdue": [is_open, ComplaintRow.due_moment < now],
        "due_soon": [
            is_open,
            ComplaintRow.due_moment >= now,
            ComplaintRow.due_moment <= (filters.soon or now),
        ],
        "drafted": [is_open, ComplaintRow.drafting == "drafted"],
        "unchecked": [is_open, ComplaintRow.masks_checked_at.is_(None)],
    }
    found = by_filter[filters.which]
    if filters.kind is not None:
        found.append(ComplaintRow.kind == filters.kind.value)
    if filters.group_id:
        found.append(ComplaintRow.group_id == filters.group_id)
    for word in clean(filters.query).split():
        found.append(
            or_(
                ComplaintRow.text.icontains(word, autoescape=True),
                ComplaintRow.number.icontains(word, autoescape=True),
            )
        )
    return found


def _events(
    connection: Connection, complaint_ids: Sequence[str]
) -> dict[str, tuple[CaseEvent, ...]]:
    found: dict[str, builtins.list[CaseEvent]] = defaultdict(list)
    for batch in batches(complaint_ids):
        query = (
            select(ComplaintEventRow.__table__)
            .where(
                ComplaintEventRow.complaint_id.in_(batch),
                ComplaintEventRow.withdrawn_at.is_(None),
            )
            .order_by(ComplaintEventRow.at, ComplaintEventRow.recorded_at)
        )
        for row in connection.execute(query):
            found[row.complaint_id].append(event_of(row))
    return {complaint_id: tuple(events) for complaint_id, events in found.items()}


def _letters(connection: Connection, complaint_ids: Sequence[str]) -> dict[str, tuple[Letter, ...]]:
    found: dict[str, builtins.list[Letter]] = defaultdict(list)
    for batch in batches(complaint_ids):
        query = (
            select(ComplaintLetterRow.__table__)
            .where(ComplaintLetterRow.complaint_id.in_(batch))
            .order_by(ComplaintLetterRow.created_at, ComplaintLetterRow.paper_id)
        )
        for row in connection.execute(query):
            found[row.complaint_id].append(letter_of(row))
    return {complaint_id: tuple(letters) for complaint_id, letters in found.items()}
