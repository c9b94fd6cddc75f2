"""Counts a request as sent from the moment at which it is chosen; once the run ends, none is chosen."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any

from scrapy.core.downloader import Downloader
from scrapy.utils.asyncio import create_looping_call

from crawler.network.ending import RunEnds, run_ends

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.core.downloader import Slot
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from twisted.internet.defer import Deferred

LOOK_SECONDS = 1.0


class CountingDownloader(Downloader):
    """Sends no more requests at a time to one host than `CONCURRENT_REQUESTS_PER_DOMAIN`.

    Scrapy's counts a request only once its task runs. Without a delay it has chosen all that wait until
    then, and sends them at once. And once the run is told to end, it still sends what waits for its turn,
    one a delay: minutes, for a host that asks for a long one.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._watch = create_looping_call(self._leave_unsent)

    def _wait_for_download(
        self, slot: Slot, request: Request, queue_dfd: Deferred[Response]
    ) -> Coroutine[Any, Any, None]:
        slot.transferring.add(request)
        return super()._wait_for_download(slot, request, queue_dfd)

    def _start_slot_gc(self) -> None:
        super()._start_slot_gc()
        if not self._watch.running:
            self._watch.start(LOOK_SECONDS, now=False)

    def _stop_slot_gc(self) -> None:
        super()._stop_slot_gc()
        if self._watch.running:
            self._watch.stop()

    def _leave_unsent(self) -> None:
        """End every request that waits for its turn, if the run ends."""
        if not run_ends(self.crawler):
            return
        for slot in self.slots.values():
            while slot.queue:
                request, answer = slot.queue.popleft()
                answer.errback(RunEnds(f"{request.url} was not asked for: the run ends"))
