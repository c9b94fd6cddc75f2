"""The page after a list page, and the total that it states."""

from __future__ import annotations

import pytest

from crawler.extract import extract_list
from tests.crawler.extract.listed_rows import (
    ENGLISH_URL,
    SHAPES,
    SLUGS,
    TITLES,
    page,
)


def test_a_pager_that_stands_like_a_row_is_no_entry() -> None:
    rows = "".join(
        f"<tr><td>·</td><td><a href='/info/1021/{n}.htm'>{title}</a></td><td>2026-11-0{n}</td></tr>"
        for n, title in enumerate(TITLES, 1)
    )
    pager = "<table><tr><td>共240条 1/20 首页 上页 <a href='news/19.htm'>下页</a> <a href='news/1.htm'>尾页</a></td></tr></table>"

    found = extract_list(page(f"<table>{rows}</table>{pager}"), "http://www.example.gov.cn/news.htm")

    assert tuple(entry.title for entry in found.entries) == TITLES
    assert [request.url for request in found.next] == ["http://www.example.gov.cn/news/19.htm"]


NEXT = [
    ("<a rel='next' href='/news/page/2/'>Older</a>", "/news/page/2/"),
    (
        "<div class='pager'><b>1</b> <a href='?page=1'>2</a> <a href='?page=1'>next ›</a> <a href='?page=9'>last »</a></div>",
        "/news/?page=1",
    ),
    (
        "<ul class='pagination'><li class='active'><a href='#'>1</a></li><li><a href='/news/?p=2'>2</a></li></ul>",
        "/news/?p=2",
    ),
    ("<p><a href='/news/?p=1'>1</a> <span>2</span> <a href='/news/?p=3'>3</a></p>", "/news/?p=3"),
    ("<a class='next page-numbers' href='/news/page/2/'><i class='arrow'></i></a>", "/news/page/2/"),
    ("<a href='list_2.shtml'>下一页</a><a href='list_9.shtml'>尾页</a>", "/news/list_2.shtml"),
    ("<a href='/de/news_2'>Nächste Seite »</a>", "/de/news_2"),
    ("<a href='/fr/page2' title='Page suivante'>&gt;&gt;</a>", "/fr/page2"),
    ("<link rel='next' href='/news?start=20'>", "/news?start=20"),
    ("<a href='javascript:next()'>Next</a>", None),
    ("<a class='next' href='https://other.example/ads'>›</a>", None),
    ("<span class='disabled'>下一页</span>", None),
    (
        "<table class='calendar'>"
        + "".join(f"<td><a href='/day/{n}'>{n}</a></td>" for n in range(1, 31))
        + "</table>",
        None,
    ),
    ("", None),
]


@pytest.mark.parametrize(("pager", "expected"), NEXT)
def test_the_next_page_is_found_or_rightly_none(pager: str, expected: str | None) -> None:
    found = extract_list(page(SHAPES["list items with a span"] + pager), ENGLISH_URL)

    wanted = [f"https://www.example.gov{expected}"] if expected else []
    assert [request.url for request in found.next] == wanted


TOTALS = [
    ("<p>Page 1 of 12 250 results per page</p>", None),
    ("<p>Showing 1 - 20 of 40 512</p>", 40512),
    ("<p>Showing 1 - 4 of 235 results</p>", 235),
    ("<h2>1,234 results</h2>", 1234),
    ("<span>Total: 24 records</span>", 24),
    ("<p>Showing 10 of 37 press releases</p>", 37),
    ("<p>Total 24 notices</p>", 24),
    ("<div>共有120条信息</div>", 120),
    ("<div>共 6 页</div>", None),
    ("<div>首页 下一页 共3页 45条</div>", 45),
    ("<div>共 3 页，共 45 条记录</div>", 45),
    ("<div>45条记录 1/3页</div>", 45),
    ("<div>每页20条记录 共3页</div>", None),
    ("<div>Page 1 of 12</div>", None),
    ("<p>Suchergebnisse 1 bis 10 von insgesamt 342</p>", 342),
    ("<p>1 to 4 of 12 pages</p>", None),
    ("<div class='search'><b>11 results</b></div>", None),
    ("<!-- 共有99条信息 -->", None),
    ("<h2><span>1,204 news and communications</span></h2>", 1204),
    ("<p>1 287 résultats</p>", 1287),
    ("<p>24 518 träffar</p>", 24518),
    ("<p><strong>86 </strong>contenuti trovati</p>", 86),
    ("<p>412 Pressemitteilungen</p>", 412),
    ("<p>Displaying 1 - 4 of 2,233 press releases</p>", 2233),
    ("<p>Showing 4 press releases</p>", None),
    ("<h3>2026 Press Releases</h3>", None),
    ("<p><a href='/2025.html'>2025 News Releases</a></p>", None),
    ("<p>Er zijn 12.345 resultaten</p>", 12345),
    ("<h2>Totalt 4321 träffar</h2>", 4321),
    ("<div class='pager'><b>1</b><a href='?p=2'>2</a><a href='?p=3'>3</a><span>17 results</span></div>", 17),
]


@pytest.mark.parametrize(
    "around", ["<div class='pagination'>{}</div>", "<nav aria-label='Pager'><p>{}</p></nav>"]
)
@pytest.mark.parametrize(
    "stated",
    [
        "共 500 条 1/25页",
        "Results\n" + " " * 90 + "1 - 20 of 500 (<a>refine</a>)\n" + " " * 90,
        "记录总数：500",
        "Total: 500",
        "Page 1 of 25 (500 items)",
    ],
)
def test_a_pager_states_the_total_of_its_list(stated: str, around: str) -> None:
    listed = SHAPES["list items with a span"] + around.format(stated)

    assert extract_list(page(listed), ENGLISH_URL).total == 500


@pytest.mark.parametrize("stated", ["<p>共 1 条</p>", "<div class='comments'>共 500 条</div>"])
def test_a_number_below_that_of_the_rows_or_aside_is_no_total(stated: str) -> None:
    assert extract_list(page(SHAPES["list items with a span"] + stated), ENGLISH_URL).total is None


@pytest.mark.parametrize(("stated", "expected"), TOTALS)
def test_the_stated_total_is_a_number_of_entries(stated: str, expected: int | None) -> None:
    assert extract_list(page(SHAPES["list items with a span"] + stated), ENGLISH_URL).total == expected


@pytest.mark.parametrize(
    "said",
    ["238 Ergebnisse gefunden", "Število zadetkov: 238", "Nombre de résultats : 238", "Antal träffar: 238"],
)
def test_totals_are_read_as_european_lists_state_them(said: str) -> None:
    listed = "".join(
        f'<li><a href="/n/{slug}">{title}</a></li>' for slug, title in zip(SLUGS, TITLES, strict=True)
    )

    assert (
        extract_list(page(f"<div class=search-count>{said}</div><ul>{listed}</ul>"), ENGLISH_URL).total == 238
    )
