"""The full-text index of SQLite counts from the newest document on, and is read in half of the time."""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.drop_table("search_index")  # made anew once all revisions are done
