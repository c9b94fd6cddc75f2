"""Which list pages of one section are still to be asked for."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator

from crawler.extract.types import ExtractedList, ListRequest

MOST_FRAMES = 20  # of one page, and pages that were read before another one's are followed

RequestKey = tuple[str, str, tuple[tuple[str, str], ...]]


class ListQueue:
    """The list pages that were named and not asked for, each once and one at a time.

    The next ones come first. What a pager names by number alone is asked for where these lead no further:
    behind a page that failed, or came without its own pager. The next frame comes once the list in the one
    before is at its end.
    """

    asked_for: ListRequest  # what was handed out last

    def __init__(self) -> None:
        self._next: deque[ListRequest] = deque()
        self._named: dict[int, ListRequest] = {}
        self._frames: deque[ListRequest] = deque()
        self._asked: set[RequestKey] = set()
        self._before = 0  # pages that were answered before this list, in another frame
        self._position = 0  # of the page that was answered last, by the site's numbers where it has any
        self.is_first = False  # that page was the first one of its list
        self.skipped: list[range] = []  # numbers that nothing leads to

    def begin(self, first: ListRequest) -> ListRequest:
        """Return *first* as asked for."""
        self._asked.add(key_of(first))
        self.asked_for = first
        return first

    def add(self, page: ExtractedList) -> None:
        """Take in what a list page names after itself."""
        self._next.extend(self._not_asked(page.next))
        self._frames.extend(self._not_asked(page.frames[:MOST_FRAMES] if self._before < MOST_FRAMES else ()))
        self._named |= {request.number: request for request in page.named if request.number is not None}

    def answered(self) -> int:
        """Note that the page asked for was answered, in whatever way; return its number."""
        self.is_first = self._position == 0
        self._position = self.asked_for.number or self._position + 1
        return self._before + self._position

    def leave_list(self) -> None:
        """Forget what is left of the list that was read last, but not the other frames."""
        self._next.clear()
        self._named.clear()

    def pop(self) -> ListRequest | None:
        """Return the list page to ask for now, or None where none is left."""
        if not self:
            return None
        if self._next:
            self.asked_for = self._next.popleft()
        else:
            self.asked_for = self._pop_named() if self._named else self._pop_frame()
        return self.asked_for

    def _pop_named(self) -> ListRequest:
        number = min(self._named)
        request = self._named.pop(number)
        if number > self._position + 1:
            self.skipped.append(range(self._position + 1, number))
        self._asked.add(key_of(request))
        return request

    def _pop_frame(self) -> ListRequest:
        self._before, self._position = self._before + self._position, 0
        return self._frames.popleft()

    def _not_asked(self, requests: Iterable[ListRequest]) -> Iterator[ListRequest]:
        for request in requests:
            if key_of(request) not in self._asked:
                self._asked.add(key_of(request))
                yield request

    def __bool__(self) -> bool:
        """Return whether any is left."""
        self._forget_what_was_asked()
        return bool(self._next or self._named or self._frames)

    def _forget_what_was_asked(self) -> None:
        self._named = {
            number: request
            for number, request in self._named.items()
            if number > self._position and key_of(request) not in self._asked
        }


def key_of(request: ListRequest) -> RequestKey:
    """Return what makes two list requests the same; their headers (a Referer, say) do not."""
    return request.method, request.url, request.form
