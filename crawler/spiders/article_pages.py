"""Article pages of a run: which are asked for, and what their answers mean as visits."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from scrapy import Request, Spider
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.extract import ExtractedArticle, PageContext
from crawler.network.ending import RunEnds
from crawler.network.failures import failure_of, result_of
from crawler.network.fetches import (
    answer_of,
    conditions,
    context_of,
    fetch_of,
    page_request,
    request_of,
    unanswered,
)
from crawler.network.visiting import visit_now
from crawler.platforms.lists.sessions import is_same_page
from crawler.reading.answers import read_answer
from crawler.reading.parts import Chain, kept_part, part_context
from crawler.seen import Seen
from crawler.session import RunSession
from crawler.sites import Section
from storage.errors import ArchiveError
from storage.records import DuePage, Failed, FailureCause, FetchKind, Moved, Rejected, Visit
from storage.url_keys import url_key
from storage.writing.page_states import TOO_MANY_REDIRECTS

logger = logging.getLogger(__name__)

MOST_REDIRECTS = 5
MOST_UNANSWERED = 3  # pages in a row, of those that showed the text of an article before
DUE_PRIORITY = 10  # pages due by themselves and targets of redirects come first
Outputs = Sequence[Request | Visit[Any]]


class ArticlePages(Spider):
    """The part of `SiteSpider` that visits article pages."""

    def __init__(self, session: RunSession) -> None:
        super().__init__(session.site.name)  # not with the arguments: it would make attributes of them
        self.session = session
        self._asked = Seen()  # the URL keys of the article pages of this run
        self._remaining = session.options.limit
        self._unanswered = 0  # pages in a row that were looked at in vain

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
        return self._asked.add(hash(url_key(url)))

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
        """Visit *page* at once, unless this run asks for it anyway; return whether it was visited now.

        Once some in a row gave no answer none is visited any more: each holds up the article that waits.
        """
        if self._unanswered >= MOST_UNANSWERED or not self._claim(page.url):
            return False
        visits = await visit_now(self.crawler, self._article_request(page.url, page, hops=0))
        has_failed = any(isinstance(each.result, Failed) for each in visits)
        self._unanswered = self._unanswered + 1 if has_failed else 0
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
        if self._tells_nothing(failure):
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
        if self._tells_nothing(failure):
            return []
        request = request_of(failure)
        page, chain = request.cb_kwargs["page"], request.cb_kwargs["chain"]
        fetch = unanswered(request, self.session.site, page.section, url=request.url, kind=FetchKind.PART)
        return [chain.fetched(fetch).broken(result_of(self._error_of(failure)))]

    def _tells_nothing(self, failure: Failure) -> bool:
        """Return whether a request ended for a reason of ours, which says nothing of its page."""
        if isinstance(failure.value, ArchiveError):
            self.session.storage_failed(failure.value)  # the evidence could not be kept
        return isinstance(failure.value, (ArchiveError, RunEnds))

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
