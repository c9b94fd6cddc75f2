"""The documents of stored articles, as the search index has them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, select

from storage.models import article, revision
from storage.search.index import Document

DOCUMENTS: Select[Any] = select(
    article.c.id,
    article.c.site_id,
    article.c.language,
    article.c.source,
    revision.c.published_day,
    revision.c.title,
    revision.c.body,
).join_from(article, revision, revision.c.id == article.c.latest_revision)


def document_of(row: Any) -> Document:
    """Return what of the article in *row*, which has the columns of `DOCUMENTS`, is searched."""
    return Document(
        article_id=row.id,
        site_id=row.site_id,
        language=row.language,
        source=row.source,
        day=row.published_day,
        title=row.title,
        body=row.body,
    )
