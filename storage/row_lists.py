"""Lists as one value of a statement: to write hundreds of values into it takes long."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ARRAY, BigInteger, Connection, Select, func, literal, select
from sqlalchemy.types import TypeEngine

NUMBER = BigInteger()


def as_rows(
    connection: Connection, values: Sequence[int] | Sequence[str], kind: TypeEngine[Any] = NUMBER
) -> Select[Any]:
    """Return *values*, of the SQL type *kind*, as the rows of a statement."""
    if connection.dialect.name == "sqlite":
        return select(func.json_each(json.dumps(values)).table_valued("value").c.value)
    return select(func.unnest(literal(values, ARRAY(kind))))
