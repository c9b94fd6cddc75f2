"""What the end of a run does for later searches: the index has its parts merged that transactions left.

FTS5 merges by itself only when eight segments are alike, so that writing stays fast. At the end of a run
the rest is merged in pairs: queries take a fifth of the time, and a text is copied once more for each
doubling of the index. PostgreSQL keeps what was written last in a list that every search reads through, ten
times as long for a rare word once it is full; it merges it now and then, and also when it is told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select, text

from storage.database.engine import reading, writing
from storage.models import revision

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

PAGES_AT_ONCE = 500  # of 16 KB, in one transaction: a tenth of a second
PAGES_ALWAYS = 125  # what earlier runs left behind is caught up by and by
PAGES_OF_A_REVISION = 4  # four texts fill one, and each is copied so often until it is in the largest segment
_IN_PAIRS = "INSERT INTO search_index (search_index, rank) VALUES ('usermerge', 2)"
_MERGE = "INSERT INTO search_index (search_index, rank) VALUES ('merge', ?)"
# By the owner alone, as the server has it; spans of a search are made of what it knows of the numbers.
_MERGE_PENDING = text(
    "SELECT gin_clean_pending_list(oid) FROM pg_class"
    " WHERE oid = to_regclass('ix_search_index_tokens') AND pg_has_role(relowner, 'USAGE')"
)
LOOK_AT_NUMBERS = "ANALYZE search_index (number)"
_NOTHING_MERGED = 2  # rows that the statement changes even then, by FTS5's documentation less than so many


def merge_index(engine: Engine, run_id: int) -> None:
    """Merge what the transactions of a run left, on SQLite as much as its revisions are worth."""
    if engine.dialect.name != "sqlite":
        with writing(engine) as connection:
            connection.execute(_MERGE_PENDING)
            connection.exec_driver_sql(LOOK_AT_NUMBERS)
        return
    with reading(engine) as connection:
        written = connection.scalar(select(func.count()).where(revision.c.run_id == run_id)) or 0
    pages = PAGES_ALWAYS + PAGES_OF_A_REVISION * written
    while pages > 0:
        with writing(engine) as connection:
            if not _merged(connection, min(pages, PAGES_AT_ONCE)):
                return
        pages -= PAGES_AT_ONCE


def merge_all(engine: Engine) -> None:
    """Merge all that a fill of the index of SQLite left, until nothing is."""
    merged = True
    while merged:
        with writing(engine) as connection:
            merged = _merged(connection, PAGES_AT_ONCE)


def _merged(connection: Connection, pages: int) -> bool:
    connection.exec_driver_sql(_IN_PAIRS)
    before = _changes(connection)
    connection.exec_driver_sql(_MERGE, (pages,))
    return _changes(connection) - before >= _NOTHING_MERGED


def _changes(connection: Connection) -> int:
    return int(connection.scalar(select(func.total_changes())) or 0)
