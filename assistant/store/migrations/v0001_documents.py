"""Create institutions, documents, chunks, uploads and what is derived."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables, referred-to ones first."""
    _create_institutions()
    _create_collections()
    _create_index_outbox()
    _create_tokens()
    _create_vectors()
    _create_documents()
    _create_chunks()
    _create_uploads()
    _create_versions()
    _create_sections()
    _create_version_chunks()


def _create_institutions() -> None:
    op.create_table(
        "institutions",
        sa.Column("institution_id", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changes", sa.BigInteger(), nullable=False),
        sa.Column("changes_floor", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("institution_id"),
    )


def _create_collections() -> None:
    op.create_table(
        "collections",
        sa.Column("collection_id", sa.String(length=64), nullable=False),
        sa.Column("institution_id", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("grade", sa.String(length=1), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("built_in", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("grade IN ('O', 'S')", name="collections_grade"),
        sa.ForeignKeyConstraint(
            ["institution_id"],
            ["institutions.institution_id"],
        ),
        sa.PrimaryKeyConstraint("collection_id"),
    )
    op.create_index("collections_name", "collections", ["institution_id", "name"], unique=True)
    op.create_index(
        op.f("ix_collections_institution_id"), "collections", ["institution_id"], unique=False
    )


def _create_index_outbox() -> None:
    op.create_table(
        "index_outbox",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("index_name", sa.String(length=16), nullable=False),
        sa.Column("operation", sa.String(length=8), nullable=False),
        sa.Column("chunk_id", sa.String(length=96), nullable=False),
        sa.Column("document_id", sa.String(length=64), nullable=False),
        sa.Column("institution_id", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id"],
            ["institutions.institution_id"],
        ),
        sa.PrimaryKeyConstraint("seq"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "index_outbox_document", "index_outbox", ["document_id", "index_name"], unique=False
    )
    op.create_index("index_outbox_order", "index_outbox", ["index_name", "seq"], unique=False)
    op.create_index(
        op.f("ix_index_outbox_institution_id"), "index_outbox", ["institution_id"], unique=False
    )


def _create_tokens() -> None:
    op.create_table(
        "tokens",
        sa.Column("institution_id", sa.String(length=64), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("tokenizer_id", sa.String(length=128), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id"],
            ["institutions.institution_id"],
        ),
        sa.PrimaryKeyConstraint("institution_id", "content_hash", "tokenizer_id"),
    )


def _create_vectors() -> None:
    op.create_table(
        "vectors",
        sa.Column("institution_id", sa.String(length=64), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("model_id", sa.String(length=128), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id"],
            ["institutions.institution_id"],
        ),
        sa.PrimaryKeyConstraint("institution_id", "content_hash", "model_id"),
    )


def _create_documents() -> None:
    op.create_table(
        "documents",
        sa.Column("document_id", sa.String(length=64), nullable=False),
        sa.Column("institution_id", sa.String(length=64), nullable=False),
        sa.Column("collection_id", sa.String(length=64), nullable=False),
        sa.Column("identity", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("grade", sa.String(length=1), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.String(length=255), nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("error_code", sa.String(length=64), nullable=True),
        sa.Column("error_reason", sa.Text(), nullable=True),
        sa.Column("version_id", sa.String(length=64), nullable=True),
        sa.Column("version_upload_seq", sa.BigInteger(), nullable=False),
        sa.Column("next_chunk_number", sa.Integer(), nullable=False),
        sa.Column("merged_into", sa.String(length=64), nullable=True),
        sa.Column("changed", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("purged_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("grade IN ('O', 'S')", name="documents_grade"),
        sa.ForeignKeyConstraint(
            ["collection_id"],
            ["collections.collection_id"],
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"],
            ["institutions.institution_id"],
        ),
        sa.PrimaryKeyConstraint("document_id"),
    )
    op.create_index("documents_changed", "documents", ["institution_id", "changed"], unique=False)
    op.create_index(
        "documents_created", "documents", ["institution_id", "created_at"], unique=False
    )
    op.create_index(
        "documents_file",
        "documents",
        ["institution_id", "collection_id", "file_name"],
        unique=False,
    )
    op.create_index(
        "documents_identity",
        "documents",
        ["institution_id", "collection_id", "identity"],
        unique=True,
        sqlite_where=sa.text("deleted_at IS NULL"),
        postgresql_where=sa.text("deleted_at IS NULL"),
    )
    op.create_index(
        op.f("ix_documents_collection_id"), "documents", ["collection_id"], unique=False
    )
    op.create_index(
        op.f("ix_documents_institution_id"), "documents", ["institution_id"], unique=False
    )
    op.create_index(op.f("ix_documents_version_id"), "documents", ["version_id"], unique=False)


def _create_chunks() -> None:
    op.create_table(
        "chunks",
        sa.Column("chunk_id", sa.String(length=96), nullable=False),
        sa.Column("document_id", sa.String(length=64), nullable=False),
        sa.Column("institution_id", sa.String(length=64), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("context", sa.Text(), nullable=False),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["documents.document_id"],
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"],
            ["institutions.institution_id"],
        ),
        sa.PrimaryKeyConstraint("chunk_id"),
    )
    op.create_index("chunks_hash", "chunks", ["institution_id", "content_hash"], unique=False)
    op.create_index("chunks_of_document", "chunks", ["document_id"], unique=False)


def _create_uploads() -> None:
    op.create_table(
        "uploads",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("upload_id", sa.String(length=64), nullable=False),
        sa.Column("institution_id", sa.String(length=64), nullable=False),
        sa.Column("collection_id", sa.String(length=64), nullable=False),
        sa.Column("document_id", sa.String(length=64), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.String(length=255), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("grade", sa.String(length=1), nullable=False),
        sa.Column("blob_id", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("error_code", sa.String(length=64), nullable=True),
        sa.Column("error_reason", sa.Text(), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("grade IN ('O', 'S')", name="uploads_grade"),
        sa.ForeignKeyConstraint(
            ["collection_id"],
            ["collections.collection_id"],
        ),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["documents.document_id"],
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"],
            ["institutions.institution_id"],
        ),
        sa.PrimaryKeyConstraint("seq"),
        sa.UniqueConstraint("upload_id"),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_uploads_institution_id"), "uploads", ["institution_id"], unique=False)
    op.create_index(op.f("ix_uploads_sha256"), "uploads", ["sha256"], unique=False)
    op.create_index("uploads_document", "uploads", ["document_id", "state"], unique=False)
    op.create_index(
        "uploads_unfinished",
        "uploads",
        ["institution_id", "collection_id", "sha256"],
        unique=True,
        sqlite_where=sa.text("state IN ('waiting', 'reading')"),
        postgresql_where=sa.text("state IN ('waiting', 'reading')"),
    )


def _create_versions() -> None:
    op.create_table(
        "versions",
        sa.Column("version_id", sa.String(length=64), nullable=False),
        sa.Column("document_id", sa.String(length=64), nullable=False),
        sa.Column("institution_id", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("publisher", sa.Text(), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=True),
        sa.Column("promulgated_on", sa.Date(), nullable=True),
        sa.Column("aliases", sa.Text(), nullable=False),
        sa.Column("warnings", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.String(length=255), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("blob_id", sa.String(length=64), nullable=False),
        sa.Column("source_url", sa.Text(), nullable=True),
        sa.Column("page_count", sa.Integer(), nullable=True),
        sa.Column("table_count", sa.Integer(), nullable=False),
        sa.Column("section_count", sa.Integer(), nullable=False),
        sa.Column("chunk_count", sa.Integer(), nullable=False),
        sa.Column("chunks_changed", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["documents.document_id"],
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"],
            ["institutions.institution_id"],
        ),
        sa.PrimaryKeyConstraint("version_id"),
    )
    op.create_index(
        op.f("ix_versions_institution_id"), "versions", ["institution_id"], unique=False
    )
    op.create_index(op.f("ix_versions_sha256"), "versions", ["sha256"], unique=False)
    op.create_index("versions_number", "versions", ["document_id", "number"], unique=True)


def _create_sections() -> None:
    op.create_table(
        "sections",
        sa.Column("section_id", sa.String(length=96), nullable=False),
        sa.Column("version_id", sa.String(length=64), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=True),
        sa.Column("deleted", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id"],
            ["institutions.institution_id"],
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["versions.version_id"],
        ),
        sa.PrimaryKeyConstraint("section_id"),
    )
    op.create_index(
        op.f("ix_sections_institution_id"), "sections", ["institution_id"], unique=False
    )
    op.create_index("sections_label", "sections", ["version_id", "label"], unique=False)
    op.create_index("sections_ordinal", "sections", ["version_id", "ordinal"], unique=True)


def _create_version_chunks() -> None:
    op.create_table(
        "version_chunks",
        sa.Column("version_id", sa.String(length=64), nullable=False),
        sa.Column("chunk_id", sa.String(length=96), nullable=False),
        sa.Column("institution_id", sa.String(length=64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("section_id", sa.String(length=96), nullable=False),
        sa.Column("section_ordinal", sa.Integer(), nullable=False),
        sa.Column("start_at", sa.Integer(), nullable=False),
        sa.Column("end_at", sa.Integer(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["chunk_id"],
            ["chunks.chunk_id"],
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"],
            ["institutions.institution_id"],
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["versions.version_id"],
        ),
        sa.PrimaryKeyConstraint("version_id", "chunk_id"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        op.f("ix_version_chunks_institution_id"), "version_chunks", ["institution_id"], unique=False
    )
    op.create_index("version_chunks_chunk", "version_chunks", ["chunk_id"], unique=False)
    op.create_index("version_chunks_section", "version_chunks", ["section_id"], unique=False)
