"""Withholding: an article's text and evidence are hidden, its row, digests and chain stay as they were."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, update

from storage.errors import BadQuery
from storage.models import article
from storage.queries.articles import article_number
from storage.safe_text import storable
from storage.search.documents import DOCUMENTS, document_of
from storage.search.index import add_documents, remove_documents


def withhold(connection: Connection, id_or_url: str, reason: str) -> str:
    """Hide an article, for a *reason* that is shown in its place; return its id.

    :raises NoSuchArticle: if there is none
    :raises BadQuery: if there is no reason
    """
    if not reason.strip():
        raise BadQuery(f"{id_or_url}: an article is withheld for a reason; say which")
    row = _article(connection, id_or_url)
    if row.withheld is None:
        remove_documents(connection, [document_of(row)])
    _set(connection, row.id, storable(reason.strip()))
    return str(row.public_id)


def release(connection: Connection, id_or_url: str) -> str:
    """Show an article again; return its id. :raises NoSuchArticle: if there is none."""
    row = _article(connection, id_or_url)
    if row.withheld is not None:
        add_documents(connection, [document_of(row)])
    _set(connection, row.id, None)
    return str(row.public_id)


def _article(connection: Connection, id_or_url: str) -> Any:
    wanted = article.c.id == article_number(connection, id_or_url)
    return connection.execute(
        DOCUMENTS.add_columns(article.c.public_id, article.c.withheld).where(wanted)
    ).one()


def _set(connection: Connection, number: int, reason: str | None) -> None:
    now = datetime.now(UTC)
    connection.execute(update(article).where(article.c.id == number).values(withheld=reason, changed_at=now))
