"""Forget what a revised article said: its fingerprints, and the links that rested on its old text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection, delete, or_, select

from storage.database.bulk import is_wanted, select_rows
from storage.models import article, copy_link, revision
from storage.stories.fingerprints import add, digest_hash, look_up, remove
from storage.stories.links import NEARLY_EQUAL, Link, StoredText
from storage.stories.neighbourhoods import read_links, store_links
from storage.stories.shingles import fingerprints
from storage.stories.wording import token_line

MOST_ORPHANS = 16  # of a revised article: what was linked to it alone is decided anew
_TEXTS = (
    select(
        article.c.id,
        article.c.public_id,
        revision.c.number,
        revision.c.title,
        revision.c.body,
        revision.c.text_digest,
    )
    .join(revision, revision.c.id == article.c.latest_revision)
    .where(is_wanted(article.c.id))
)
_REVISIONS = (
    select(revision.c.article_id, revision.c.number, revision.c.body, revision.c.text_digest)
    .where(is_wanted(revision.c.article_id))
    .order_by(revision.c.article_id, revision.c.number)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Replaced:
    """What a revision leaves: texts to decide anew, and all articles whose links have changed."""

    undecided: tuple[StoredText, ...]
    concerned: frozenset[int]


def forget(connection: Connection, revised: Sequence[StoredText]) -> Replaced:
    """Take the old texts of *revised* articles out of the index and out of the links.

    A copy of the old text inherits what was linked to it; without one, the neighbours are decided anew.
    """
    rewritten = [text for text in revised if _forget_fingerprints(connection, text)]
    numbers = {text.article_id for text in rewritten}
    links = read_links(connection, numbers)
    _delete_links(connection, numbers)
    orphans: set[int] = set()
    for text in rewritten:
        own = [link.seen_from(text.article_id) for link in links if text.article_id in link.ends]
        orphans |= _pass_on(connection, [link for link in own if link.other not in numbers])
    undecided = (*load_texts(connection, orphans), *(text for text in rewritten if text.is_comparable))
    return Replaced(
        undecided=undecided,
        concerned=frozenset(numbers.union(*(link.ends for link in links))),
    )


def load_texts(connection: Connection, articles: Iterable[int]) -> list[StoredText]:
    """Return the latest texts of *articles* as they are to be compared."""
    return [
        StoredText(
            article_id=row.id,
            public_id=row.public_id,
            revision=row.number,
            title=row.title,
            text_digest=row.text_digest,
            paragraphs=tuple(row.body.split("\n")),
            fingerprints=fingerprints(token_line(row.body)),
        )
        for row in select_rows(connection, _TEXTS, articles)
        if row.text_digest and row.body
    ]


def _forget_fingerprints(connection: Connection, text: StoredText) -> bool:
    """Take out what earlier revisions of an article left in the index; return whether its text is another."""
    earlier = [
        row for row in select_rows(connection, _REVISIONS, [text.article_id]) if row.number < text.revision
    ]
    if earlier and earlier[-1].text_digest == text.text_digest:
        return False
    hashes = {
        value
        for row in earlier
        if row.text_digest and row.body
        for value in (digest_hash(row.text_digest), *fingerprints(token_line(row.body)))
    }
    remove(connection, {text.article_id: hashes})
    return True


def _delete_links(connection: Connection, articles: Iterable[int]) -> None:
    numbers = sorted(articles)
    if numbers:
        connection.execute(
            delete(copy_link).where(
                or_(copy_link.c.article_id.in_(numbers), copy_link.c.other_id.in_(numbers))
            )
        )


def _pass_on(connection: Connection, links: Sequence[Link]) -> set[int]:
    """Link the neighbours of a lost text to a copy of it; return those to decide anew if there is none."""
    equal = [link for link in links if link.kind in NEARLY_EQUAL]
    if not equal:
        return set(sorted(link.other for link in links)[:MOST_ORPHANS])
    # The most alike: scores stay true, and copies to the word keep one that is found by the digest of all.
    heir = min(equal, key=lambda link: (-link.score, -link.coverage, link.other)).other
    known = {end for link in read_links(connection, [heir]) for end in link.ends}
    store_links(
        connection,
        [
            replace(link, article=heir, container=heir if link.container == link.article else link.container)
            for link in links
            if link.other != heir and link.other not in known
        ],
    )
    _index_again(connection, heir)
    return set()


def _index_again(connection: Connection, heir: int) -> None:
    """Store all fingerprints of *heir*: those it shared with the lost text were stored for that one alone."""
    for text in load_texts(connection, [heir]):
        hashes = (digest_hash(text.text_digest), *text.fingerprints)
        holders = look_up(connection, hashes)
        add(connection, [(value, heir) for value in hashes if heir not in holders.get(value, ())])
