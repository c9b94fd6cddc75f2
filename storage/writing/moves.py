"""What redirects mean: a page has moved once the page it leads to shows an article.

Until then it waits for that page, and is what it was; where no article is shown, the answer is that of both.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from storage.database.bulk import is_wanted, select_rows
from storage.models import page as page_table
from storage.records import PageState
from storage.writing import page_states
from storage.writing.pages import SELECT, Pages, entry_of

if TYPE_CHECKING:
    from datetime import datetime

    from storage.writing.page_states import PageEntry

_WAITING = SELECT.where(is_wanted(page_table.c.moved_to), page_table.c.state != PageState.MOVED.value)
_NUMBERED = SELECT.where(is_wanted(page_table.c.id))


class Moves:
    """The pages of one transaction that wait for others: those that led to a page which is *visited* now."""

    def __init__(self, connection: Connection, pages: Pages, visited: Collection[str], run_id: int) -> None:
        self._connection = connection
        self._pages = pages
        self._run_id = run_id
        self._waiting: dict[int, list[PageEntry]] = {}
        wanted = pages.numbers(visited)
        while wanted:
            found = [pages.keep(entry_of(row)) for row in select_rows(connection, _WAITING, wanted)]
            for each in found:
                if each.moved_to is not None:
                    self._waiting.setdefault(each.moved_to, []).append(each)
            wanted = {each.id for each in found} - self._waiting.keys()

    def wait(self, page: PageEntry, target: PageEntry, at: datetime) -> None:
        """Let *page*, which redirects there, wait for what *target* shows."""
        page_states.waits_for(page, target, at)
        if not self._was_answered(target):
            target.next_visit = at if target.next_visit else None
        self._waiting.setdefault(target.id, []).append(page)

    def behind(self, page: PageEntry) -> Iterator[PageEntry]:
        """Yield the pages that wait for *page*, and those that wait for these; they wait no longer."""
        for each in self._waiting.pop(page.id, ()):
            if each.moved_to == page.id and each.state is not PageState.MOVED:
                each.moved_to = None
                yield self._pages.adopt(each)
                yield from self.behind(each)

    def article_behind(self, page: PageEntry) -> int | None:
        """Return the row number of the article that *page* takes over if it shows one."""
        waiting = self._waiting.get(page.id, ())
        return next((each.article_id for each in waiting if each.article_id is not None), None)

    def end_of(self, page: PageEntry) -> PageEntry:
        """Return where *page* leads in the end, as far as pages were answered in this run."""
        seen = {page.id}
        while self._was_answered(page) and page.moved_to is not None:
            page = self.numbered(page.moved_to)
            if page.id in seen:
                break
            seen.add(page.id)
        return page

    def is_settled(self, page: PageEntry) -> bool:
        """Return whether *page* was answered in this run, and without leading elsewhere."""
        return self._was_answered(page) and page.moved_to is None

    def _was_answered(self, page: PageEntry) -> bool:
        return page.last_run_id == self._run_id

    def numbered(self, number: int) -> PageEntry:
        """Return the page of that row number."""
        known = self._pages.numbered(number)
        if known is not None:
            return known
        (row,) = select_rows(self._connection, _NUMBERED, [number])
        return self._pages.keep(entry_of(row))
