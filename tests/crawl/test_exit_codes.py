"""Each row of the exit-code table, produced for real."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable

import pytest

from crawler.demo import trouble
from crawler.demo.site import DemoSite
from crawler.demo.trouble import Robots
from storage import Archive
from storage.records import RunKind
from tests.crawl.conftest import Workplace, path_with
from tests.crawl.running_crawls import verdict_in_archive

MakeWorkplace = Callable[[DemoSite], Workplace]


def test_0_complete(sqlite_workplace: Workplace) -> None:
    assert sqlite_workplace.crawl().exit_code == 0
    assert verdict_in_archive(sqlite_workplace) == "complete"


@pytest.mark.parametrize("spider", ["broken", "spoiled"])
def test_1_crashed_when_a_callback_or_middleware_raises_and_the_other_pages_go_on(
    sqlite_workplace: Workplace, spider: str
) -> None:
    module = sqlite_workplace.folder / "broken_spiders.py"
    module.write_text(BROKEN_SPIDER)
    environment = {"PYTHONPATH": path_with(sqlite_workplace.folder)}
    command = sqlite_workplace.scrapy(
        spider, {"base_url": sqlite_workplace.server.url}, SPIDER_MODULES="broken_spiders"
    )

    crawl = sqlite_workplace.run(*command, environment=environment)

    assert crawl.exit_code == 1
    assert "ZeroDivisionError" in crawl.log
    assert len(sqlite_workplace.rows()) > 90
    assert verdict_in_archive(sqlite_workplace) == "crashed"


BROKEN_SPIDER = """
from crawler.middlewares.schemes import SchemeMiddleware
from crawler.spiders.demo import DemoSpider


class BrokenSpider(DemoSpider):
    name = "broken"

    def parse_article(self, response, page, hops):
        if page.url.endswith("3.html"):
            1 / 0
        return super().parse_article(response, page, hops)


class SpoiledSpider(DemoSpider):
    name = "spoiled"

    @classmethod
    def from_crawler(cls, crawler, *args, **kwargs):
        SchemeMiddleware.process_request = spoil
        return super().from_crawler(crawler, *args, **kwargs)


def spoil(self, request):
    if request.url.endswith("3.html"):
        1 / 0
"""


def test_3_incomplete_while_a_page_is_lost_and_complete_once_it_is_had(sqlite_workplace: Workplace) -> None:
    first = sqlite_workplace.crawl(RETRY_TIMES=0)  # one page answers 500 twice before it recovers
    second = sqlite_workplace.crawl(RETRY_TIMES=2)

    assert first.exit_code == 3
    assert "1 listed pages could not be fetched yet" in first.log.splitlines()[-1]
    assert second.exit_code == 0, second.log


def test_4_drifted_when_the_list_was_redesigned(sqlite_crawled: Workplace) -> None:
    sqlite_crawled.site.redesign()

    crawl = sqlite_crawled.crawl()

    assert crawl.exit_code == 4
    assert "/col/col1001/index.html" in crawl.log.splitlines()[-1]


def test_4_drifted_when_a_list_page_is_empty_or_not_there(make_workplace: MakeWorkplace) -> None:
    workplace = make_workplace(DemoSite(trouble=True))

    assert workplace.adhoc(trouble.EMPTY_LIST).exit_code == 4
    assert workplace.adhoc("/no/such/list.html").exit_code == 4
    with Archive(workplace.archive_url) as archive:
        (certificate,) = archive.coverage(run=archive.runs(limit=1)[0].run)
    missing = workplace.server.url + "no/such/list.html"
    assert certificate.gaps == (f"list page 1 ({missing}): not-found",)
    assert (certificate.verdict, certificate.walked_to_end) == ("incomplete", False)


@pytest.mark.parametrize("robots", [Robots.FORBIDDING, Robots.UNREACHABLE])
def test_5_refused_when_robots_txt_forbids_or_cannot_be_had(
    make_workplace: MakeWorkplace, robots: Robots
) -> None:
    workplace = make_workplace(DemoSite(robots=robots))

    crawl = workplace.crawl()

    assert crawl.exit_code == 5
    assert {request.split()[1] for request in workplace.requests()} == {"/robots.txt"}
    assert workplace.rows() == {}


def test_5_refused_when_a_challenge_stands_where_the_list_was(make_workplace: MakeWorkplace) -> None:
    workplace = make_workplace(DemoSite(trouble=True))

    crawl = workplace.adhoc(trouble.CHALLENGED_LIST)

    assert crawl.exit_code == 5
    assert workplace.rows() == {}


def test_6_unreachable_when_nobody_answers(sqlite_workplace: Workplace) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{unused.getsockname()[1]}/"

    crawl = sqlite_workplace.crawl({"base_url": url}, RETRY_TIMES=0)

    assert crawl.exit_code == 6
    assert verdict_in_archive(sqlite_workplace) == "unreachable"


def test_6_unreachable_when_the_host_does_not_exist(sqlite_workplace: Workplace) -> None:
    command = sqlite_workplace.scrapy("adhoc", {"start": "http://no-such-host.invalid/news/"}, RETRY_TIMES=0)

    assert sqlite_workplace.run(*command).exit_code == 6


def test_8_busy_while_another_live_run_holds_the_site(sqlite_workplace: Workplace) -> None:
    from crawler.demo.declaration import demo_site

    site = demo_site(sqlite_workplace.server.url)
    with Archive(sqlite_workplace.archive_url) as archive:
        archive.start_run(site.record(), [], kind=RunKind.CRAWL, code_version="test", options={})

        crawl = sqlite_workplace.crawl()

    assert crawl.exit_code == 8
    assert str(os.getpid()) in crawl.log.splitlines()[-1]
    assert sqlite_workplace.requests() == []
