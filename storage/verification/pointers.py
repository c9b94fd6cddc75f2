"""Checks the evidence: every WARC file, several at a time, against the rows that point into it.

Reading the files of a large archive takes hours. What its rows say of them is copied into a temporary file
before, so that no transaction lasts as long: an open one keeps the database from clearing up.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import groupby
from pathlib import Path
from tempfile import gettempdir

from sqlalchemy import Engine, func, select

from storage.database.engine import one_state
from storage.errors import ArchiveNotWritable
from storage.evidence.parts import parts_of_fetches, whole_digest
from storage.models import article, fetch, page, revision
from storage.processes import in_processes
from storage.verification.evidence_files import Expected, check_file
from storage.verification.findings import Check, Finding, Findings
from storage.verification.short_reads import in_spans

ROWS = 5_000  # a transaction
_POINTERS = (
    select(
        fetch.c.id,
        fetch.c.warc_file,
        fetch.c.warc_offset,
        fetch.c.warc_length,
        fetch.c.digest,
        func.coalesce(article.c.public_id, fetch.c.url).label("subject"),
    )
    .join_from(fetch, page, page.c.id == fetch.c.page_id, isouter=True)
    .join(article, article.c.id == page.c.article_id, isouter=True)
    .where(fetch.c.warc_file.is_not(None))
)
_PAYLOADS = (
    select(
        revision.c.id,
        article.c.public_id,
        revision.c.number,
        revision.c.payload_digest,
        fetch.c.id.label("fetch_id"),
        fetch.c.digest,
    )
    .join_from(revision, fetch, fetch.c.id == revision.c.fetch_id)
    .join(article, article.c.id == revision.c.article_id)
)


def check_evidence(engine: Engine, root: Path, jobs: int) -> Findings:
    """Compare every record with its rows, and every revision with its fetch; return the records read."""
    yield from _other_payloads(engine)
    records = 0
    with closing(_copied_pointers(engine)) as pointers:
        tasks = ((root, file, expected) for file, expected in _files(pointers, root))
        for report in in_processes(check_file, tasks, jobs=jobs):
            records += report.records
            yield from report.findings
    return records


def _other_payloads(engine: Engine) -> Iterator[Finding]:
    for span in in_spans(engine, _PAYLOADS, revision.c.id, rows=ROWS):
        rows = [row for row in span if row.payload_digest != row.digest]
        if not rows:
            continue
        with one_state(engine) as connection:
            parts = parts_of_fetches(connection, [row.fetch_id for row in rows])
        for row in rows:
            of_parts = [part.digest for part in parts.get(row.fetch_id, ())]
            if row.payload_digest != whole_digest(row.digest, of_parts):
                yield Finding(
                    check=Check.EVIDENCE,
                    subject=f"article {row.public_id}, revision {row.number}",
                    problem="it names another payload than the fetch that brought it",
                    remedy="restore the database from a backup",
                )


def _copied_pointers(engine: Engine) -> sqlite3.Connection:
    """Return a temporary database with what rows say of each record, by file and place."""
    with _temporary_room():
        copied = sqlite3.connect("", isolation_level=None)  # in memory, on disk where it is large
        copied.execute("CREATE TABLE pointer (file, place, length, digest, subject)")
    for span in in_spans(engine, _POINTERS, fetch.c.id, rows=ROWS):
        with _temporary_room():
            copied.executemany("INSERT INTO pointer VALUES (?, ?, ?, ?, ?)", (tuple(row)[1:] for row in span))
    with _temporary_room():
        copied.execute("CREATE INDEX by_file ON pointer (file, place)")
    return copied


@contextmanager
def _temporary_room() -> Iterator[None]:
    """Tell a temporary file that has no room from a fault of the archive."""
    try:
        yield
    except sqlite3.OperationalError as error:
        raise ArchiveNotWritable(
            f"the list of records has no room in the folder for temporary files, {gettempdir()} or"
            f" another ({error}); free some, or name another folder by SQLITE_TMPDIR"
        ) from error


def _files(pointers: sqlite3.Connection, root: Path) -> Iterator[tuple[str, list[Expected]]]:
    """Yield each file with what its rows say: those that rows name, then those that only lie there."""
    named = set()
    rows = pointers.execute("SELECT * FROM pointer ORDER BY file, place")
    for file, of_file in groupby(rows, lambda row: str(row[0])):
        named.add(file)
        yield file, [_expected(row) for row in of_file]
    for path in sorted(root.rglob("*.warc.gz")):
        name = path.relative_to(root).as_posix()
        if name not in named:
            yield name, []


def _expected(row: tuple[str, int | None, int | None, str | None, str]) -> Expected:
    _, place, length, digest, subject = row
    return Expected(offset=place or 0, length=length or 0, digest=digest, subject=subject)
