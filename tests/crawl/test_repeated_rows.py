"""Lists that name one article in several rows and state how many rows they have."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.crawl.conftest import Crawl, Place
from tests.crawl.faulty_lists import article, page, title_of
from tests.crawler.probing import Loopback, reply

Pages = Sequence[Sequence[int]]
STILL: dict[str, Pages] = {
    "on-two-pages": ((0, 1, 2, 3), (4, 5, 1, 6), (7, 8, 9, 10)),
    "last-and-first": ((0, 1, 2, 3), (3, 4, 5, 6), (7, 8, 9, 10)),
    "pinned": ((0, 1, 2, 3), (0, 4, 5, 6), (0, 7, 8, 9)),
    "side-by-side": ((0, 1, 1, 2), (3, 4, 5, 6), (7, 8, 9, 10)),
    "apart-on-one-page": ((0, 1, 2, 0), (3, 4, 5, 6), (7, 8, 9, 10)),
    "alone-on-the-last": ((0, 1, 2, 3), (4, 5, 6, 7), (2,)),
}
# Of these the site has more than its list pages show.
BROKEN: dict[str, Pages] = {
    "each-begins-inside-the-last": ((0, 1, 2, 3), (3, 4, 5, 6), (6, 7, 8, 9)),
    "first-again": ((0, 1, 2, 3), (0, 1, 2, 3), (0, 1, 2, 3)),
}


def list_page(name: str, pages: Pages, number: int, total: int) -> bytes:
    """Return the markup of list page *number* of *pages*, each of which names articles by number."""
    items = "".join(
        f'<li><a href="{path}">{title_of(path)}</a><span>2026-05-{20 - number:02}</span></li>'
        for path in (f"/{name}/{each}.html" for each in pages[number - 1])
    )
    numbers = "".join(f'<a href="/{name}/?page={each + 1}">{each + 1}</a>' for each in range(len(pages)))
    pager = f'<div class="pages">{numbers}</div><p>共{total}条</p>'
    return page(f'<ul class="list">{items}</ul>{pager}')


def show(server: Loopback, name: str, pages: Pages, total: int | None = None) -> None:
    """Let *server* show a section of these list pages, which state their rows or *total*."""
    stated = sum(map(len, pages)) if total is None else total
    server.answers["/robots.txt"] = reply(404)
    for number in range(1, len(pages) + 1):
        server.answers[f"/{name}/?page={number}"] = reply(200, list_page(name, pages, number, stated))
    server.answers[f"/{name}/"] = server.answers[f"/{name}/?page=1"]
    server.otherwise = lambda asked: reply(200, article(asked.path))


def crawl(place: Place, server: Loopback, *names: str, full: str = "") -> Crawl:
    return place.crawl_lists(*(server.url(f"/{name}/") for name in names), arguments={"full": full})


def verdicts(place: Place) -> dict[str, str]:
    return {name: row.verdict for name, row in place.certificates().items()}


def test_a_list_that_names_articles_twice_is_complete_once_all_its_rows_were_seen(
    place: Place, server: Loopback
) -> None:
    for name, pages in STILL.items():
        show(server, name, pages)
    complete = dict.fromkeys(STILL, "complete")

    first = crawl(place, server, *STILL)
    assert (first.exit_code, verdicts(place)) == (0, complete), first.log
    assert all(
        row.known + row.repeated == row.stated_total and row.repeated for row in place.certificates().values()
    )
    assert "repeated" in place.hotnews("coverage").output.splitlines()[0]
    server.asked.clear()
    again = crawl(place, server, *STILL)
    asked = server.paths()

    assert (again.exit_code, verdicts(place)) == (0, complete), again.log
    assert sorted(asked) == sorted(["/robots.txt", *(f"/{name}/" for name in STILL)])  # no full walk
    full = crawl(place, server, *STILL, full="1")
    assert (full.exit_code, verdicts(place)) == (0, complete), full.log


@pytest.mark.parametrize("name", BROKEN)
def test_pages_that_overlap_or_come_again_hide_nothing_that_is_missing(
    sqlite_place: Place, server: Loopback, name: str
) -> None:
    show(server, name, BROKEN[name])

    first = crawl(sqlite_place, server, name)
    again = crawl(sqlite_place, server, name)

    assert (first.exit_code, again.exit_code) == (3, 3)
    assert verdicts(sqlite_place) == {name: "incomplete"}


def test_what_a_new_run_misses_is_not_taken_for_what_an_earlier_one_saw_twice(
    sqlite_place: Place, server: Loopback
) -> None:
    show(server, "news", STILL["on-two-pages"])
    crawl(sqlite_place, server, "news")
    show(server, "news", STILL["on-two-pages"], total=13)  # the new one is not shown

    missed = crawl(sqlite_place, server, "news")

    assert missed.exit_code == 3
    assert "news: the site states 13 entries, 11 were listed" in missed.log.splitlines()[-1]


@pytest.mark.parametrize("states_new_total", [True, False])  # a list of the newest 12 states 12
def test_an_article_that_comes_while_the_list_is_walked_is_found_by_a_second_look(
    sqlite_place: Place, server: Loopback, states_new_total: bool
) -> None:
    before: Pages = ((1, 2, 3, 4), (5, 6, 7, 8), (9, 10, 11, 12))
    after: Pages = ((0, 1, 2, 3), (4, 5, 6, 7), (8, 9, 10, 11), *([(12,)] if states_new_total else []))
    show(server, "news", before)
    first = server.answers["/news/"]
    show(server, "news", after)
    moved = server.answers["/news/"]
    looks = iter([first])
    articles = server.otherwise
    del server.answers["/news/"]
    server.otherwise = lambda asked: next(looks, moved) if asked.path == "/news/" else articles(asked)

    walked = crawl(sqlite_place, server, "news")

    found = sqlite_place.certificates()["news"]
    assert (walked.exit_code, found.verdict) == (0, "complete"), walked.log
    assert found.known == 12 + states_new_total
