"""Checks values: each column holds what its type, its closed set of words or its JSON says, and no more.

SQLite keeps anything in any column, so it is asked for the kinds of values; PostgreSQL looks after them
itself. What stands in JSON neither knows.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Connection,
    Date,
    Float,
    Integer,
    LargeBinary,
    Table,
    Text,
    false,
    func,
    or_,
    select,
    type_coerce,
)

from storage.database.column_types import JsonValue, UtcTime
from storage.models import copy_link, membership, metadata, page, revision, run
from storage.records import BodyKind, Cause, CopyKind, PageState, RunKind
from storage.verification.findings import RESTORE_ROWS, Check, Finding, Findings
from storage.verification.json_shapes import JSON_SHAPES, Shape

MOST_MINUTES = 24 * 60 - 1  # between a zone and UTC
WORDS: Mapping[Column[Any], type[StrEnum]] = {
    run.c.kind: RunKind,
    page.c.state: PageState,
    revision.c.body_kind: BodyKind,
    revision.c.cause: Cause,
    membership.c.kind: CopyKind,
    copy_link.c.kind: CopyKind,
}


def check_values(connection: Connection) -> Findings:
    """Look for values that nobody could have written; return the number of columns that were looked at."""
    columns = 0
    for table in metadata.tables.values():
        yield from _senseless(connection, table)
        columns += len(table.columns)
    for column, is_whole in JSON_SHAPES.items():
        yield from _misshapen(connection, column, is_whole)
    return columns


def _senseless(connection: Connection, table: Table) -> Iterator[Finding]:
    """Yield a finding for each column of *table* that holds what its type or its words do not allow."""
    sqlite = connection.dialect.name == "sqlite"
    wrong = {
        column: or_(_is_other_word(column), _is_other_kind(column) if sqlite else false())
        for column in table.columns
    }
    counts = (func.count().filter(func.coalesce(each, false())) for each in wrong.values())
    for column, number in zip(wrong, connection.execute(select(*counts)).one(), strict=True):
        if number:
            yield _finding(column, number)


def _is_other_word(column: Column[Any]) -> ColumnElement[bool]:
    if column is revision.c.published_offset:
        return ~column.between(-MOST_MINUTES, MOST_MINUTES)
    return column.not_in([word.value for word in WORDS[column]]) if column in WORDS else false()


def _is_other_kind(column: Column[Any]) -> ColumnElement[bool]:
    """Return whether SQLite keeps in *column* what no archive writes there."""
    kind = func.typeof(column)
    null = kind == "null" if not column.nullable else false()
    stored = type_coerce(column, Text())
    match column.type:
        case UtcTime():
            other = or_(
                kind != "text", stored.not_like("____-__-__%+00:00"), func.julianday(column).is_(None)
            )
        case Date():
            other = or_(kind != "text", func.coalesce(func.date(func.julianday(column)), "") != stored)
        case Boolean():
            other = or_(kind != "integer", type_coerce(column, Integer()).not_in([0, 1]))
        case Float():
            other = kind.not_in(["real", "integer"])
        case LargeBinary():
            other = kind != "blob"
        case Text() | JsonValue():
            other = kind != "text"
        case _:
            other = kind != "integer"
    return or_(null, (kind != "null") & other)


def _misshapen(connection: Connection, column: Column[Any], is_whole: Shape) -> Iterator[Finding]:
    """Yield a finding if *column* holds what is no JSON, or other JSON than is ever written there."""
    stored = type_coerce(column, Text()) if connection.dialect.name == "sqlite" else column
    rows = connection.execution_options(yield_per=1_000).execute(select(stored).where(stored.is_not(None)))
    number = sum(not is_whole(_value(each)) for (each,) in rows)
    if number:
        yield _finding(column, number)


def _value(stored: object) -> object:
    """Return what SQLite's text says as JSON; nothing that any shape allows where it says nothing."""
    try:
        return json.loads(stored) if isinstance(stored, str | bytes) else stored
    except ValueError:
        return NotImplemented


def _finding(column: Column[Any], number: int) -> Finding:
    return Finding(
        check=Check.VALUES,
        subject=f"table {column.table.name}",
        problem=f"{number} rows hold a {column.name} that nobody wrote",
        remedy=RESTORE_ROWS,
    )
