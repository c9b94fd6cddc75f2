"""Fields are marked in the full-text index of SQLite too, PostgreSQL's holds sites and sources; two indexes.

Sources are found by an index of their own, edits by one of the few revisions that are one.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("DROP TABLE IF EXISTS search_index")  # made anew once all revisions are done
    op.create_index(
        op.f("ix_article_source_document_site_id_withheld"),
        "article",
        ["source", "document", "site_id", "withheld"],
    )
    op.create_index(
        "ix_revision_seen_at",
        "revision",
        ["seen_at"],
        sqlite_where=sa.text("cause = 'edited'"),
        postgresql_where=sa.text("cause = 'edited'"),
    )
