"""Merges of the full-text index of SQLite: every transaction leaves a segment, and each query asks them all.

FTS5 merges by itself only when eight segments are alike, so that writing stays fast. At the end of a run
the rest is merged in pairs: queries take a fifth of the time, and a text is copied once more for each
doubling of the index. PostgreSQL looks after its index itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from storage.engine import reading, writing
from storage.models import revision

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

PAGES_AT_ONCE = 500  # of 16 KB, in one transaction: a tenth of a second
PAGES_ALWAYS = 125  # what earlier runs left behind is caught up by and by
PAGES_OF_A_REVISION = 4  # four texts fill one, and each is copied so often until it is in the largest segment
_IN_PAIRS = "INSERT INTO search_index (search_index, rank) VALUES ('usermerge', 2)"
_MERGE = "INSERT INTO search_index (search_index, rank) VALUES ('merge', ?)"
_NOTHING_MERGED = 2  # rows that the statement changes even then, by FTS5's documentation less than so many


def merge_index(engine: Engine, run_id: int) -> None:
    """Merge segments in short transactions, as many as the revisions of a run are worth."""
    if engine.dialect.name != "sqlite":
        return
    with reading(engine) as connection:
        written = connection.scalar(select(func.count()).where(revision.c.run_id == run_id)) or 0
    pages = PAGES_ALWAYS + PAGES_OF_A_REVISION * written
    while pages > 0:
        with writing(engine) as connection:
            if not _merged(connection, min(pages, PAGES_AT_ONCE)):
                return
        pages -= PAGES_AT_ONCE


def _merged(connection: Connection, pages: int) -> bool:
    connection.exec_driver_sql(_IN_PAIRS)
    before = _changes(connection)
    connection.exec_driver_sql(_MERGE, (pages,))
    return _changes(connection) - before >= _NOTHING_MERGED


def _changes(connection: Connection) -> int:
    return int(connection.scalar(select(func.total_changes())) or 0)
