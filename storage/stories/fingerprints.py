"""The durable fingerprint index: looked up in SQL, so a run starts without loading anything.

New rows go to a small hot table, which is merged into the large one slice by slice in the order of
the keys: inserts at random places would rewrite most of the large table with every commit.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Connection, Text, bindparam, cast, delete, func, insert, select

from storage.database.bulk import insert_plain, is_wanted, select_rows
from storage.models import fingerprint, fingerprint_hot
from storage.stories import fingerprint_filter
from storage.stories.shingles import BOUND

COMMON = 64  # a hash of so many documents is boilerplate: neither looked up nor stored again
SLICE_EVERY = 256  # articles: the hot table holds the last 17,408 at most, and one merge stays short
# Nearly all hashes are those of shingles, which lie below a bound; the digests' lie anywhere.
_EDGES = (
    *(-(2**31), -(2**30)),
    *range(0, BOUND, BOUND // fingerprint_filter.SLICES),
    *(BOUND, 2**30, 2**31),
)
SLICES = len(_EDGES) - 1  # of the key space; one is merged at a time

# The articles of a hash come as one text: a row for each of them takes several times as long.
_MERGED, _HOT = (
    select(table.c.hash, func.aggregate_strings(cast(table.c.article_id, Text), ",").label("articles"))
    .where(is_wanted(table.c.hash))
    .group_by(table.c.hash)
    for table in (fingerprint, fingerprint_hot)
)


def digest_hash(text_digest: str) -> int:
    """Return a digest as one more fingerprint: exact copies are found in the same look-up."""
    value = int(text_digest[:8], 16)
    return value - 2**32 if value >= 2**31 else value


def look_up(connection: Connection, hashes: Iterable[int]) -> dict[int, list[int]]:
    """Return the articles that have each of *hashes*; one that nobody has is an empty list."""
    found: dict[int, list[int]] = defaultdict(list)
    wanted = sorted(set(hashes))
    for statement, values in ((_MERGED, fingerprint_filter.may_hold(connection, wanted)), (_HOT, wanted)):
        for value, articles in select_rows(connection, statement, values):
            found[value] += sorted(map(int, articles.split(",")))
    return found


def add(connection: Connection, rows: Sequence[tuple[int, int]]) -> None:
    """Store (hash, article) *rows* that are not there yet."""
    insert_plain(connection, fingerprint_hot, ("hash", "article_id"), sorted(set(rows)))


def remove(connection: Connection, hashes: Mapping[int, Iterable[int]]) -> None:
    """Take the *hashes* of each article out."""
    rows = [{"value": value, "owner": article} for article, values in hashes.items() for value in values]
    for table in (fingerprint, fingerprint_hot) if rows else ():
        statement = delete(table).where(
            table.c.hash == bindparam("value"), table.c.article_id == bindparam("owner")
        )
        connection.execute(statement, rows)


def merge_due_slices(connection: Connection, first_article: int, last_article: int) -> None:
    """Merge the slices that have become due between two article numbers: none, mostly."""
    first, last = first_article // SLICE_EVERY, last_article // SLICE_EVERY
    for number in range(max(first, last - SLICES), last):
        merge_slice(connection, number % SLICES, last_article)


def merge_slice(connection: Connection, number: int, articles: int) -> None:
    """Move one slice of the hot table into the large one, of so many *articles*, in the order of the keys."""
    first, last = _EDGES[number], _EDGES[number + 1] - 1
    within = fingerprint_hot.c.hash.between(first, last)
    rows = select(fingerprint_hot).where(within).order_by(*fingerprint_hot.primary_key)
    connection.execute(insert(fingerprint).from_select(["hash", "article_id"], rows))
    if 0 <= first < BOUND:
        fingerprint_filter.note_merge(connection, first, articles)
    connection.execute(delete(fingerprint_hot).where(within))
