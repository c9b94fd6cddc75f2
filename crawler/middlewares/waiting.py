"""Notes when a request began to wait, so that politeness can be shown."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scrapy import Request


class WaitingMiddleware:
    """Comes first: what a request waits for afterwards, robots.txt or a pause, counts as its wait."""

    def process_request(self, request: Request) -> None:
        """Start the clock that `GuardedHttpHandler` stops."""
        request.meta["asked"] = monotonic()
