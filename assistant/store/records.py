"""What the store takes and gives back beside the nouns of `assistant.domain`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal, TypeAlias

from assistant.domain import (
    PUBLIC_INSTITUTION,
    ChunkedDocument,
    Conversation,
    Document,
    DocumentRecord,
    Grade,
    ReadWarning,
    Section,
    SectionKind,
    SourceKind,
    Standing,
    Turn,
)

UNDO_FOR = timedelta(minutes=10)
CANCELLED = "cancelled"  # the error code of a file that was deleted before it was read

IndexName: TypeAlias = Literal["lexical", "dense"]
Operation: TypeAlias = Literal["add", "delete"]
UploadState: TypeAlias = Literal["waiting", "reading", "done", "failed"]
SectionKey: TypeAlias = tuple[str, int]


def visible_to(institution_id: str) -> tuple[str, ...]:
    """Return the institutions whose texts `institution_id` may read: its own and the public one.

    >>> visible_to("default")
    ('default', 'public')
    >>> visible_to("public")
    ('public',)
    """
    return tuple(dict.fromkeys((institution_id, PUBLIC_INSTITUTION)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """A named set of documents of one institution, with the grade its files get by default."""

    collection_id: str
    institution_id: str
    name: str
    grade: Grade
    document_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NewUpload:
    """A file whose bytes are safely on disk under `blob_id`, about to be acknowledged."""

    institution_id: str
    collection_id: str
    file_name: str
    sha256: str
    size_bytes: int
    grade: Grade
    blob_id: str
    media_type: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """An acknowledged file on its way in; `document_id` is where it shows in lists."""

    upload_id: str
    institution_id: str
    collection_id: str
    document_id: str
    file_name: str
    sha256: str
    size_bytes: int
    grade: Grade
    blob_id: str
    media_type: str
    state: UploadState
    attempts: int
    error_code: str | None
    error_reason: str | None
    received_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """What became of a received file.

    `duplicate`: the same bytes are already there (or on their way in), `upload_id` is then None and
    the caller may drop its blob. `changed`: the file is to become a new version of a document.
    """

    document_id: str
    upload_id: str | None
    duplicate: bool
    changed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NewVersion:
    """A file as read and cut, ready to become the current version of its document.

    `reading` is what it was cut from, kept for showing it.
    """

    chunked: ChunkedDocument
    media_type: str
    reading: Document | None = None
    page_count: int | None = None
    table_count: int = 0
    warnings: tuple[ReadWarning, ...] = ()
    source_url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionAdded:
    """What a new version changed; `document_id` may differ from the upload's (see `identity`).

    `duplicate` means that nothing was written: the current version has the same bytes, or is newer.
    """

    document_id: str
    version_id: str
    version_number: int
    duplicate: bool
    chunks_added: int
    chunks_removed: int
    chunks_kept: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One version of a document; `chunks_changed` counts chunks added or removed by it."""

    version_id: str
    document_id: str
    institution_id: str
    number: int
    title: str
    kind: SourceKind
    publisher: str
    effective_from: date | None
    promulgated_on: date | None
    file_name: str
    media_type: str
    sha256: str
    size_bytes: int
    blob_id: str
    section_count: int
    chunk_count: int
    chunks_changed: int
    created_at: datetime
    current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentDetail:
    """A document as a list shows it, waiting and failed ones included.

    `record.version_id` is empty and `record.version_number` 0 until a first version is there.
    A document with an earlier version whose re-upload failed is not `failed`, but has an
    `error_code`. `progress` is the share of chunks with vectors while `searchable`, else None.
    """

    record: DocumentRecord
    page_count: int | None
    table_count: int
    blob_id: str
    progress: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentPage:
    """Some documents of a list, and the cursor of the next ones."""

    documents: tuple[DocumentDetail, ...]
    next_cursor: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How much the store holds: live documents with a version, their sections and chunks."""

    documents: int
    sections: int
    chunks: int
    waiting: int
    failed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Deletion:
    """A document that is deleted and can be brought back until `undo_until`."""

    undo_until: datetime
    cited_in: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionHead:
    """A section without its text."""

    ordinal: int
    kind: SectionKind
    label: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionView:
    """A section with what its document and version say, as the evidence pane shows it.

    `current` is False for earlier versions and deleted documents; `next_effective_from` is the
    effective date of the version after this one.
    """

    section: Section
    document_id: str
    version_id: str
    version_number: int
    institution_id: str
    collection_id: str
    document_title: str
    kind: SourceKind
    publisher: str
    grade: Grade
    effective_from: date | None
    promulgated_on: date | None
    source_url: str | None
    current: bool
    next_effective_from: date | None
    previous_ordinal: int | None
    next_ordinal: int | None

    def standing_on(self, day: date) -> Standing:
        """Return whether the section may be relied on that day."""
        if not self.current:
            return Standing.SUPERSEDED
        if self.section.deleted:
            return Standing.REPEALED
        if self.effective_from is not None and self.effective_from > day:
            return Standing.NOT_YET
        return Standing.IN_FORCE


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxEntry:
    """One change that an index still has to make."""

    seq: int
    index_name: IndexName
    operation: Operation
    chunk_id: str
    document_id: str
    institution_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """What an official thought of an answer."""

    verdict: Literal["up", "down"]
    reasons: tuple[str, ...] = ()
    comment: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTurn:
    """A question about to be answered.

    Without `conversation_id` a conversation is begun; without `parent_turn_id` the turn follows the
    latest one. `replaces_turn_id` makes a sibling of that turn (an edited question).
    """

    institution_id: str
    question: str
    conversation_id: str | None = None
    parent_turn_id: str | None = None
    replaces_turn_id: str | None = None
    reference_date: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StartedTurn:
    """Where a running turn stands."""

    conversation_id: str
    turn_id: str
    parent_turn_id: str | None
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredTurn:
    """A turn with its siblings (itself included, in order), feedback and provisional text.

    `partial_text` is what had streamed when a turn was stopped; empty for a finished one.
    """

    turn: Turn
    siblings: tuple[str, ...]
    feedback: Feedback | None
    partial_text: str
    reference_date: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversationItem:
    """A conversation as the list shows it; `flagged` when its last answer needs a look."""

    conversation: Conversation
    running: bool
    flagged: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Purged:
    """What a purge removed; the files of `blob_ids` belong to nothing any more."""

    documents: int
    conversations: int
    blob_ids: tuple[str, ...]
