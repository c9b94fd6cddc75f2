"""Regular expressions that are compiled when they are first used, and those of many words.

Names and labels in fifty languages take half a second to compile; a site needs its own, a
command none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
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


def any_of(words: Iterable[str]) -> str:
    """Return a pattern for the longest of *words* at a place; no letter of it is compared twice."""
    tree: dict[str, Any] = {}
    for word in words:
        node = tree
        for letter in word:
            node = node.setdefault(letter, {})
        node[""] = {}
    return _branches(tree)


def _branches(node: dict[str, Any]) -> str:
    branches = [
        (letter if letter.isalpha() else re.escape(letter)) + _branches(after)
        for letter, after in node.items()
        if letter
    ]
    if "" in node:
        branches.append("")  # last: a longer word is tried first
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"
