"""A section found for a question, on its way to becoming a passage."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from assistant.domain import Chunk, DocumentRecord, Passage, Section, Span, Standing
from assistant.ranking import Candidate, ScoredChunk


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A candidate with where it stands in the store, for building passages and fitting."""

    document: DocumentRecord
    section: Section
    candidate: Candidate
    spans: tuple[Span, ...]
    chunk_id: str
    score: float
    via: Literal["search", "reference", "hop", "opening"] = "search"


def found_in(
    document: DocumentRecord, section: Section, chunks: Sequence[tuple[ScoredChunk, Chunk]]
) -> Found:
    """Return the candidate for a section with the chunks of it that were found."""
    scored = tuple((one, chunk.search_text) for one, chunk in chunks) or (
        (ScoredChunk(chunk_id="", words=0.0, meaning=0.0), section.text),
    )
    spans = tuple(Span(start=chunk.start, end=chunk.end) for _, chunk in chunks)
    return Found(
        document=document,
        section=section,
        candidate=Candidate(
            document_title=document.title,
            kind=document.kind,
            label=section.label,
            title=section.title,
            text=section.text,
            chunks=scored,
        ),
        spans=spans,
        chunk_id=chunks[0][1].chunk_id if chunks else f"{document.document_id}#",
        score=0.0,
    )


def to_passage(
    key: str, item: Found, reference_date: date, *, earlier: Container[str] = ()
) -> Passage:
    """Return the passage that a model and a reader see, its standing judged on that date.

    `earlier` holds the ids of versions that later ones have replaced.
    """
    document, section = item.document, item.section
    effective = document.effective_from
    standing = Standing.IN_FORCE
    if effective is not None and effective > reference_date:
        standing = Standing.NOT_YET
    elif document.version_id in earlier:
        standing = Standing.SUPERSEDED
    return Passage(
        key=key,
        chunk_id=item.chunk_id,
        document_id=document.document_id,
        version_id=document.version_id,
        section_ordinal=section.ordinal,
        institution_id=document.institution_id,
        collection_id=document.collection_id,
        document_title=document.title,
        label=section.label,
        heading=section.title,
        path=section.path,
        text=section.text,
        kind=document.kind,
        section_kind=section.kind,
        grade=document.grade,
        effective_from=effective,
        standing=standing,
        hits=item.spans,
        score=item.score,
        via=item.via,
        is_ocr=section.is_ocr,
    )
