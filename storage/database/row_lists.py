"""Lists as one value of a statement, or of its answer: one by one, hundreds of values take long."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    ARRAY,
    JSON,
    BigInteger,
    ColumnElement,
    Connection,
    Select,
    Text,
    cast,
    func,
    literal,
    select,
    type_coerce,
)
from sqlalchemy.types import TypeEngine

NUMBER = BigInteger()


def as_rows(
    connection: Connection, values: Sequence[int] | Sequence[str], kind: TypeEngine[Any] = NUMBER
) -> Select[Any]:
    """Return *values*, of the SQL type *kind*, as the rows of a statement."""
    if connection.dialect.name == "sqlite":
        return select(func.json_each(json.dumps(values)).table_valued("value").c.value)
    # As text: the driver takes five times as long for a list of numbers.
    array = (
        literal(f"{{{','.join(map(str, values))}}}", Text) if kind is NUMBER else literal(values, ARRAY(kind))
    )
    return select(func.unnest(cast(array, ARRAY(kind))))


def as_list(connection: Connection, column: ColumnElement[Any]) -> ColumnElement[list[Any]]:
    """Return the values of *column* in one list: ten thousand rows would cost twice as much to fetch."""
    if connection.dialect.name == "sqlite":
        return type_coerce(func.json_group_array(column), JSON)
    return func.coalesce(func.json_agg(column), cast([], JSON))
