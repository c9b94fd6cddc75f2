"""Copies an archive while it is being written: the database first, then the evidence that it points at.

Evidence is on disk before the row that names it, so whatever the copied database points at is there to
be copied; what was appended since is not taken.
"""

from __future__ import annotations

import os
import shlex
import shutil
import sqlite3
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import Connection, Engine, func, select

from storage.database.engine import make_engine, reading
from storage.database.failures import translated
from storage.errors import ArchiveNotWritable, BackupExists
from storage.file_errors import told
from storage.locations import masked, parse_url
from storage.models import fetch

CHUNK_BYTES = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """What was copied, and what a person has to know of it."""

    database: Path | None  # None on PostgreSQL
    evidence: Path
    files: int
    size_bytes: int  # of the evidence
    missing: tuple[str, ...]  # evidence that the database points at and that is not there
    cut: tuple[str, ...] = ()  # or ends before what the database points at
    damage: str | None = None  # of the database, which was copied with it


def back_up(engine: Engine, evidence: Path, destination: Path) -> Backup:
    """Copy a SQLite archive and its evidence to the folder *destination*; of PostgreSQL the evidence alone.

    :raises BackupExists: if *destination* holds a backup already, or the beginning of one
    :raises ArchiveNotWritable: if it cannot be written; nothing is left
    """
    name = "hotnews" if engine.dialect.name == "postgresql" else Path(str(engine.url.database)).stem
    database, copy = destination / f"{name}.db", destination / f"{name}-evidence"
    unfinished = destination / f"{name}.db.part"
    _require_new(database, unfinished, copy)
    try:
        with ExitStack() as undo:
            undo.callback(_remove, copy, unfinished)
            copy.mkdir(parents=True)
            if engine.dialect.name == "postgresql":
                made = _copy_evidence(engine, evidence, copy, None)
            else:
                made = _copy_file_and_evidence(engine, evidence, copy, unfinished)
                unfinished.rename(database)  # what has that name is whole
                made = replace(made, database=database)
            undo.pop_all()
            return made
    except OSError as error:
        raise ArchiveNotWritable(
            f"{error.filename or destination}: {told(error, 'name another folder')}"
        ) from error


def _require_new(database: Path, unfinished: Path, copy: Path) -> None:
    if unfinished.exists():
        raise BackupExists(
            f"{unfinished} is of a backup that was killed, or is being made now;"
            f" name a new folder, or delete {unfinished.parent} if nothing else is in it"
        )
    for path in (database, copy):
        if path.exists():
            raise BackupExists(f"{path} is there already; name a new folder for each backup")


def _remove(copy: Path, unfinished: Path) -> None:
    """Take away what was copied: half a backup must not be taken for one."""
    shutil.rmtree(copy, ignore_errors=True)
    remove_database(unfinished)


def remove_database(copy: Path) -> None:
    """Delete the file *copy*, if it is there, with what SQLite keeps beside it."""
    for path in (copy, *copy.parent.glob(f"{copy.name}-*")):
        path.unlink(missing_ok=True)


def dump_command(engine: Engine, destination: Path) -> str:
    """Return the command that dumps a PostgreSQL archive beside its evidence; it asks for the password."""
    url = engine.url.set(drivername="postgresql", password=None).render_as_string()
    dump = destination / f"{engine.url.database or 'hotnews'}.dump"
    return f"pg_dump --format=custom --file={shlex.quote(str(dump))} {shlex.quote(url)}"


def _copy_file_and_evidence(engine: Engine, evidence: Path, copy: Path, unfinished: Path) -> Backup:
    copy_database(engine, unfinished)
    made = make_engine(parse_url(str(unfinished)))
    try:
        return replace(_copy_evidence(made, evidence, copy, unfinished), damage=_damage(made))
    finally:
        made.dispose()


def _damage(copied: Engine) -> str | None:
    """Return the first damage of a SQLite file that its own quick look finds, None where it finds none."""
    with reading(copied) as connection:
        said = str(connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one())
    return None if said == "ok" else " ".join(said.split())


def copy_database(engine: Engine, copy: Path) -> None:
    """Copy a SQLite archive to the file *copy*, consistently even while a crawl writes.

    :raises ArchiveNotWritable: if there is no room for it
    """
    with (
        translated(engine.url),
        closing(engine.raw_connection()) as source,
        closing(sqlite3.connect(copy)) as target,
    ):
        assert isinstance(source.driver_connection, sqlite3.Connection)
        try:
            # In one step: readers and writers of a WAL file do not wait for each other.
            source.driver_connection.backup(target)
        except sqlite3.OperationalError as error:
            if str(error).startswith(("database or disk is full", "disk I/O error")):
                where = f"{copy.parent}: {masked(engine.url)} cannot be copied there"
                raise ArchiveNotWritable(f"{where}: {error}") from error
            raise
    with copy.open("rb") as file:
        os.fsync(file.fileno())


def _copy_evidence(engine: Engine, evidence: Path, copy: Path, database: Path | None) -> Backup:
    with reading(engine) as connection:
        ends = _ends(connection)
    copied: dict[str, int] = {}
    for file, end in ends:
        with suppress(FileNotFoundError), (evidence / file).open("rb") as source:
            copied[file] = _copy_file(source, copy / file, end)
    return Backup(
        database=database,
        evidence=copy,
        files=len(copied),
        size_bytes=sum(copied.values()),
        missing=tuple(file for file, _ in ends if file not in copied),
        cut=tuple(file for file, end in ends if copied.get(file, end) < end),
    )


def _ends(connection: Connection) -> list[tuple[str, int]]:
    """Return each file that the database points at, with the end of the last record it names there."""
    end = func.max(fetch.c.warc_offset + fetch.c.warc_length)
    rows = connection.execute(
        select(fetch.c.warc_file, end)
        .where(fetch.c.warc_file.is_not(None))
        .group_by(fetch.c.warc_file)
        .order_by(fetch.c.warc_file)
    )
    return [(row[0], int(row[1])) for row in rows]


def _copy_file(source: BinaryIO, copy: Path, size: int) -> int:
    copy.parent.mkdir(parents=True, exist_ok=True)
    left = size
    with copy.open("xb") as target:
        while left and (chunk := source.read(min(CHUNK_BYTES, left))):
            left -= target.write(chunk)
        target.flush()
        os.fsync(target.fileno())
    return size - left
