"""What a robots.txt says to us."""

from __future__ import annotations

import time

import pytest

from crawler.network.robots import (
    MOST_BYTES,
    MOST_CRAWL_DELAY_SECONDS,
    product_token,
    read_robots,
    without_robots,
)

AGENT = "hotnews/0.1"
SITE = "https://a.gov.cn"


@pytest.mark.parametrize(
    ("text", "path", "allowed"),
    [
        ("", "/a", True),
        ("User-agent: *\nDisallow: /", "/a", False),
        ("User-agent: *\nDisallow:", "/a", True),
        ("User-agent: *\nDisallow: /private/", "/a", True),
        ("User-agent: *\nDisallow: /private/", "/private/a", False),
        ("User-agent: *\nDisallow: /\nAllow: /art/", "/art/1", True),  # the longest rule decides
        ("User-agent: *\nDisallow: /*.pdf$", "/a.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/a.pdf?x", True),
        ("User-agent: *\nDisallow: /\n\nUser-agent: hotnews\nAllow: /", "/a", True),  # our own group
        ("User-agent: *\nAllow: /\n\nUser-agent: HotNews\nDisallow: /", "/a", False),
        ("User-agent: hotnews/0.1\nDisallow: /", "/a", False),
        ("User-agent: hotnews/9.9 beta # old\nDisallow: /", "/a", False),  # another version of ours
        ("User-agent: *\nDisallow: /\n\nUser-agent: HotNews/9.9\nAllow: /", "/a", True),
        ("User-agent: hotnews-images\nDisallow: /", "/a", True),
        ("User-agent: news\nDisallow: /", "/a", True),  # another crawler
        ("User-agent: other\nUser-agent: hotnews\nDisallow: /", "/a", False),
        ("\ufeffUser-agent: *\nDisallow: /", "/a", False),
        ("User-agent: *\r\nDisallow: /\r\n", "/a", False),
        ("<html><body>not found</body></html>", "/a", True),
        ("User-agent: *\nDisallow: /%E5%85%AC", "/公", False),
    ],
)
def test_read_robots_obeys_the_group_that_is_for_us(text: str, path: str, *, allowed: bool) -> None:
    assert read_robots(text.encode(), AGENT).allows(SITE + path) is allowed


@pytest.mark.parametrize(
    ("text", "delay"),
    [
        ("User-agent: *\nDisallow: /x", None),
        ("User-agent: *\nCrawl-delay: 5", 5.0),
        ("User-agent: *\nCrawl-delay: 0.5", 0.5),
        ("User-agent: *\nCrawl-delay: 5\n\nUser-agent: hotnews\nCrawl-delay: 7", 7.0),
        ("User-agent: *\nCrawl-delay: soon", None),
        ("User-agent: *\nCrawl-delay: 86400", MOST_CRAWL_DELAY_SECONDS),
        ("User-agent: *\nCrawl-delay: -1", None),
    ],
)
def test_read_robots_reads_the_pace(text: str, delay: float | None) -> None:
    assert read_robots(text.encode(), AGENT).crawl_delay == delay


def test_rules_beyond_500_kib_are_not_read() -> None:
    late = b"User-agent: *\n" + b"#" * MOST_BYTES + b"\nDisallow: /"

    assert read_robots(late, AGENT).allows(f"{SITE}/a")


@pytest.mark.parametrize("codec", ["utf-16", "utf-8-sig", "utf-16-be"])
def test_a_robots_that_an_editor_of_windows_saved_is_obeyed(codec: str) -> None:
    mark = "\ufeff" if codec == "utf-16-be" else ""

    assert not read_robots(f"{mark}User-agent: *\r\nDisallow: /".encode(codec), AGENT).allows(f"{SITE}/a")


def test_bytes_that_are_no_text_do_not_stop_the_reading() -> None:
    assert not read_robots(b"\xff\xfe\x00\nUser-agent: *\nDisallow: /", AGENT).allows(f"{SITE}/a")


def test_a_host_without_robots_allows_everything_and_says_why() -> None:
    rules = without_robots("HTTP 404")

    assert rules.allows(f"{SITE}/a")
    assert rules.permission == "no robots.txt (HTTP 404)"


@pytest.mark.parametrize(
    "line",
    [
        b"Disallow: /" + b"*a" * 5000 + b"b\n",
        b"Disallow: /" + b"*" * 10_000 + b"$\n",
        b"User-agent: x\n",
        b" " * 5000 + b"User-agent" + b" " * 5000 + b":" + b" " * 5000 + b"x\n",
        b" " * MOST_BYTES,
    ],
)
def test_a_hostile_robots_costs_little_time(line: bytes) -> None:
    body = (b"User-agent: *\n" + line * (MOST_BYTES // len(line)))[:MOST_BYTES]
    started = time.process_time()

    read_robots(body, AGENT).allows(f"{SITE}/" + "a" * 2000)

    assert time.process_time() - started < 2


@pytest.mark.parametrize(
    ("user_agent", "token"),
    [("hotnews/0.1 (+https://example.org)", "hotnews/0.1"), ("hotnews", "hotnews"), (" ", "*")],
)
def test_product_token_is_what_robots_address(user_agent: str, token: str) -> None:
    assert product_token(user_agent) == token
