"""Keep papers: versions, pictures, comments, approvals, and the sections they cite."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables, referred-to ones first."""
    _create_papers()
    _create_versions()
    _create_pictures()
    _create_comments()
    _create_approvals()
    _create_sections()


def _text(name: str, length: int | None = None) -> sa.Column[str]:
    kind = sa.Text() if length is None else sa.String(length=length)
    return sa.Column(name, kind, nullable=False)


def _moment(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), autoincrement=False, nullable=False)


def _of_institution() -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["institution_id"], ["institutions.institution_id"])


def _of_paper() -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["paper_id"], ["papers.paper_id"])


def _index_institution(table: str) -> None:
    op.create_index(op.f(f"ix_{table}_institution_id"), table, ["institution_id"])


def _create_papers() -> None:
    op.create_table(
        "papers",
        _text("paper_id", 64),
        _text("institution_id", 64),
        _text("subject", 16),
        _text("subject_id", 64),
        _number("current"),
        _moment("created_at"),
        _moment("updated_at"),
        _of_institution(),
        sa.PrimaryKeyConstraint("paper_id"),
    )
    op.create_index("papers_subject", "papers", ["institution_id", "subject", "subject_id"])
    _index_institution("papers")


def _create_versions() -> None:
    op.create_table(
        "paper_versions",
        _text("paper_id", 64),
        _number("number"),
        _text("institution_id", 64),
        sa.Column("parent", sa.Integer(), nullable=True),
        _text("payload"),
        _text("content_hash", 64),
        _text("by"),
        _text("reason", 64),
        sa.Column("is_aside", sa.Boolean(), nullable=False),
        _moment("created_at"),
        _of_institution(),
        _of_paper(),
        sa.PrimaryKeyConstraint("paper_id", "number"),
    )
    _index_institution("paper_versions")


def _create_pictures() -> None:
    op.create_table(
        "paper_pictures",
        _text("paper_id", 64),
        _text("digest", 64),
        _text("institution_id", 64),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        _of_institution(),
        _of_paper(),
        sa.PrimaryKeyConstraint("paper_id", "digest"),
    )
    _index_institution("paper_pictures")


def _create_comments() -> None:
    op.create_table(
        "paper_comments",
        _text("comment_id", 64),
        _text("paper_id", 64),
        _text("institution_id", 64),
        _text("part_id"),
        _number("version_number"),
        _text("text"),
        _text("by"),
        _moment("created_at"),
        _moment("resolved_at", nullable=True),
        _text("resolved_by"),
        _of_institution(),
        _of_paper(),
        sa.PrimaryKeyConstraint("comment_id"),
    )
    op.create_index("paper_comments_order", "paper_comments", ["paper_id", "created_at"])
    _index_institution("paper_comments")


def _create_approvals() -> None:
    op.create_table(
        "paper_approvals",
        _text("paper_id", 64),
        _number("number"),
        _text("institution_id", 64),
        _number("version_number"),
        _text("content_hash", 64),
        _text("by"),
        _text("acknowledgements"),
        _moment("at"),
        _of_institution(),
        _of_paper(),
        sa.PrimaryKeyConstraint("paper_id", "number"),
    )
    _index_institution("paper_approvals")


def _create_sections() -> None:
    op.create_table(
        "paper_sections",
        _text("paper_id", 64),
        _text("version_id", 64),
        _number("section_ordinal"),
        _text("document_id", 64),
        _text("institution_id", 64),
        _of_institution(),
        _of_paper(),
        sa.PrimaryKeyConstraint("paper_id", "version_id", "section_ordinal"),
    )
    op.create_index(op.f("ix_paper_sections_document_id"), "paper_sections", ["document_id"])
    _index_institution("paper_sections")
