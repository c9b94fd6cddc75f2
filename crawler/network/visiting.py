"""A page visited at once, beside the requests that wait in the queue, with whatever it leads to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from scrapy import Request
from scrapy.http import Response
from scrapy.utils.defer import deferred_from_coro, maybe_deferred_to_future
from twisted.internet.defer import DeferredList

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from storage.records import Visit


async def visit_now(crawler: Crawler, request: Request) -> list[Visit[Any]]:
    """Send *request*, and those that its answer leads to; return their visits once these are stored.

    The queue would not do: it stands still while what waits for this visit fills the memory.
    """
    assert crawler.engine is not None
    waiting, visits = [request], []
    while waiting:
        for output in await _outputs(crawler, waiting.pop()):
            if isinstance(output, Request):
                waiting.append(output)
            else:
                await crawler.engine.scraper.start_itemproc_async(output, response=None)
                visits.append(output)
    return visits


async def _outputs(crawler: Crawler, request: Request) -> Sequence[Any]:
    """Return what the spider makes of the answer to *request*, or of its failure."""
    assert crawler.engine is not None
    assert request.callback is not None
    assert request.errback is not None
    download = deferred_from_coro(crawler.engine.download_async(request))
    # Not `addErrback`: a failure that an errback returns is raised again.
    [(_, answer)] = await maybe_deferred_to_future(DeferredList([download], consumeErrors=True))
    if isinstance(answer, Response):
        asked = answer.request or request
        outputs: Sequence[Any] = await request.callback(answer, **asked.cb_kwargs)
        return outputs
    answer.request = request
    failed: Sequence[Any] = request.errback(answer)
    return failed
