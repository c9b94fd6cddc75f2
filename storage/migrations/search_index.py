"""Makes the full-text index anew where a revision dropped it.

All that stands in it can be made from the articles, and the tokens must be those that this version looks
for. So a revision that changes the index drops it, and nothing more: how it is made and filled is said in
one place, once all revisions are done, and no later change of it reaches an older revision.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import inspect

from storage.models import article
from storage.search.documents import DOCUMENTS, document_of
from storage.search.index import TOKENS_INDEX, add_documents, create_search_index

if TYPE_CHECKING:
    from sqlalchemy import Connection

BATCH = 500
ABOVE_ALL = 1 << 62
_TEXTS = (
    DOCUMENTS.add_columns(article.c.document)
    .where(article.c.withheld.is_(None))
    .order_by(article.c.document.desc())
    .limit(BATCH)
)


def make_missing_index(connection: Connection) -> None:
    """Make the index and fill it, the newest first, if there is none."""
    if inspect(connection).has_table("search_index"):
        return
    create_search_index(connection)
    if connection.dialect.name == "postgresql":  # made of all texts at once, it is a sixth smaller
        connection.exec_driver_sql("DROP INDEX ix_search_index_tokens")
    _fill(connection)
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(TOKENS_INDEX)
    else:
        connection.exec_driver_sql("INSERT INTO search_index (search_index) VALUES ('optimize')")


def _fill(connection: Connection) -> None:
    before = ABOVE_ALL
    while rows := connection.execute(_TEXTS.where(article.c.document < before)).all():
        add_documents(connection, [*map(document_of, rows)])
        before = rows[-1].document
