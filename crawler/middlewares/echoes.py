"""Keeps the page that a site shows in the place of its articles out of the archive."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Any, cast

from scrapy import signals
from scrapy.exceptions import DontCloseSpider
from scrapy.utils.defer import deferred_from_coro

from crawler.naming_habits import TRIES, unnamed
from crawler.reading.echoes import may_echo
from storage.records import Visit

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response

    from crawler.reading.echoes import Echoes
    from crawler.session import RunSession
    from crawler.spiders.base import SiteSpider


class EchoMiddleware:
    """Holds back articles that do not name the title that led to them, until another text tells.

    Where the pages of a section always name theirs, such a page is asked for again by the next runs.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        crawler.signals.connect(self.release, signals.spider_idle)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> EchoMiddleware:
        """Return the middleware of one run."""
        return cls(crawler)

    async def process_spider_output(
        self, response: Response, result: AsyncIterator[Any]
    ) -> AsyncIterator[Any]:
        """Yield the requests and visits of *result*, and what was held back and may be stored now."""
        page = response.request.cb_kwargs.get("page") if response.request else None
        async for output in result:
            title = page.title if page and isinstance(output, Visit) else None
            if not (page and title and may_echo(output.result, title, response.body, response.url)):
                yield output
            elif page.attempts < TRIES and page.section in await self._session.naming_sections():
                yield unnamed(output)
            else:
                for visit in self._echoes().take(output, title):
                    yield visit

    def release(self) -> None:
        """Store what is held back once nothing else is asked for.

        :raises DontCloseSpider: if there was any, which is stored before the run ends.
        """
        held = self._echoes().release() if getattr(self._crawler.spider, "session", None) else ()
        assert self._crawler.engine is not None
        for visit in held:
            deferred_from_coro(self._crawler.engine.scraper.start_itemproc_async(visit, response=None))
        if held:
            raise DontCloseSpider

    def _echoes(self) -> Echoes:
        return self._session.echoes

    @property
    def _session(self) -> RunSession:
        return cast("SiteSpider", self._crawler.spider).session
