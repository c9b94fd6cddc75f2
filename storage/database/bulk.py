"""Many rows at once, in and out.

Rows go straight to the driver, a third of the time that Core takes for parameters, and to PostgreSQL as
COPY. Types are respected: each column's values pass the same processor that Core would use.

A look-up is a statement made once with `is_wanted` in it. The values are one parameter of it, however
many they are: preparing another statement for another number of them takes the engine longer than to
answer.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import UserDefinedType

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection, Dialect, Executable, Table
    from sqlalchemy import Row as FoundRow
    from sqlalchemy.sql.compiler import SQLCompiler

CHUNK = 10_000  # values of a look-up
COPY = "COPY"
Row = Mapping[str, Any]
_Processors = tuple[Callable[[Any], Any] | None, ...]


class Values(UserDefinedType[Sequence[Any]]):
    """Any number of values as one: SQLite takes them as JSON, PostgreSQL as an array."""

    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Callable[[Sequence[Any] | None], Any] | None:
        """Return what turns the values into the driver's."""
        return json.dumps if dialect.name == "sqlite" else None


WANTED = bindparam("wanted", type_=Values())


class IsWanted(FunctionElement[bool]):
    """Whether a column has one of the values of `WANTED`."""

    inherit_cache = True  # and no type: SQLite would be asked whether a Boolean equals 1, and use no index


def is_wanted(column: ColumnElement[Any]) -> IsWanted:
    """Return the condition that *column* has one of the values that the look-up is asked for."""
    return IsWanted(column, WANTED)


@compiles(IsWanted)
def _in_array(element: IsWanted, compiler: SQLCompiler, **options: Any) -> str:
    column, values = (compiler.process(part, **options) for part in element.clauses)
    return f"{column} = ANY({values})"


@compiles(IsWanted, "sqlite")
def _in_json(element: IsWanted, compiler: SQLCompiler, **options: Any) -> str:
    column, values = (compiler.process(part, **options) for part in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({values}))"  # noqa: S608 - no value is in it


def select_rows(
    connection: Connection, statement: Executable, wanted: Iterable[Any], **values: Any
) -> Iterator[FoundRow[*tuple[Any, ...]]]:
    """Yield the rows of *statement* for the *wanted* values in their order, some thousands at a time."""
    sought = sorted(wanted)
    for start in range(0, len(sought), CHUNK):
        yield from connection.execute(statement, {"wanted": sought[start : start + CHUNK], **values})


def insert_rows(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Insert *rows*, which all name the same columns, at least two."""
    if rows:
        columns = tuple(rows[0])
        statement = insert_statement(table.name, columns, connection.dialect.name)
        connection.exec_driver_sql(statement, _processed(connection.dialect, table, columns, rows))


def insert_plain(
    connection: Connection, table: Table, columns: tuple[str, ...], rows: Sequence[tuple[int, ...]]
) -> None:
    """Insert rows of numbers, which every driver takes as they are."""
    if rows:
        statement = insert_statement(table.name, columns, connection.dialect.name)
        connection.exec_driver_sql(statement, list(rows))


def update_rows(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Update rows by their `id`; all of *rows* name the same columns."""
    if not rows:
        return
    columns = (*(name for name in rows[0] if name != "id"), "id")
    statement = _update_statement(table, columns, connection.dialect.name)
    connection.exec_driver_sql(statement, _processed(connection.dialect, table, columns, rows))


@lru_cache(maxsize=256)
def insert_statement(table: str, columns: tuple[str, ...], dialect: str) -> str:
    """Return what inserts rows of those columns when it is executed with them by `exec_driver_sql`."""
    target = f"{_quoted(table)} ({', '.join(map(_quoted, columns))})"
    if dialect == "postgresql":
        return f"{COPY} {target} FROM STDIN"
    return f"INSERT INTO {target} VALUES ({', '.join('?' * len(columns))})"  # noqa: S608 - names of ours


def copy_rows(cursor: Any, statement: str, rows: Sequence[Sequence[Any]], _context: object) -> bool:
    """Execute a COPY of `insert_statement` for SQLAlchemy; return whether *statement* is one."""
    if not statement.startswith(COPY):
        return False
    with cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)
    return True


def copy_row(cursor: Any, statement: str, row: Sequence[Any], context: object) -> bool:
    """Execute a COPY of one row; SQLAlchemy tells one from many."""
    return copy_rows(cursor, statement, [row], context)


@lru_cache(maxsize=256)
def _update_statement(table: Table, columns: tuple[str, ...], dialect: str) -> str:
    mark = "?" if dialect == "sqlite" else "%s"
    values = ", ".join(f"{_quoted(name)} = {mark}" for name in columns[:-1])
    return f"UPDATE {_quoted(table.name)} SET {values} WHERE id = {mark}"  # noqa: S608 - names of ours


def _quoted(name: str) -> str:
    return f'"{name}"'


def _processed(
    dialect: Dialect, table: Table, columns: tuple[str, ...], rows: Sequence[Row]
) -> list[tuple[Any, ...]]:
    values: Iterator[tuple[Any, ...]] = map(itemgetter(*columns), rows)
    processors = _processors(table, columns, dialect.name, dialect)
    if not any(processors):
        return list(values)
    by_column = [
        column if process is None else [None if value is None else process(value) for value in column]
        for column, process in zip(zip(*values, strict=True), processors, strict=True)
    ]
    return list(zip(*by_column, strict=True))


_KNOWN: dict[tuple[str, tuple[str, ...], str], _Processors] = {}


def _processors(table: Table, columns: tuple[str, ...], name: str, dialect: Dialect) -> _Processors:
    """Return what turns each column's values into the driver's; the same for every engine of a kind."""
    place = (table.name, columns, name)
    if place not in _KNOWN:
        types = [table.c[column].type.dialect_impl(dialect) for column in columns]
        _KNOWN[place] = tuple(kind.bind_processor(dialect) for kind in types)
    return _KNOWN[place]
