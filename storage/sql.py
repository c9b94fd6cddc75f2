"""Questions in SQL: one SELECT, within limits, and nothing but a SELECT."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy.exc import DBAPIError

from storage.engine import names_nothing_there, says_damage
from storage.errors import BadQuery
from storage.views import VIEWS

if TYPE_CHECKING:
    from sqlalchemy import Connection

# What a SELECT needs of SQLite; ATTACH, PRAGMA and every writing action are refused.
ALLOWED = frozenset(
    {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE}
)
QUERY_CANCELED = "57014"  # of PostgreSQL


class Answer(NamedTuple):
    """The columns and rows of a SELECT; *cut* says that there are more rows than the limit."""

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]
    cut: bool


def select(connection: Connection, statement: str, *, limit: int) -> Answer:
    """Return at most *limit* rows of *statement*.

    :raises BadQuery: if it is no SELECT, is wrong, or takes longer than the connection allows.
    :raises DBAPIError: if the archive is damaged
    """
    with _selects_only(connection):
        try:
            result = connection.exec_driver_sql(statement.rstrip().rstrip(";"))
            if not result.returns_rows:
                raise BadQuery("only SELECT statements are answered")
            rows = [tuple(row) for row in result.fetchmany(limit + 1)]
        except DBAPIError as error:
            if says_damage(error):
                raise
            raise BadQuery(_sentence(error)) from error
    return Answer(tuple(result.keys()), rows[:limit], cut=len(rows) > limit)


def _sentence(error: DBAPIError) -> str:
    """Return what was wrong with a statement, and what to do about it."""
    said = " ".join(str(error.orig).split())
    if said == "interrupted" or getattr(error.orig, "sqlstate", None) == QUERY_CANCELED:
        return "the question took longer than it may; ask for less, or allow more time (--timeout)"
    known = f"; the views are {', '.join(VIEWS)}" if names_nothing_there(error.orig) else ""
    return f"the database says: {said}{known}"


class _selects_only:  # noqa: N801 - used as a word
    """A context in which SQLite refuses everything but questions; PostgreSQL's transaction is read-only."""

    def __init__(self, connection: Connection) -> None:
        driver = connection.connection.driver_connection
        self._driver = driver if isinstance(driver, sqlite3.Connection) else None

    def __enter__(self) -> None:
        if self._driver is not None:
            self._driver.set_authorizer(_authorise)

    def __exit__(self, *_error: object) -> None:
        if self._driver is not None:
            self._driver.set_authorizer(None)


def _authorise(action: int, *_what: object) -> int:
    return sqlite3.SQLITE_OK if action in ALLOWED else sqlite3.SQLITE_DENY


def records(answer: Answer) -> Iterator[dict[str, Any]]:
    """Yield the rows with their column names."""
    for row in answer.rows:
        yield dict(zip(answer.columns, row, strict=True))
