"""What the words of a short line tell is kept: the lines of menus are the same on all pages of a site."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

LONGEST = 60  # characters of a line that other pages may repeat
_MOST = 4096  # lines
Told = TypeVar("Told")


def kept_for_short_lines(tell: Callable[[str], Told]) -> Callable[[str], Told]:
    """Return *tell*, which depends on a line alone, so that it is asked once of each short one."""
    known = lru_cache(maxsize=_MOST)(tell)

    @wraps(tell)
    def told(line: str) -> Told:
        return known(line) if len(line) <= LONGEST else tell(line)

    return told
