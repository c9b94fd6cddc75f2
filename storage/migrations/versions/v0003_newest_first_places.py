"""The full-text index of SQLite counts from the newest document on, and is read in half of the time."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.search_index import Document, add_documents, create_search_index

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

BATCH = 500
TEXTS = sa.text(
    "SELECT article.id, article.document, revision.published_day, revision.title, revision.body"
    " FROM article JOIN revision ON revision.id = article.latest_revision"
    " WHERE article.withheld IS NULL AND article.document < :before"
    " ORDER BY article.document DESC LIMIT :batch"
).columns(published_day=sa.Date())
ABOVE_ALL = 1 << 62


def upgrade() -> None:
    connection = op.get_bind()
    if connection.dialect.name != "sqlite":
        return
    op.drop_table("search_index")
    create_search_index(connection)
    before = ABOVE_ALL
    while rows := connection.execute(TEXTS, {"before": before, "batch": BATCH}).all():
        add_documents(
            connection,
            [
                Document(article_id=row.id, day=row.published_day, title=row.title, body=row.body)
                for row in rows
            ],
        )
        before = rows[-1].document
    connection.exec_driver_sql("INSERT INTO search_index (search_index) VALUES ('optimize')")
