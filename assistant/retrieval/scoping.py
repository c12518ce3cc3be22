"""Which documents a request may see; everything after works on these alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from assistant.domain import DocumentRecord, Grade, Scope
from assistant.law.references import LawNames, fold_law
from assistant.store import visible_to

_KEPT = 64


@dataclass(frozen=True, kw_only=True)  # no slots: what is asked for again is kept with it
class Scoped:
    """The documents of a scope; `document_ids` is None when they are all that may be seen.

    `open_only` says that the official limited the question to open texts, and so declared it open.
    `later` are documents whose current version is not in force on the date asked for, `earlier` the
    versions of them that were.
    """

    institution_ids: tuple[str, ...]
    documents: Mapping[str, DocumentRecord]
    document_ids: frozenset[str] | None
    open_only: bool = False
    later: Mapping[str, DocumentRecord] = field(default_factory=dict)
    earlier: Mapping[str, DocumentRecord] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether nothing may be seen."""
        return not self.documents and not self.earlier

    def all_documents(self) -> tuple[DocumentRecord, ...]:
        """Return the documents in the version that may be seen."""
        return (*self.documents.values(), *self.earlier.values())

    @cached_property
    def names(self) -> LawNames:
        """The finder of the laws among the documents."""
        return _names_of(frozenset(record.title for record in self.all_documents()))

    @cached_property
    def by_title(self) -> Mapping[str, Sequence[DocumentRecord]]:
        """Documents by folded title: an office may hold its own copy of a public rule."""
        grouped: dict[str, list[DocumentRecord]] = {}
        for record in self.all_documents():
            grouped.setdefault(fold_law(record.title), []).append(record)
        return grouped


@lru_cache(maxsize=16)
def _names_of(titles: frozenset[str]) -> LawNames:
    """Officials ask under different filters in turn; making the finder takes tens of ms."""
    return LawNames(titles)


class Scopes:
    """Resolves filters, and keeps what came out for as long as no document changes."""

    def __init__(self) -> None:
        self._catalog: Mapping[str, DocumentRecord] = {}
        self._known: dict[Scope, Scoped] = {}

    def resolve(self, scope: Scope, catalog: Mapping[str, DocumentRecord]) -> Scoped:
        """Resolve `scope` over `catalog`, a snapshot that is another object once it differs."""
        if catalog is not self._catalog or len(self._known) >= _KEPT:
            self._catalog, self._known = catalog, {}
        known = self._known
        if scope not in known:
            known[scope] = resolve(scope, catalog)
        return known[scope]


def resolve(scope: Scope, catalog: Mapping[str, DocumentRecord]) -> Scoped:
    """Resolve the filters to documents; nothing outside is ever ranked or read."""
    institutions = visible_to(scope.institution_id)
    visible = {
        key: record
        for key, record in catalog.items()
        if record.institution_id in institutions and record.version_id
    }
    fitting = {key: record for key, record in visible.items() if _allowed(record, scope)}
    allowed = {key: record for key, record in fitting.items() if _is_in_force(record, scope)}
    return Scoped(
        institution_ids=institutions,
        documents=allowed,
        document_ids=None if len(allowed) == len(visible) else frozenset(allowed),
        later={key: record for key, record in fitting.items() if key not in allowed},
        open_only=scope.grades == (Grade.OPEN,),
    )


def _allowed(record: DocumentRecord, scope: Scope) -> bool:
    return (
        (not scope.collection_ids or record.collection_id in scope.collection_ids)
        and (not scope.kinds or record.kind in scope.kinds)
        and (not scope.document_ids or record.document_id in scope.document_ids)
        and record.grade in scope.grades
    )


def _is_in_force(record: DocumentRecord, scope: Scope) -> bool:
    return (
        scope.in_force_on is None
        or record.effective_from is None
        or record.effective_from <= scope.in_force_on
    )
