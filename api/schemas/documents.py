"""Shapes of sections, documents and collections."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from pydantic import StringConstraints

from api.schemas.base import WHOLE, Body, EnteredGrade, View
from assistant.domain import DocumentState, Grade, SourceKind, Standing


class FollowingSection(View):
    """A section after the one asked for."""

    ordinal: int
    label: str
    heading: str
    text: str


class SectionView(View):
    """A whole section, as the evidence pane shows it; `is_ocr` when it was read off a picture."""

    document_id: str
    version_id: str
    version_number: int
    ordinal: int
    title: str
    kind: SourceKind
    kind_label: str
    publisher: str
    path: list[str]
    label: str
    heading: str
    text: str
    page: int | None
    effective_from: date | None
    promulgated_on: date | None
    standing: Standing
    grade: Grade
    source_url: str | None
    following: list[FollowingSection]
    previous_ordinal: int | None
    next_ordinal: int | None
    current: bool
    is_ocr: bool


# -- documents --------------------------------------------------------------------------------


class CollectionView(View):
    """A collection of documents."""

    collection_id: str
    name: str
    shared: bool
    grade: Grade
    document_count: int


class CollectionList(View):
    """The collections that one may see."""

    collections: list[CollectionView]


class CollectionRequest(Body):
    """A new collection."""

    name: Annotated[
        str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100), WHOLE
    ]
    grade: EnteredGrade


class WarningView(View):
    """Something to know about how a file was read."""

    code: str
    page: int | None
    count: int
    text: str


class FailureView(View):
    """Why a file could not be read."""

    code: str
    detail: str
    reason: str = ""


class DocumentView(View):
    """A document and its current version."""

    document_id: str
    collection_id: str
    title: str
    file_name: str
    media_type: str
    file_type: str
    kind: SourceKind
    kind_label: str
    grade: Grade
    state: DocumentState
    progress: float | None
    version_id: str
    version_number: int
    section_count: int
    chunk_count: int
    table_count: int
    page_count: int | None
    size_bytes: int
    effective_from: date | None
    promulgated_on: date | None
    publisher: str
    created_at: datetime
    updated_at: datetime
    warnings: list[WarningView]
    error: FailureView | None
    shared: bool


class GoneView(View):
    """A document that was deleted, or that turned out to be another one."""

    document_id: str


class DocumentList(View):
    """One page of documents."""

    documents: list[DocumentView]
    next_cursor: str | None


class UploadResult(View):
    """What became of an upload."""

    document: DocumentView
    duplicate: bool
    changed: bool = False


class VersionView(View):
    """One version of a document."""

    version_id: str
    number: int
    created_at: datetime
    effective_from: date | None
    chunks_changed: int
    current: bool


class DocumentDetail(DocumentView):
    """A document with its versions, newest first."""

    versions: list[VersionView]


class DeletionResult(View):
    """Until when a deletion can be undone, and how many answers cite the document."""

    undo_until: datetime
    cited_in: int
