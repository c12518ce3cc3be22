"""Rules as they stood on an earlier date: sections of versions that the indexes no longer hold.

The indexes hold current versions only. When the reference date lies before the current version of
a document took effect, the version in force on that date is read from the store and its articles
are scored by the words of the question that they hold. Few documents are ever concerned.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from assistant.domain import DocumentRecord, Section, SectionKind, Span
from assistant.ranking import Asked, Candidate, ScoredChunk, share_of
from assistant.retrieval.found import Found
from assistant.retrieval.scoping import Scoped
from assistant.store import Store
from assistant.text import squeeze

DOCUMENTS_READ = 20
SECTIONS_KEPT = 20
MIN_SHARE = 0.3


def version_on(
    store: Store, record: DocumentRecord, day: date, institution_ids: tuple[str, ...]
) -> DocumentRecord | None:
    """Return the record as its version in force on `day` describes it, or None."""
    versions = store.documents.versions(record.document_id, institution_ids=institution_ids)
    fitting = [v for v in versions if v.effective_from is not None and v.effective_from <= day]
    if not fitting:
        return None
    chosen = max(fitting, key=lambda version: (version.effective_from, version.number))
    return replace(
        record,
        version_id=chosen.version_id,
        version_number=chosen.number,
        effective_from=chosen.effective_from,
        promulgated_on=chosen.promulgated_on,
        title=chosen.title,
    )


def earlier_sections(store: Store, asked: Asked, scoped: Scoped) -> list[Found]:
    """Return the best sections of the earlier versions in scope, unranked among the others."""
    found: list[Found] = []
    for record in list(scoped.earlier.values())[:DOCUMENTS_READ]:
        sections = store.sections.list(record.version_id, institution_ids=scoped.institution_ids)
        found += _scored(record, sections, asked)
    found.sort(key=lambda item: -item.candidate.base)
    return found[:SECTIONS_KEPT]


def _scored(record: DocumentRecord, sections: Sequence[Section], asked: Asked) -> list[Found]:
    found: list[Found] = []
    for section in sections:
        if section.deleted or section.kind is SectionKind.ADDENDA:
            continue
        share = share_of(asked.all_weights, squeeze(section.text))
        if share < MIN_SHARE:
            continue
        chunk = ScoredChunk(chunk_id="", words=share, meaning=share)
        found.append(
            Found(
                document=record,
                section=section,
                candidate=Candidate(
                    document_title=record.title,
                    kind=record.kind,
                    label=section.label,
                    title=section.title,
                    text=section.text,
                    chunks=((chunk, section.text),),
                ),
                spans=(Span(start=0, end=len(section.text)),),
                chunk_id=f"{record.document_id}#",
                score=0.0,
            )
        )
    return found
