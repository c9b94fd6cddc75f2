"""Checks the evidence: every WARC file, several at a time, against the rows that point into it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from sqlalchemy import Connection, func, select

from storage.evidence.parts import parts_of_fetches, whole_digest
from storage.models import article, fetch, page, revision
from storage.processes import in_processes
from storage.verification.evidence_files import Expected, check_file
from storage.verification.findings import Check, Finding, Findings


def check_evidence(connection: Connection, root: Path, jobs: int) -> Findings:
    """Compare every record with its rows, and every revision with its fetch; return the records read."""
    yield from _other_payloads(connection)
    records = 0
    tasks = ((root, file, expected) for file, expected in _files(connection, root))
    for report in in_processes(check_file, tasks, jobs=jobs):
        records += report.records
        yield from report.findings
    return records


def _other_payloads(connection: Connection) -> Iterator[Finding]:
    rows = connection.execute(
        select(article.c.public_id, revision.c.number, revision.c.payload_digest, fetch.c.id, fetch.c.digest)
        .join_from(revision, fetch, fetch.c.id == revision.c.fetch_id)
        .join(article, article.c.id == revision.c.article_id)
        .where(revision.c.payload_digest.is_distinct_from(fetch.c.digest))
    ).all()
    parts = parts_of_fetches(connection, [row.id for row in rows])
    for row in rows:
        if row.payload_digest == whole_digest(row.digest, [part.digest for part in parts.get(row.id, ())]):
            continue
        yield Finding(
            check=Check.EVIDENCE,
            subject=f"article {row.public_id}, revision {row.number}",
            problem="it names another payload than the fetch that brought it",
            remedy="restore the database from a backup",
        )


def _files(connection: Connection, root: Path) -> Iterator[tuple[str, list[Expected]]]:
    """Yield each file with what its rows say: those that rows name, then those that only lie there."""
    named = set()
    for file, rows in groupby(_pointers(connection), lambda row: str(row[0])):
        named.add(file)
        yield file, [row[1] for row in rows]
    for path in sorted(root.rglob("*.warc.gz")):
        name = path.relative_to(root).as_posix()
        if name not in named:
            yield name, []


def _pointers(connection: Connection) -> Iterator[tuple[str, Expected]]:
    f = fetch.c
    statement = (
        select(
            f.warc_file,
            f.warc_offset,
            f.warc_length,
            f.digest,
            func.coalesce(article.c.public_id, f.url).label("subject"),
        )
        .join_from(fetch, page, page.c.id == f.page_id, isouter=True)
        .join(article, article.c.id == page.c.article_id, isouter=True)
        .where(f.warc_file.is_not(None))
        .order_by(f.warc_file, f.warc_offset)
    )
    for row in connection.execution_options(yield_per=1_000).execute(statement):
        yield (
            row.warc_file,
            Expected(
                offset=row.warc_offset or 0,
                length=row.warc_length or 0,
                digest=row.digest,
                subject=row.subject,
            ),
        )
