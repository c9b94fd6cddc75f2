"""Obeys robots.txt as RFC 9309 asks: what cannot be read forbids, what is not there allows."""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Protocol, runtime_checkable
from urllib.parse import urljoin

from scrapy import Request, signals
from scrapy.exceptions import NotConfigured
from scrapy.http.request import NO_CALLBACK
from scrapy.utils.httpobj import urlparse_cached

from crawler.network.addresses import address_in_header
from crawler.network.ending import RunEnds
from crawler.network.failures import (
    DOWNLOAD_ERRORS,
    UNREACHABLE,
    RobotsForbidden,
    RobotsUnreachable,
    failure_of,
)
from crawler.network.fetches import fetch_of, header
from crawler.network.robots import RobotsRules, product_token, read_robots, without_robots
from crawler.reading.answers import PARTIAL, REDIRECTS
from storage.records import FetchKind

if TYPE_CHECKING:
    from scrapy.core.downloader import Downloader
    from scrapy.core.engine import ExecutionEngine
    from scrapy.crawler import Crawler
    from scrapy.http import Response

    from crawler.sites import Site
    from storage.records import Fetch

logger = logging.getLogger(__name__)

MOST_REDIRECTS = 5
TOO_MANY_REQUESTS = 429
COPY_IS_GOOD_FOR = timedelta(hours=24)
PRIORITY = 1000
# ValueError: a Location that is no URL.
ROBOTS_ERRORS: tuple[type[BaseException], ...] = (*DOWNLOAD_ERRORS, ValueError)


@runtime_checkable
class RobotsArchive(Protocol):
    """What a session may offer, so that a robots.txt that fails now is replaced by its last good copy."""

    site: Site

    async def record_robots(self, fetch: Fetch) -> None:
        """Keep what was answered for a robots.txt."""

    async def last_good_robots(self, url: str, since: datetime) -> bytes | None:
        """Return the robots.txt that *url* gave last, if that was not before *since*."""


class RobotsMiddleware:
    """Takes the place of Scrapy's `RobotsTxtMiddleware`, which allows everything where robots.txt fails."""

    def __init__(self, crawler: Crawler) -> None:
        if not crawler.settings.getbool("ROBOTSTXT_OBEY"):
            raise NotConfigured
        self._crawler = crawler
        agent = crawler.settings["ROBOTSTXT_USER_AGENT"] or crawler.settings["USER_AGENT"]
        self._agent = product_token(agent)
        self._rules: dict[str, asyncio.Future[RobotsRules]] = {}  # by origin
        self._least_delays: dict[str, float] = {}  # by downloader slot
        crawler.signals.connect(self._keep_delay, signals.response_downloaded)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RobotsMiddleware:
        """Return the middleware of *crawler*."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Let *request* pass where robots.txt allows it, at the pace that it asks for.

        :raises RobotsForbidden: if it forbids the URL.
        :raises RobotsUnreachable: if it cannot be read, for every URL of the host.
        """
        if request.meta.get("dont_obey_robotstxt"):
            return
        rules = await self._rules_for(request)
        if not rules.allows(request.url):
            self._count("forbidden")
            raise RobotsForbidden(f"robots.txt forbids {request.url} to {rules.agent}")
        request.meta["permission"] = rules.permission
        if rules.crawl_delay:
            request.meta.setdefault("pace", f"Crawl-delay {rules.crawl_delay:g}")

    async def _rules_for(self, request: Request) -> RobotsRules:
        parts = urlparse_cached(request)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._rules:
            self._rules[origin] = asyncio.ensure_future(self._fetch_rules(f"{origin}/robots.txt"))
        rules = await self._rules[origin]
        if rules.crawl_delay:
            self._set_delay(self._downloader.get_slot_key(request), rules.crawl_delay)
        return rules

    async def _fetch_rules(self, url: str) -> RobotsRules:
        try:
            response = await self._fetch(url)
            await self._record(url, response)
            return self._read(response)
        except RobotsUnreachable as error:
            return await self._last_good(url, error)

    async def _fetch(self, url: str) -> Response:
        """Return the answer for *url*, where its redirects lead to."""
        self._count("request_count")
        for _ in range(MOST_REDIRECTS):
            try:
                response = await self._engine.download_async(_request(url))
                if response.status not in REDIRECTS or not response.headers.get("Location"):
                    break
                url = urljoin(url, address_in_header(header(response, "Location")) or "")
            except RunEnds:
                raise
            except ROBOTS_ERRORS as error:
                raise _unreachable(url, error) from error
        return response

    def _read(self, response: Response) -> RobotsRules:
        """Return the rules of an answer; a part of them is no answer, since the rest may forbid."""
        self._count(f"response_status_count/{response.status}")
        if 200 <= response.status < 300 and response.status != PARTIAL:
            return read_robots(response.body, self._agent)
        if response.status < 500 and response.status not in {TOO_MANY_REQUESTS, PARTIAL}:
            return without_robots(f"HTTP {response.status}")
        raise RobotsUnreachable(f"{response.url} answers {response.status}, so nothing there is fetched")

    async def _record(self, url: str, response: Response) -> None:
        if archive := self._archive():
            fetch = fetch_of(response, archive.site, None, url=url, kind=FetchKind.ROBOTS)
            await archive.record_robots(fetch)

    async def _last_good(self, url: str, error: RobotsUnreachable) -> RobotsRules:
        archive = self._archive()
        since = datetime.now(UTC) - COPY_IS_GOOD_FOR
        copy = await archive.last_good_robots(url, since) if archive else None
        if copy is None:
            self._count("unreachable")
            logger.error("%s", error)
            raise error
        logger.warning("%s; its copy of the last 24 hours is used", error)
        return read_robots(copy, self._agent, permission="robots.txt of the last 24 hours allows")

    def _archive(self) -> RobotsArchive | None:
        session = getattr(self._crawler.spider, "session", None)
        return session if isinstance(session, RobotsArchive) else None

    # Crawl-delay

    def _set_delay(self, slot_key: str, seconds: float) -> None:
        if self._least_delays.get(slot_key) == seconds:
            return
        self._least_delays[slot_key] = seconds
        # Slots come and go with their requests; their settings stay.
        settings = self._downloader.per_slot_settings.setdefault(slot_key, {})
        settings.update({"delay": max(seconds, settings.get("delay", 0)), "jitter": 0.0})
        self._keep(slot_key)

    def _keep_delay(self, request: Request) -> None:
        """Undo what AutoThrottle took off a Crawl-delay: it has just adjusted the slot."""
        self._keep(request.meta.get("download_slot", ""))

    def _keep(self, slot_key: str) -> None:
        slot = self._downloader.slots.get(slot_key)
        if slot is not None and slot_key in self._least_delays:
            slot.delay = max(slot.delay, self._least_delays[slot_key])
            slot.jitter = 0.0  # half of it would be less than the site asked for

    @property
    def _engine(self) -> ExecutionEngine:
        assert self._crawler.engine is not None
        return self._crawler.engine

    @property
    def _downloader(self) -> Downloader:
        return self._engine.downloader

    def _count(self, what: str) -> None:
        assert self._crawler.stats is not None
        self._crawler.stats.inc_value(f"robotstxt/{what}")


def _request(url: str) -> Request:
    return Request(
        url,
        callback=NO_CALLBACK,
        priority=PRIORITY,
        meta={"dont_obey_robotstxt": True, "handle_httpstatus_all": True, "kind": FetchKind.ROBOTS},
    )


def _unreachable(url: str, error: BaseException) -> RobotsUnreachable:
    failed = failure_of(error)
    cause = failed.cause if failed.cause in UNREACHABLE else None
    return RobotsUnreachable(f"{url} cannot be read ({failed.cause}: {failed.detail})", cause)
