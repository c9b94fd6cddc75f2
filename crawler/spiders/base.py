"""The spider of every declared site: its session, its list pages, and the article pages that they name."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, ClassVar

from scrapy import Request, signals
from scrapy.http import Response
from scrapy.utils.defer import deferred_from_coro
from twisted.python.failure import Failure

from crawler.declarations import require_sound
from crawler.extract import ExtractedList, ListRequest
from crawler.network.failures import failure_of
from crawler.network.fetches import (
    context_of,
    fetch_of,
    list_answer_of,
    list_page_request,
    request_of,
    unanswered,
)
from crawler.options import refuse_unknown
from crawler.reading.answers import listed, read_list_answer
from crawler.session import RunSession, open_session
from crawler.sites import Section, Site
from crawler.spiders.article_pages import MOST_REDIRECTS, ArticlePages, Outputs
from crawler.walking.walk import SectionWalk
from storage.errors import ArchiveError
from storage.records import (
    Failed,
    FailureCause,
    Fetch,
    FetchKind,
    ListPage,
    Moved,
    Visit,
)
from storage.writing.page_states import TOO_MANY_REDIRECTS

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.settings import BaseSettings

logger = logging.getLogger(__name__)

# After what is due by itself come, section by section in step, the first list pages, the articles of the
# first, the next list page, the articles of the second ...: the queue, and with it the memory, stays a few
# list pages long, and a fast crawl has articles to ask for while a large transaction stores the list page
# that names the next ones.
LIST_PAGES_AHEAD = 5


class SiteSpider(ArticlePages):
    """Crawls one declared site; a site's class only names its declaration."""

    site: ClassVar[Site]
    arguments: ClassVar[Sequence[str]] = ()  # that it has beside those of every run

    def __init__(self, *, session: RunSession, **_arguments: str) -> None:
        super().__init__(session)

    @classmethod
    def asked_site(cls, arguments: Mapping[str, str]) -> Site:
        """Return the site that a run with these arguments crawls.

        :raises SiteDefinitionError: if one of them is unknown or cannot be read.
        """
        refuse_unknown(arguments, cls.arguments)
        return cls.site_for(arguments)

    @classmethod
    def site_for(cls, _arguments: Mapping[str, str]) -> Site:
        """Return the site that these arguments, all of them known, describe.

        :raises SiteDefinitionError: if it cannot be crawled as it is declared.
        """
        return require_sound(getattr(cls, "site", None), cls.name)

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        """Apply what the site declares; the command line still wins."""
        super().update_settings(settings)
        if site := getattr(cls, "site", None):
            settings.set("DOWNLOAD_VERIFY_CERTIFICATES", site.verify_tls, priority="spider")
        if site and site.private_addresses:
            settings.set("ALLOW_PRIVATE_ADDRESSES", value=True, priority="spider")

    @classmethod
    def from_crawler(
        cls, crawler: Crawler, *args: Any, session: RunSession | None = None, **arguments: Any
    ) -> SiteSpider:
        """Return the spider with its session, which `scrapy crawl` has opened already, and closes."""
        opened = session or open_session(cls.asked_site(arguments), crawler.settings, arguments)
        spider = super().from_crawler(crawler, *args, session=opened, **arguments)
        if session is None:  # a script's crawl
            crawler.signals.connect(spider.close_session, signals.engine_stopped)
        opened.on_storage_failure = spider.stop_for_storage
        opened.look_at = spider.look_at
        crawler.signals.connect(spider.count_crash, signals.spider_error)
        crawler.signals.connect(spider.count_crash, signals.item_error)
        return spider

    def close_session(self) -> None:
        """End the run of a crawl that began it itself, and log its verdict."""
        assert self.crawler.stats is not None
        finding = self.session.close(self.crawler.stats.get_value("finish_reason") or "not started").finding
        code = finding.verdict.exit_code
        logger.info("%s: %s (exit %d): %s", self.session.site.name, finding.verdict, code, finding.reason)

    def stop_for_storage(self) -> None:
        """End the run: what cannot be stored must not be asked for."""
        deferred_from_coro(self.crawler.engine.close_spider_async(reason="storage"))

    def count_crash(self, failure: Failure) -> None:
        """Count an exception that left a callback or a pipeline; its traceback is in the log."""
        if not self._tells_nothing(failure):
            self.session.ledger.crashes.count += 1

    async def start(self) -> AsyncIterator[Request]:
        """Yield the first list page of each section, then what is due without being listed."""
        try:
            with self.session.ledger.crashes:
                for section in self.session.site.sections:
                    yield await self._first_list(section)
                for page in await self.session.due_pages():
                    for request in self._article_requests([page]):
                        if self.crawler.engine.needs_backout():
                            await self.crawler.signals.wait_for(signals.scheduler_empty)
                        yield request
        except ArchiveError as error:
            self.session.storage_failed(error)

    # List pages

    async def _first_list(self, section: Section) -> Request:
        state = await self.session.section_state(section)
        self.session.ledger.backfill |= state.backfilled_at is None
        first = ListRequest(url=self.session.site.section_record(section).url)
        walk = SectionWalk(
            state, self.session.options, datetime.now(UTC), most=self.session.settings.listed_most
        )
        return self._list_request(walk.begin(first), section, walk)

    def _list_request(
        self, wanted: ListRequest, section: Section, walk: SectionWalk, hops: int = 0
    ) -> Request:
        return list_page_request(
            wanted,
            callback=self.parse_list,
            errback=self.list_failed,
            priority=1 - 2 * max(0, walk.number - LIST_PAGES_AHEAD),
            cb_kwargs={"wanted": wanted, "section": section, "walk": walk, "hops": hops},
        )

    async def parse_list(
        self, response: Response, wanted: ListRequest, section: Section, walk: SectionWalk, hops: int
    ) -> AsyncIterator[Request]:
        """Record the entries of a list page; yield the requests of what is due and of the next list page."""
        read = await self.session.read(
            read_list_answer,
            list_answer_of(response, wanted.url),
            platform=self.session.site.platform_of(section),
            context=replace(context_of(response, self.session.site, section), list_before=walk.list_before),
            urgent=True,  # the next list page is asked for once this one is read
        )
        if isinstance(read, Moved) and hops < MOST_REDIRECTS:
            yield self._list_request(ListRequest(url=read.to), section, walk, hops + 1)
            return
        if isinstance(read, Moved):
            read = Failed(cause=FailureCause.REFUSED, detail=f"{TOO_MANY_REDIRECTS}, the last to {read.to}")
        fetch = fetch_of(response, self.session.site, section.slug, url=wanted.url, kind=FetchKind.LIST)
        if isinstance(read, Failed):
            for request in await self._lose_list(fetch, read, section, walk):
                yield request
        else:
            async for request in self._walk_on(fetch, read, section, walk, response.body):
                yield request

    async def _walk_on(
        self, fetch: Fetch, read: ExtractedList, section: Section, walk: SectionWalk, markup: bytes
    ) -> AsyncIterator[Request]:
        walk.read(read, markup, fetch.url)
        page = ListPage(entries=listed(read), stated_total=read.total, number=walk.number)
        ahead = walk.next() if walk.runs_ahead else None
        if ahead is not None:
            yield self._list_request(ahead, section, walk)
        outcome = await self.session.record(Visit(fetch=fetch, result=page))
        if self.session.ledger.storage_failure:  # what was not stored was not walked
            return
        walk.stored(read, outcome)
        self.session.count_list(
            section, page, outcome, url=fetch.url, leads_on=bool(read.next or read.frames), markup=markup
        )
        asked = {entry.url: entry.asked for entry in read.entries if entry.asked}
        for request in self._article_requests(outcome.due, -2 * page.number, asked):
            yield request
        if ahead is None:
            for request in await self._next_list(section, walk):
                yield request

    async def list_failed(self, failure: Failure) -> Outputs:
        """Record a list page that got no answer and go on with the next one that is known."""
        if self._tells_nothing(failure):
            return []
        request = request_of(failure)
        wanted, section, walk = (request.cb_kwargs[name] for name in ("wanted", "section", "walk"))
        fetch = unanswered(request, self.session.site, section.slug, url=wanted.url, kind=FetchKind.LIST)
        return await self._lose_list(fetch, failure_of(self._error_of(failure)), section, walk)

    async def _lose_list(
        self, fetch: Fetch, result: Failed, section: Section, walk: SectionWalk
    ) -> Sequence[Request]:
        await self.session.record(Visit(fetch=fetch, result=result))
        if self.session.ledger.storage_failure:
            return []
        walk.skip()
        self.session.lose_list(section, result, url=fetch.url, number=walk.number)
        return await self._next_list(section, walk)

    async def _next_list(self, section: Section, walk: SectionWalk) -> Sequence[Request]:
        if self._remaining == 0:
            walk.stop()
        wanted = walk.next()
        if wanted is not None:
            return [self._list_request(wanted, section, walk)]
        if walk.bounded and self.session.options.since:
            self.session.ledger.bound = f"what is listed since {self.session.options.since}"
        elif not walk.bounded:
            await self.session.finish_section(section, walk)
        return []
