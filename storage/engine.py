"""Engines: how we connect, how a writer begins, and what the engine's errors mean.

One writer at a time, on both engines: SQLite by `BEGIN IMMEDIATE`, PostgreSQL by an advisory lock
held for the transaction. So look-ups and the inserts that depend on them never race.
"""

from __future__ import annotations

import json
import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from time import monotonic, sleep
from typing import TYPE_CHECKING, NoReturn

from sqlalchemy import URL, Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DBAPIError, InvalidRequestError, NoSuchModuleError, OperationalError

from storage.bulk import copy_row, copy_rows
from storage.errors import (
    ArchiveBusy,
    ArchiveDamaged,
    ArchiveError,
    ArchiveNotFound,
    ArchiveNotWritable,
    ArchiveOutOfDate,
    ArchiveUnreachable,
    QuestionTooLong,
)
from storage.immutable_files import read_immutable_files
from storage.locations import masked

if TYPE_CHECKING:
    from sqlalchemy.engine.interfaces import DBAPIConnection, Dialect
    from sqlalchemy.pool import ConnectionPoolEntry

BUSY_SECONDS = 60
CONNECT_SECONDS = (
    "30"  # a server that is silent for longer is gone; PGCONNECT_TIMEOUT or the URL says otherwise
)
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
ADVISORY_LOCK = text("SELECT pg_advisory_xact_lock(1752131694, hashtext(current_schema()))")


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
        event.listen(engine, "do_connect", _bound_connecting)
        event.listen(engine, "do_executemany", copy_rows)
        event.listen(engine, "do_execute", copy_row)
    return engine


def _bound_connecting(
    _dialect: Dialect, _entry: ConnectionPoolEntry, _arguments: list[object], named: dict[str, object]
) -> None:
    named.setdefault("connect_timeout", os.environ.get("PGCONNECT_TIMEOUT", CONNECT_SECONDS))


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


@contextmanager
def translated(url: URL) -> Iterator[None]:
    """Turn the engine's errors into ours; a bug of ours stays what it is."""
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        raise _meaning(url, error) or error from error


def says_damage(error: DBAPIError) -> bool:
    """Return whether the engine names a damage of the archive, whatever was asked of it."""
    cause = error.orig
    if isinstance(cause, sqlite3.Error):
        return isinstance(_sqlite_meaning("", str(cause)), ArchiveDamaged)
    kind, _ = POSTGRES_MEANINGS.get(getattr(cause, "sqlstate", None) or "", (None, ""))
    return kind is ArchiveDamaged


def _meaning(url: URL, error: DBAPIError | sqlite3.Error) -> ArchiveError | None:
    cause = error.orig if isinstance(error, DBAPIError) else error
    if names_nothing_there(cause):
        return _other_tables(url)
    if not isinstance(error, DBAPIError) or isinstance(cause, sqlite3.Error):
        return _sqlite_meaning(masked(url), str(cause))
    return _postgres_meaning(masked(url), error, getattr(cause, "sqlstate", None))


def names_nothing_there(cause: BaseException | None) -> bool:
    """Return whether a statement failed since it names a table or column that there is not."""
    if isinstance(cause, sqlite3.Error):
        return NOTHING_THERE.search(str(cause)) is not None
    return getattr(cause, "sqlstate", None) in {"42703", "42P01"}  # undefined column, undefined table


# Not where SQLite names what is missing as the reason why it cannot read its schema at all.
NOTHING_THERE = re.compile("^(?!malformed).*(no such column|no such table|has no column)")


def _other_tables(url: URL) -> ArchiveError | None:
    """Return what to say of tables that are not those of their revision; None where the fault is ours."""
    from storage.table_shapes import missing_part

    missing = missing_part(url)
    if missing is None:
        return None
    if missing.is_damage:
        return ArchiveDamaged(f"{masked(url)}: its schema is damaged, there is no {missing.name}; {RESTORE}")
    return ArchiveOutOfDate(
        f"{masked(url)} has no {missing.name}: a build between two releases made it, which `hotnews upgrade`"
        " cannot bring forward; move it away and import its evidence (WARC files) into a new archive"
    )


RESTORE = "restore a backup; `sqlite3 FILE .recover` saves what can be read where there is none"
NOBODYS_VALUE = "it holds a value that nobody wrote"
SQLITE_MEANINGS: tuple[tuple[str, type[ArchiveError], str], ...] = (
    ("disk is full", ArchiveNotWritable, "the disk is full; free some space and run again"),
    ("readonly database", ArchiveNotWritable, "the file or its folder is read-only"),
    ("disk i/o error", ArchiveNotWritable, "the disk could not be read or written: is it full, or failing?"),
    (
        "unable to open database file",
        ArchiveNotWritable,
        "it cannot be opened: is there a folder that may be written to? Readers keep a file beside it too",
    ),
    (
        "interrupted",
        QuestionTooLong,
        "the question took too long; ask for less, or narrow it by site or date",
    ),
    ("is locked", ArchiveBusy, f"another program held it for {BUSY_SECONDS} s"),
    # It began as a SQLite file does, or it would not have been opened (`schema.stored_revision`).
    ("not a database", ArchiveDamaged, f"its first page is damaged; {RESTORE}"),
    ("malformed", ArchiveDamaged, f"the file is damaged; {RESTORE}"),
    ("vtable constructor failed", ArchiveDamaged, f"the search index is damaged; {RESTORE}"),
    ("could not decode to utf-8", ArchiveDamaged, f"{NOBODYS_VALUE}; {RESTORE}"),
)


def _sqlite_meaning(where: str, message: str) -> ArchiveError | None:
    for words, kind, meaning in SQLITE_MEANINGS:
        if words in message.lower():
            return kind(f"{where}: {meaning}")
    return None


POSTGRES_MEANINGS: dict[str, tuple[type[ArchiveError], str]] = {
    "25006": (ArchiveNotWritable, "the server is read-only"),
    "42501": (ArchiveNotWritable, "this user may not write there"),
    "58030": (ArchiveNotWritable, "the server's disk could not be read or written: is it failing?"),
    "58P01": (ArchiveDamaged, "the server misses a file of the database; restore a dump"),
    "XX001": (ArchiveDamaged, "the database is damaged; restore a dump"),
    "XX002": (ArchiveDamaged, "an index of the database is damaged; `REINDEX DATABASE`, or restore a dump"),
    "53100": (ArchiveNotWritable, "the server's disk is full"),
    "57014": (QuestionTooLong, "the question took too long; ask for less, or narrow it by site or date"),
    "57P01": (ArchiveNotWritable, "the server was shut down"),
    "57P03": (ArchiveNotWritable, "the server is starting up or shutting down"),
    "3D000": (ArchiveNotFound, "there is no such database; make it with `createdb`"),
    "28P01": (ArchiveNotFound, "the server refused the password"),
    "28000": (ArchiveNotFound, "the server refused the user"),
}


def _postgres_meaning(where: str, error: DBAPIError, state: str | None) -> ArchiveError | None:
    if state in POSTGRES_MEANINGS:
        kind, meaning = POSTGRES_MEANINGS[state]
        return kind(f"{where}: {meaning}")
    if error.connection_invalidated:
        return ArchiveNotWritable(f"{where}: the connection to the server was lost")
    if state is None and isinstance(error, OperationalError):
        return _connection_failure(where, str(error.orig))
    return None


# What libpq says of a server that answered, and will answer the same the next time.
CONNECTION_REFUSALS = (
    ("does not exist", "there is no such database or user"),
    ("password authentication failed", "the server refused the password"),
    ("no password supplied", "the server asks for a password; write USER:PASSWORD@ or use ~/.pgpass"),
    ("no pg_hba.conf entry", "the server lets this user not in from here"),
)


def _connection_failure(where: str, message: str) -> ArchiveError:
    for words, meaning in CONNECTION_REFUSALS:
        if words in message:
            return ArchiveNotFound(f"{where}: {meaning}")
    first_line = message.strip().splitlines()[0] if message.strip() else "no answer"
    return ArchiveUnreachable(f"{where}: the server cannot be reached ({first_line})")
