"""Scrapy's own commands look at a page with the crawler's manners and archive nothing."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from crawler.demo.sections import HOT_NEWS as HOT_NEWS_SECTION
from crawler.demo.sections import opening_pages
from storage import Archive
from storage.verdicts import Verdict, verdict_of
from tests.crawl.conftest import Place, Workplace

HOT_NEWS = "col/col1001/index.html"


@pytest.mark.parametrize(
    ("command", "shows"),
    [
        (("fetch",), "<datastore>"),
        (("shell", "-c", "response.css('title::text').get()"), "Hot News"),
        (("shell", "-c", "response.request.meta['permission']"), "robots.txt allows"),
    ],
)
def test_a_page_is_looked_at(sqlite_workplace: Workplace, command: tuple[str, ...], shows: str) -> None:
    url = sqlite_workplace.server.url + HOT_NEWS
    name, *options = command
    looked = sqlite_workplace.run(
        *("-m", "scrapy", name, "-L", "ERROR", "-s", "ALLOW_PRIVATE_ADDRESSES=1", *options, url)
    )
    assert (looked.exit_code, looked.log) == (0, "")
    assert shows in looked.output
    assert f"GET /{HOT_NEWS}" in sqlite_workplace.requests()
    assert not (sqlite_workplace.folder / "archive").exists()


def test_an_article_is_extracted_from_the_web(sqlite_workplace: Workplace) -> None:
    article = opening_pages()[0][HOT_NEWS_SECTION][1]
    url = sqlite_workplace.server.url + article.path.removeprefix("/")
    shown = sqlite_workplace.hotnews("extract", url, "-s", "ALLOW_PRIVATE_ADDRESSES=1")

    assert (shown.exit_code, shown.log) == (0, "")
    assert article.text.title in shown.output


def test_a_private_address_is_named_with_the_setting_that_allows_it(sqlite_workplace: Workplace) -> None:
    shown = sqlite_workplace.hotnews("extract", sqlite_workplace.server.url)

    assert shown.exit_code == 6
    assert "127.0.0.1 is loopback" in shown.log
    assert shown.log.rstrip().endswith("; -s ALLOW_PRIVATE_ADDRESSES=1 lets it go there")
    assert sqlite_workplace.requests() == []


def test_the_shell_obeys_robots(sqlite_workplace: Workplace) -> None:
    url = sqlite_workplace.server.url + "internal/minutes.html"
    looked = sqlite_workplace.run(
        *("-m", "scrapy", "shell", "-s", "ALLOW_PRIVATE_ADDRESSES=1", "-c", "response", url)
    )
    assert "None" in looked.output
    assert "GET /internal/minutes.html" not in sqlite_workplace.requests()


SITE = """
from crawler.sites import Section, Site
from crawler.spiders.base import SiteSpider


class PortSpider(SiteSpider):
    name = "port"
    site = Site(
        name="port", title="Port", base_url="{url}", sections=(Section("news", path="{path}"),),
        private_addresses=True,
    )
"""
SCRIPT = """
from scrapy.crawler import CrawlerProcess
from scrapy.utils.project import get_project_settings

settings = get_project_settings()
settings.update({{"DOWNLOAD_DELAY": 0, "AUTOTHROTTLE_ENABLED": False}})
process = CrawlerProcess(settings)
process.crawl("demo", base_url="{url}", limit="3")
process.start()
"""


BARE = """
from crawler.spiders.base import SiteSpider


class BareSpider(SiteSpider):
    name = "bare"
"""


@pytest.mark.parametrize(("path", "exit_code"), [(HOT_NEWS, 0), ("col/none/index.html", 4)])
def test_a_file_that_declares_a_site_is_run(sqlite_workplace: Workplace, path: str, exit_code: int) -> None:
    file = sqlite_workplace.folder / "port.py"
    file.write_text(SITE.format(url=sqlite_workplace.server.url, path=path), encoding="utf-8")
    ran = sqlite_workplace.run("-m", "scrapy", "runspider", "port.py", "-s", "DOWNLOAD_DELAY=0")
    assert ran.exit_code == exit_code, ran.log
    with Archive(sqlite_workplace.archive_url) as archive:
        (run,) = archive.runs()
    assert run.verdict == verdict_of(exit_code)


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("none.py", "x = 1", "none.py declares no site"),
        ("half.py", "x = (", "half.py cannot be loaded"),
        ("typo.py", "x = Sit()", "typo.py cannot be loaded: NameError: name 'Sit' is not defined (line 1)"),
        ("bare.py", BARE, "bare: the class declares no site"),
        ("site.txt", "x = 1", "site.txt is no Python file"),
    ],
)
def test_a_file_without_a_site_is_a_usage_error(
    sqlite_workplace: Workplace, name: str, text: str, says: str
) -> None:
    (sqlite_workplace.folder / name).write_text(text, encoding="utf-8")
    ran = sqlite_workplace.run("-m", "scrapy", "runspider", name)
    assert (ran.exit_code, says in ran.log) == (2, True), ran.log


def test_the_run_of_a_script_is_closed(sqlite_workplace: Workplace) -> None:
    ran = sqlite_workplace.run("-c", SCRIPT.format(url=sqlite_workplace.server.url))
    assert "demo: complete (exit 0)" in ran.log
    with Archive(sqlite_workplace.archive_url) as archive:
        (run,) = archive.runs()
    assert (run.verdict, run.counts["new"]) == (Verdict.COMPLETE, 3)


def test_a_list_whose_reader_has_enough_ends_quietly(sqlite_place: Place) -> None:
    reading, writing = os.pipe()
    os.close(reading)

    with os.fdopen(writing, "w") as closed:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "scrapy", "list"],
            env=sqlite_place.environment(),
            stdout=closed,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )

    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("name", "exit_code", "says"),
    [
        ("sandbar-county", 0, "Created spider"),
        ("Sandbar County", 2, "with dashes: 'sandbar-county', not 'Sandbar County'"),
        ("2026", 2, "with dashes: 'example', not '2026'"),
    ],
)
def test_a_site_is_written_under_a_name_that_it_can_have(
    sqlite_workplace: Workplace, name: str, exit_code: int, says: str
) -> None:
    written = sqlite_workplace.run(
        *("-m", "scrapy", "genspider", "-t", "site", name, "https://www.example.gov/news/")
    )

    assert written.exit_code == exit_code
    assert says in written.output + written.log
    files = list(sqlite_workplace.folder.glob("*.py"))
    assert len(files) == (exit_code == 0)
    for file in files:
        compile(file.read_text(), file.name, "exec")
