"""A case as people work on it: its queue, masks, kind, points and events."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from assistant.deadlines import Clock, Event, Period
from assistant.domain import Span
from assistant.domain.complaints import ComplaintKind, Officer, ReplyForm
from assistant.errors import ComplaintInputError, ConflictError
from assistant.flows.complaint import counting, masking
from assistant.flows.complaint.masking import MaskedCase
from assistant.flows.complaint.pointing import EditedPoint, edited_point, guessed
from assistant.privacy import Kind
from assistant.store import (
    CaseChange,
    CaseEvent,
    Due,
    MaskDecision,
    QueueFilter,
    QueuePage,
    Store,
    StoredCase,
)

SOON = timedelta(days=1)
MAX_POINTS = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """The official's own view: the text with its masks, and what was decided on them."""

    case: MaskedCase
    decisions: tuple[MaskDecision, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What a person changes of a case; None leaves it as it is."""

    kind: ComplaintKind | None = None
    period: Period | None = None
    number: str | None = None
    received_at: datetime | None = None
    reply_form: ReplyForm | None = None
    officer: Officer | None = None


class Casework:
    """The flow behind the queue and the case.

    Args:
        store: the truth.
        now: the clock of the installation.
    """

    def __init__(self, store: Store, *, now: Callable[[], datetime]) -> None:
        self._store = store
        self._now = now

    # -- looking --------------------------------------------------------------------------------

    def get(self, complaint_id: str, *, institution_id: str) -> StoredCase:
        """Return a case.

        Raises:
            NotFoundError: The institution has no such complaint.
        """
        return self._store.complaints.get(complaint_id, institution_id=institution_id)

    def queue(self, filters: QueueFilter, *, institution_id: str) -> QueuePage:
        """Return a page of the queue, what is overdue longest first."""
        now = self._now()
        self._count_anew(self._store.complaints.provisional(institution_id=institution_id))
        wanted = replace(filters, soon=now + SOON)
        return self._store.complaints.list(wanted, institution_id=institution_id, now=now)

    def counts(self, *, institution_id: str) -> dict[str, int]:
        """Return how many cases each filter of the queue shows."""
        now = self._now()
        return self._store.complaints.counts(
            institution_id=institution_id, now=now, soon=now + SOON
        )

    def clock(self, case: StoredCase) -> Clock | None:
        """Return the clock of a case as it stands now; None while its period is not known.

        Raises:
            DeadlineInputError: It cannot be computed from what is recorded.
        """
        return counting.clock_of(case, now=self._now())

    def original(self, complaint_id: str, *, institution_id: str) -> Original:
        """Return the text as it came, for the official's own view.

        Raises:
            NotFoundError: The institution has no such complaint.
        """
        case = self.get(complaint_id, institution_id=institution_id)
        return Original(
            case=self.masked(case),
            decisions=self._store.complaints.decisions(complaint_id, institution_id=institution_id),
        )

    def masked(self, case: StoredCase) -> MaskedCase:
        """Return the text of a case with its masks."""
        stored = self._store.complaints.payload(
            case.complaint_id, institution_id=case.institution_id
        )
        return MaskedCase.from_json(stored, is_checked=case.masks_checked_at is not None)

    # -- masks ----------------------------------------------------------------------------------

    def add_mask(
        self, complaint_id: str, span: Span, kind: Kind, *, by: str, institution_id: str
    ) -> StoredCase:
        """Mask a stretch of the original, wherever its value stands; remembered in the case.

        Raises:
            ComplaintInputError: There is nothing at that place, or nobody decided it.
            NotFoundError: The institution has no such complaint.
        """
        return self._decide(
            complaint_id,
            lambda case: masking.add_mask(case, span, kind),
            by=by,
            institution_id=institution_id,
        )

    def lift_mask(
        self, complaint_id: str, mask_id: str, *, by: str, institution_id: str
    ) -> StoredCase:
        """Take a mask away, wherever its value stands; remembered in the case.

        Raises:
            ComplaintInputError: Nobody decided it.
            NotFoundError: There is no such complaint or mask.
        """
        return self._decide(
            complaint_id,
            lambda case: masking.lift_mask(case, mask_id),
            by=by,
            institution_id=institution_id,
        )

    def check_masks(self, complaint_id: str, *, by: str, institution_id: str) -> StoredCase:
        """Note that a person found the masks right: from now on the masked text is open (O).

        Raises:
            ComplaintInputError: Nobody decided it.
            NotFoundError: The institution has no such complaint.
        """
        return self._decide(complaint_id, masking.check_masks, by=by, institution_id=institution_id)

    def _decide(
        self,
        complaint_id: str,
        decide: Callable[[MaskedCase], masking.Decided],
        *,
        by: str,
        institution_id: str,
    ) -> StoredCase:
        person = required_person(by)
        case = self.get(complaint_id, institution_id=institution_id)
        old = self.masked(case)
        decided = decide(old)
        self._store.complaints.mask(
            complaint_id,
            decided.case.for_store(),
            MaskDecision(
                action=decided.action,
                kind=decided.kind,
                start=decided.span.start,
                end=decided.span.end,
                by=person,
                decided_at=self._now(),
            ),
            change=CaseChange(
                points=masking.moved(case.points, old.masked, decided.case.masked),
                guess=guessed(decided.case),
            ),
            institution_id=institution_id,
        )
        return self.get(complaint_id, institution_id=institution_id)

    # -- kind, points, events -------------------------------------------------------------------

    def change(
        self, complaint_id: str, details: Details, *, by: str, institution_id: str
    ) -> StoredCase:
        """Write what a person decided on a case; its date is counted anew.

        Raises:
            ComplaintInputError: Nobody decided it.
            DeadlineInputError: The date cannot be counted with it.
            NotFoundError: The institution has no such complaint.
        """
        person = required_person(by)
        case = self.get(complaint_id, institution_id=institution_id)
        period = None if details.period is None else counting.period_text(details.period)
        if period is None and details.kind is not None and details.kind is not case.kind:
            period = ""  # the period of another kind says nothing about this one
        changed = replace(
            case,
            kind=details.kind or case.kind,
            period=case.period if period is None else period,
            received_at=details.received_at or case.received_at,
        )
        self._store.complaints.change(
            complaint_id,
            CaseChange(
                kind=details.kind,
                kind_by=person,
                period=period,
                number=details.number,
                received_at=details.received_at,
                reply_form=details.reply_form,
                officer=details.officer,
                due=counting.due_of(self.clock(changed), changed.received_at),
            ),
            institution_id=institution_id,
        )
        return self.get(complaint_id, institution_id=institution_id)

    def set_points(
        self,
        complaint_id: str,
        points: Sequence[EditedPoint],
        *,
        revision: int | None,
        by: str,
        institution_id: str,
    ) -> StoredCase:
        """Write the points of a case in their order: added, merged, split, moved or left out.

        Raises:
            ComplaintInputError: The list does not fit the case, or nobody made it.
            ConflictError: Somebody else has changed the case since.
            NotFoundError: The institution has no such complaint.
        """
        person = required_person(by)
        case = self.get(complaint_id, institution_id=institution_id)
        if revision is not None and revision != case.revision:
            raise ConflictError(reason="changed_meanwhile")
        masked = self.masked(case)
        known = {point.point_id: point for point in case.points}
        ids = [one.point_id for one in points if one.point_id]
        if len(points) > MAX_POINTS or len(set(ids)) < len(ids) or set(ids) - set(known):
            raise ComplaintInputError(reason="points")
        edited = tuple(
            edited_point(one, known.get(one.point_id), masked, by=person) for one in points
        )
        self._store.complaints.change(
            complaint_id,
            CaseChange(points=edited),
            institution_id=institution_id,
            revision=case.revision,
        )
        return self.get(complaint_id, institution_id=institution_id)

    def record(
        self, complaint_id: str, event: Event, *, by: str, institution_id: str
    ) -> StoredCase:
        """Note that something happened; what follows from it is in the clock of the case.

        Raises:
            ComplaintInputError: Nobody said so.
            DeadlineInputError: The date cannot be counted with it.
            NotFoundError: The institution has no such complaint.
        """
        person = required_person(by)
        case = self.get(complaint_id, institution_id=institution_id)
        made = counting.recorded(event, by=person, now=self._now())
        due = self._due_with(case, (*case.events, made))
        self._store.complaints.record_event(complaint_id, made, due, institution_id=institution_id)
        return self.get(complaint_id, institution_id=institution_id)

    def withdraw(
        self, complaint_id: str, event_id: str, *, by: str, institution_id: str
    ) -> StoredCase:
        """Take back an entry made by mistake; who did so is kept.

        Raises:
            ComplaintInputError: Nobody said so.
            NotFoundError: There is no such complaint or entry.
        """
        person = required_person(by)
        case = self.get(complaint_id, institution_id=institution_id)
        left = tuple(one for one in case.events if one.event_id != event_id)
        self._store.complaints.withdraw_event(
            complaint_id,
            event_id,
            self._due_with(case, left),
            by=person,
            institution_id=institution_id,
        )
        return self.get(complaint_id, institution_id=institution_id)

    def _due_with(self, case: StoredCase, events: Sequence[CaseEvent]) -> Due:
        changed = replace(case, events=tuple(events))
        return counting.due_of(self.clock(changed), case.received_at)

    def _count_anew(self, cases: Iterable[StoredCase]) -> None:
        for case in cases:
            due = counting.due_of(self.clock(case), case.received_at)
            if due != case.due:
                self._store.complaints.change(
                    case.complaint_id,
                    CaseChange(due=due),
                    institution_id=case.institution_id,
                    revision=case.revision,
                )


def required_person(by: str) -> str:
    """Return the name of who decides.

    Raises:
        ComplaintInputError: It is empty.
    """
    name = " ".join(by.split())
    if not name:
        raise ComplaintInputError(reason="person")
    return name[:100]
