"""Lists of row numbers as one value of a statement: to write hundreds of them into it takes long."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ARRAY, BigInteger, Connection, Select, func, literal, select


def as_rows(connection: Connection, numbers: Sequence[int]) -> Select[Any]:
    """Return *numbers* as the rows of a statement."""
    if connection.dialect.name == "sqlite":
        return select(func.json_each(json.dumps(numbers)).table_valued("value").c.value)
    return select(func.unnest(literal(numbers, ARRAY(BigInteger))))
