"""The latest text of every article, as the index and the fingerprints should know it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Select, select

from storage.models import article, revision
from storage.search.index import Document

if TYPE_CHECKING:
    from sqlalchemy import Row

BATCH = 500
LATEST: Select[Any] = (
    select(
        article.c.id,
        article.c.public_id,
        article.c.document,
        article.c.withheld,
        article.c.text_digest.label("kept_text_digest"),
        revision.c.published_day,
        revision.c.title,
        revision.c.body,
        revision.c.text_digest,
    )
    .join_from(article, revision, revision.c.id == article.c.latest_revision)
    .order_by(article.c.id)
)


def latest_texts(connection: Connection) -> Iterator[Sequence[Row[Any]]]:
    """Yield the articles with their latest texts, some hundred at a time, in order of row number."""
    rows = connection.execution_options(yield_per=BATCH).execute(LATEST)
    yield from rows.partitions()


def document_of(row: Row[Any]) -> Document:
    """Return what of the article in *row* is searched."""
    return Document(article_id=row.id, day=row.published_day, title=row.title, body=row.body)
