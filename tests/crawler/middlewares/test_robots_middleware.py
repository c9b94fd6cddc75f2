"""robots.txt governs every request: what cannot be read forbids, what is not there allows."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise

import pytest

from tests.crawler.probing import Answer, Asked, Loopback, probe, reply

NewServer = Callable[[], Loopback]
PAGE = reply(200, b"<p>page</p>")


@pytest.fixture
def site(server: Loopback) -> Loopback:
    """Return a site with some pages and no robots.txt."""
    server.answers |= {"/a": PAGE, "/b": PAGE, "/c": PAGE}
    return server


def sites_with(new_server: NewServer, robots: Iterable[Answer]) -> list[Loopback]:
    """Return a site for each answer to a request for its robots.txt."""
    sites = []
    for answer in robots:
        site = new_server()
        site.answers |= {"/a": PAGE, "/b": PAGE, "/robots.txt": answer}
        sites.append(site)
    return sites


def test_a_robots_that_is_not_there_allows(new_server: NewServer) -> None:
    statuses = (401, 403, 404, 410, 301)
    sites = sites_with(new_server, map(reply, statuses))

    results = probe(*(site.url("/a") for site in sites), ROBOTSTXT_OBEY=True).results

    assert [result["status"] for result in results] == [200] * len(sites)
    assert [result["meta"]["rule"] for result in results] == [
        f"no robots.txt (HTTP {status}); DOWNLOAD_DELAY" for status in statuses
    ]


def test_a_robots_that_fails_stops_everything_on_its_host(new_server: NewServer) -> None:
    statuses = (500, 502, 503, 521, 429)
    sites = sites_with(new_server, map(reply, statuses))

    probed = probe(*(site.url(path) for site in sites for path in ("/a", "/b")), ROBOTSTXT_OBEY=True)

    assert {(result["error"], result["cause"]) for result in probed.results} == {
        ("RobotsUnreachable", "robots")
    }
    assert all(
        f"robots.txt answers {status}" in result["detail"]
        for status, result in zip(statuses, probed.results[::2], strict=True)
    )
    assert [site.paths() for site in sites] == [["/robots.txt"]] * len(sites)
    assert "Traceback" not in probed.log


def test_a_robots_that_does_not_arrive_stops_everything(new_server: NewServer) -> None:
    answers: dict[str, Answer] = {
        "truncated: ": reply(200, b"User-agent", {"Content-Length": "500"}),
        "too-large: ": reply(200, b"x" * 2000),
        "connection: ": b"not http at all",
        "ends early": reply(200, gzip.compress(b"Allow: /")[:-9], {"Content-Encoding": "gzip"}),
        "timeout: ": Asked.never,
    }
    sites = sites_with(new_server, answers.values())

    results = probe(
        *(site.url("/a") for site in sites), ROBOTSTXT_OBEY=True, DOWNLOAD_MAXSIZE=1000, DOWNLOAD_TIMEOUT=2
    ).results

    assert {result["error"] for result in results} == {"RobotsUnreachable"}
    assert [word for word, result in zip(answers, results, strict=True) if word not in result["detail"]] == []
    assert [site.paths() for site in sites] == [["/robots.txt"]] * len(sites)


def test_a_host_that_is_not_there_is_unreachable_and_not_forbidden() -> None:
    results = probe("http://127.0.0.1:9/a", "http://nowhere.invalid/a", ROBOTSTXT_OBEY=True).results

    assert [result["cause"] for result in results] == ["connection", "dns"]


def test_a_refused_address_is_told_as_such() -> None:
    (result,) = probe("http://127.0.0.1:9/a", ROBOTSTXT_OBEY=True, ALLOW_PRIVATE_ADDRESSES=False).results

    assert result["cause"] == "address"


def test_a_server_error_that_passes_is_asked_again(site: Loopback) -> None:
    answers: Iterator[bytes] = iter([reply(503), reply(200, b"User-agent: *\nDisallow: /b")])
    site.answers["/robots.txt"] = lambda _: next(answers)

    first, second = probe(site.url("/a"), site.url("/b"), ROBOTSTXT_OBEY=True, RETRY_TIMES=1).results

    assert first["status"] == 200
    assert (second["error"], second["cause"]) == ("RobotsForbidden", "robots")


def test_robots_is_asked_for_once_and_before_the_pages(site: Loopback) -> None:
    site.answers["/robots.txt"] = reply(200, b"User-agent: *\nDisallow: /b")

    results = probe(*(site.url(path) for path in ("/a", "/b", "/c")), ROBOTSTXT_OBEY=True).results

    assert [result.get("status") for result in results] == [200, None, 200]
    assert site.paths()[0] == "/robots.txt"
    assert sorted(site.paths()) == ["/a", "/c", "/robots.txt"]


def test_redirects_of_robots_are_followed_to_another_host(site: Loopback, new_server: NewServer) -> None:
    other = new_server()
    other.answers["/rules"] = reply(200, b"User-agent: *\nDisallow: /a")
    site.answers["/robots.txt"] = reply(301, headers={"Location": "/hop"})
    site.answers["/hop"] = reply(302, headers={"Location": other.url("/rules")})

    (result,) = probe(site.url("/a"), ROBOTSTXT_OBEY=True).results

    assert result["error"] == "RobotsForbidden"


def test_a_robots_that_redirects_for_ever_counts_as_none(site: Loopback) -> None:
    site.answers["/robots.txt"] = reply(302, headers={"Location": "/robots.txt"})

    (result,) = probe(site.url("/a"), ROBOTSTXT_OBEY=True).results

    assert result["status"] == 200
    assert site.paths().count("/robots.txt") == 5


def test_a_robots_that_redirects_to_what_is_no_web_page_stops_everything(new_server: NewServer) -> None:
    targets = (
        "file:///etc/passwd",
        "ftp://127.0.0.1/robots.txt",
        "data:text/plain,Allow",
        "javascript:0",
        "http://[",
    )
    sites = sites_with(new_server, (reply(302, headers={"Location": target}) for target in targets))

    results = probe(*(site.url("/a") for site in sites), ROBOTSTXT_OBEY=True).results

    assert [result["error"] for result in results] == ["RobotsUnreachable"] * len(targets)


@pytest.mark.parametrize("throttled", [False, True])
def test_crawl_delay_is_kept_and_told(site: Loopback, *, throttled: bool) -> None:
    site.answers["/robots.txt"] = reply(200, b"User-agent: *\nCrawl-delay: 0.4")

    results = probe(
        *(site.url(path) for path in ("/a", "/b", "/c")),
        ROBOTSTXT_OBEY=True,
        AUTOTHROTTLE_ENABLED=throttled,
        AUTOTHROTTLE_START_DELAY=0.01,
    ).results

    pauses = [after.at - before.at for before, after in pairwise(site.asked)]
    assert len(pauses) == 3
    assert min(pauses) > 0.35
    assert {result["meta"]["rule"] for result in results} == {"robots.txt allows; Crawl-delay 0.4"}
    assert max(result["meta"]["waited"] for result in results) > 0.35


def test_robots_is_not_asked_for_where_it_is_not_obeyed(site: Loopback) -> None:
    (result,) = probe(site.url("/a"), ROBOTSTXT_OBEY=False).results

    assert result["status"] == 200
    assert site.paths() == ["/a"]


def test_each_origin_has_a_robots_of_its_own(site: Loopback, new_server: NewServer) -> None:
    other = new_server()
    other.answers |= {"/a": PAGE, "/robots.txt": reply(200, b"User-agent: *\nDisallow: /")}

    first, second = probe(site.url("/a"), other.url("/a"), ROBOTSTXT_OBEY=True).results

    assert first["status"] == 200
    assert second["error"] == "RobotsForbidden"
