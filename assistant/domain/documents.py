"""A document: as read from a file, as indexed, and as lists show it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import TypeAlias

PUBLIC_INSTITUTION = "public"
DEFAULT_INSTITUTION = "default"

Metadata: TypeAlias = Mapping[str, str]


class Grade(StrEnum):
    """Grade of secrecy under the national network security framework (N2SF)."""

    OPEN = "O"
    SENSITIVE = "S"
    CLASSIFIED = "C"

    @property
    def height(self) -> int:
        """Rank of the grade; a derived text takes the highest of its sources."""
        return "OSC".index(self.value)


class SourceKind(StrEnum):
    """What a document is; the order of the members is its rank in a conflict."""

    LAW = "law"
    DECREE = "decree"
    RULE = "rule"
    NOTICE = "notice"
    GUIDE = "guide"
    PILOT = "pilot"
    DOSSIER = "dossier"
    NEWS = "news"
    OTHER = "other"

    @property
    def rank(self) -> int:
        """Position in the order of authority, 0 highest (law > decree > rule > notice > ...)."""
        return list(SourceKind).index(self)


# -- documents as read ----------------------------------------------------------------------


class BlockKind(StrEnum):
    """Kinds of block that a reader gives."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE = "table"
    NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Locator:
    """Where a block stands in the file: 1-based page where there are pages, 0-based ordinal."""

    ordinal: int
    page: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell of a table; spans are 1 unless merged.

    A row lists the cells that start in it: a place covered by a merged cell has none, as in HTML.
    """

    text: str
    row_span: int = 1
    col_span: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A heading, paragraph, list item, table or note, in reading order.

    `text` keeps the line breaks of the source; a table's `text` is empty and `rows` holds it.
    `is_ocr` says that the text was read off a picture: its figures are not to be relied on.
    """

    kind: BlockKind
    text: str
    locator: Locator
    level: int = 0
    rows: tuple[tuple[Cell, ...], ...] = ()
    header_rows: int = 0
    caption: str = ""
    is_ocr: bool = False


class AsideKind(StrEnum):
    """Kinds of text that stand beside the document and not in it."""

    MEMO = "memo"  # 메모, comment
    HIDDEN = "hidden"  # 숨은 설명, white or zero-size text, hidden rows
    INSTRUCTION = "instruction"  # 누름틀 guide text


@dataclass(frozen=True, slots=True, kw_only=True)
class Aside:
    """A text that a reader of the printed page does not see: kept apart, labelled, not indexed."""

    kind: AsideKind
    text: str
    page: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadWarning:
    """Something an official should know about how a file was read.

    `code` is one of: little_text, doubtful_text, second_reader, replaced_characters,
    pages_without_text, truncated, hidden_text, suspicious_instruction, ocr, memos,
    parts_unread (an attachment or member that no reader takes), external_content (links, macros or
    embedded objects that were not followed).
    """

    code: str
    page: int | None = None
    count: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A file as read: blocks in order, what the file says of itself, and warnings."""

    title: str
    media_type: str
    blocks: tuple[Block, ...]
    metadata: Metadata = field(default_factory=dict)
    warnings: tuple[ReadWarning, ...] = ()
    page_count: int | None = None
    asides: tuple[Aside, ...] = ()


# -- documents as indexed ---------------------------------------------------------------------


class SectionKind(StrEnum):
    """What a section is; only articles carry legal weight."""

    ARTICLE = "article"
    ADDENDA = "addenda"
    ANNEX = "annex"
    PROSE = "prose"


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """The unit shown to a reader and counted as one hit: a whole article, or a headed section.

    `path` runs from the outermost chapter inwards and leaves out the document title; `label` is
    what a citation names (`제36조`, `3. 성과목표`, `12쪽`); `text` is what is displayed.
    """

    ordinal: int
    kind: SectionKind
    label: str
    title: str
    path: tuple[str, ...]
    text: str
    page: int | None = None
    deleted: bool = False
    is_ocr: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ChunkDraft:
    """A chunk before the store gives it an id.

    `text == section.text[start:end]`; `context` and `search_text` are what the indexes see
    (no amendment marks, no date, so that a new effective date alone re-embeds nothing);
    `content_hash` is the SHA-256 of both.
    """

    section_ordinal: int
    start: int
    end: int
    label: str
    text: str
    context: str
    search_text: str
    content_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChunkedDocument:
    """A document cut into sections and chunks, with what its front matter says."""

    title: str
    kind: SourceKind
    sections: tuple[Section, ...]
    chunks: tuple[ChunkDraft, ...]
    effective_from: date | None = None
    promulgated_on: date | None = None
    publisher: str = ""
    identity: str = ""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """An indexed piece of the current version of a document; id `<document_id>#<ordinal>`."""

    chunk_id: str
    document_id: str
    institution_id: str
    section_ordinal: int
    start: int
    end: int
    label: str
    text: str
    context: str
    search_text: str
    content_hash: str


class Standing(StrEnum):
    """Whether a rule may be relied on at the reference date."""

    IN_FORCE = "in_force"
    NOT_YET = "not_yet"
    SUPERSEDED = "superseded"
    REPEALED = "repealed"


class DocumentState(StrEnum):
    """What an official sees of a file on its way in."""

    WAITING = "waiting"
    READING = "reading"
    SEARCHABLE = "searchable"  # by words; vectors still missing
    READY = "ready"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRecord:
    """A stored document with its current version, as lists and filters need it."""

    document_id: str
    institution_id: str
    collection_id: str
    title: str
    kind: SourceKind
    grade: Grade
    file_name: str
    media_type: str
    state: DocumentState
    version_id: str
    version_number: int
    sha256: str
    size_bytes: int
    section_count: int
    chunk_count: int
    effective_from: date | None
    promulgated_on: date | None
    publisher: str
    created_at: datetime
    updated_at: datetime
    aliases: tuple[str, ...] = ()
    warnings: tuple[ReadWarning, ...] = ()
    error_code: str | None = None
    error_reason: str | None = None
