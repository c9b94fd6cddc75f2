"""Engines that only ask: they cannot write, and no question takes longer than it may."""

from __future__ import annotations

import sqlite3
from time import monotonic
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, event

from storage.database.server_sessions import allow_questions_alone

if TYPE_CHECKING:
    from sqlalchemy.engine.interfaces import DBAPIConnection
    from sqlalchemy.pool import ConnectionPoolEntry

STEPS_BETWEEN_LOOKS = 10_000  # of SQLite's machine: about a millisecond
CACHE_KIB = 8_192  # of each connection; a server has several
LONGEST_TIMEOUT = 2**31 - 1  # milliseconds that PostgreSQL counts to
MAPPED_BYTES = 4 * 1024**3  # of the file, shared by all: no page is copied to be read


def allow_questions_only(engine: Engine, seconds: float) -> None:
    """Make every connection of *engine* read-only and end each transaction's work after *seconds*."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", lambda connection: _set_deadline(connection, seconds))
    else:
        allow_questions_alone(engine, min(max(1, int(seconds * 1000)), LONGEST_TIMEOUT))


def _prepare_sqlite(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    connection.execute("PRAGMA query_only=ON")
    connection.execute(f"PRAGMA cache_size=-{CACHE_KIB}")
    connection.execute(f"PRAGMA mmap_size={MAPPED_BYTES}")


def _set_deadline(connection: Connection, seconds: float) -> None:
    deadline = monotonic() + seconds
    opened = connection.connection.driver_connection
    assert isinstance(opened, sqlite3.Connection)
    opened.set_progress_handler(lambda: monotonic() > deadline, STEPS_BETWEEN_LOOKS)
