"""Row numbers: given under the one writer's lock, so that a batch knows them before it inserts."""

from __future__ import annotations

from functools import cache

from sqlalchemy import Connection, Select, Table, func, select


def next_numbers(connection: Connection, table: Table, count: int) -> range:
    """Return the next *count* free row numbers of *table*; the caller holds the writing transaction."""
    if not count:
        return range(0)
    last = connection.scalar(_last(table)) or 0
    return range(last + 1, last + 1 + count)


@cache
def _last(table: Table) -> Select[int]:
    return select(func.max(table.c.id))
