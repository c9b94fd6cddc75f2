"""How many rows a walk's list pages have: a list that names an article twice states more than it names."""

from __future__ import annotations

from collections.abc import Sequence

from crawler.extract.types import ExtractedList


class RowTally:
    """Counts the rows of list pages, repeated ones too, and notices what repeats rows for another reason.

    A page that comes again is no more rows. A list that grew while it was walked, or whose pages overlap,
    shows rows twice as well, and leaves others out.
    """

    def __init__(self) -> None:
        self.rows = 0
        self._first: frozenset[int] | None = None  # what the first page with rows names
        self._last: Sequence[int] = ()
        self._pages: set[int] = set()  # hashes of what each page names
        self._totals: set[int] = set()
        self._turns = 0  # from one page to the next
        self._overlaps = 0  # of these, where the next one begins with what the one before it shows

    def add(self, keys: Sequence[int], page: ExtractedList) -> bool:
        """Count *page*, whose entries have *keys*; return whether it is another one than those before."""
        self._note_total(page)
        named = frozenset(keys)
        if hash(named) in self._pages:
            return False
        self._pages.add(hash(named))
        self.rows += len(keys) + page.repeats
        if self._first is None:
            self._first = named
        else:
            self._turns += 1
            self._overlaps += overlaps(self._last, keys)
        self._last = keys
        return True

    def is_as_before(self, keys: Sequence[int], page: ExtractedList) -> bool:
        """Return whether the first page, as it is read again, shows that the list did not move meanwhile."""
        self._note_total(page)
        return frozenset(keys) == self._first and self._is_of_one_total and not self._overlap_always

    @property
    def _is_of_one_total(self) -> bool:
        return len(self._totals) == 1

    @property
    def _overlap_always(self) -> bool:
        """Return whether each page begins inside of the one before: so does a paging that counts wrongly."""
        return self._turns > 1 and self._overlaps == self._turns

    def _note_total(self, page: ExtractedList) -> None:
        if page.total is not None:
            self._totals.add(page.total)


def overlaps(before: Sequence[int], after: Sequence[int]) -> bool:
    """Return whether *after* begins with a row of *before*, below those that are pinned to both."""
    pinned = 0
    while pinned < min(len(before), len(after)) and before[pinned] == after[pinned]:
        pinned += 1
    return pinned < len(after) and after[pinned] in before
