"""Lists in pages: one row more than is shown tells whether there is a next page."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

Shown = TypeVar("Shown")


def page_of(rows: list[Shown], most: int, cursor: Callable[[Shown], str]) -> tuple[list[Shown], str | None]:
    """Return the first *most* rows and, where there is one more, the cursor of the last of them."""
    shown = rows[:most]
    return shown, cursor(shown[-1]) if len(rows) > most else None
