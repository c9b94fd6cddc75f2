"""Which article is a copy of which: decided once a transaction, for its new and revised texts.

`link_copies` runs after the transaction's articles and revisions are written and while it holds the
one writer's lock, so that no two writers miss each other's copies.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from storage.database.bulk import is_wanted, select_rows
from storage.models import article, membership
from storage.records import CopyKind
from storage.stories.fingerprints import add, merge_due_slices
from storage.stories.links import StoredText
from storage.stories.matching import Matching
from storage.stories.neighbourhoods import store_links, unknown_links
from storage.stories.replaced_texts import forget
from storage.stories.upkeep import rearrange

_COPIES = (
    select(membership.c.article_id, membership.c.kind, article.c.public_id)
    .join(article, article.c.id == membership.c.linked_to)
    .where(is_wanted(membership.c.article_id))
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyLink:
    """One article is a copy of another."""

    article_id: int
    copy_of: str  # public id
    kind: CopyKind


def link_copies(connection: Connection, texts: Sequence[StoredText]) -> list[CopyLink]:
    """Find what *texts* are copies of; keep links, stories and fingerprints, and return the copies."""
    replaced = forget(connection, [text for text in texts if text.revision > 1])
    new = [text for text in texts if text.revision == 1 and text.is_comparable]
    found = Matching(connection, [*replaced.undecided, *new])
    add(connection, found.rows)
    links = unknown_links(connection, found.links, replaced.concerned)
    store_links(connection, links)
    changed = {link.article for link in links} | replaced.concerned
    if changed:
        rearrange(connection, changed)
    numbers = [text.article_id for text in texts]
    merge_due_slices(connection, min(numbers), max(numbers))
    return _copies(connection, numbers) if changed else []


def _copies(connection: Connection, numbers: Sequence[int]) -> list[CopyLink]:
    return [
        CopyLink(article_id=row.article_id, copy_of=row.public_id, kind=CopyKind(row.kind))
        for row in select_rows(connection, _COPIES, numbers)
    ]
