"""Sections, documents and collections for the page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from api.schemas.documents import (
    CollectionView,
    DocumentDetail,
    DocumentView,
    FailureView,
    FollowingSection,
    SectionView,
    VersionView,
    WarningView,
)
from assistant import store as stored
from assistant.domain import PUBLIC_INSTITUTION, DocumentState, ReadWarning, Section
from assistant.wording import Language, error_text, kind_label, warning_text

_FILE_TYPES = {
    "application/pdf": "PDF",
    "text/html": "HTML",
    "text/markdown": "Markdown",
    "text/plain": "텍스트",
    "application/x-hwp": "HWP",
    "application/hwp+zip": "HWPX",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "DOCX",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "XLSX",
    "application/vnd.ms-excel": "XLS",
    "application/vnd.oasis.opendocument.spreadsheet": "ODS",
    "text/csv": "CSV",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "PPTX",
    "message/rfc822": "EML",
    "application/zip": "ZIP",
}


def section_view(
    found: stored.SectionView,
    following: Iterable[Section],
    *,
    today: date,
    language: Language,
) -> SectionView:
    """Return a section for the evidence pane."""
    section = found.section
    return SectionView(
        document_id=found.document_id,
        version_id=found.version_id,
        version_number=found.version_number,
        ordinal=section.ordinal,
        title=found.document_title,
        kind=found.kind,
        kind_label=kind_label(found.kind, language),
        publisher=found.publisher,
        path=list(section.path),
        label=section.label,
        heading=section.title,
        text=section.text,
        page=section.page,
        effective_from=found.effective_from,
        promulgated_on=found.promulgated_on,
        standing=found.standing_on(today),
        grade=found.grade,
        source_url=found.source_url,
        following=[
            FollowingSection(
                ordinal=other.ordinal, label=other.label, heading=other.title, text=other.text
            )
            for other in following
        ],
        previous_ordinal=found.previous_ordinal,
        next_ordinal=found.next_ordinal,
        current=found.current,
        is_ocr=section.is_ocr,
    )


def warning_views(warnings: Iterable[ReadWarning], language: Language) -> list[WarningView]:
    """Return what to know about how a file was read, in words."""
    return [
        WarningView(
            code=found.code,
            page=found.page,
            count=found.count,
            text=warning_text(found.code, language),
        )
        for found in warnings
    ]


def collection_view(collection: stored.Collection) -> CollectionView:
    """Return a collection for the page."""
    return CollectionView(
        collection_id=collection.collection_id,
        name=collection.name,
        shared=collection.institution_id == PUBLIC_INSTITUTION,
        grade=collection.grade,
        document_count=collection.document_count,
    )


def file_type(media_type: str, file_name: str) -> str:
    """Return the short name of a kind of file.

    >>> file_type("application/pdf", "a.bin"), file_type("", "b.hwp")
    ('PDF', 'HWP')
    """
    if media_type in _FILE_TYPES:
        return _FILE_TYPES[media_type]
    _, dot, suffix = file_name.rpartition(".")
    return suffix.upper() if dot and len(suffix) <= 5 else ""


def document_view(detail: stored.DocumentDetail, language: Language) -> DocumentView:
    """Return a document for the page."""
    record = detail.record
    failure = None
    if record.error_code:
        facts = {"reason": record.error_reason or ""}
        text = error_text(record.error_code, facts, language)
        failure = FailureView(code=record.error_code, detail=text, reason=record.error_reason or "")
    progress = detail.progress if record.state == DocumentState.SEARCHABLE else None
    return DocumentView(
        document_id=record.document_id,
        collection_id=record.collection_id,
        title=record.title,
        file_name=record.file_name,
        media_type=record.media_type,
        file_type=file_type(record.media_type, record.file_name),
        kind=record.kind,
        kind_label=kind_label(record.kind, language),
        grade=record.grade,
        state=record.state,
        progress=progress,
        version_id=record.version_id,
        version_number=record.version_number,
        section_count=record.section_count,
        chunk_count=record.chunk_count,
        table_count=detail.table_count,
        page_count=detail.page_count,
        size_bytes=record.size_bytes,
        effective_from=record.effective_from,
        promulgated_on=record.promulgated_on,
        publisher=record.publisher,
        created_at=record.created_at,
        updated_at=record.updated_at,
        warnings=warning_views(record.warnings, language),
        error=failure,
        shared=record.institution_id == PUBLIC_INSTITUTION,
    )


def document_detail(
    detail: stored.DocumentDetail, versions: Iterable[stored.Version], language: Language
) -> DocumentDetail:
    """Return a document with its versions."""
    return DocumentDetail(
        **document_view(detail, language).model_dump(),
        versions=[
            VersionView(
                version_id=found.version_id,
                number=found.number,
                created_at=found.created_at,
                effective_from=found.effective_from,
                chunks_changed=found.chunks_changed,
                current=found.current,
            )
            for found in versions
        ],
    )
