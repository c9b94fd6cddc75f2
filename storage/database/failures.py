"""What the errors of both engines mean: each becomes one of ours that says what to do, or stays a bug."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError, OperationalError

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
from storage.locations import masked

BUSY_SECONDS = 60  # that a writer of SQLite waits for another


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
    from storage.schema.table_shapes import missing_part

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
    (
        "readonly database",
        ArchiveNotWritable,
        "the file or its folder is read-only; give yourself permission, or name another with --archive",
    ),
    (
        "disk i/o error",
        ArchiveNotWritable,
        "the disk could not be read or written; free some space, see the system's log, and run again",
    ),
    (
        "unable to open database file",
        ArchiveNotWritable,
        "it cannot be opened; make its folder, give this user permission to write there (readers keep a file"
        " beside it too), or name another with --archive",
    ),
    (
        "interrupted",
        QuestionTooLong,
        "the question took too long; ask for less, or narrow it by site or date",
    ),
    ("is locked", ArchiveBusy, f"another program held it for {BUSY_SECONDS} s; end it, or run again"),
    # It began as a SQLite file does, or it would not have been opened (`revisions.stored_revision`).
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


WRONG_LOGIN = "the server refused the password; write USER:PASSWORD@ or use ~/.pgpass"
POSTGRES_MEANINGS: dict[str, tuple[type[ArchiveError], str]] = {
    "25006": (ArchiveNotWritable, "the server is read-only; name one that takes writes"),
    "25P03": (ArchiveNotWritable, "the server ended the connection since a transaction took too long"),
    "25P04": (ArchiveNotWritable, "the server ended the connection since a transaction took too long"),
    "3F000": (
        ArchiveNotFound,
        "no schema of its `search_path` is there; CREATE SCHEMA, or name another in the role's or the"
        " database's search_path",
    ),
    "40001": (
        ArchiveUnreachable,
        "the server took back what was being read; ask again (on a standby, set `hot_standby_feedback`)",
    ),
    "42501": (ArchiveNotWritable, "this user may not do that there; have the owner GRANT it"),
    "55P03": (ArchiveBusy, f"another program held it for {BUSY_SECONDS} s; end it, or run again"),
    "58P01": (ArchiveDamaged, "the server misses a file of the database; restore a dump"),
    "XX001": (ArchiveDamaged, "the database is damaged; restore a dump"),
    "XX002": (ArchiveDamaged, "an index of the database is damaged; `REINDEX DATABASE`, or restore a dump"),
    "53100": (ArchiveNotWritable, "the server's disk is full"),
    "57014": (QuestionTooLong, "the question took too long; ask for less, or narrow it by site or date"),
    "57P01": (
        ArchiveNotWritable,
        "the server was shut down, or ended this connection; run again once it is up",
    ),
    "57P03": (ArchiveNotWritable, "the server is starting up or shutting down; run again once it is up"),
    "3D000": (ArchiveNotFound, "there is no such database; make it with `createdb`"),
    "28P01": (ArchiveNotFound, WRONG_LOGIN),
    "28000": (
        ArchiveNotFound,
        "the server refused the user; name another, or have its pg_hba.conf let it in",
    ),
}
# What the server says of itself, whatever it was asked: by the class of its code.
POSTGRES_CLASSES: dict[str, tuple[type[ArchiveError], str]] = {
    "08": (ArchiveUnreachable, "the connection to the server was lost"),
    "40": (ArchiveBusy, "other transactions stood in the way; run again"),
    "53": (ArchiveNotWritable, "the server is short of something"),
    "57": (ArchiveNotWritable, "the server ended the work"),
    "58": (ArchiveNotWritable, "the server's disk could not be read or written: is it failing?"),
}


def _postgres_meaning(where: str, error: DBAPIError, state: str | None) -> ArchiveError | None:
    said = _first_line(error)
    if state == "57014" and "user request" in said:  # pg_cancel_backend, not a bound
        return ArchiveNotWritable(f"{where}: somebody ended the work on the server ({said}); run it again")
    if state in POSTGRES_MEANINGS:
        kind, meaning = POSTGRES_MEANINGS[state]
        return kind(f"{where}: {meaning}{f' ({said})' if state in SAID_TOO else ''}")
    if state is not None and state[:2] in POSTGRES_CLASSES:
        kind, meaning = POSTGRES_CLASSES[state[:2]]
        return kind(f"{where}: {meaning} ({said})")
    if error.connection_invalidated:
        return ArchiveNotWritable(f"{where}: the connection to the server was lost; run again once it is up")
    if state is None and isinstance(error, OperationalError):
        return _connection_failure(where, said)
    return None


SAID_TOO = frozenset({"42501"})  # codes whose meaning the server's own words complete


def _first_line(error: DBAPIError) -> str:
    lines = str(error.orig).strip().splitlines()
    return lines[0] if lines else "no answer"


# What libpq says of a server that answered, and will answer the same the next time.
CONNECTION_REFUSALS = (
    ("does not exist", "there is no such database or user; make it with `createdb` or `createuser`"),
    ("password authentication failed", WRONG_LOGIN),
    ("authentication failed", "the server refused the user; name another, or have its pg_hba.conf let it in"),
    (
        "unsupported startup parameter: options",
        "a pooler takes no `options`; leave them out of the URL and of PGOPTIONS, or name the server itself",
    ),
    ("no password supplied", "the server asks for a password; write USER:PASSWORD@ or use ~/.pgpass"),
    ("no pg_hba.conf entry", "the server lets this user not in from here; its pg_hba.conf says whom it does"),
)
ANSWERED = "FATAL:"  # stands before what the server itself says


def _connection_failure(where: str, message: str) -> ArchiveError:
    for words, meaning in CONNECTION_REFUSALS:
        if words in message:
            return ArchiveNotFound(f"{where}: {meaning}")
    _, answered, answer = message.partition(ANSWERED)
    if answered:
        return ArchiveUnreachable(f"{where}: the server takes no connection just now ({answer.strip()})")
    return ArchiveUnreachable(f"{where}: the server cannot be reached ({message}); start it, or name another")
