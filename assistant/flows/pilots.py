"""Pilots: made, filled by people and from files, followed, compared; figures are never stored."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from assistant.deadlines import to_ics
from assistant.domain import (
    Grade,
    ItemKind,
    OpenItem,
    Opinion,
    Paper,
    PaperParagraph,
    PaperRecord,
    PartKind,
    Track,
)
from assistant.domain.pilot_plan import Product, Supplier, UserInstitution
from assistant.domain.pilots import PilotRecord
from assistant.errors import ConflictError, DeadlineInputError, NotFoundError
from assistant.figures import PilotFigures, compute_figures
from assistant.pilotforms import Changes, by_hand, is_at, is_same, named, values
from assistant.pilotpages import pilot_evidence
from assistant.pilots import (
    Assessment,
    Course,
    Examined,
    PilotFinding,
    Severity,
    Thresholds,
    assess,
    calendar_entries,
    course,
    examine,
    validate,
)
from assistant.store import Store, StoredPilot
from assistant.text import clean, squeeze

logger = logging.getLogger(__name__)

_OPINIONS = "opinions["
_TRIES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class PilotView:
    """A pilot with what follows from its record at this moment."""

    stored: StoredPilot
    figures: PilotFigures
    course: Course

    @property
    def record(self) -> PilotRecord:
        """The record itself."""
        return self.stored.record


@dataclass(frozen=True, slots=True, kw_only=True)
class PilotFilter:
    """Which pilots of the portfolio are wanted; empty means all."""

    words: str = ""
    track: Track | None = None
    step_id: str = ""
    is_late: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Validated:
    """What is wrong with a pilot's papers, and the reference assessment, never a verdict."""

    view: PilotView
    findings: tuple[PilotFinding, ...]
    assessment: Assessment


class PilotFlow:
    """The flow behind `/api/pilots` and `gongmun pilots`.

    Args:
        store: the truth.
        now: the time.
        new_id: a fresh id.
        thresholds: the institution's own for the reference assessment, if any.
    """

    def __init__(
        self,
        store: Store,
        *,
        now: Callable[[], datetime],
        new_id: Callable[[], str],
        thresholds: Thresholds | None = None,
    ) -> None:
        self._store = store
        self._thresholds = thresholds
        self._now = now
        self._new_id = new_id

    # -- looking ----------------------------------------------------------------------------------

    def view(self, pilot_id: str, *, institution_id: str) -> PilotView:
        """Return a pilot with its figures and where it stands.

        Raises:
            NotFoundError: The institution has no such pilot.
        """
        return self._view(self._store.pilots.get(pilot_id, institution_id=institution_id))

    def portfolio(
        self, wanted: PilotFilter | None = None, *, institution_id: str
    ) -> tuple[PilotView, ...]:
        """Return the pilots that a filter lets through, what is late and due soonest first."""
        found = [
            view
            for stored in self._store.pilots.list(institution_id=institution_id)
            if _lets_through(wanted or PilotFilter(), view := self._view(stored))
        ]
        return tuple(sorted(found, key=_urgency))

    def calendar(self, pilot_id: str, *, institution_id: str) -> str:
        """Return the dates of a pilot that are to come as iCalendar text.

        Raises:
            DeadlineInputError: No date is left.
            NotFoundError: The institution has no such pilot.
        """
        view = self.view(pilot_id, institution_id=institution_id)
        label = view.record.code or view.record.product.name
        entries = calendar_entries(view.course, uid=f"pilot-{pilot_id}", label=label)
        if not entries:
            raise DeadlineInputError("settled")
        return to_ics(entries, stamp=self._now())

    def validate(self, pilot_id: str, *, institution_id: str) -> Validated:
        """Return what is wrong with a pilot's papers, and what the figures suggest.

        Raises:
            NotFoundError: The institution has no such pilot.
        """
        view = self.view(pilot_id, institution_id=institution_id)
        case = self._examined(view)
        evidence = pilot_evidence(self._store, pilot_id, institution_id=institution_id)
        findings = validate(case, evidence=[passage.text for passage in evidence])
        return Validated(view=view, findings=findings, assessment=assess(case))

    def checks(self, paper: PaperRecord) -> tuple[OpenItem, ...]:
        """Return what a pilot still asks of one of its reports before it can be approved."""
        institution_id = paper.institution_id
        try:
            view = self.view(paper.subject_id, institution_id=institution_id)
        except NotFoundError:
            return ()  # the pilot was deleted; its report stays as it is
        evidence = pilot_evidence(self._store, paper.subject_id, institution_id=institution_id)
        found = validate(
            self._examined(view),
            opinions=_opinions(paper.current.paper),
            evidence=[passage.text for passage in evidence],
            for_report=paper.current.paper.template.startswith("pilot_completion"),
        )
        return tuple(_item(each) for each in found if each.severity is Severity.MUST)

    def _examined(self, view: PilotView) -> Examined:
        return examine(
            view.record,
            now=self._now(),
            figures=view.figures,
            stands=view.course,
            thresholds=self._thresholds,
        )

    def _view(self, stored: StoredPilot) -> PilotView:
        return PilotView(
            stored=stored,
            figures=compute_figures(stored.record),
            course=course(stored.record, now=self._now()),
        )

    # -- filling by hand --------------------------------------------------------------------------

    def create(
        self, title: str, *, institution_id: str, by: str, grade: Grade, changes: Changes = ()
    ) -> StoredPilot:
        """Make a pilot with the values that a person has entered.

        Raises:
            PersonUnnamedError: Nobody's name was given.
            PilotPlaceError: A value does not fit its place.
        """
        by = named(by)
        blank = PilotRecord(
            pilot_id=self._new_id(),
            title=clean(title).strip(),
            institution=UserInstitution(name=""),
            supplier=Supplier(name=""),
            product=Product(name=""),
        )
        record = by_hand(blank, (("title", blank.title), *changes), by)
        logger.info("pilot.created", extra={"pilot_id": record.pilot_id})
        return self._store.pilots.create(
            record, institution_id=institution_id, grade=grade, by=by, reason="created"
        )

    def change(
        self,
        pilot_id: str,
        changes: Changes,
        *,
        base: int,
        by: str,
        institution_id: str,
        reason: str = "edited",
    ) -> StoredPilot:
        """Put values that a person entered while looking at version `base`.

        What others changed meanwhile stays; only where they changed the same values is the save
        refused, and nothing of either is lost.

        Raises:
            ConflictError: Others changed the same values since `base`.
            NotFoundError: The institution has no such pilot or version.
            PersonUnnamedError: Nobody's name was given.
            PilotPlaceError: A value does not fit its place.
        """
        by = named(by)
        pilots = self._store.pilots
        before = pilots.version(pilot_id, base, institution_id=institution_id)
        for _ in range(_TRIES):
            stored = pilots.get(pilot_id, institution_id=institution_id)
            places = [place for place, _ in changes]
            if stored.version != base and _were_changed(places, before, stored.record):
                raise ConflictError(reason="pilot_changed")
            record = by_hand(stored.record, changes, by)
            try:
                return pilots.save(
                    record,
                    institution_id=institution_id,
                    parent=stored.version,
                    by=by,
                    reason=reason,
                )
            except ConflictError:
                continue
        raise ConflictError(reason="pilot_changed")


def _opinions(paper: Paper) -> tuple[Opinion, ...]:
    """Return the drafted sections of a paper, as the checks look at opinions."""
    return tuple(
        Opinion(
            section=part.part_id,
            text="\n".join(b.text for b in part.blocks if isinstance(b, PaperParagraph)),
        )
        for part in paper.parts
        if part.kind is PartKind.DRAFTED
    )


def _item(found: PilotFinding) -> OpenItem:
    is_opinion = found.place.startswith(_OPINIONS)
    return OpenItem(
        item_id="",
        kind=ItemKind.DIFFERS if is_opinion else ItemKind.FORM,
        part_id=found.place.removeprefix(_OPINIONS).rstrip("]") if is_opinion else "",
        text=found.text,
        code=found.code,
    )


def _were_changed(places: Iterable[str], before: PilotRecord, now: PilotRecord) -> bool:
    """Tell whether what stands at, or for a row within, one of these places differs."""
    old, new = values(before), values(now)
    return any(
        not is_same(old.get(each), new.get(each))
        for place in places
        for each in {*old, *new}
        if is_at(each, place)
    )


def _lets_through(wanted: PilotFilter, view: PilotView) -> bool:
    record = view.record
    said = squeeze(
        " ".join((record.title, record.code, record.institution.name, record.supplier.name,
                  record.product.name))
    )  # fmt: skip
    current = view.course.current
    return all(
        (
            all(squeeze(word) in said for word in wanted.words.split()),
            wanted.track is None or record.track is wanted.track,
            not wanted.step_id or (current is not None and current.step_id == wanted.step_id),
            wanted.is_late is None or bool(view.course.late) is wanted.is_late,
        )
    )


def _urgency(view: PilotView) -> tuple[bool, date, str]:
    act = view.course.next_act
    return not view.course.late, act.limit.due_on if act else date.max, view.record.title
