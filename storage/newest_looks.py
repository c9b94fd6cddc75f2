"""The newest hits on PostgreSQL, whose text index knows no order.

It lists every hit before the newest can be told, which is long work for a common word, and the other way,
to read one document after the other from the newest on, is longer work for a rare one. So the newest
documents are looked at first: how many of them are hits says which way is shorter.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy import Connection, select

from storage.tsvector_hits import pieces

FIRST_LOOK = 64  # documents, read in a millisecond
LONGEST_LOOK = 2_000
FEWEST_HITS = 2  # of the first look, for a second one
SPARE = 2  # times the documents that should be enough


def newest_by_looks(
    connection: Connection, ask: Callable[[int, int, int], Sequence[int]], limit: int, before: int
) -> list[int]:
    """Return the newest *limit* numbers less than *before* that *ask* (since, before, limit) gives."""
    found: list[int] = []
    documents = min(FIRST_LOOK, LONGEST_LOOK)
    for _ in range(2):
        since = _start(connection, before, documents)
        if since is None:
            break
        found += ask(since, before, limit - len(found))
        before = since
        if len(found) >= limit:
            return found
        if len(found) < FEWEST_HITS:
            break
        documents = min(SPARE * FIRST_LOOK * limit // len(found), LONGEST_LOOK)
    return [*found, *ask(0, before, limit - len(found))]


def _start(connection: Connection, before: int, documents: int) -> int | None:
    """Return the number that so many *documents* follow until *before*, None where there are fewer."""
    numbers = select(pieces.c.number).where(pieces.c.number < before).order_by(pieces.c.number.desc())
    return connection.scalar(numbers.offset(documents).limit(1))
