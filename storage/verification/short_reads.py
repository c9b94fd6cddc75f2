"""Reads that take no transaction longer than some thousand rows do: the archive may be written meanwhile."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import Column, Engine, Select

from storage.database.engine import one_state

if TYPE_CHECKING:
    from sqlalchemy import Row


def in_spans(
    engine: Engine, statement: Select[Any], key: Column[int], *, rows: int
) -> Iterator[Sequence[Row[Any]]]:
    """Yield what *statement* selects in order of *key*, one of its columns, so many *rows* a transaction.

    Between two of them others may write: what stands in different spans need not agree.
    """
    following = statement.order_by(key).limit(rows)
    wanted = following
    while True:
        with one_state(engine) as connection:
            found = connection.execute(wanted).all()
        if found:
            yield found
        if len(found) < rows:
            return
        wanted = following.where(key > found[-1]._mapping[key])
