"""Sets that grow together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable


class Sets:
    """Sets that grow together."""

    def __init__(self, items: Iterable[int]) -> None:
        self._parents = {item: item for item in items}

    def root(self, item: int) -> int:
        """Return the item that stands for the set of *item*."""
        while self._parents[item] != item:
            self._parents[item] = item = self._parents[self._parents[item]]
        return item

    def join(self, item: int, other: int) -> None:
        """Make the sets of both one."""
        self._parents[self.root(item)] = self.root(other)

    def all(self) -> list[list[int]]:
        """Return the sets."""
        found: dict[int, list[int]] = defaultdict(list)
        for item in self._parents:
            found[self.root(item)].append(item)
        return list(found.values())
