"""A filter says which hashes the large fingerprint table can hold; it fills with the next merges."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.database.column_types import Number

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "fingerprint_filter",
        sa.Column("slice", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("checksum", Number, nullable=False),
        sa.Column("bits", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("slice", name=op.f("pk_fingerprint_filter")),
    )
