"""Keep what was read of each version, and which sections were read off pictures."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column and the table; sections stored so far come from text."""
    op.add_column(
        "sections", sa.Column("is_ocr", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.create_table(
        "readings",
        sa.Column("version_id", sa.String(length=64), nullable=False),
        sa.Column("institution_id", sa.String(length=64), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id"],
            ["institutions.institution_id"],
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["versions.version_id"],
        ),
        sa.PrimaryKeyConstraint("version_id"),
    )
    op.create_index(op.f("ix_readings_institution_id"), "readings", ["institution_id"])
