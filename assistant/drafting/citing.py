"""What a citation points at: the stored section, as a passage and as a note of a file."""

from __future__ import annotations

from datetime import date

from assistant.domain import Citation, DraftSource, Passage, SectionKind, Span
from assistant.law.articles import parse_parts, part_label
from assistant.officialdoc import format_date
from assistant.store import SectionView


def cited_label(found: SectionView, start: int) -> str:
    """Return what a citation names: the 항, 호 or 목 around `start` of an article."""
    section = found.section
    if section.kind is not SectionKind.ARTICLE:
        return section.label
    return part_label(section.label, parse_parts(section.text), start)


def source_note(citation: Citation, found: SectionView) -> DraftSource:
    """Return the note that tells a reader of a file where a sentence comes from."""
    label = cited_label(found, citation.start)
    page = f"({found.section.page}쪽)" if found.section.page else ""
    return DraftSource(
        number=0,
        where=f"「{found.document_title}」 {label}{page}".strip(),
        quote=citation.quote,
        effective=format_date(found.effective_from) if found.effective_from else "",
        chunk_id=citation.chunk_id,
    )


def as_passage(citation: Citation, found: SectionView, *, key: str, today: date) -> Passage:
    """Return the section of a citation as evidence for another sentence."""
    section = found.section
    return Passage(
        key=key,
        chunk_id=citation.chunk_id,
        document_id=found.document_id,
        version_id=found.version_id,
        section_ordinal=section.ordinal,
        institution_id=found.institution_id,
        collection_id=found.collection_id,
        document_title=found.document_title,
        label=section.label,
        heading=section.title,
        path=section.path,
        text=section.text,
        kind=found.kind,
        section_kind=section.kind,
        grade=found.grade,
        effective_from=found.effective_from,
        standing=found.standing_on(today),
        hits=(Span(start=citation.start, end=citation.end),),
        score=1.0,
        via="reference",
        is_ocr=section.is_ocr,
    )
