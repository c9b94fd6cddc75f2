"""Waits for as long as a host asks with Retry-After; one that asks for too long is left alone."""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime
from time import monotonic
from typing import TYPE_CHECKING

from scrapy.utils.httpobj import urlparse_cached

from crawler.network.ending import RunEnds, run_ends
from crawler.network.failures import HostPaused
from crawler.reading.header_dates import read_header_date

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

logger = logging.getLogger(__name__)

ASKS_FOR_A_PAUSE = frozenset({429, 503})
MOST_SECONDS = 120.0
SLICE_SECONDS = 1.0


class RetryAfterMiddleware:
    """Stands below Scrapy's retries, so that the next try of the page waits as well."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._until: dict[str, float] = {}  # host -> monotonic time

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RetryAfterMiddleware:
        """Return the middleware of *crawler*."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Hold *request* back until its host's pause is over.

        :raises HostPaused: if that is longer than a run can wait.
        :raises RunEnds: if the run ends meanwhile.
        """
        host = urlparse_cached(request).hostname or ""
        if self._left(host) > 0:
            request.meta["pace"] = "Retry-After"
        while (left := self._left(host)) > 0:
            if left > MOST_SECONDS:
                raise HostPaused(f"{host} asked for a pause of {left:.0f} more seconds")
            if run_ends(self._crawler):
                raise RunEnds(f"{request.url} was not asked for: the run ends")
            await asyncio.sleep(min(left, SLICE_SECONDS))

    def process_response(self, request: Request, response: Response) -> Response:
        """Note the pause that *response* asks for; a page whose pause is too long is not tried again."""
        value = response.headers.get("Retry-After")
        if response.status not in ASKS_FOR_A_PAUSE or not value:
            return response
        seconds = pause_seconds(value.decode("latin-1"), datetime.now(UTC))
        if seconds is not None and seconds > 0:
            host = urlparse_cached(request).hostname or ""
            logger.warning(
                "%s answers %d and asks for a pause of %.0f seconds", host, response.status, seconds
            )
            self._until[host] = max(self._until.get(host, 0.0), monotonic() + seconds)
            request.meta["dont_retry"] = seconds > MOST_SECONDS
        return response

    def _left(self, host: str) -> float:
        return self._until.get(host, 0.0) - monotonic()


def pause_seconds(value: str, now: datetime) -> float | None:
    """Return how long the header *value*, a number or a date, asks to wait; None if it is neither."""
    if value.strip().isascii() and value.strip().isdigit():
        return float(value)
    at = read_header_date(value)
    return (at - now).total_seconds() if at else None
