"""Keep complaints, their masks, events, letters and groups."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables, referred-to ones first."""
    _create_complaints()
    _create_originals()
    _create_masks()
    _create_events()
    _create_letters()
    _create_groups()


def _text(name: str, length: int | None = None) -> sa.Column[str]:
    kind = sa.Text() if length is None else sa.String(length=length)
    return sa.Column(name, kind, nullable=False)


def _moment(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _of_institution() -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["institution_id"], ["institutions.institution_id"])


def _of_complaint() -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["complaint_id"], ["complaints.complaint_id"])


def _index_institution(table: str) -> None:
    op.create_index(op.f(f"ix_{table}_institution_id"), table, ["institution_id"])


def _create_complaints() -> None:
    op.create_table(
        "complaints",
        _text("complaint_id", 64),
        _text("institution_id", 64),
        _text("number", 100),
        _moment("received_at"),
        _text("channel", 16),
        _text("reply_form", 16),
        sa.Column("applicants", sa.Integer(), nullable=False),
        _text("applicant_key", 64),
        _text("title"),
        _text("text"),
        sa.Column("title_length", sa.Integer(), nullable=False),
        _text("attachments"),
        _text("kind", 32),
        _text("kind_by"),
        _text("guess"),
        _text("period", 32),
        _text("officer"),
        _text("points"),
        sa.Column("due_on", sa.Date(), nullable=False),
        _moment("due_at", nullable=True),
        _moment("due_moment"),
        sa.Column("is_over", sa.Boolean(), nullable=False),
        sa.Column("is_provisional", sa.Boolean(), nullable=False),
        _text("masks_checked_by"),
        _moment("masks_checked_at", nullable=True),
        sa.Column("candidates", sa.Integer(), nullable=False),
        _text("drafting", 16),
        sa.Column("drafting_done", sa.Integer(), nullable=False),
        _text("drafting_error", 64),
        _text("wanted"),
        _text("group_id", 64),
        sa.Column("revision", sa.Integer(), nullable=False),
        _moment("created_at"),
        _moment("updated_at"),
        _of_institution(),
        sa.PrimaryKeyConstraint("complaint_id"),
    )
    op.create_index("complaints_due", "complaints", ["institution_id", "is_over", "due_moment"])
    op.create_index("complaints_drafting", "complaints", ["drafting"])
    op.create_index("complaints_number", "complaints", ["institution_id", "number"])
    op.create_index(op.f("ix_complaints_group_id"), "complaints", ["group_id"])
    _index_institution("complaints")


def _create_originals() -> None:
    op.create_table(
        "complaint_originals",
        _text("complaint_id", 64),
        _text("institution_id", 64),
        _text("payload"),
        _of_complaint(),
        _of_institution(),
        sa.PrimaryKeyConstraint("complaint_id"),
    )
    _index_institution("complaint_originals")


def _create_masks() -> None:
    op.create_table(
        "complaint_masks",
        _text("decision_id", 64),
        _text("complaint_id", 64),
        _text("institution_id", 64),
        _text("action", 16),
        _text("kind", 32),
        sa.Column("start_at", sa.Integer(), nullable=False),
        sa.Column("end_at", sa.Integer(), nullable=False),
        _text("by"),
        _moment("decided_at"),
        _of_complaint(),
        _of_institution(),
        sa.PrimaryKeyConstraint("decision_id"),
    )
    op.create_index("complaint_masks_case", "complaint_masks", ["complaint_id", "decided_at"])
    _index_institution("complaint_masks")


def _create_events() -> None:
    op.create_table(
        "complaint_events",
        _text("event_id", 64),
        _text("complaint_id", 64),
        _text("institution_id", 64),
        _text("name", 32),
        _moment("at"),
        _text("facts"),
        _text("by"),
        _moment("recorded_at"),
        _text("withdrawn_by"),
        _moment("withdrawn_at", nullable=True),
        _of_complaint(),
        _of_institution(),
        sa.PrimaryKeyConstraint("event_id"),
    )
    op.create_index("complaint_events_case", "complaint_events", ["complaint_id", "at"])
    _index_institution("complaint_events")


def _create_letters() -> None:
    op.create_table(
        "complaint_letters",
        _text("paper_id", 64),
        _text("complaint_id", 64),
        _text("institution_id", 64),
        _text("letter", 16),
        _text("decision", 16),
        _moment("created_at"),
        _of_complaint(),
        _of_institution(),
        sa.PrimaryKeyConstraint("paper_id"),
    )
    op.create_index("complaint_letters_case", "complaint_letters", ["complaint_id", "created_at"])
    _index_institution("complaint_letters")


def _create_groups() -> None:
    op.create_table(
        "complaint_groups",
        _text("group_id", 64),
        _text("institution_id", 64),
        _text("title"),
        _text("lead_id", 64),
        _text("paper_id", 64),
        _text("by"),
        _moment("created_at"),
        _of_institution(),
        sa.PrimaryKeyConstraint("group_id"),
    )
    _index_institution("complaint_groups")
