"""Checks the hash chains: every revision with its text and the one before, every run with what it wrote."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, select

from storage.chain import next_link, run_digest
from storage.database.engine import one_state
from storage.digests import content_digest
from storage.models import article, attachment, revision, run
from storage.verification.findings import RESTORE_ROWS, Check, Finding, Findings
from storage.verification.short_reads import in_spans

if TYPE_CHECKING:
    from sqlalchemy import Row

BATCH = 500


def check_chain(engine: Engine) -> Findings:
    """Make every digest and every link of the chain again; return the number of revisions.

    An article and its revisions are read in one transaction, some hundred articles in each.
    """
    examined = 0
    for articles in in_spans(engine, select(article.c.id), article.c.id, rows=BATCH):
        found: list[Finding] = []
        with one_state(engine) as connection:
            span = _revisions(connection, articles[0].id, articles[-1].id)
            for public_id, rows in groupby(span, lambda row: str(row[0].public_id)):
                revisions = list(rows)
                examined += sum(row.id is not None for row, _ in revisions)
                found += _of_article(public_id, revisions)
        yield from found
    return examined


def _of_article(public_id: str, revisions: Sequence[tuple[Row[Any], str]]) -> Iterator[Finding]:
    last = revisions[-1][0]
    if last.id is None or last.latest_revision != last.id or last.revisions != last.number:
        yield _broken(
            public_id, f"its last revision is not the {last.revisions}. that it counts; one is missing"
        )
    previous: str | None = None
    number = 0
    for row, digest in revisions:
        if row.id is None:
            return
        number += 1
        if row.number != number:
            yield _broken(public_id, f"revision {number} is missing before revision {row.number}")
            number = row.number
        if row.digest != digest:
            yield _broken(public_id, f"the text of revision {number} is not what its digest says")
        link = next_link(
            key=public_id,
            number=number,
            digest=row.digest,
            payload_digest=row.payload_digest,
            previous=previous,
        )
        if row.chain != link:
            yield _broken(public_id, f"the chain breaks at revision {number}: it, or one before, was changed")
        previous = row.chain


def _broken(public_id: str, problem: str) -> Finding:
    return Finding(check=Check.CHAIN, subject=f"article {public_id}", problem=problem, remedy=RESTORE_ROWS)


def _revisions(connection: Connection, first: int, last: int) -> Iterator[tuple[Row[Any], str]]:
    """Yield the revisions of a span of articles, by these and number, with the digest of their text."""
    r, a = revision.c, article.c
    names = ("id", "number", "title", "body", "tables", "digest", "payload_digest", "chain")
    statement = (
        select(a.public_id, a.latest_revision, a.revisions, *(r[name] for name in names))
        .join_from(article, revision, r.article_id == a.id, isouter=True)
        .where(a.id.between(first, last))
        .order_by(a.id, r.number)
    )
    with connection.execution_options(yield_per=BATCH).execute(statement) as rows:
        for batch in rows.partitions():
            attachments = _attachments(connection, [row.id for row in batch if row.id is not None])
            for row in batch:
                yield row, _digest(row, attachments.get(row.id, [])) if row.id is not None else ""


def _digest(row: Row[Any], attachments: list[tuple[str | None, str]]) -> str:
    cells = (cell for table in row.tables or () for cells in table for cell in cells)
    return content_digest(row.title, row.body.split("\n"), cells, attachments)


def _attachments(connection: Connection, revisions: list[int]) -> dict[int, list[tuple[str | None, str]]]:
    rows = connection.execute(
        select(attachment.c.revision_id, attachment.c.title, attachment.c.url)
        .where(attachment.c.revision_id.in_(revisions))
        .order_by(attachment.c.revision_id, attachment.c.number)
    )
    found: dict[int, list[tuple[str | None, str]]] = {}
    for row in rows:
        found.setdefault(row.revision_id, []).append((row.title, row.url))
    return found


def check_runs(connection: Connection) -> Findings:
    """Make the digest of every finished run again; return the number of runs."""
    rows = connection.execute(
        select(run.c.id, run.c.key, run.c.site_id, run.c.finished_at, run.c.digest).order_by(run.c.id)
    ).all()
    sites: dict[int | None, list[Any]] = {}
    for row in rows:
        if row.digest is not None:
            yield from _of_run(connection, row, sites.setdefault(row.site_id, []))
            sites[row.site_id].append(row)
    return len(rows)


def _of_run(connection: Connection, row: Any, earlier: Sequence[Any]) -> Iterator[Finding]:
    chains = connection.scalars(
        select(revision.c.chain).where(revision.c.run_id == row.id).order_by(revision.c.id)
    ).all()
    if row.digest not in {run_digest(chains, previous) for previous in _possible_previous(row, earlier)}:
        yield Finding(
            check=Check.RUNS,
            subject=f"run {row.key}",
            problem="what it wrote, or the run before it, is not what it ended with: missing or changed",
            remedy=RESTORE_ROWS,
        )


def _possible_previous(row: Any, earlier: Sequence[Any]) -> Iterator[str | None]:
    """Yield the digest of the run before: the last one, where runs do not overlap.

    Those without a site may; then it is the last that had ended, and of those that ended in the same second
    any may have been first. The order of rows comes before that of times: a clock may have been put back.
    """
    if earlier:
        yield earlier[-1].digest
    ended = [other for other in earlier if other.finished_at < row.finished_at]
    yield ended[-1].digest if ended else None
    yield from (other.digest for other in earlier if other.finished_at == row.finished_at)
