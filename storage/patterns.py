"""Regular expressions that are compiled when they are first used.

Names and labels in fifty languages take half a second to compile; a site needs its own, a
command none.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any, cast


class _LazyPattern:
    """Stands for a compiled pattern; after its first call a method of it is as fast as the pattern's own."""

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern = pattern
        self._flags = flags

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self.pattern, self._flags)

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._compiled, name)
        setattr(self, name, found)  # from now on it is found here, and nobody asks again
        return found


def lazy_pattern(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Return what `re.compile` would, but at once: an error in *pattern* shows when it is used."""
    return cast("re.Pattern[str]", _LazyPattern(pattern, flags))
