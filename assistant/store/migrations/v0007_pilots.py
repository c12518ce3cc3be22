"""Pilots: the record in versions, its files, and what they propose."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables, the one that others refer to first."""
    op.create_table(
        "pilots",
        _text("pilot_id", 64),
        _text("institution_id", 64),
        _text("title"),
        _text("code"),
        _text("grade", 1),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        _moment("created_at"),
        _moment("updated_at"),
        _moment("deleted_at", nullable=True),
        _of_institution(),
        sa.PrimaryKeyConstraint("pilot_id"),
    )
    op.create_index("pilots_updated", "pilots", ["institution_id", "updated_at"])
    _index_institution("pilots")
    op.create_table(
        "pilot_versions",
        _text("pilot_id", 64),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        _text("institution_id", 64),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        _text("made_by"),
        _text("reason"),
        _moment("created_at"),
        _of_pilot(),
        _of_institution(),
        sa.PrimaryKeyConstraint("pilot_id", "number"),
    )
    _index_institution("pilot_versions")
    _create_files()
    _create_proposals()


def _create_files() -> None:
    op.create_table(
        "pilot_files",
        _text("pilot_id", 64),
        _text("document_id", 64),
        _text("institution_id", 64),
        _text("file_name"),
        _text("added_by"),
        _moment("added_at"),
        _of_pilot(),
        _of_institution(),
        sa.PrimaryKeyConstraint("pilot_id", "document_id"),
    )
    _index_institution("pilot_files")


def _create_proposals() -> None:
    op.create_table(
        "pilot_proposals",
        _text("proposal_id", 64),
        _text("pilot_id", 64),
        _text("institution_id", 64),
        sa.Column("position", sa.Integer(), nullable=False),
        _text("place"),
        _text("value"),
        _text("document_id", 64),
        _text("file_name"),
        _text("found_at"),
        _text("quote"),
        _text("state", 16),
        _text("decided_by"),
        _moment("decided_at", nullable=True),
        _of_pilot(),
        _of_institution(),
        sa.PrimaryKeyConstraint("proposal_id"),
    )
    op.create_index("pilot_proposals_state", "pilot_proposals", ["pilot_id", "state"])
    _index_institution("pilot_proposals")


def _text(name: str, length: int | None = None) -> sa.Column[str]:
    kind = sa.Text() if length is None else sa.String(length=length)
    return sa.Column(name, kind, nullable=False)


def _moment(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _of_institution() -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["institution_id"], ["institutions.institution_id"])


def _of_pilot() -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["pilot_id"], ["pilots.pilot_id"])


def _index_institution(table: str) -> None:
    op.create_index(op.f(f"ix_{table}_institution_id"), table, ["institution_id"])
