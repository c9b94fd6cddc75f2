"""The spider of every declared site: list pages -> article pages -> visits."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, ClassVar

from scrapy import Request, Spider, signals
from scrapy.http import Response
from scrapy.utils.defer import deferred_from_coro
from twisted.python.failure import Failure

from crawler.declarations import require_sound
from crawler.extract import ExtractedArticle, ExtractedList, ListRequest, PageContext
from crawler.network.failures import failure_of, result_of
from crawler.network.fetches import (
    answer_of,
    conditions,
    context_of,
    fetch_of,
    list_answer_of,
    list_page_request,
    page_request,
    request_of,
    unanswered,
)
from crawler.network.visiting import visit_now
from crawler.options import refuse_unknown
from crawler.platforms.lists.sessions import is_same_page
from crawler.reading.answers import listed, read_answer, read_list_answer
from crawler.reading.parts import Chain, kept_part, part_context
from crawler.session import RunSession, open_session
from crawler.sites import Section, Site
from crawler.walking.walk import SectionWalk
from storage.errors import ArchiveError
from storage.records import (
    DuePage,
    Failed,
    FailureCause,
    Fetch,
    FetchKind,
    ListPage,
    Moved,
    Rejected,
    Visit,
)
from storage.url_keys import url_key
from storage.writing.page_states import TOO_MANY_REDIRECTS

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.settings import BaseSettings

logger = logging.getLogger(__name__)

MOST_REDIRECTS = 5
# Pages due by themselves and targets of redirects come first; then, section by section in step, the first
# list pages, the articles of the first, the next list page, the articles of the second ...: the queue, and
# with it the memory, stays a few list pages long, and a fast crawl has articles to ask for while a large
# transaction stores the list page that names the next ones.
DUE_PRIORITY = 10
LIST_PAGES_AHEAD = 5
Outputs = Sequence[Request | Visit[Any]]


class SiteSpider(Spider):
    """Crawls one declared site; a site's class only names its declaration."""

    site: ClassVar[Site]
    arguments: ClassVar[Sequence[str]] = ()  # that it has beside those of every run

    def __init__(self, *, session: RunSession, **_arguments: str) -> None:
        super().__init__(session.site.name)  # not with the arguments: it would make attributes of them
        self.session = session
        # Hashes of the URL keys of the article pages of this run: held to its end, a third of the texts.
        self._asked: set[int] = set()
        self._remaining = session.options.limit

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
        return require_sound(cls.site, cls.name)

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
        if not self._is_of_storage(failure):
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
        if self._is_of_storage(failure):
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

    # Article pages

    def _article_requests(
        self, pages: Iterable[DuePage], priority: int = DUE_PRIORITY, asked: Mapping[str, str] | None = None
    ) -> list[Request]:
        requests: list[Request] = []
        for page in pages:
            if self._remaining == 0:
                self.session.ledger.bound = f"limit {self.session.options.limit}"
                break
            if not self.session.options.wants(page):
                self.session.ledger.bound = f"what is listed since {self.session.options.since}"
            elif self._claim(page.url):
                self._remaining = self._remaining and self._remaining - 1
                url = (asked or {}).get(page.url, page.url)
                requests.append(self._article_request(url, page, hops=0, priority=priority))
        return requests

    def _claim(self, url: str) -> bool:
        before = len(self._asked)
        self._asked.add(hash(url_key(url)))
        return len(self._asked) > before

    def _article_request(self, url: str, page: DuePage, hops: int, priority: int = DUE_PRIORITY) -> Request:
        return page_request(
            url,
            FetchKind.ARTICLE,
            page,
            headers=conditions(page),
            callback=self.parse_article,
            errback=self.article_failed,
            priority=priority,
            cb_kwargs={"page": page, "hops": hops},
        )

    async def look_at(self, page: DuePage) -> bool:
        """Visit *page* at once, unless this run asks for it anyway; return whether it was visited now."""
        if not self._claim(page.url):
            return False
        await visit_now(self.crawler, self._article_request(page.url, page, hops=0))
        return True

    async def parse_article(self, response: Response, page: DuePage, hops: int) -> Outputs:
        """Return what the answer means as a visit, and a request where it leads elsewhere."""
        result = await self._read(response, page, self._page_context(response, page))
        fetch = fetch_of(response, self.session.site, page.section, url=page.url, kind=FetchKind.ARTICLE)
        if isinstance(result, ExtractedArticle) and result.next_page:
            return self._follow(Chain.of(fetch, result), page)
        if not isinstance(result, Moved):
            return [Visit(fetch=fetch, result=result)]
        if hops >= MOST_REDIRECTS:
            return [Visit(fetch=fetch, result=Rejected(reason=TOO_MANY_REDIRECTS, detail=result.to))]
        if is_same_page(result.to, page.url):  # http to https, a trailing slash, a session
            return [self._article_request(result.to, page, hops + 1)]
        target = DuePage(url=result.to, section=page.section, title=page.title, day=page.day)
        follow = [self._article_request(result.to, target, hops + 1)] if self._claim(result.to) else []
        return [Visit(fetch=fetch, result=result), *follow]

    def article_failed(self, failure: Failure) -> Outputs:
        """Return the failure as a visit: the page counts as lost until a later run succeeds."""
        if self._is_of_storage(failure):
            return []
        request = request_of(failure)
        page: DuePage = request.cb_kwargs["page"]
        fetch = unanswered(request, self.session.site, page.section, url=page.url, kind=FetchKind.ARTICLE)
        return [Visit(fetch=fetch, result=result_of(self._error_of(failure)))]

    # The further pages of an article that has several

    def _follow(self, chain: Chain, page: DuePage) -> Outputs:
        """Return the request of the next part, or the visit of the whole article where there is none."""
        wanted = chain.wanted()
        if wanted is None:
            return [chain.visit()]
        endless = chain.endless()
        return [endless] if endless else [self._part_request(wanted, chain, page)]

    def _part_request(self, url: str, chain: Chain, page: DuePage, hops: int = 0) -> Request:
        return page_request(
            url,
            FetchKind.PART,
            kept_part(page.parts, url),
            callback=self.parse_part,
            errback=self.part_failed,
            priority=DUE_PRIORITY,  # an article that was begun is finished first
            cb_kwargs={"page": page, "chain": chain, "hops": hops},
        )

    async def parse_part(self, response: Response, page: DuePage, chain: Chain, hops: int) -> Outputs:
        """Return the request of the part after this one, or the visit of the article."""
        context = self._page_context(response, page)
        result = await self._read(response, page, part_context(context, chain.articles[0], chain.first_url))
        url = response.request.url if response.request else response.url
        fetch = fetch_of(response, self.session.site, page.section, url=url, kind=FetchKind.PART)
        chain = chain.fetched(fetch)
        if isinstance(result, ExtractedArticle):
            return self._follow(chain.read(result), page)
        if isinstance(result, Moved) and chain.leads_back(result.to):  # some sites answer so past the last
            return [chain.visit()]
        if isinstance(result, Moved) and hops < MOST_REDIRECTS:
            return [self._part_request(result.to, chain, page, hops + 1)]
        return [chain.broken(result)]

    def part_failed(self, failure: Failure) -> Outputs:
        """Return the failure as the article's: half of it is not archived, a later run asks again."""
        if self._is_of_storage(failure):
            return []
        request = request_of(failure)
        page, chain = request.cb_kwargs["page"], request.cb_kwargs["chain"]
        fetch = unanswered(request, self.session.site, page.section, url=request.url, kind=FetchKind.PART)
        return [chain.fetched(fetch).broken(result_of(self._error_of(failure)))]

    def _is_of_storage(self, failure: Failure) -> bool:
        if not isinstance(failure.value, ArchiveError):
            return False
        self.session.storage_failed(failure.value)  # the evidence could not be kept
        return True

    def _error_of(self, failure: Failure) -> BaseException:
        """Return the exception of a request; one that no download ends in is ours, and a crash."""
        error = failure.value
        assert error is not None
        if failure_of(error).cause is FailureCause.CRASHED:
            request = request_of(failure)
            logger.error("%s: the request crashed", request.url, exc_info=error)
            self.session.ledger.crashes.count += 1
        return error

    def _section(self, slug: str | None) -> Section:
        return self.session.site.section(slug) or self.session.site.sections[0]

    async def _read(self, response: Response, page: DuePage, context: PageContext) -> Any:
        """Return what *response* says of *page*, or of a part of it."""
        platform = self.session.site.platform_of(self._section(page.section))
        return await self.session.read(read_answer, answer_of(response), platform=platform, context=context)

    def _page_context(self, response: Response, page: DuePage) -> PageContext:
        return replace(
            context_of(response, self.session.site, self._section(page.section)),
            listed_title=page.title,
            listed_date=page.day,
            template=self.session.templates.of(page.section) if self.session.templates else None,
        )
