"""Values as JSON has them: what commands, the API and packages write."""

from __future__ import annotations

import dataclasses
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from math import isfinite

LARGEST_WHOLE = 10**18  # of a number whose digits the engine kept apart: programs read it as it is


def plain(value: object) -> object:
    """Return *value* as JSON takes it: times in UTC with offset, days as ISO days, words as text."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, datetime):
        return (value.astimezone(UTC) if value.tzinfo else value).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, dict):
        return {str(name): plain(entry) for name, entry in value.items()}
    if isinstance(value, list | tuple):
        return [plain(entry) for entry in value]
    return value if value is None or isinstance(value, str | bool | int) else _plain_value(value)


def _plain_value(value: object) -> object:
    """Return a value that only questions in SQL bring: bytes as hex digits, no number that JSON has not."""
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, Decimal | float):
        if not isfinite(value):
            return None
        is_whole = isinstance(value, Decimal) and abs(value) < LARGEST_WHOLE and value % 1 == 0
        return int(value) if is_whole else float(value)
    return str(value)
