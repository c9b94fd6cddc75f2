"""Damages that tests do to an archive, and what is found of them."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from sqlalchemy import text

from storage.archive import Archive
from storage.database.engine import writing
from storage.search.document_numbers import LAST_PLACE, place_of
from storage.verification import Finding
from tests.storage.samples import url

Damage = Callable[[Archive], None]


def findings(archive: Archive, jobs: int = 1) -> list[Finding]:
    """Return what a verification finds."""
    return [found for found in archive.verify(jobs=jobs) if isinstance(found, Finding)]


def sql(*statements: str) -> Damage:
    """Return what writes into the database past us, as somebody with a shell would."""

    def damage(archive: Archive) -> None:
        if archive._engine.dialect.name == "sqlite":
            path = str(archive._engine.url.database)
            with closing(sqlite3.connect(path)) as connection, connection:  # foreign keys are off by default
                for statement in statements:
                    connection.execute(statement)
            connection.close()
            return
        with writing(archive._engine) as connection:
            connection.execute(text("SET LOCAL session_replication_role = replica"))
            for statement in statements:
                connection.exec_driver_sql(statement)

    return damage


def warc_file(archive: Archive) -> Path:
    """Return the first evidence file."""
    return next(archive.evidence_root.rglob("*.warc.gz"))


def flip(archive: Archive) -> None:
    """Flip a bit in the middle of the record of page b."""
    pointer = archive.history(url("b"))[0]
    assert pointer.warc_offset is not None
    assert pointer.warc_length is not None
    content = bytearray(warc_file(archive).read_bytes())
    content[pointer.warc_offset + pointer.warc_length // 2] ^= 0x10
    warc_file(archive).write_bytes(content)


def cut(archive: Archive) -> None:
    """Cut the file in the middle of the last record that a row names."""
    pointer = archive.history(url("a"))[-1]
    assert pointer.warc_offset is not None
    os.truncate(warc_file(archive), pointer.warc_offset + 40)


def exchange_files(archive: Archive) -> None:
    """Let the row of page b point at the record of page c, which is whole."""
    other = archive.history(url("c"))[0]
    sql(
        f'UPDATE "fetch" SET warc_offset = {other.warc_offset}, warc_length = {other.warc_length}'
        f" WHERE url = '{url('b')}'"
    )(archive)


LATEST = "(SELECT latest_revision FROM article WHERE id = 1)"


FOREIGN_TOKENS = {
    "sqlite": "INSERT INTO search_index (rowid, title, body, characters)"
    f" VALUES ({place_of(77)}, 'stray', 'words', '')",
    "postgresql": "INSERT INTO search_index VALUES (77, 0, true, 1, NULL, '''stray'':1'::tsvector, '')",
}


UNINDEX = {
    "sqlite": "DELETE FROM search_index_docsize"
    f" WHERE id = (SELECT {LAST_PLACE} - document FROM article WHERE id = 2)",
    "postgresql": "DELETE FROM search_index WHERE number = (SELECT document FROM article WHERE id = 2)",
}


def by_engine(statements: dict[str, str]) -> Damage:
    """Return what does that one of the *statements* which is of the archive's engine."""
    return lambda archive: sql(statements[archive._engine.dialect.name])(archive)


def garble_a_page(table: str, path: Path) -> None:
    """Write over the last page of a table in the SQLite file at *path*, which nobody has open."""
    with closing(sqlite3.connect(path)) as connection:
        page = connection.execute("SELECT max(pageno) FROM dbstat WHERE name = ?", (table,)).fetchone()[0]
    with path.open("r+b") as file:
        file.seek((page - 1) * PAGE_BYTES)
        file.write(os.urandom(PAGE_BYTES))


PAGE_BYTES = 16_384
