"""Tables that one connection alone sees in the place of the stored ones: what is written to them is lost.

Temporary tables come first wherever a name is looked up, on both engines; so the code that writes the
stored tables writes these, holds nobody up, and needs no permission to write.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy import Column, Connection, Engine, Index, MetaData, Table, event, func, insert, select

from storage.database.engine import make_engine, reading

if TYPE_CHECKING:
    from sqlalchemy.engine.interfaces import DBAPIConnection
    from sqlalchemy.pool import ConnectionPoolEntry


@contextmanager
def private_copies(
    engine: Engine, *, full: Collection[Table], empty: Collection[Table]
) -> Iterator[Connection]:
    """Yield a connection to one state of the archive where those tables are copies, with or without rows."""
    own = make_engine(engine.url)  # its connection does not go back to others with tables of its own
    if own.dialect.name == "sqlite":
        event.listen(own, "connect", _keep_in_files)
    try:
        with reading(own) as connection:
            sqlite = own.dialect.name == "sqlite"
            schema = "main" if sqlite else connection.scalar(select(func.current_schema()))
            for table in (*full, *empty):
                _create(connection, table)
            for table in full:
                stored = Table(table.name, MetaData(), *_columns(table), schema=schema)
                connection.execute(
                    insert(table).from_select([each.name for each in stored.c], select(stored))
                )
            yield connection
    finally:
        own.dispose()


def _keep_in_files(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    connection.execute("PRAGMA temp_store=FILE")  # the fingerprints of a large archive are a gigabyte


def _create(connection: Connection, table: Table) -> None:
    copy = Table(
        table.name,
        MetaData(),
        *_columns(table),
        prefixes=["TEMPORARY"],
        postgresql_on_commit="DROP",  # a pooler hands the session on to others
    )
    for number, index in enumerate(sorted(table.indexes, key=lambda index: str(index.name))):
        Index(f"private_{table.name}_{number}", *(copy.c[each.name] for each in index.columns))
    copy.create(connection, checkfirst=False)


def _columns(table: Table) -> list[Column[object]]:
    return [
        Column(each.name, each.type, primary_key=each.primary_key, autoincrement=False)
        for each in table.columns
    ]
