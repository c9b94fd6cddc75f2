"""What cannot be asked of a crawl ends with 2 before anything is requested."""

from __future__ import annotations

from importlib.metadata import requires

import pytest

from crawler.network.tls import VERSIONS
from crawler.scrapy_version import LEAST
from tests.crawl.conftest import Workplace


@pytest.mark.parametrize(
    ("spider", "arguments", "says"),
    [
        ("nowhere", {}, "no site is called 'nowhere'"),
        ("https://www.example.gov/", {}, "any other list page is crawled by: adhoc -a start=URL"),
        ("adhoc", {}, "adhoc needs a list page"),
        ("adhoc", {"start": "ftp://example.gov/"}, "is not an http or https URL"),
        ("adhoc", {"start": "www.example.gov/news/"}, "URL; write start=https://www.example.gov/news/"),
        ("adhoc", {"start": "//example.gov:8080"}, "URL; write start=https://example.gov:8080"),
        (
            "adhoc",
            {"start": "http://a.example.gov,b.example.gov/x"},
            "URL; write start=http://a.example.gov,https://b.example.gov/x",
        ),
        ("adhoc", {"start": "http://["}, "start='http://[' is not an http or https URL"),
        ("adhoc", {"start": "http://example.gov:99999/"}, "is not an http or https URL"),
        ("adhoc", {"start": "http://127.0.0.1/", "platform": "wordprss"}, "no platform is called 'wordprss'"),
        ("demo", {"revisit": "sometimes"}, "say all, due or none"),
        ("demo", {"revist": "all"}, "-a revist: no such argument; there are: base_url, trouble, revisit"),
        ("ningbo", {"start": "https://www.example.gov/"}, "-a start: no such argument"),
        ("demo", {"limit": "-3"}, "say a number of pages"),
    ],
)
def test_2_usage_is_one_clear_line(
    sqlite_workplace: Workplace, spider: str, arguments: dict[str, str], says: str
) -> None:
    crawl = sqlite_workplace.run(*sqlite_workplace.scrapy(spider, arguments, LOG_LEVEL="ERROR"))

    assert crawl.exit_code == 2
    assert says in crawl.log
    assert "Traceback" not in crawl.log
    assert sqlite_workplace.requests() == []


@pytest.mark.parametrize(
    ("setting", "says"),
    [
        ({"DISK_LEAST_FREE_MB": "abc"}, "DISK_LEAST_FREE_MB='abc': say a whole number"),
        ({"LOG_LEVEL": "LOUD"}, "LOG_LEVEL='LOUD': say one of DEBUG, INFO, WARNING, ERROR, CRITICAL"),
        (
            {"LOG_FILE": "none/crawl.log"},
            "LOG_FILE='none/crawl.log' cannot be written: No such file or directory;"
            " name a file in a folder that is there",
        ),
        (
            {"TWISTED_REACTOR": "twisted.internet.selectreactor.SelectReactor"},
            "TWISTED_REACTOR='twisted.internet.selectreactor.SelectReactor':"
            " say twisted.internet.asyncioreactor.AsyncioSelectorReactor",
        ),
        ({"DOWNLOAD_DELAY": "1s"}, "DOWNLOAD_DELAY='1s': say a number"),
        ({"DOWNLOAD_DELAY": "-1"}, "DOWNLOAD_DELAY='-1': say 0 or more"),
        ({"DOWNLOAD_TIMEOUT": "nan"}, "DOWNLOAD_TIMEOUT='nan': say 1 or more"),
        ({"CONCURRENT_REQUESTS_PER_DOMAIN": "0"}, "CONCURRENT_REQUESTS_PER_DOMAIN='0': say 1 or more"),
        (
            {"DOWNLOAD_TLS_MAX_VERSION": "2"},
            f"DOWNLOAD_TLS_MAX_VERSION='2': say one of {', '.join(VERSIONS)}",
        ),
        (
            {"DOWNLOADER_CLIENT_TLS_CIPHERS": "none"},
            "DOWNLOADER_CLIENT_TLS_CIPHERS='none': say ciphers as OpenSSL lists them",
        ),
        ({"EVIDENCE_ENABLED": "maybe"}, "EVIDENCE_ENABLED='maybe': say 1 or 0"),
        ({"REMOVAL_CHECKS": "0"}, "REMOVAL_CHECKS='0': say 1 or more"),
        ({"DISK_BUDGET_MB": "-5"}, "DISK_BUDGET_MB='-5': say 0 or more"),
        ({"REMOVAL_CHEKS": "1"}, "-s REMOVAL_CHEKS: there is no such setting; did you mean REMOVAL_CHECKS?"),
        ({"LISTED_MOST": "0"}, "LISTED_MOST=0: say 1 or more"),
    ],
)
def test_2_a_setting_that_is_no_value_is_one_clear_line(
    sqlite_workplace: Workplace, setting: dict[str, str], says: str
) -> None:
    crawl = sqlite_workplace.run(*sqlite_workplace.scrapy("demo", **setting))

    assert crawl.exit_code == 2
    assert crawl.log.splitlines()[-1] == f"crawl: {says}"
    assert "Traceback" not in crawl.log


def test_2_an_older_scrapy_with_known_holes_is_refused_before_anything_is_asked(
    sqlite_workplace: Workplace,
) -> None:
    command = sqlite_workplace.scrapy("demo", {"base_url": sqlite_workplace.server.url})

    crawl = sqlite_workplace.run("-c", OLDER_SCRAPY, *command[2:])

    assert crawl.exit_code == 2
    assert crawl.log.splitlines()[-1].startswith("crawl: Scrapy 2.14.1 is installed, this version needs")
    assert sqlite_workplace.requests() == []


OLDER_SCRAPY = """
import runpy, scrapy
scrapy.__version__, scrapy.version_info = "2.14.1", (2, 14, 1)
runpy.run_module("scrapy", run_name="__main__", alter_sys=True)
"""


def test_the_least_scrapy_is_the_one_that_the_distribution_requires() -> None:
    least = ".".join(map(str, LEAST))

    assert f"scrapy>={least}" in (requires("hotnews") or ())


def test_2_a_file_that_is_no_archive_is_left_alone(sqlite_workplace: Workplace) -> None:
    path = sqlite_workplace.folder / "notes.db"
    path.write_text("these are my notes, not a database\n" * 100)
    sqlite_workplace.archive_url = f"sqlite:///{path}"

    crawl = sqlite_workplace.crawl()

    assert crawl.exit_code == 2
    assert str(path) in crawl.log.splitlines()[-1]
    assert path.read_text().startswith("these are my notes")
