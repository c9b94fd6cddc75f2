"""Which article is a copy of which: the values, and exact copies by the digest of the text.

`link_copies` is called once a transaction, after its articles and revisions are written and while it
holds the one writer's lock, so that no two writers miss each other's copies.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from sqlalchemy import Connection, bindparam, func, insert, select, update

from storage.models import article, fingerprint_hot, membership, story
from storage.records import CopyKind
from storage.row_numbers import next_numbers

EXACT = "exact-1"  # the algorithm's name and version, kept with each link


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredText:
    """A new or revised text, as the duplicate decision needs it."""

    article_id: int
    public_id: str
    revision: int  # 1 for a new article
    text_digest: str
    paragraphs: tuple[str, ...]
    language: str | None
    published_day: date | None
    first_seen: datetime
    fingerprints: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyLink:
    """One article is a copy of another, and why."""

    article_id: int
    copy_of: int
    copy_of_public_id: str
    kind: CopyKind
    score: float
    algorithm: str


def link_copies(connection: Connection, texts: Sequence[StoredText]) -> list[CopyLink]:
    """Find what *texts* are copies of, keep links, stories and fingerprints, and return the links."""
    links = _exact_links(connection, [text for text in texts if any(text.paragraphs)])
    _remember(connection, texts)
    _join_stories(connection, links)
    return links


def _exact_links(connection: Connection, texts: Sequence[StoredText]) -> list[CopyLink]:
    originals = _originals(connection, {text.text_digest for text in texts})
    links = []
    for text in texts:
        original, public_id = originals[text.text_digest]
        if original != text.article_id:
            links.append(
                CopyLink(
                    article_id=text.article_id,
                    copy_of=original,
                    copy_of_public_id=public_id,
                    kind=CopyKind.COPY,
                    score=1.0,
                    algorithm=EXACT,
                )
            )
    return links


def _originals(connection: Connection, digests: set[str]) -> dict[str, tuple[int, str]]:
    """Return the earliest article of each text: the one that arrived first."""
    first = (
        select(func.min(article.c.id))
        .where(article.c.text_digest.in_(sorted(digests)))
        .group_by(article.c.text_digest)
    )
    rows = connection.execute(
        select(article.c.text_digest, article.c.id, article.c.public_id).where(article.c.id.in_(first))
    )
    return {row.text_digest: (row.id, row.public_id) for row in rows}


def _remember(connection: Connection, texts: Sequence[StoredText]) -> None:
    """Keep the fingerprints of new articles."""
    rows = [
        {"hash": value, "article_id": text.article_id}
        for text in texts
        if text.revision == 1
        for value in sorted(set(text.fingerprints))
    ]
    if rows:
        connection.execute(insert(fingerprint_hot), rows)


def _join_stories(connection: Connection, links: Sequence[CopyLink]) -> None:
    """Put each copy into the story of its original, which may begin with it."""
    placed = _stories_of(connection, {link.article_id for link in links} | {link.copy_of for link in links})
    joining = [link for link in links if link.article_id not in placed]
    if not joining:
        return
    beginning = sorted(
        {(link.copy_of, link.copy_of_public_id) for link in joining if link.copy_of not in placed}
    )
    numbers = next_numbers(connection, story, len(beginning))
    for number, (first, public_id) in zip(numbers, beginning, strict=True):
        placed[first] = number
        connection.execute(
            insert(story).values(id=number, public_id=story_id(public_id), first_article=first, size=1)
        )
        _add_member(connection, first, number, None)
    for link in joining:
        _add_member(connection, link.article_id, placed[link.copy_of], link)
    _count(connection, {placed[link.copy_of] for link in joining})


def story_id(first_public_id: str) -> str:
    """Return the public id of the story that began with an article."""
    return f"s{sha256(first_public_id.encode()).hexdigest()[:15]}"


def _stories_of(connection: Connection, articles: set[int]) -> dict[int, int]:
    rows = connection.execute(
        select(membership.c.article_id, membership.c.story_id).where(
            membership.c.article_id.in_(sorted(articles))
        )
    )
    return {row.article_id: row.story_id for row in rows}


def _add_member(connection: Connection, member: int, story_number: int, link: CopyLink | None) -> None:
    connection.execute(
        insert(membership).values(
            article_id=member,
            story_id=story_number,
            linked_to=link.copy_of if link else None,
            kind=link.kind.value if link else None,
            score=link.score if link else None,
            algorithm=link.algorithm if link else None,
        )
    )
    connection.execute(update(article).where(article.c.id == member).values(story_id=story_number))


def _count(connection: Connection, stories: set[int]) -> None:
    size = select(func.count()).where(membership.c.story_id == story.c.id).scalar_subquery()
    connection.execute(
        update(story).where(story.c.id == bindparam("story_number")).values(size=size),
        [{"story_number": number} for number in sorted(stories)],
    )
