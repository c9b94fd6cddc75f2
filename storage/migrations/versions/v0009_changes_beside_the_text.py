"""Articles and pages say when they changed beside their text; a story's id is that of its first article."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.database.column_types import UtcTime

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("article", sa.Column("changed_at", UtcTime))
    op.add_column("page", sa.Column("changed_at", UtcTime))
    op.execute("UPDATE page SET changed_at = coalesce(gone_at, suspected_at)")
    with op.batch_alter_table("story") as story:
        story.drop_constraint("uq_story_public_id", type_="unique")
        story.drop_column("public_id")
