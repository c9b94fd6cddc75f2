"""robots.txt governs every request: what cannot be read forbids, what is not there allows."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import fmean
from typing import Any

import pytest

from tests.crawler.probing import Answer, Asked, Loopback, Probed, probe, reply, running_servers

NewServer = Callable[[], Loopback]
PAGE = reply(200, b"<p>page</p>")
ABSENT = (401, 403, 404, 410, 301)
FAILING = (500, 502, 503, 521, 429, 206)
NO_WEB_PAGES = (
    "file:///etc/hostname",
    "ftp://127.0.0.1/x",
    "data:text/plain,Allow",
    "javascript:0",
    "http://[",
)


def moved(to: str) -> bytes:
    """Return a redirect."""
    return reply(302, headers={"Location": to})


# What each site of one crawl answers for its robots.txt.
ROBOTS: dict[str, Answer] = {
    "some rules": reply(200, b"User-agent: *\nDisallow: /b"),
    "no end": Asked.never,
    "torn": reply(200, b"User-agent", {"Content-Length": "500"}),
    "too large": reply(200, b"x" * 20_000),
    "no http": b"not http at all",
    "torn gzip": reply(200, gzip.compress(b"Allow: /")[:-9], {"Content-Encoding": "gzip"}),
    "moved": moved("/hop"),
    "moved for ever": moved("/robots.txt"),
    **{f"absent {status}": reply(status) for status in ABSENT},
    **{f"failing {status}": reply(status) for status in FAILING},
    **{f"moved to {to}": moved(to) for to in NO_WEB_PAGES},
}


class Crawled:
    """One crawl of all those sites, of two pages each."""

    def __init__(self, sites: dict[str, Loopback], probed: Probed) -> None:
        self.sites = sites
        self.log = probed.log
        self.pages = {
            name: (probed.results[2 * number], probed.results[2 * number + 1])
            for number, name in enumerate(sites)
        }


@pytest.fixture(scope="module")
def crawled() -> Iterator[Crawled]:
    """Yield what a crawl of the sites came to."""
    with running_servers() as start:
        sites = {name: start() for name in ROBOTS}
        for name, site in sites.items():
            site.answers |= {"/a": PAGE, "/b": PAGE, "/robots.txt": ROBOTS[name]}
        other = start()
        sites["moved"].answers["/hop"] = moved(other.url("/rules"))
        other.answers["/rules"] = ROBOTS["some rules"]
        urls = [site.url(path) for site in sites.values() for path in ("/a", "/b")]
        yield Crawled(sites, probe(*urls, ROBOTSTXT_OBEY=True, DOWNLOAD_MAXSIZE=10_000, DOWNLOAD_TIMEOUT=3))


def causes(pages: tuple[dict[str, Any], dict[str, Any]]) -> list[str | None]:
    """Return why each of *pages* was not had, or None."""
    return [page.get("cause") for page in pages]


@pytest.mark.parametrize("name", ["some rules", "moved"])
def test_its_rules_are_obeyed_wherever_it_moved(crawled: Crawled, name: str) -> None:
    allowed, forbidden = crawled.pages[name]

    assert allowed["status"] == 200
    assert allowed["meta"]["rule"] == "robots.txt allows; DOWNLOAD_DELAY"
    assert (forbidden["error"], forbidden["cause"]) == ("RobotsForbidden", "robots")


def test_it_is_asked_for_once_and_first(crawled: Crawled) -> None:
    assert crawled.sites["some rules"].paths() == ["/robots.txt", "/a"]


@pytest.mark.parametrize("status", ABSENT)
def test_one_that_is_not_there_allows(crawled: Crawled, status: int) -> None:
    for page in crawled.pages[f"absent {status}"]:
        assert page["status"] == 200
        assert page["meta"]["rule"] == f"no robots.txt (HTTP {status}); DOWNLOAD_DELAY"


def test_one_that_moves_for_ever_counts_as_none(crawled: Crawled) -> None:
    assert causes(crawled.pages["moved for ever"]) == [None, None]
    assert crawled.sites["moved for ever"].paths().count("/robots.txt") == 5


@pytest.mark.parametrize("status", FAILING)
def test_one_that_fails_stops_everything_on_its_host(crawled: Crawled, status: int) -> None:
    for page in crawled.pages[f"failing {status}"]:
        assert (page["error"], page["cause"]) == ("RobotsUnreachable", "robots")
        assert f"robots.txt answers {status}" in page["detail"]
    assert crawled.sites[f"failing {status}"].paths() == ["/robots.txt"]


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("no end", "timeout: "),
        ("torn", "truncated: "),
        ("torn gzip", "truncated: "),
        ("too large", "too-large: "),
        ("no http", "connection: "),
        *((f"moved to {to}", "cannot be read") for to in NO_WEB_PAGES),
    ],
)
def test_one_that_does_not_arrive_stops_everything_on_its_host(
    crawled: Crawled, name: str, word: str
) -> None:
    for page in crawled.pages[name]:
        assert page["error"] == "RobotsUnreachable"
        assert word in page["detail"]
    assert crawled.sites[name].paths() == ["/robots.txt"]


def test_no_traceback_is_logged(crawled: Crawled) -> None:
    assert "Traceback" not in crawled.log


def test_a_host_that_is_not_there_is_unreachable_and_not_forbidden() -> None:
    results = probe("http://127.0.0.1:9/a", "http://nowhere.invalid/a", ROBOTSTXT_OBEY=True).results

    assert [result["cause"] for result in results] == ["connection", "dns"]


def test_a_refused_address_is_told_as_such() -> None:
    (result,) = probe("http://127.0.0.1:9/a", ROBOTSTXT_OBEY=True, ALLOW_PRIVATE_ADDRESSES=False).results

    assert result["cause"] == "address"


@pytest.mark.parametrize("throttled", [False, True])
def test_crawl_delay_is_kept_and_told(server: Loopback, *, throttled: bool) -> None:
    answers: Iterator[bytes] = iter([reply(503), reply(200, b"User-agent: *\nCrawl-delay: 0.4")])
    server.answers |= {"/robots.txt": lambda _: next(answers), "/a": PAGE, "/b": PAGE, "/c": PAGE}

    results = probe(
        *(server.url(path) for path in ("/a", "/b", "/c")),
        ROBOTSTXT_OBEY=True,
        RETRY_TIMES=1,  # a server error of robots.txt that passes is asked again
        AUTOTHROTTLE_ENABLED=throttled,
        AUTOTHROTTLE_START_DELAY=0.01,
    ).results

    # By the clock of who asks: a busy server is late to note a request, and the next pause looks shorter.
    sent = sorted(datetime.fromisoformat(result["meta"]["at"]) for result in results)
    waited = [result["meta"]["waited"] for result in results]
    assert len(server.asked) == 5  # robots.txt twice
    assert min(after - before for before, after in pairwise(sent)) > timedelta(seconds=0.35)
    assert fmean(after.at - before.at for before, after in pairwise(server.asked[1:])) > 0.35
    assert {result["meta"]["rule"] for result in results} == {"robots.txt allows; Crawl-delay 0.4"}
    assert min(waited) > 0.35


def test_it_is_not_asked_for_where_it_is_not_obeyed(server: Loopback) -> None:
    server.answers["/a"] = PAGE

    (result,) = probe(server.url("/a"), ROBOTSTXT_OBEY=False).results

    assert result["status"] == 200
    assert server.paths() == ["/a"]
