"""Which list pages of one section are still to be asked for."""

from __future__ import annotations

from collections import deque

from crawler.extract.types import ExtractedList, ListRequest

RequestKey = tuple[str, str, tuple[tuple[str, str], ...]]


class ListQueue:
    """The list pages that were named and not asked for, each once and one at a time.

    The next ones come first. What a pager names by number alone is asked for where these lead no further:
    behind a page that failed, or came without its own pager.
    """

    asked_for: ListRequest  # what was handed out last

    def __init__(self) -> None:
        self._next: deque[ListRequest] = deque()
        self._named: dict[int, ListRequest] = {}
        self._asked: set[RequestKey] = set()
        self._position = 0  # of the page that was answered last, by the site's numbers where it has any
        self.is_first = False  # that page was the first one
        self.skipped: list[range] = []  # numbers that nothing leads to

    def begin(self, first: ListRequest) -> ListRequest:
        """Return *first* as asked for."""
        self._asked.add(key_of(first))
        self.asked_for = first
        return first

    def add(self, page: ExtractedList) -> None:
        """Take in what a list page names after itself."""
        for request in page.next:
            if key_of(request) not in self._asked:
                self._asked.add(key_of(request))
                self._next.append(request)
        self._named |= {request.number: request for request in page.named if request.number is not None}

    def answered(self) -> int:
        """Note that the page asked for was answered, in whatever way; return its number."""
        self.is_first = self._position == 0
        self._position = self.asked_for.number or self._position + 1
        return self._position

    def pop(self) -> ListRequest | None:
        """Return the list page to ask for now, or None where none is left."""
        if not self:
            return None
        self.asked_for = self._next.popleft() if self._next else self._pop_named()
        return self.asked_for

    def _pop_named(self) -> ListRequest:
        number = min(self._named)
        request = self._named.pop(number)
        if number > self._position + 1:
            self.skipped.append(range(self._position + 1, number))
        self._asked.add(key_of(request))
        return request

    def __bool__(self) -> bool:
        """Return whether any is left."""
        self._forget_what_was_asked()
        return bool(self._next or self._named)

    def _forget_what_was_asked(self) -> None:
        self._named = {
            number: request
            for number, request in self._named.items()
            if number > self._position and key_of(request) not in self._asked
        }


def key_of(request: ListRequest) -> RequestKey:
    """Return what makes two list requests the same; their headers (a Referer, say) do not."""
    return request.method, request.url, request.form
