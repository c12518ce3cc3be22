"""How long a case has: its clock, the calendar of its dates, and where its articles can be read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeAlias

from assistant.deadlines import (
    Article,
    Clock,
    Event,
    Office,
    Period,
    compute,
    entries_of,
    to_ics,
    uid_of,
)
from assistant.domain import DocumentRecord, Section, SectionKind
from assistant.errors import DeadlineInputError
from assistant.law.references import fold_law
from assistant.store import Store

_DIGEST = "요약"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What is known of a case; nothing in it says whose it is."""

    kind: str
    received_at: datetime
    events: tuple[Event, ...] = ()
    period: Period | None = None
    office: Office = field(default_factory=Office)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """The stored section that holds an article."""

    document_id: str
    version_id: str
    section_ordinal: int


Openings: TypeAlias = Mapping[Article, Opening]


class DeadlineFlow:
    """The flow behind deadlines; it reads, and writes nothing.

    Args:
        store: where the articles are looked up.
        now: the clock of the installation.
    """

    def __init__(self, store: Store, *, now: Callable[[], datetime]) -> None:
        self._store = store
        self._now = now

    def clock(self, case: Case) -> Clock:
        """Return the clock of `case` as it stands now.

        Raises:
            DeadlineInputError: it cannot be computed from what was given.
        """
        return compute(
            case.kind,
            case.received_at,
            case.events,
            now=self._now(),
            office=case.office,
            period=case.period,
        )

    def calendar(self, case: Case, *, label: str = "") -> str:
        """Return the dates of `case` that are to come as iCalendar text.

        Raises:
            DeadlineInputError: it cannot be computed, or no date is left.
        """
        clock = self.clock(case)
        entries = entries_of(clock, uid=uid_of(clock, label=label), label=label)
        if not entries:
            raise DeadlineInputError("settled")
        return to_ics(entries, stamp=self._now())

    def openings(
        self, articles: Iterable[Article], *, institution_ids: tuple[str, ...], today: date
    ) -> Openings:
        """Return where `articles` can be read: in the law itself, else in a digest of it.

        What is in force today comes first; deleted articles are not opened.
        """
        wanted = tuple(dict.fromkeys(articles))
        by_law = self._by_law({fold_law(each.law) for each in wanted}, institution_ids, today)
        places = {
            article: [
                (record, (record.version_id, article.article))
                for record in by_law.get(fold_law(article.law), ())
            ]
            for article in wanted
        }
        keys = [key for candidates in places.values() for _, key in candidates]
        sections = self._store.sections.by_labels(keys, institution_ids=institution_ids)
        found: dict[Article, Opening] = {}
        for article, candidates in places.items():
            for record, key in candidates:
                held = [each for each in sections.get(key, ()) if _is_held(each)]
                if held and article not in found:
                    found[article] = Opening(
                        document_id=record.document_id,
                        version_id=record.version_id,
                        section_ordinal=held[0].ordinal,
                    )
        return found

    def _by_law(
        self, laws: set[str], institution_ids: tuple[str, ...], today: date
    ) -> Mapping[str, list[DocumentRecord]]:
        """Return the documents that hold these laws or digests of them, the best ones first."""
        grouped: dict[str, list[DocumentRecord]] = {}
        for record in self._store.documents.catalog().values():
            law = fold_law(record.title).removesuffix(_DIGEST)
            if law in laws and record.version_id and record.institution_id in institution_ids:
                grouped.setdefault(law, []).append(record)
        for records in grouped.values():
            records.sort(key=lambda record: _preference(record, today), reverse=True)
        return grouped


def articles_of(clock: Clock) -> Iterable[Article]:
    """Yield every article that `clock` names."""
    yield clock.basis
    yield from (act.article for act in clock.acts)
    yield from (finding.article for finding in clock.findings)
    yield from (step.article for step in clock.working if step.article is not None)


def _is_held(section: Section) -> bool:
    return section.kind is SectionKind.ARTICLE and not section.deleted


def _preference(record: DocumentRecord, today: date) -> tuple[bool, bool, date]:
    """Rank what is in force first, then the law before a digest, then the latest."""
    effective_from = record.effective_from or date.min
    is_law = not fold_law(record.title).endswith(_DIGEST)
    return effective_from <= today, is_law, effective_from
