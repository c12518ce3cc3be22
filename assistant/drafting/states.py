"""A paper as it stands: its text, what still blocks its approval, and the sections it cites."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeAlias

from assistant.domain import (
    Citation,
    Draft,
    DraftSource,
    OpenItem,
    Paper,
    PaperRecord,
    PaperSubject,
    PaperVersion,
)
from assistant.drafting.citing import as_passage, source_note
from assistant.drafting.rechecking import Rechecker, context_of
from assistant.errors import NotFoundError, PersonUnnamedError
from assistant.papers import cited, content_hash, open_items, to_draft
from assistant.store import NewPaperVersion, SectionView, Store, visible_to
from assistant.text import clean
from assistant.writing import MEDIA_TYPES, write

Checks: TypeAlias = Callable[[PaperRecord], Sequence[OpenItem]]
Place: TypeAlias = tuple[str, str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperState:
    """A paper with what still blocks its approval, and the sections that it cites, by place.

    A place is (document id, version id, section ordinal); one that cannot be opened is absent.
    """

    record: PaperRecord
    items: tuple[OpenItem, ...]
    sections: Mapping[Place, SectionView]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedPaper:
    """A paper as a file."""

    file_name: str
    media_type: str
    data: bytes


class PaperReader:
    """Reads papers with everything that is needed to judge them.

    Args:
        store: the truth.
        checks: what each subject still asks of its papers beside what the text itself shows: form,
            unanswered points, personal data. Their `item_id` is set here.
    """

    def __init__(self, store: Store, checks: Mapping[PaperSubject, Checks]) -> None:
        self._store = store
        self._checks = checks

    def get(self, paper_id: str, *, institution_id: str) -> PaperState:
        """Return a paper as it is now.

        Raises:
            NotFoundError: The institution has no such paper.
        """
        return self.state_of(self._store.papers.get(paper_id, institution_id=institution_id))

    def version(self, paper_id: str, number: int, *, institution_id: str) -> PaperState:
        """Return a paper as it was in one of its versions.

        Raises:
            NotFoundError: The institution has no such paper or version.
        """
        papers = self._store.papers
        record = papers.get(paper_id, institution_id=institution_id)
        if number != record.current.number:
            found = papers.version(paper_id, number, institution_id=institution_id)
            record = replace(record, current=found, approval=None)
        return self.state_of(record)

    def rechecker(self, paper: Paper, *, institution_id: str, today: date) -> Rechecker:
        """Return what looks at the sentences that a person writes into this paper."""
        return Rechecker(
            passage_of=lambda citation, key: (
                as_passage(citation, found, key=key, today=today)
                if (found := self._section(place_of(citation), institution_id))
                else None
            ),
            context=context_of(paper),
            reference_date=today,
        )

    def state_of(self, record: PaperRecord) -> PaperState:
        """Return the state of a paper, stored or about to be written to a file at once."""
        check = self._checks.get(record.subject)
        paper = record.current.paper
        places = map(place_of, cited(paper))
        found = sections_at(self._store, places, institution_id=record.institution_id)
        items = open_items(paper, check(record) if check else ())
        return PaperState(record=record, items=items, sections=found)

    def _section(self, place: Place, institution_id: str) -> SectionView | None:
        return sections_at(self._store, (place,), institution_id=institution_id).get(place)


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveResult:
    """What came of a save: the paper as it is now, and the version that was stored.

    `is_aside`: somebody else had saved meanwhile; `saved` is kept beside the current version until
    a person settles it.
    """

    state: PaperState
    saved: PaperVersion

    @property
    def is_aside(self) -> bool:
        """Whether both texts are kept side by side."""
        return self.saved.is_aside


def new_version(paper: Paper, *, by: str, reason: str) -> NewPaperVersion:
    """Return a paper as the store takes it; `by` is "" for what code or a model wrote."""
    return NewPaperVersion(
        paper=paper, content_hash=content_hash(paper), citations=cited(paper), by=by, reason=reason
    )


def named(by: str) -> str:
    """Return a person's name on one line.

    Raises:
        PersonUnnamedError: Nobody's name was given.
    """
    name = " ".join(clean(by).split())
    if not name:
        raise PersonUnnamedError("no name given")
    return name


def exported(
    state: PaperState, fmt: str, *, institution: str, is_plain: bool = False
) -> ExportedPaper:
    """Return the version of a paper that a state shows as a file.

    A letter to a citizen loses the numbers and the list of sources with its approval: nothing
    stands behind "끝." (시행규칙 제4조제5항), and the page keeps them.

    Raises:
        DraftUnwritableError: The file cannot be set.
        UnsupportedFormatError: There is no writer for `fmt`.
    """
    record = state.record

    def note_of(citation: Citation) -> DraftSource | None:
        found = state.sections.get(place_of(citation))
        return None if found is None else source_note(citation, found)

    draft = to_draft(
        record.current.paper,
        approval=record.approval,
        institution=institution,
        created_at=record.current.created_at,
        sources=note_of,
        is_plain=is_plain or _is_sent(record),
    )
    return as_file(draft, fmt)


def _is_sent(record: PaperRecord) -> bool:
    return record.subject is PaperSubject.COMPLAINT and record.approval is not None


def as_file(draft: Draft, fmt: str) -> ExportedPaper:
    """Return a draft as a file named after its title.

    Raises:
        DraftUnwritableError: The file cannot be set.
        UnsupportedFormatError: There is no writer for `fmt`.
    """
    data = write(draft, fmt)
    return ExportedPaper(
        file_name=f"{draft.title or 'draft'}.{fmt}", media_type=MEDIA_TYPES[fmt], data=data
    )


def sections_at(
    store: Store, places: Iterable[Place], *, institution_id: str
) -> dict[Place, SectionView]:
    """Return the sections that an institution may open, by place; the others are absent."""
    found: dict[Place, SectionView] = {}
    for place in dict.fromkeys(places):
        with suppress(NotFoundError):
            found[place] = store.sections.view(*place, institution_ids=visible_to(institution_id))
    return found


def place_of(citation: Citation) -> Place:
    """Return where a citation points: document, version, section."""
    return citation.document_id, citation.version_id, citation.section_ordinal
