"""How far to walk the list pages of one section."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from crawler.extract.types import ExtractedList, ListBefore, ListEntry, ListRequest
from crawler.options import RunOptions
from crawler.seen import Seen
from crawler.walking.list_ends import is_end_of
from crawler.walking.list_queue import ListQueue
from crawler.walking.row_tally import RowTally
from storage.records import Outcome
from storage.rows import SectionState
from storage.url_keys import url_key

FULL_WALK_EVERY = timedelta(days=30)
SHORT_WALK_AGAIN = timedelta(days=7)  # after a walk that found less than the site states
FEWEST_ROWS = 3  # that repeat no others by chance
MOST_ROWS = 1_000  # that are remembered: servers repeat their first pages, or the last


class SectionWalk:
    """Decides, page by page, which list page is next.

    A section that was walked to its end before is walked until a page brings nothing new, as long as the
    site's stated total changed by as much as was found; a full walk goes to the end, and so does the walk
    after one that was cut short: what lies behind the pages it read is not known. No walk lists more than
    *most* entries. Where all rows are as many as the site states, but name fewer articles, the first page is
    read again: either the list names some of them twice, or it moved and shows what was missed.
    """

    def __init__(self, state: SectionState, options: RunOptions, now: datetime, *, most: int) -> None:
        self.full = options.full or is_full_walk_due(state, now)
        # Whether the next list page is asked for whatever the archive finds new in this one.
        self.runs_ahead = self.full and options.limit is None
        self.since = options.since
        self.state = state
        self.number = 0  # of the list page that was read last
        self.found = 0
        self.stated_total: int | None = None
        self.bounded = False  # the caller asked for less than the whole section
        self._gaps: list[str] = []
        self._most = most
        self._lost = 0  # list pages that could not be had
        self._unstored = 0  # that were read, and whose entries the archive has not confirmed
        self._stopped = False  # before the end
        self._cut = False  # a list of this section was left once it brought nothing new
        self._queue = ListQueue()
        self._brought = False  # the last page listed what no page before it did
        self._entries = Seen()  # the URL keys that were listed
        self._rows: set[int] = set()  # hashes of the titles with their days, of the first pages
        self._last_rows: frozenset[int] = frozenset()  # and of the last page
        self._tally = RowTally()
        self._markup = b""  # of the last page with rows
        # The one with the most rows, which tells those of the next.
        self.list_before: ListBefore | None = None
        self._unread: list[str] = []  # ways on, which matter unless the caller wants no more
        self.unopened: list[str] = []  # what its lists name and only a script opens, in words
        self._doubtful: list[str] = []  # gaps, unless the list names articles twice
        self._looks_again = False  # at the first page
        self._stands_still = False  # so that what its rows repeat are entries the site counts twice

    def begin(self, first: ListRequest) -> ListRequest:
        """Return *first*, the section's first list page, as asked for."""
        self._first = first
        return self._queue.begin(first)

    def next(self) -> ListRequest | None:
        """Return the list page to ask for now, or None at the end of the walk."""
        return None if self._stopped else self._queue.pop() or self._look_again()

    @property
    def reached_end(self) -> bool:
        """Return whether every list page was asked for."""
        return not (self._queue or self._stopped or self._cut)

    @property
    def complete(self) -> bool:
        """Return whether every list page that was asked for could be read, and is stored."""
        return not (self._lost or self._unstored or self.gaps)

    @property
    def gaps(self) -> list[str]:
        """Return in words what the lists promise and do not bring, without the pages that were lost."""
        skipped = (
            f"list pages {each[0]} to {each[-1]}: no page leads to them" for each in self._queue.skipped
        )
        unread = [] if self.bounded else self._unread
        return [*self._gaps, *unread, *([] if self._stands_still else self._doubtful), *skipped]

    @property
    def saw_the_end(self) -> bool:
        """Return whether the last page is the last one, not one that broke and lists nothing."""
        return self.reached_end and (self._brought or self._stands_still)

    @property
    def repeated(self) -> int | None:
        """Return how many entries the site counts twice; None where not all of its rows were seen."""
        if not (self.reached_end and self.complete):
            return None
        return self._tally.rows - len(self._entries) if self._stands_still else 0

    def read(self, page: ExtractedList, markup: bytes = b"", url: str = "") -> None:
        """Take note of a list page, and of the *markup* that it was read from at *url*."""
        self.number = self._queue.answered()
        self._unstored += 1
        self.stated_total = page.total if page.total is not None else self.stated_total
        keys = [hash(url_key(entry.url)) for entry in page.entries]
        if self._looks_again:
            self._stands_still = self._tally.is_as_before(keys, page)
            self._add_entries(keys)
            return
        again = all(key in self._entries for key in keys)
        self._brought = self._unseen(keys, page.entries)
        another = self._tally.add(keys, page) if page.entries else False
        # Some families send the first page without rows; it names the request that brings them.
        if self._brought or self._is_first_without_rows(page):
            self._queue.add(page)
        elif not (another and self._may_end_with(page)):
            self._note_gap(page, markup, doubtful=another and again)
        if page.entries:
            self._markup = markup
            self._keep_fullest(page, markup, url)
        if page.is_cut:
            self._gaps.append(f"{self._place} breaks off before its end")
        if page.unopened:
            self.unopened.append(
                f"{self._place} names {len(page.unopened)} articles that only a script opens,"
                f" one that cannot be read; first {page.unopened[0]!r}"
            )
        if page.unread:
            self._unread.append(f"{self._place} leads on by a script that cannot be read: {page.unread}")
        if len(self._entries) > self._most:
            self._stopped = True
            self._gaps.append(f"the list goes on after {self._most} entries (LISTED_MOST)")
        if self.since and all_older(page.entries, self.since):
            self.stop()

    def stored(self, page: ExtractedList, outcome: Outcome) -> None:
        """Take note of what the archive found new in a list page that was read, once it is stored."""
        self._unstored -= 1
        self.found += outcome.new_entries
        leads_on = self._is_first_without_rows(page) or not page.newest_first
        if self._brought and self._brought_all(outcome) and self._queue and not leads_on:
            self._cut = True
            self._queue.leave_list()

    def skip(self) -> None:
        """Take note that a list page could not be had; the ones already known are still asked for."""
        self.number = self._queue.answered()
        self._lost += 1

    def stop(self) -> None:
        """End the walk at a bound that the caller asked for; it says nothing of what lies beyond."""
        self._stopped = True
        self.bounded = True

    def _keep_fullest(self, page: ExtractedList, markup: bytes, url: str) -> None:
        if self.list_before is None or len(page.entries) >= len(self.list_before.listed):
            listed = frozenset(entry.asked or entry.url for entry in page.entries)
            self.list_before = ListBefore(html=markup, url=url, listed=listed)

    @property
    def _place(self) -> str:
        return f"list page {self.number} ({self._queue.asked_for.url})"

    def _note_gap(self, page: ExtractedList, markup: bytes, *, doubtful: bool) -> None:
        """Take note of a page that brought nothing, unless it is the end: of the list, or of its numbers."""
        if self._queue.asked_for.number is not None:
            problem = "only entries of earlier pages" if page.entries else "no entries"
            (self._doubtful if doubtful else self._gaps).append(f"{self._place}: {problem}")
        elif not page.entries and self._markup and not is_end_of(self._markup, markup):
            self._gaps.append(f"{self._place}: no entries, and nothing of the list around them")

    def _may_end_with(self, page: ExtractedList) -> bool:
        """Return whether *page* is a last and shorter one, whose few rows may be set at the top, too."""
        longest = len(self.list_before.listed) if self.list_before else 0
        return 0 < len(page.entries) < longest and not (page.next or self._queue)

    def _is_first_without_rows(self, page: ExtractedList) -> bool:
        return not page.entries and self._queue.is_first

    def _look_again(self) -> ListRequest | None:
        """Return the first page once more where all rows, but not the articles they name, reach the total."""
        is_partial = self._cut or self._lost or self._gaps or self._queue.skipped
        if is_partial or self._looks_again or self._unstored:
            return None
        known = self.state.known + self.found
        if self.stated_total is None or not known < self.stated_total == self._tally.rows:
            return None
        self._looks_again = True
        self._queue.asked_for = self._first
        return self._first

    def _unseen(self, keys: Sequence[int], entries: Sequence[ListEntry]) -> bool:
        """Return whether any of *entries*, which have *keys*, is new to this walk.

        A server that ignores the page number answers the first page for ever, some with addresses that
        are others each time: rows that all were there, by title and day, are no others.
        """
        any_new = self._add_entries(keys)
        dated = [hash((entry.title, entry.date)) for entry in entries if entry.date is not None]
        known = self._rows.issuperset(dated) or self._last_rows.issuperset(dated)
        if len(self._rows) < MOST_ROWS:
            self._rows.update(dated)
        self._last_rows = frozenset(dated)
        repeated = len(dated) == len(entries) >= FEWEST_ROWS and known
        return any_new and not repeated

    def _add_entries(self, keys: Sequence[int]) -> bool:
        return sum(map(self._entries.add, keys)) > 0

    def _brought_all(self, outcome: Outcome) -> bool:
        return not self.full and outcome.new_entries == 0 and self._total_agrees()

    def _total_agrees(self) -> bool:
        if self.stated_total is None or self.state.stated_total is None:
            return True
        return self.stated_total - self.state.stated_total == self.found


def is_full_walk_due(state: SectionState, now: datetime) -> bool:
    """Return whether the last walk was cut short, or the last to the end was 30 days ago or never.

    What a walk did not find of all that the site states may have been out of sight that day.
    """
    if state.walk_open or state.backfilled_at is None or state.last_full_walk is None:
        return True
    ago = now - state.last_full_walk
    is_short = state.known + state.repeated < (state.stated_total or 0)
    wait = SHORT_WALK_AGAIN if is_short else FULL_WALK_EVERY
    return ago >= wait or ago < timedelta(0)  # by a clock that was wrong


def all_older(entries: tuple[ListEntry, ...], since: date) -> bool:
    """Return whether every entry is dated before *since*; an undated one may be new."""
    return bool(entries) and all(entry.date is not None and entry.date < since for entry in entries)
