"""Article pages that a site refuses, run after run: one page is lost, most of a section is a refusal."""

from __future__ import annotations

import pytest

from storage import Archive
from tests.crawl.conftest import Place
from tests.crawl.faulty_lists import ROWS, article, entries, list_page
from tests.crawler.probing import Loopback, reply

PATHS = entries("news", 1)
FORBIDS = b"User-agent: *\nDisallow: /news/1\nDisallow: /news/2\nDisallow: /news/3\n"


def site_of(server: Loopback, refused: int, robots: bytes | None = None) -> str:
    """Let *server* have a list of articles, the first of which it refuses; return the list's URL."""
    server.answers = {path: reply(200, article(path)) for path in PATHS}
    server.answers |= {path: reply(403) for path in PATHS[:refused]}
    server.answers["/list/"] = reply(200, list_page("news", 1).partition(b'<div class="pages">')[0])
    server.answers["/robots.txt"] = reply(200, robots) if robots else reply(404)
    return server.url("/list/")


@pytest.mark.parametrize(("refused", "exit_code"), [(1, 3), (ROWS // 2, 5), (ROWS, 5)])
def test_a_page_that_is_tried_again_tells_nothing_of_the_others(
    place: Place, server: Loopback, refused: int, exit_code: int
) -> None:
    start = site_of(server, refused)

    crawls = [place.crawl_lists(start, RETRY_TIMES=0) for _ in range(3)]

    assert [crawl.exit_code for crawl in crawls] == [exit_code] * 3, crawls[-1].log
    with Archive(place.archive_url) as archive:
        assert len(list(archive.articles())) == ROWS - refused


def test_pages_that_robots_txt_forbids_are_a_refusal_in_runs_that_ask_for_none(
    place: Place, server: Loopback
) -> None:
    start = site_of(server, 0, FORBIDS)

    crawls = [place.crawl_lists(start) for _ in range(2)]
    server.answers["/robots.txt"] = reply(404)
    allowed = place.crawl_lists(start, arguments={"revisit": "all"})

    assert [crawl.exit_code for crawl in crawls] == [5, 5]
    assert "refuses 3 of 4 article pages" in crawls[-1].log.splitlines()[-1]
    assert allowed.exit_code == 0, allowed.log


def test_a_refusal_says_whether_it_was_robots_txt_or_the_site(place: Place, server: Loopback) -> None:
    forbidden = place.crawl_lists(site_of(server, 0, FORBIDS))
    server.answers["/robots.txt"] = reply(404)
    server.answers |= {path: reply(302, headers={"Location": path, "Set-Cookie": "seen=1"}) for path in PATHS}
    circling = place.crawl_lists(server.url("/list/"), arguments={"revisit": "all"})

    assert "refused 3 of 4 article pages: its robots.txt forbids them" in forbidden.log
    assert "of 4 article pages: they lead in circles, as where a site wants a cookie back" in circling.log


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (reply(200, b"User-agent: *\nDisallow: /"), "robots, robots.txt forbids {list} to hotnews/"),
        (reply(503), "robots, {robots} answers 503, so nothing there is fetched"),
        (b"", "connection, {robots} cannot be read (connection: "),
    ],
    ids=["forbids", "fails", "breaks"],
)
def test_a_run_that_robots_txt_ends_tells_a_rule_from_a_failure(
    place: Place, server: Loopback, answer: bytes, said: str
) -> None:
    start = site_of(server, 0)
    server.answers["/robots.txt"] = answer

    crawl = place.crawl_lists(start, RETRY_TIMES=0)

    told = said.format(list=start, robots=server.url("/robots.txt"))
    assert f"list page {start} failed ({told}" in crawl.log.splitlines()[-1]
    with Archive(place.archive_url) as archive:
        assert told in (archive.runs(limit=1)[0].reason or "")


def test_a_list_that_leads_in_circles_is_told_so(sqlite_place: Place, server: Loopback) -> None:
    start = site_of(server, 0)
    server.answers["/list/"] = reply(302, headers={"Location": "/list/", "Set-Cookie": "seen=1"})

    crawl = sqlite_place.crawl_lists(start)

    assert crawl.exit_code == 5
    assert f"({CIRCLE}, the last to {start})" in crawl.log.splitlines()[-1]


CIRCLE = "refused, too-many-redirects"


@pytest.mark.parametrize(("status", "said"), [(403, "refused, HTTP 403"), (503, "server-error, HTTP 503")])
def test_a_list_that_cannot_be_had_is_told_with_the_status_of_its_answer(
    sqlite_place: Place, server: Loopback, status: int, said: str
) -> None:
    start = site_of(server, 0)
    server.answers["/list/"] = reply(status)

    crawl = sqlite_place.crawl_lists(start, RETRY_TIMES=0)

    assert f"list page {start} failed ({said})" in crawl.log.splitlines()[-1]
