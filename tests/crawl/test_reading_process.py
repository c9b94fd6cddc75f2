"""Pages of many requests at a time are read by another process, and nothing about a crawl is otherwise."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.crawl.conftest import Crawl, Workplace, path_with

SPIDERS = """
import os
import signal
from crawler.reading import answers
from crawler.spiders.demo import DemoSpider


class WatchedSpider(DemoSpider):
    name = "watched"

    def __init__(self, **arguments):
        super().__init__(**arguments)
        note("crawl.txt")

    async def parse_article(self, response, page, hops):
        reader = self.session.reader
        if {kills!r} and os.path.exists("readers.txt") and not reader.has_ended:
            os.kill(reader.counterpart.pid, signal.SIGKILL)
        return await super().parse_article(response, page, hops)


def note(name):
    with open(name, "a") as file:
        file.write(f"{{os.getpid()}}\\n")


def extract_article(html, url, **known):
    note("readers.txt")
    if url.endswith("3.html") and {crashes!r}:
        1 / 0
    return extract(html, url, **known)


extract, answers.extract_article = answers.extract_article, extract_article
"""


def crawl_watched(
    workplace: Workplace, *, kills: bool = False, crashes: bool = False, **settings: int
) -> tuple[Crawl, Counter[str]]:
    """Crawl with a spider that notes in which processes articles are read."""
    (workplace.folder / "watched_spiders.py").write_text(SPIDERS.format(kills=kills, crashes=crashes))
    command = workplace.scrapy(
        "watched", {"base_url": workplace.server.url}, SPIDER_MODULES="watched_spiders", **settings
    )
    crawl = workplace.run(*command, environment={"PYTHONPATH": path_with(workplace.folder)})
    own = (workplace.folder / "crawl.txt").read_text().split()
    read_by = (workplace.folder / "readers.txt").read_text().split()
    return crawl, Counter("crawl" if number in own else number for number in read_by)


@pytest.mark.parametrize(("at_a_time", "by_the_crawl"), [(1, True), (8, False)])
def test_many_pages_at_a_time_are_read_by_one_other_process(
    sqlite_workplace: Workplace, at_a_time: int, by_the_crawl: bool
) -> None:
    crawl, readers = crawl_watched(sqlite_workplace, CONCURRENT_REQUESTS_PER_DOMAIN=at_a_time)

    assert (crawl.exit_code, len(readers)) == (0, 1), crawl.log
    assert ("crawl" in readers) is by_the_crawl
    assert len(sqlite_workplace.rows()) > 100


def test_a_page_at_which_the_rules_fail_is_a_crash_with_its_traceback_and_the_others_are_read(
    sqlite_workplace: Workplace,
) -> None:
    crawl, readers = crawl_watched(sqlite_workplace, crashes=True)

    assert (crawl.exit_code, len(readers)) == (1, 1), crawl.log
    assert "in extract_article" in crawl.log
    assert "ZeroDivisionError" in crawl.log
    assert len(sqlite_workplace.rows()) > 90


def test_when_the_process_dies_the_crawl_reads_the_pages_itself(sqlite_workplace: Workplace) -> None:
    crawl, readers = crawl_watched(sqlite_workplace, kills=True)

    assert (crawl.exit_code, len(readers)) == (0, 2), crawl.log
    assert readers["crawl"] > 50
    assert "the process that reads pages has ended" in crawl.log
    assert len(sqlite_workplace.rows()) > 100
