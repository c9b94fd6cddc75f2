"""Checks row numbers: each names a row that is there. Engines do it too, unless somebody turned it off."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Column, Connection, Select, exists, func, select

from storage.models import article, fingerprint, fingerprint_hot, metadata, page, revision, run, story
from storage.verification.findings import RESTORE_ROWS, Check, Finding, Findings

# Kept by us, not by the engine: two tables name each other, or rows come before what they name.
OURS: tuple[tuple[Column[int], Column[int]], ...] = (
    (page.c.article_id, article.c.id),
    (page.c.moved_to, page.c.id),
    (page.c.last_run_id, run.c.id),
    (article.c.latest_revision, revision.c.id),
    (article.c.story_id, story.c.id),
    (fingerprint.c.article_id, article.c.id),
    (fingerprint_hot.c.article_id, article.c.id),
)


def check_references(connection: Connection) -> Findings:
    """Look for row numbers that name nothing; return the number of rows that were looked at."""
    for column, target in _references():
        number = connection.scalar(_dangling(column, target)) or 0
        if number:
            yield Finding(
                check=Check.REFERENCES,
                subject=f"table {column.table.name}",
                problem=f"{number} rows name a {target.table.name} by {column.name} that is not there",
                remedy=RESTORE_ROWS,
            )
    counts = (select(func.count()).select_from(table) for table in metadata.tables.values())
    return sum(connection.scalar(count) or 0 for count in counts)


def _references() -> Iterator[tuple[Column[int], Column[int]]]:
    for table in metadata.tables.values():
        for key in table.foreign_keys:
            yield key.parent, key.column
    yield from OURS


def _dangling(column: Column[int], target: Column[int]) -> Select[int]:
    named = target.table.alias("named")
    return (
        select(func.count())
        .select_from(column.table)
        .where(column.is_not(None), ~exists().where(named.c[target.name] == column))
    )
