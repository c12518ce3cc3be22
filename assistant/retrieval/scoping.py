"""Which documents a request may see; everything after works on these alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from assistant.domain import DocumentRecord, Grade, Scope
from assistant.store import visible_to


@dataclass(frozen=True, slots=True, kw_only=True)
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
