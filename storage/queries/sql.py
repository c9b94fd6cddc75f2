"""Questions in SQL: one SELECT, within limits, and nothing but a SELECT."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy.exc import DBAPIError

from storage.database.failures import names_nothing_there, says_damage
from storage.errors import BadQuery
from storage.safe_text import storable
from storage.schema.views import VIEWS

if TYPE_CHECKING:
    from sqlalchemy import Connection

# What a SELECT needs of SQLite; ATTACH, PRAGMA and every writing action are refused.
ALLOWED = frozenset(
    {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE}
)
# What json_each and the full-text index declare themselves in, which no statement changes itself.
DECLARATIONS = "sqlite_master"
LONGEST_VALUE = 64 * 2**20  # bytes that a value of SQLite may have
LARGEST_ANSWER = 512 * 2**20  # characters and bytes
QUERY_CANCELED, SYNTAX_ERROR = "57014", "42601"  # of PostgreSQL


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
    if storable(statement) != statement:
        raise BadQuery("a statement holds no NUL and no half of a character; write it as text")
    ask = _ask_sqlite if connection.dialect.name == "sqlite" else _ask_postgres
    try:
        columns, rows = ask(connection, statement.rstrip().rstrip(";"), limit + 1)
    except DBAPIError as error:
        if says_damage(error):
            raise
        raise BadQuery(_sentence(error)) from error
    return Answer(_names(columns), rows[:limit], cut=len(rows) > limit)


Found = tuple[Iterable[str], list[tuple[Any, ...]]]


def _ask_sqlite(connection: Connection, statement: str, most: int) -> Found:
    with _selects_only(connection):
        result = connection.exec_driver_sql(statement)
        if not result.returns_rows:
            raise BadQuery("only SELECT statements are answered")
        return result.keys(), list(_within_memory(tuple(row) for row in islice(result, most)))


def _within_memory(rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    """Yield *rows*. :raises BadQuery: once they are larger than an answer may be"""
    size = 0
    for row in rows:
        size += sum(len(value) for value in row if isinstance(value, str | bytes))
        if size > LARGEST_ANSWER:
            most = LARGEST_ANSWER // 2**20
            raise BadQuery(f"the answer is larger than {most} MB; ask for less, or use `hotnews export`")
        yield row


def _ask_postgres(connection: Connection, statement: str, most: int) -> Found:
    """Declare a cursor for the one SELECT that it takes, and fetch no more rows than are read.

    Sent as it is, several statements would be answered, of which the first may allow the next one to write,
    and COPY would run a program.
    """
    driver: Any = connection.connection.driver_connection
    fault = connection.dialect.loaded_dbapi.Error
    try:
        with driver.cursor(name="question") as cursor:
            cursor.execute(statement)
            columns = [column.name for column in cursor.description]
            rows = list(_within_memory(cursor.fetchmany(most)))
        driver.rollback()  # a server before version 16 lets a read-only transaction write large objects
    except fault as error:
        raise DBAPIError.instance(statement, (), error, fault, dialect=connection.dialect) from error
    return columns, rows


def _names(columns: Iterable[str]) -> tuple[str, ...]:
    """Return the names of *columns*, those that are there again with a number: a record has each once."""
    names: dict[str, None] = {}
    for column in columns:
        name, number = column, 1
        while name in names:
            number += 1
            name = f"{column}_{number}"
        names[name] = None
    return tuple(names)


def _sentence(error: DBAPIError) -> str:
    """Return what was wrong with a statement, and what to do about it."""
    said = " ".join(str(error.orig).split())
    if said == "interrupted" or getattr(error.orig, "sqlstate", None) == QUERY_CANCELED:
        return "the question took longer than it may; ask for less, or allow more time (--timeout)"
    diagnosis = getattr(error.orig, "diag", None)  # PostgreSQL's shows the cursor's declaration, too
    said = diagnosis.message_primary if diagnosis and diagnosis.message_primary else said
    return f"the database says: {said}{_advice(error)}"


def _advice(error: DBAPIError) -> str:
    if names_nothing_there(error.orig):
        return f"; the views are {', '.join(VIEWS)}"
    is_denied = str(error.orig) == "not authorized"  # SQLite's
    is_wrong = is_denied or getattr(error.orig, "sqlstate", None) == SYNTAX_ERROR
    return "; one SELECT is answered, nothing else" if is_wrong else ""


@contextmanager
def _selects_only(connection: Connection) -> Iterator[None]:
    """Let SQLite refuse everything but questions, and values that fill the memory."""
    driver: Any = connection.connection.driver_connection
    driver.set_authorizer(_authorise)
    longest = driver.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_VALUE)
    try:
        yield
    finally:
        driver.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, longest)
        driver.set_authorizer(None)


def _authorise(action: int, what: str | None, value: str | None, *_where: str | None) -> int:
    is_fit = (
        action in ALLOWED
        or (action == sqlite3.SQLITE_UPDATE and what == DECLARATIONS)
        or (action == sqlite3.SQLITE_PRAGMA and (what, value) == ("data_version", None))  # the index looks
    )
    return sqlite3.SQLITE_OK if is_fit else sqlite3.SQLITE_DENY


def records(answer: Answer) -> Iterator[dict[str, Any]]:
    """Yield the rows with their column names."""
    for row in answer.rows:
        yield dict(zip(answer.columns, row, strict=True))
