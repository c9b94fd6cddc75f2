"""Scrapy's own commands look at a page with the crawler's manners and archive nothing."""

from __future__ import annotations

import pytest

from tests.crawl.conftest import Workplace

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
        *("-m", "scrapy", name, "--nolog", "-s", "ALLOW_PRIVATE_ADDRESSES=1", *options, url)
    )
    assert looked.exit_code == 0, looked.log
    assert shows in looked.output
    assert f"GET /{HOT_NEWS}" in sqlite_workplace.requests()
    assert not (sqlite_workplace.folder / "archive").exists()


def test_the_shell_obeys_robots(sqlite_workplace: Workplace) -> None:
    url = sqlite_workplace.server.url + "internal/minutes.html"
    looked = sqlite_workplace.run(
        *("-m", "scrapy", "shell", "-s", "ALLOW_PRIVATE_ADDRESSES=1", "-c", "response", url)
    )
    assert "None" in looked.output
    assert "GET /internal/minutes.html" not in sqlite_workplace.requests()
