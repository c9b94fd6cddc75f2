"""Decide all copies anew: after a change of the algorithm, or where the index was damaged.

Stories keep their public ids. Everything happens in one transaction, so a preview is the same work
without its commit.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, delete, select

from storage.engine import writing
from storage.fingerprints import SLICES, add, merge_slice
from storage.matching import Matching
from storage.models import (
    article,
    copy_link,
    fingerprint,
    fingerprint_filter,
    fingerprint_hot,
    membership,
    story,
)
from storage.neighbourhoods import store_links
from storage.replaced_texts import load_texts
from storage.stories import rearrange

BATCH = 200  # articles


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where an article stands: its story, and what it is a copy of; by public ids."""

    story: str
    duplicate_of: str | None
    kind: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Relinked:
    """An article that another decision puts elsewhere; None where it is in no story."""

    article: str
    before: Standing | None
    after: Standing | None


def preview_rededup(engine: Engine) -> list[Relinked]:
    """Return what `rededup` would change, and change nothing."""
    with writing(engine) as connection:
        attempt = connection.begin_nested()
        changes = _decide_anew(connection)
        attempt.rollback()
    return changes


def rededup(engine: Engine) -> list[Relinked]:
    """Decide all copies anew with today's algorithm; return what changed."""
    with writing(engine) as connection:
        return _decide_anew(connection)


def _decide_anew(connection: Connection) -> list[Relinked]:
    before = _standings(connection)
    for table in (fingerprint, fingerprint_filter, fingerprint_hot, copy_link):
        connection.execute(delete(table))
    last_article = 0
    for numbers in _batches(connection):
        found = Matching(connection, load_texts(connection, numbers))
        add(connection, found.rows)
        store_links(connection, found.links)
        last_article = numbers[-1]
    for number in range(SLICES):
        merge_slice(connection, number, last_article)
    for numbers in _batches(connection):
        rearrange(connection, numbers)
    after = _standings(connection)
    return [
        Relinked(article=name, before=before.get(name), after=after.get(name))
        for name in sorted(before.keys() | after.keys())
        if before.get(name) != after.get(name)
    ]


def _batches(connection: Connection) -> Iterator[list[int]]:
    last = 0
    while True:
        query = select(article.c.id).where(article.c.id > last).order_by(article.c.id).limit(BATCH)
        numbers = list(connection.scalars(query))
        if not numbers:
            return
        yield numbers
        last = numbers[-1]


def _standings(connection: Connection) -> dict[str, Standing]:
    """Return where the articles of all stories stand, by public id."""
    original = article.alias("original")
    rows = connection.execute(
        select(article.c.public_id, story.c.public_id, original.c.public_id, membership.c.kind)
        .join_from(membership, article, article.c.id == membership.c.article_id)
        .join(story, story.c.id == membership.c.story_id)
        .outerjoin(original, original.c.id == membership.c.linked_to)
    )
    return {name: Standing(story=of, duplicate_of=source, kind=kind) for name, of, source, kind in rows}
