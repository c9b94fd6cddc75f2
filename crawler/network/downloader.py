"""Counts a request as being sent from the moment at which it is chosen."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any

from scrapy.core.downloader import Downloader

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.core.downloader import Slot
    from scrapy.http import Response
    from twisted.internet.defer import Deferred


class CountingDownloader(Downloader):
    """Sends no more requests at a time to one host than `CONCURRENT_REQUESTS_PER_DOMAIN`.

    Scrapy's counts a request only once its task runs. Without a delay it has chosen all that wait until
    then, and sends them at once.
    """

    def _wait_for_download(
        self, slot: Slot, request: Request, queue_dfd: Deferred[Response]
    ) -> Coroutine[Any, Any, None]:
        slot.transferring.add(request)
        return super()._wait_for_download(slot, request, queue_dfd)
