"""Makes the full-text index anew where a revision dropped it.

All that stands in it can be made from the articles, and the tokens must be those that this version looks
for. So a revision that changes the index drops it, and nothing more: how it is made and filled is said in
one place, once all revisions are done, and no later change of it reaches an older revision.

To fill it takes minutes, too long for one transaction: a journal as large as the index, and all of the work
lost when it is stopped. So it is filled in many, and the schema is called unfilled until the last of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import column, inspect, select, table, text

from storage.database.engine import writing
from storage.models import article
from storage.schema.revisions import UNFILLED
from storage.search.document_numbers import LAST_PLACE
from storage.search.documents import DOCUMENTS, document_of
from storage.search.index import TOKENS_INDEX, add_documents, create_search_index
from storage.search.index_merges import LOOK_AT_NUMBERS, merge_all

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine, Select

BATCH = 500
ABOVE_ALL = 1 << 62
_TEXTS = (
    DOCUMENTS.add_columns(article.c.document)
    .where(article.c.withheld.is_(None))
    .order_by(article.c.document.desc())
    .limit(BATCH)
)
_CALL = text("UPDATE alembic_version SET version_num = :name")
_CALLED = text("SELECT version_num FROM alembic_version")


def call_by_revision(connection: Connection) -> bool:
    """Call the schema by its revision alone; return whether it was called unfilled."""
    if not inspect(connection).has_table("alembic_version"):
        return False
    name = str(connection.scalar(_CALLED))
    connection.execute(_CALL, {"name": name.removesuffix(UNFILLED)})
    return name.endswith(UNFILLED)


def call_unfilled(connection: Connection) -> None:
    """Say that the index lacks documents still."""
    name = str(connection.scalar(_CALLED)).removesuffix(UNFILLED)
    connection.execute(_CALL, {"name": f"{name}{UNFILLED}"})


def make_missing_index(connection: Connection) -> bool:
    """Make the empty index if there is none; return whether it was made."""
    if inspect(connection).has_table("search_index"):
        return False
    create_search_index(connection)
    if connection.dialect.name == "postgresql":  # made of all texts at once, it is a sixth smaller
        connection.exec_driver_sql("DROP INDEX ix_search_index_tokens")
    return True


def fill_index(engine: Engine) -> None:
    """Put into an unfilled index what it lacks, the newest first."""
    before: int | None = ABOVE_ALL
    while before is not None:
        with writing(engine) as connection:
            if not _is_unfilled(connection):  # it never was, or another process was faster
                return
            before = _fill_some(connection, before)
    if engine.dialect.name == "sqlite":
        merge_all(engine)
    with writing(engine) as connection:
        if _is_unfilled(connection):
            _finish(connection)


def _fill_some(connection: Connection, before: int) -> int | None:
    """Put in the newest that are missing *before* a number; return the last one's, if there was any."""
    rows = connection.execute(_missing(connection).where(article.c.document < before)).all()
    add_documents(connection, [*map(document_of, rows)])
    return rows[-1].document if rows else None


def _missing(connection: Connection) -> Select[Any]:
    """Return what selects documents that are not in the index: a fill that was stopped goes on."""
    if connection.dialect.name == "sqlite":
        held = table("search_index_docsize", column("id"))
        is_held = held.c.id == LAST_PLACE - article.c.document
    else:
        held = table("search_index", column("number"))
        is_held = held.c.number == article.c.document
    return _TEXTS.where(~select(held).where(is_held).exists())


def _is_unfilled(connection: Connection) -> bool:
    return str(connection.scalar(_CALLED)).endswith(UNFILLED)


def _finish(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(TOKENS_INDEX)
        connection.exec_driver_sql(LOOK_AT_NUMBERS)
    call_by_revision(connection)
