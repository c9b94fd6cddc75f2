"""How far to walk the list pages of one section."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from crawler.extract.types import ExtractedList, ListEntry, ListRequest
from crawler.options import RunOptions
from storage.records import DuePage, Outcome
from storage.rows import SectionState

FULL_WALK_EVERY = timedelta(days=30)


RequestKey = tuple[str, str, tuple[tuple[str, str], ...]]


class SectionWalk:
    """Decides, page by page, which list page is next.

    A section that was walked to its end before is walked until a page brings nothing new, as long as the
    site's stated total changed by as much as was found; a full walk goes to the end, and so does the walk
    after one that was cut short: what lies behind the pages it read is not known.
    """

    def __init__(self, state: SectionState, options: RunOptions, now: datetime) -> None:
        self.full = options.full or is_full_walk_due(state, now)
        # Whether the next list page is asked for whatever the archive finds new in this one.
        self.runs_ahead = self.full and options.limit is None
        self.since = options.since
        self.state = state
        self.number = 0  # of the list page that was read last
        self.found = 0
        self.stated_total: int | None = None
        self.bounded = False  # the caller asked for less than the whole section
        self._lost = 0  # list pages that could not be had
        self._unstored = 0  # that were read, and whose entries the archive has not confirmed
        self._stopped = False  # before the end
        self._pending: deque[ListRequest] = deque()
        self._asked: set[RequestKey] = set()
        self._entries: set[int] = set()  # hashes of the URLs that were listed

    def begin(self, first: ListRequest) -> ListRequest:
        """Return *first*, the section's first list page, as asked for."""
        self._asked.add(key_of(first))
        return first

    def next(self) -> ListRequest | None:
        """Return the list page to ask for now, or None at the end of the walk."""
        return self._pending.popleft() if self._pending and not self._stopped else None

    @property
    def reached_end(self) -> bool:
        """Return whether every list page was asked for."""
        return not self._pending and not self._stopped

    @property
    def complete(self) -> bool:
        """Return whether every list page that was asked for could be read, and is stored."""
        return not self._lost and not self._unstored

    def read(self, page: ExtractedList) -> None:
        """Take note of a list page."""
        self.number += 1
        self._unstored += 1
        self.stated_total = page.total if page.total is not None else self.stated_total
        # Some families send the first page without rows; it names the request that brings them.
        first_without_rows = not page.entries and self.number == 1
        if first_without_rows or self._unseen(page.entries):
            self._enqueue(page.next)
        if self.since and all_older(page.entries, self.since):
            self.stop()

    def stored(self, page: ExtractedList, outcome: Outcome) -> None:
        """Take note of what the archive found new in a list page that was read, once it is stored."""
        self._unstored -= 1
        self.found += outcome.new_entries
        first_without_rows = not page.entries and self.number == 1
        leads_on = first_without_rows or not page.newest_first
        if self._brought_all(outcome) and self._pending and not leads_on:
            self._stopped = True

    def skip(self) -> None:
        """Take note that a list page could not be had; the ones already known are still asked for."""
        self.number += 1
        self._lost += 1

    def stop(self) -> None:
        """End the walk at a bound that the caller asked for; it says nothing of what lies beyond."""
        self._stopped = True
        self.bounded = True

    def wanted(self, pages: Iterable[DuePage]) -> list[DuePage]:
        """Return the pages that are not older than the caller asked for."""
        return [page for page in pages if not (self.since and page.day and page.day < self.since)]

    def _unseen(self, entries: Iterable[ListEntry]) -> bool:
        # A server that ignores the page number answers the first page for ever.
        before = len(self._entries)
        self._entries.update(hash(entry.url) for entry in entries)
        return len(self._entries) > before

    def _enqueue(self, requests: Iterable[ListRequest]) -> None:
        for request in requests:
            if key_of(request) not in self._asked:
                self._asked.add(key_of(request))
                self._pending.append(request)

    def _brought_all(self, outcome: Outcome) -> bool:
        return not self.full and outcome.new_entries == 0 and self._total_agrees()

    def _total_agrees(self) -> bool:
        if self.stated_total is None or self.state.stated_total is None:
            return True
        return self.stated_total - self.state.stated_total == self.found


def key_of(request: ListRequest) -> RequestKey:
    """Return what makes two list requests the same; their headers (a Referer, say) do not."""
    return request.method, request.url, request.form


def is_full_walk_due(state: SectionState, now: datetime) -> bool:
    """Return whether the last walk was cut short, or the last to the end was 30 days ago or never."""
    if state.walk_open or state.backfilled_at is None or state.last_full_walk is None:
        return True
    ago = now - state.last_full_walk
    return ago >= FULL_WALK_EVERY or ago < timedelta(0)  # by a clock that was wrong


def all_older(entries: tuple[ListEntry, ...], since: date) -> bool:
    """Return whether every entry is dated before *since*; an undated one may be new."""
    return bool(entries) and all(entry.date is not None and entry.date < since for entry in entries)
