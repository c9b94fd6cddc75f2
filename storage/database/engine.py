"""Engines: how we connect, and how a reader and a writer begin.

One writer at a time, on both engines: SQLite by `BEGIN IMMEDIATE`, PostgreSQL by an advisory lock
held for the transaction. So look-ups and the inserts that depend on them never race.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from time import monotonic, sleep
from typing import TYPE_CHECKING, NoReturn

from sqlalchemy import URL, Connection, Engine, create_engine, event, text
from sqlalchemy.exc import InvalidRequestError, NoSuchModuleError

from storage.database.bulk import copy_row, copy_rows
from storage.database.failures import BUSY_SECONDS, NOBODYS_VALUE, RESTORE, translated
from storage.database.immutable_files import read_immutable_files
from storage.database.server_sessions import prepare_sessions
from storage.errors import ArchiveDamaged, ArchiveError, ArchiveNotWritable
from storage.locations import masked

if TYPE_CHECKING:
    from sqlalchemy.engine.interfaces import DBAPIConnection
    from sqlalchemy.pool import ConnectionPoolEntry

PRAGMAS = (
    "PRAGMA page_size=16384",  # nearly doubles inserts; takes effect before the first table only
    f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}",
    "PRAGMA synchronous=FULL",  # within 4 % of NORMAL at 100 visits a commit
    "PRAGMA foreign_keys=ON",
    "PRAGMA temp_store=MEMORY",
)
CACHE_KIB = 65_536  # of a connection; less for one that seldom asks
OPENED = "opened_file"  # of a SQLite connection: what its path led to at its first writing transaction
WRITING = "hotnews_writing"  # execution option of connections that begin as writers
# What the search index has pending is merged in some transaction of ours: half as much at a time makes the
# longest one a third shorter, and the server works a twentieth more.
ADVISORY_LOCK = text(
    "SELECT pg_advisory_xact_lock(1752131694, hashtext(current_schema())),"
    " set_config('gin_pending_list_limit', '2MB', true)"
)


def make_engine(url: URL, *, cache_kib: int = CACHE_KIB) -> Engine:
    """Return an engine for *url*; nothing is opened yet. A SQLite connection keeps *cache_kib* of pages."""
    sqlite = url.get_backend_name() == "sqlite"
    options: dict[str, object] = {"connect_args": {"timeout": BUSY_SECONDS}} if sqlite else {}
    try:
        engine = create_engine(
            url, json_serializer=_to_json, pool_pre_ping=not sqlite, query_cache_size=1000, **options
        )
    except (ModuleNotFoundError, NoSuchModuleError) as error:
        raise ArchiveError(
            f"{masked(url)}: install the extra first: pip install 'hotnews[postgres]'"
        ) from error
    if sqlite:
        read_immutable_files(engine)
        event.listen(engine, "connect", partial(_prepare_sqlite, cache_kib=cache_kib))
        event.listen(engine, "begin", _begin_sqlite)
    else:
        prepare_sessions(engine)
        event.listen(engine, "do_executemany", copy_rows)
        event.listen(engine, "do_execute", copy_row)
    return engine


def _to_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _prepare_sqlite(connection: DBAPIConnection, _entry: ConnectionPoolEntry, *, cache_kib: int) -> None:
    # The driver's own transactions begin late and do not roll back CREATE TABLE: off.
    connection.isolation_level = None
    try:
        cursor = connection.cursor()
        for pragma in (*PRAGMAS, f"PRAGMA cache_size=-{cache_kib}"):
            cursor.execute(pragma)
        cursor.close()
    except sqlite3.Error:
        connection.close()  # no pool has it yet that would
        raise


def _require_in_place(connection: Connection) -> None:
    """Raise if the open file is no longer where it was: what it takes, nobody would find."""
    path = connection.engine.url.database or ""
    try:
        now = Path(path).stat()
    except OSError:  # in memory, say
        now = None
    before = connection.info.setdefault(OPENED, now)
    if before is not None and (now is None or not os.path.samestat(before, now)):
        raise ArchiveNotWritable(
            f"{path}: the file was moved or replaced while it was open; put it back, with its `-wal` file"
        )


def keep_journal(engine: Engine) -> None:
    """Let a SQLite file keep a write-ahead journal, for good; nothing that others made is switched."""
    deadline = monotonic() + BUSY_SECONDS
    with translated(engine.url), engine.connect() as connection:
        driver = connection.connection.dbapi_connection
        assert driver is not None
        while not _switched(driver, last=monotonic() > deadline):
            sleep(0.05)  # another process is making the same archive


def _switched(driver: DBAPIConnection, *, last: bool) -> bool:
    cursor = driver.cursor()
    try:
        cursor.execute("PRAGMA journal_mode=WAL")
    except sqlite3.OperationalError as error:
        if last or "locked" not in str(error):
            raise
        return False
    finally:
        cursor.close()
    return True


def _begin_sqlite(connection: Connection) -> None:
    writing = connection.get_execution_options().get(WRITING, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


# What a value that nobody wrote makes of whoever reads it.
STUMBLES = (ArithmeticError, AttributeError, InvalidRequestError, LookupError, TypeError, ValueError)
NOBODYS_TEXT = (UnicodeDecodeError, json.JSONDecodeError)  # of a column, or of what SQLite says of it


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Yield a connection in a transaction that sees one state of the archive.

    :raises ArchiveDamaged: if the reader stumbles and the archive is damaged; a bug of ours stays what it is
    """
    try:
        with one_state(engine) as connection:
            yield connection
    except STUMBLES as error:
        raise_damage(engine, error)


def raise_damage(engine: Engine, error: Exception) -> NoReturn:
    """Raise the damage that *error* comes from, or *error* where there is none."""
    from storage.verification import damage_behind

    damage = damage_behind(engine)
    if damage is None and isinstance(error, NOBODYS_TEXT):
        damage = ArchiveDamaged(f"{masked(engine.url)}: {NOBODYS_VALUE} ({error}); {RESTORE}")
    if damage is None:
        raise error
    raise damage from error


@contextmanager
def one_state(engine: Engine) -> Iterator[Connection]:
    """Yield a connection in a transaction that sees one state of the archive."""
    if engine.dialect.name == "postgresql":
        engine = engine.execution_options(isolation_level="REPEATABLE READ")
    with translated(engine.url), engine.connect() as connection, connection.begin():
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Yield a connection in the one writing transaction; all or nothing of it stays."""
    writer = engine.execution_options(**{WRITING: True})
    try:
        with translated(engine.url), writer.connect() as connection, connection.begin():
            if engine.dialect.name == "postgresql":
                connection.execute(ADVISORY_LOCK)
            else:
                _require_in_place(connection)
            yield connection
    except NOBODYS_TEXT as error:
        raise_damage(engine, error)
