"""Row numbers: given under the one writer's lock, so that a batch knows them before it inserts."""

from __future__ import annotations

from sqlalchemy import Connection, Table, func, select


def next_numbers(connection: Connection, table: Table, count: int) -> range:
    """Return the next *count* free row numbers of *table*; the caller holds the writing transaction."""
    if not count:
        return range(0)
    last = connection.scalar(select(func.max(table.c.id))) or 0
    return range(last + 1, last + 1 + count)
