"""Tables of the store; every row belongs to an institution."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from assistant.store.columns import SafeText, StringTuple, UtcDateTime

SequenceNumber = BigInteger().with_variant(Integer, "sqlite")
_LIVE = text("deleted_at IS NULL")
_UNFINISHED = text("state IN ('waiting', 'reading')")


class Base(DeclarativeBase):
    """Base of all tables."""


def _institution() -> Mapped[str]:
    return mapped_column(String(64), ForeignKey("institutions.institution_id"), index=True)


class InstitutionRow(Base):
    """An institution; `public` owns the shared corpus."""

    __tablename__ = "institutions"

    institution_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    name: Mapped[str] = mapped_column(SafeText)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    # Counter of changes to this institution's documents, and the last one after which a cache may
    # be brought up to date by looking at changed rows only (rows were removed before it).
    changes: Mapped[int] = mapped_column(BigInteger, default=0)
    changes_floor: Mapped[int] = mapped_column(BigInteger, default=0)


class CollectionRow(Base):
    """A named set of documents."""

    __tablename__ = "collections"
    __table_args__ = (
        CheckConstraint("grade IN ('O', 'S')", name="collections_grade"),
        Index("collections_name", "institution_id", "name", unique=True),
    )

    collection_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    institution_id: Mapped[str] = _institution()
    name: Mapped[str] = mapped_column(SafeText)
    grade: Mapped[str] = mapped_column(String(1))
    position: Mapped[int] = mapped_column(Integer)
    built_in: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class DocumentRow(Base):
    """A document; its title, kind and dates are those of the current version."""

    __tablename__ = "documents"
    __table_args__ = (
        CheckConstraint("grade IN ('O', 'S')", name="documents_grade"),
        Index(
            "documents_identity",
            "institution_id",
            "collection_id",
            "identity",
            unique=True,
            sqlite_where=_LIVE,
            postgresql_where=_LIVE,
        ),
        Index("documents_changed", "institution_id", "changed"),
        Index("documents_created", "institution_id", "created_at"),
        Index("documents_file", "institution_id", "collection_id", "file_name"),
    )

    document_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    institution_id: Mapped[str] = _institution()
    collection_id: Mapped[str] = mapped_column(ForeignKey("collections.collection_id"), index=True)
    identity: Mapped[str] = mapped_column(SafeText)
    title: Mapped[str] = mapped_column(SafeText)
    kind: Mapped[str] = mapped_column(String(16))
    grade: Mapped[str] = mapped_column(String(1))
    file_name: Mapped[str] = mapped_column(SafeText)
    media_type: Mapped[str] = mapped_column(String(255), default="")
    size_bytes: Mapped[int] = mapped_column(BigInteger, default=0)
    state: Mapped[str] = mapped_column(String(16))
    error_code: Mapped[str | None] = mapped_column(String(64))
    error_reason: Mapped[str | None] = mapped_column(SafeText)
    version_id: Mapped[str | None] = mapped_column(String(64), index=True)
    version_upload_seq: Mapped[int] = mapped_column(BigInteger, default=0)
    next_chunk_number: Mapped[int] = mapped_column(Integer, default=0)
    merged_into: Mapped[str | None] = mapped_column(String(64))
    changed: Mapped[int] = mapped_column(BigInteger, default=0)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    deleted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    purged_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class VersionRow(Base):
    """One version of a document as it was read."""

    __tablename__ = "versions"
    __table_args__ = (Index("versions_number", "document_id", "number", unique=True),)

    version_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    document_id: Mapped[str] = mapped_column(ForeignKey("documents.document_id"))
    institution_id: Mapped[str] = _institution()
    number: Mapped[int] = mapped_column(Integer)
    title: Mapped[str] = mapped_column(SafeText)
    kind: Mapped[str] = mapped_column(String(16))
    publisher: Mapped[str] = mapped_column(SafeText)
    effective_from: Mapped[date | None]
    promulgated_on: Mapped[date | None]
    aliases: Mapped[tuple[str, ...]] = mapped_column(StringTuple)
    warnings: Mapped[str] = mapped_column(SafeText)
    file_name: Mapped[str] = mapped_column(SafeText)
    media_type: Mapped[str] = mapped_column(String(255))
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    size_bytes: Mapped[int] = mapped_column(BigInteger)
    blob_id: Mapped[str] = mapped_column(String(64))
    source_url: Mapped[str | None] = mapped_column(SafeText)
    page_count: Mapped[int | None]
    table_count: Mapped[int] = mapped_column(Integer)
    section_count: Mapped[int] = mapped_column(Integer)
    chunk_count: Mapped[int] = mapped_column(Integer)
    chunks_changed: Mapped[int] = mapped_column(Integer)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class SectionRow(Base):
    """A section of one version; see `rows.section_id`."""

    __tablename__ = "sections"
    __table_args__ = (
        Index("sections_ordinal", "version_id", "ordinal", unique=True),
        Index("sections_label", "version_id", "label"),
    )

    section_id: Mapped[str] = mapped_column(String(96), primary_key=True)
    version_id: Mapped[str] = mapped_column(ForeignKey("versions.version_id"))
    ordinal: Mapped[int] = mapped_column(Integer)
    institution_id: Mapped[str] = _institution()
    kind: Mapped[str] = mapped_column(String(16))
    label: Mapped[str] = mapped_column(SafeText)
    title: Mapped[str] = mapped_column(SafeText)
    path: Mapped[tuple[str, ...]] = mapped_column(StringTuple)
    text: Mapped[str] = mapped_column(SafeText)
    page: Mapped[int | None]
    deleted: Mapped[bool]
    is_ocr: Mapped[bool] = mapped_column(default=False)


class ReadingRow(Base):
    """What was read of a version, packed (see `readings`)."""

    __tablename__ = "readings"

    version_id: Mapped[str] = mapped_column(ForeignKey("versions.version_id"), primary_key=True)
    institution_id: Mapped[str] = _institution()
    payload: Mapped[bytes] = mapped_column(LargeBinary)


class ChunkRow(Base):
    """A chunk of a document, kept while any version holds it."""

    __tablename__ = "chunks"
    __table_args__ = (
        Index("chunks_of_document", "document_id"),
        Index("chunks_hash", "institution_id", "content_hash"),
    )

    chunk_id: Mapped[str] = mapped_column(String(96), primary_key=True)
    document_id: Mapped[str] = mapped_column(ForeignKey("documents.document_id"))
    institution_id: Mapped[str] = mapped_column(ForeignKey("institutions.institution_id"))
    content_hash: Mapped[str] = mapped_column(String(64))
    text: Mapped[str] = mapped_column(SafeText)
    context: Mapped[str] = mapped_column(SafeText)
    search_text: Mapped[str] = mapped_column(SafeText)


class VersionChunkRow(Base):
    """Which version holds which chunk, and where."""

    __tablename__ = "version_chunks"
    __table_args__ = (
        Index("version_chunks_section", "section_id"),
        Index("version_chunks_chunk", "chunk_id"),
        {"sqlite_with_rowid": False},
    )

    version_id: Mapped[str] = mapped_column(ForeignKey("versions.version_id"), primary_key=True)
    chunk_id: Mapped[str] = mapped_column(ForeignKey("chunks.chunk_id"), primary_key=True)
    institution_id: Mapped[str] = _institution()
    position: Mapped[int] = mapped_column(Integer)
    section_id: Mapped[str] = mapped_column(String(96))
    section_ordinal: Mapped[int] = mapped_column(Integer)
    start_at: Mapped[int] = mapped_column(Integer)
    end_at: Mapped[int] = mapped_column(Integer)
    label: Mapped[str] = mapped_column(SafeText)
    # Only when this version spells the chunk otherwise (amendment marks are not in the hash).
    text: Mapped[str | None] = mapped_column(SafeText)


class TokensRow(Base):
    """Tokens of a chunk's text, the slow half of the lexical index."""

    __tablename__ = "tokens"

    institution_id: Mapped[str] = mapped_column(
        ForeignKey("institutions.institution_id"), primary_key=True
    )
    content_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    tokenizer_id: Mapped[str] = mapped_column(String(128), primary_key=True)
    payload: Mapped[str] = mapped_column(SafeText)


class VectorRow(Base):
    """Vector of a chunk's text as little-endian float16."""

    __tablename__ = "vectors"

    institution_id: Mapped[str] = mapped_column(
        ForeignKey("institutions.institution_id"), primary_key=True
    )
    content_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    model_id: Mapped[str] = mapped_column(String(128), primary_key=True)
    vector: Mapped[bytes] = mapped_column(LargeBinary)


class OutboxRow(Base):
    """A change that a derived index still has to make."""

    __tablename__ = "index_outbox"
    __table_args__ = (
        Index("index_outbox_order", "index_name", "seq"),
        Index("index_outbox_document", "document_id", "index_name"),
        {"sqlite_autoincrement": True},
    )

    seq: Mapped[int] = mapped_column(SequenceNumber, primary_key=True)
    index_name: Mapped[str] = mapped_column(String(16))
    operation: Mapped[str] = mapped_column(String(8))
    chunk_id: Mapped[str] = mapped_column(String(96))
    document_id: Mapped[str] = mapped_column(String(64))
    institution_id: Mapped[str] = _institution()


class UploadRow(Base):
    """A file that was acknowledged; `seq` is the order of arrival."""

    __tablename__ = "uploads"
    __table_args__ = (
        CheckConstraint("grade IN ('O', 'S')", name="uploads_grade"),
        Index("uploads_document", "document_id", "state"),
        Index(
            "uploads_unfinished",
            "institution_id",
            "collection_id",
            "sha256",
            unique=True,
            sqlite_where=_UNFINISHED,
            postgresql_where=_UNFINISHED,
        ),
        {"sqlite_autoincrement": True},
    )

    seq: Mapped[int] = mapped_column(SequenceNumber, primary_key=True)
    upload_id: Mapped[str] = mapped_column(String(64), unique=True)
    institution_id: Mapped[str] = _institution()
    collection_id: Mapped[str] = mapped_column(ForeignKey("collections.collection_id"))
    document_id: Mapped[str] = mapped_column(ForeignKey("documents.document_id"))
    file_name: Mapped[str] = mapped_column(SafeText)
    media_type: Mapped[str] = mapped_column(String(255))
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    size_bytes: Mapped[int] = mapped_column(BigInteger)
    grade: Mapped[str] = mapped_column(String(1))
    blob_id: Mapped[str] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(16))
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    error_code: Mapped[str | None] = mapped_column(String(64))
    error_reason: Mapped[str | None] = mapped_column(SafeText)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ConversationRow(Base):
    """A thread of turns."""

    __tablename__ = "conversations"
    __table_args__ = (Index("conversations_updated", "institution_id", "updated_at"),)

    conversation_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    institution_id: Mapped[str] = _institution()
    title: Mapped[str] = mapped_column(SafeText)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    deleted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class TurnRow(Base):
    """A question with what came of it; `answer` is JSON (see `answer_codec`)."""

    __tablename__ = "turns"
    __table_args__ = (Index("turns_number", "conversation_id", "number", unique=True),)

    turn_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.conversation_id"))
    institution_id: Mapped[str] = _institution()
    parent_turn_id: Mapped[str | None] = mapped_column(String(64))
    number: Mapped[int] = mapped_column(Integer)
    question: Mapped[str] = mapped_column(SafeText)
    reference_date: Mapped[date | None]
    state: Mapped[str] = mapped_column(String(16))
    owner: Mapped[str] = mapped_column(String(64))
    partial_text: Mapped[str] = mapped_column(SafeText)
    answer: Mapped[str | None] = mapped_column(SafeText)
    flagged: Mapped[bool]
    verdict: Mapped[str | None] = mapped_column(String(8))
    verdict_reasons: Mapped[tuple[str, ...]] = mapped_column(StringTuple)
    verdict_comment: Mapped[str] = mapped_column(SafeText)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    touched_at: Mapped[datetime] = mapped_column(UtcDateTime)


class CitedSectionRow(Base):
    """A section that a stored answer cites, kept as long as the answer."""

    __tablename__ = "cited_sections"

    turn_id: Mapped[str] = mapped_column(ForeignKey("turns.turn_id"), primary_key=True)
    version_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    section_ordinal: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    document_id: Mapped[str] = mapped_column(String(64), index=True)
    institution_id: Mapped[str] = _institution()
