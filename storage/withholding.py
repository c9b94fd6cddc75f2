"""Withholding: an article's text and evidence are hidden, its row, digests and chain stay as they were."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select, update

from storage.errors import BadQuery
from storage.models import article, revision
from storage.queries import article_number
from storage.safe_text import storable
from storage.search.index import Document, add_documents, remove_documents


def withhold(connection: Connection, id_or_url: str, reason: str) -> str:
    """Hide an article, for a *reason* that is shown in its place; return its id.

    :raises NoSuchArticle: if there is none
    :raises BadQuery: if there is no reason
    """
    if not reason.strip():
        raise BadQuery(f"{id_or_url}: an article is withheld for a reason; say which")
    row = _article(connection, id_or_url)
    if row.withheld is None:
        remove_documents(connection, [_document(row)])
    _set(connection, row.id, storable(reason.strip()))
    return str(row.public_id)


def release(connection: Connection, id_or_url: str) -> str:
    """Show an article again; return its id. :raises NoSuchArticle: if there is none."""
    row = _article(connection, id_or_url)
    if row.withheld is not None:
        add_documents(connection, [_document(row)])
    _set(connection, row.id, None)
    return str(row.public_id)


def _article(connection: Connection, id_or_url: str) -> Any:
    return connection.execute(
        select(
            article.c.id,
            article.c.public_id,
            article.c.withheld,
            revision.c.published_day,
            revision.c.title,
            revision.c.body,
        )
        .join(revision, revision.c.id == article.c.latest_revision)
        .where(article.c.id == article_number(connection, id_or_url))
    ).one()


def _document(row: Any) -> Document:
    return Document(article_id=row.id, day=row.published_day, title=row.title, body=row.body)


def _set(connection: Connection, number: int, reason: str | None) -> None:
    connection.execute(update(article).where(article.c.id == number).values(withheld=reason))
