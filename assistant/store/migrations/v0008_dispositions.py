"""Letters of complaints: whether what they refuse is a disposition."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the fact to the letters; of those written before, nobody has said it."""
    op.add_column(
        "complaint_letters",
        sa.Column("is_disposition", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
