"""A list that names an article which only a script opens: the run says so, and costs no more for it."""

from __future__ import annotations

from tests.crawl.conftest import Place
from tests.crawl.faulty_lists import article, entries, list_page
from tests.crawler.probing import Loopback, reply

PATHS = entries("news", 1)
ROW = "<li><a href='javascript:showNews(99)'>The tower opens to the public</a><span>2026-05-19</span></li>"


def test_an_article_that_only_a_script_opens_leaves_a_run_incomplete(
    sqlite_place: Place, server: Loopback
) -> None:
    markup = list_page("news", 1).partition(b"</ul>")[0]
    server.answers = {path: reply(200, article(path)) for path in PATHS}
    server.answers |= {"/robots.txt": reply(404), "/list/": reply(200, markup + ROW.encode() + b"</ul>")}

    crawls = [sqlite_place.crawl_lists(server.url("/list/")) for _ in range(2)]
    certificate = sqlite_place.certificates()["list"]
    server.answers["/list/"] = reply(200, markup + b"</ul>")
    mended = sqlite_place.crawl_lists(server.url("/list/"))

    says = f"list page 1 ({server.url('/list/')}) names 1 articles that only a script opens"
    for crawl in crawls:
        assert crawl.exit_code == 3, crawl.log
        assert says in crawl.log.splitlines()[-1]
    assert (certificate.archived, certificate.verdict) == (len(PATHS), "incomplete")
    assert certificate.walked_to_end
    assert certificate.gaps[0].startswith(says)
    assert mended.exit_code == 0, mended.log
