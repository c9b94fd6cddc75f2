"""List pages of the shapes that government sites use; every page here is written for these tests."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest

from crawler.extract import ListEntry, PageContext, extract_list

LIST_URL = "https://www.example.gov.cn/xw/gzdt/"
ENGLISH_URL = "https://www.example.gov/news/"

MENU = """
<div class="header"><ul class="nav"><li><a href="/">Home</a></li><li><a href="/about/">About the office</a></li>
<li><a href="/services/permits-and-licences/">Permits and licences for residents</a></li>
<li><a href="/contact/">Contact the office</a></li></ul></div>
<div class="crumbs">You are here: <a href="/">Home</a> &gt; <a href="/news/">News</a></div>
"""
FOOTER = """
<div class="footer"><a href="/privacy-and-accessibility-statement">Privacy and accessibility statement</a>
<a href="/copyright">© 2019 All rights reserved</a></div>
"""

TITLES = (
    "Harbour authority opens the new container berth",
    "Council approves budget for three rural libraries",
    "Free flu vaccination starts in all districts on Monday",
    "Two bridges closed for repairs until the end of the month",
)
DAYS = (date(2019, 6, 18), date(2019, 6, 12), date(2019, 6, 8), date(2019, 5, 30))
SLUGS = ("new-container-berth", "three-rural-libraries", "free-flu-vaccination", "two-bridges-closed")


def page(body: str, head: str = "") -> bytes:
    return f"<html><head><title>News</title>{head}</head><body>{MENU}{body}{FOOTER}</body></html>".encode()


def rows(template: str) -> str:
    return "\n".join(
        template.format(
            title=title,
            slug=slug,
            day=day,
            us=f"{day.month}/{day.day}/{day:%y}",
            number=number,
            long=f"{day:%B} {day.day}, {day.year}",
            dotted=f"{day:%d.%m.%Y}",
            short=f"{day:%m-%d}",
            month_day=f"{day:%B} {day.day}",
            d=f"{day:%d}",
            ym=f"{day:%Y-%m}",
            weekday=f"{day:%A}",
        )
        for number, (title, slug, day) in enumerate(zip(TITLES, SLUGS, DAYS, strict=True), start=1)
    )


MEGA_MENU = "<nav><ul>{}</ul></nav>".format(
    "".join(
        f"<li><a href='/offices/{n}'>Office of public works and bridges, district {n}</a></li>"
        for n in range(60)
    )
)
EVENTS = "<div class='side'><ul>{}</ul></div>".format(
    "".join(
        f"<li><a href='/events/{n}'>Open day in the town hall, floor {n}</a> 2019-07-0{n}</li>"
        for n in range(1, 7)
    )
)
SHAPES = {
    "beneath a menu that holds most of the page": MEGA_MENU
    + "<ul>"
    + rows("<li><a href='{slug}.html'>{title}</a> {day}</li>")
    + "</ul>",
    "elements of a component": "<news-list>"
    + rows("<news-item><a href='{slug}.html'>{title}</a><time datetime='{day}'></time></news-item>")
    + "</news-list>",
    "a day for machines": "<ul>"
    + rows("<li data-date='{day}'><a href='{slug}.html'>{title}</a></li>")
    + "</ul>",
    "articles of schema.org": rows(
        "<article itemscope><meta itemprop='datePublished' content='{day}T09:00:00Z'>"
        "<h2><a href='{slug}.html'>{title}</a></h2></article>"
    ),
    "a picture that has a name": "<ul>"
    + rows("<li><a href='{slug}.html'><svg><title>arrow</title></svg><span>{title}</span></a> {day}</li>")
    + "</ul>",
    "list items with a span": "<ul class='list'>"
    + rows("<li><a href='/news/{slug}.html'>{title}</a><span>{day}</span></li>")
    + "</ul>",
    "day before the link": "<ul>"
    + rows("<li><span>[{day}]</span> <a href='/news/{slug}'>{title}</a></li>")
    + "</ul>",
    "senate table": "<table><tr><th>Date</th><th>Title</th></tr>"
    + rows("<tr><td>{us}</td><td><a href='\t\t\n\t/news/{slug}\n\t'>{title}</a></td></tr>")
    + "</table>",
    "flat siblings, day first": "<div id='list'>"
    + rows(
        "<span class='date'>{us}</span><h2><a href='/news/{slug}'>{title}</a></h2>"
        "<p>The office said in a statement that work would go on for several weeks and thanked everybody who had"
        " helped to prepare it. <a href='/news/{slug}'>Continue reading</a></p><hr>"
    )
    + "</div>",
    "flat siblings, day last": "<div id='list'>"
    + rows("<h2><a href='/news/{slug}'>{title}</a></h2><div class='meta'>Posted on {long}</div>")
    + "</div>",
    "text and line breaks": "<td>" + rows("{long} <a href='/news/{slug}'>{title}</a><br>") + "</td>",
    "link, then the day as text": "<div class='txt'>"
    + rows("<a href='/news/{slug}'>{title}</a> ({day})<br/>")
    + "</div>",
    "definition list": "<dl>" + rows("<dt>{long}</dt><dd><a href='/news/{slug}'>{title}</a></dd>") + "</dl>",
    "day headings": rows("<h3>{weekday}, {long}</h3><ul><li><a href='/news/{slug}'>{title}</a></li></ul>"),
    "cards that are links": "<div class='cards'>"
    + rows(
        "<a class='card' href='/news/{slug}'><img src='/i.jpg'><div class='card-body'><h3>{title}</h3>"
        "<p>Work goes on for several weeks, the office said.</p><time datetime='{day}T08:00:00Z'>x</time></div></a>"
    )
    + "</div>",
    "picture and title link": "<div>"
    + rows(
        "<div class='item'><a href='/news/{slug}'><img src='/i.jpg' alt=''></a><div><h4><a href='/news/{slug}'>"
        "{title}</a></h4><span>{dotted}</span></div></div>"
    )
    + "</div>",
    "calendar sheet": "<ul>"
    + rows("<li><div class='sheet'><b>{d}</b><i>{ym}</i></div><a href='/news/{slug}'>{title}</a></li>")
    + "</ul>",
    "category link before the title": "<ul>"
    + rows("<li><a href='/news/topics/'>[City]</a><a href='/news/{slug}'>{title}</a><em>{day}</em></li>")
    + "</ul>",
    "category link in a card": "<div>"
    + rows(
        "<div class='item'><a href='/news/topics/'>City</a><a href='/news/{slug}'>{title}</a><em>{day}</em></div>"
    )
    + "</div>",
    "day and month under a year": "<h3>2019</h3><ul>"
    + rows("<li>{month_day} - <a href='/news/{slug}'>{title}</a></li>")
    + "</ul>",
    "numeric day and month under a year": "<h3>2019年</h3><ul>"
    + rows("<li><a href='/news/{slug}'>{title}</a><span>[{short}]</span></li>")
    + "</ul>",
    "rows that differ in class": "<ul>"
    + rows("<li class='kind{number} {slug}'><a href='/news/{slug}'>{title}</a><span>{day}</span></li>")
    + "</ul>",
    "day inside the link": "<ul>"
    + rows("<li><a href='/news/{slug}'><span>{title}</span><i>{day}</i></a></li>")
    + "</ul>",
    "nested tables": "<table><tr><td>"
    + rows("<table><tr><td><a href='/news/{slug}'>{title}</a></td><td>{day}</td></tr></table>")
    + "</td></tr></table>",
    "read-more links only": "<div>"
    + rows("<div class='item'><h3>{title}</h3><p>{long}</p><a href='/news/{slug}'>Read more</a></div>")
    + "</div>",
    "day before the summary": "<ul>"
    + rows(
        "<li><a href='/news/{slug}'><span class='headline'>{title}</span></a><br>{long} -- The office said that work"
        " would go on for several weeks and thanked everybody who had helped to prepare it.</li>"
    )
    + "</ul>",
    "words for screen readers": "<div class='search-results'>"
    + rows(
        "<article><h2><a href='/news/{slug}'>{title}<span class='sr-only'> (opens in a new tab)</span>"
        "<em class='badge'>NEW</em></a></h2><p class='meta'>{day}</p></article>"
    )
    + "</div>",
    "day in the link's text": "<ul>" + rows("<li><a href='/news/{slug}'>[{day}] {title}</a></li>") + "</ul>",
    "day after the link's text": "<ul>"
    + rows("<li><a href='/news/{slug}'>{title} ({day})</a></li>")
    + "</ul>",
    "groups of five": rows(
        "<ul class='five'><li><a href='/news/{slug}'>{title}</a><span>{day}</span></li></ul>"
    ),
    "title rows and day rows": "<table>"
    + rows("<tr><td><a href='/news/{slug}'>{title}</a></td></tr><tr><td>{long}</td></tr>")
    + "</table>",
    "a form around everything": "<form id='aspnetForm' class='leftMenu'><h1>News</h1>"
    + "<ul>"
    + rows("<li><a href='/news/{slug}'>{title}</a> <i>{day}</i></li>")
    + "</ul></form>",
    "a sidebar beside it": "<div class='has-sidebar'><div class='main'><ul>"
    + rows("<li><a href='/news/{slug}'>{title}</a> <i>{day}</i></li>")
    + "</ul></div><div class='sidebar'><ul><li><a href='/services/a-service-with-a-very-long-name-1'>A service with a"
    " very long name</a> 2019-01-01</li></ul></div></div>",
    "a notice beside it": "<div class='note'><p>"
    + "This office uses letters to keep in touch. " * 14
    + "</p></div><ul>"
    + rows("<li><a href='/news/{slug}'>{title}</a> <i>{day}</i></li>")
    + "</ul>",
    "links without an end": "<ul>"
    + rows("<li><a href='/news/{slug}'>{title}</a><span>{day}</span>")
    + "</ul>",
}


@pytest.mark.parametrize("shape", SHAPES)
def test_rows_of_every_shape_are_found_with_title_and_day(shape: str) -> None:
    found = extract_list(page(SHAPES[shape]), ENGLISH_URL)

    assert [(entry.title, entry.date) for entry in found.entries] == list(zip(TITLES, DAYS, strict=True))
    assert [entry.url.rpartition("/")[2].removesuffix(".html") for entry in found.entries] == list(SLUGS)


@pytest.mark.parametrize(
    "shape", ["list items with a span", "cards that are links", "flat siblings, day last"]
)
def test_an_undated_list_has_entries_without_a_day(shape: str) -> None:
    undated = SHAPES[shape]
    for day in DAYS:
        for form in (f"{day}T08:00:00Z", str(day), f"{day:%B} {day.day}, {day.year}"):
            undated = undated.replace(form, "")

    found = extract_list(page(undated), ENGLISH_URL)

    assert [(entry.title, entry.date) for entry in found.entries] == [(title, None) for title in TITLES]


@pytest.mark.parametrize("beside", [MEGA_MENU, EVENTS])
def test_rows_without_a_day_are_the_list_whatever_stands_beside_them(beside: str) -> None:
    undated = "<div class='main'>" + rows("<h3><a href='{slug}.html'>{title}</a></h3>") + "</div>"

    found = extract_list(page(beside + undated), ENGLISH_URL)

    assert tuple(entry.title for entry in found.entries) == TITLES


@pytest.mark.parametrize("name", ["side", "site-nav"])
def test_a_list_may_stand_in_what_is_named_like_furniture(name: str) -> None:
    body = (
        f"<div class='{name}'><ul>" + rows("<li><a href='{slug}.html'>{title}</a> {day}</li>") + "</ul></div>"
    )

    found = extract_list(f"<html><body>{body}</body></html>".encode(), ENGLISH_URL)

    assert tuple(entry.title for entry in found.entries) == TITLES


FEATURED = (
    "<div class='hero'><a href='{}'><h2>The new ferry begins its service</h2></a><p>19 June 2019</p></div>"
)


def test_the_article_that_is_set_off_before_the_rows_is_listed() -> None:
    list_of = "<ul>" + rows("<li><a href='/news/{slug}.html'>{title}</a> {day}</li>") + "</ul>"

    first, *others = extract_list(
        page(FEATURED.format("/news/new-ferry.html") + list_of), ENGLISH_URL
    ).entries

    assert (first.title, first.date) == ("The new ferry begins its service", date(2019, 6, 19))
    assert tuple(entry.title for entry in others) == TITLES
    elsewhere = extract_list(page(FEATURED.format("/services/ferries.html") + list_of), ENGLISH_URL)
    assert tuple(entry.title for entry in elsewhere.entries) == TITLES


def test_a_component_may_be_given_its_rows() -> None:
    records = [
        {"headline": title, "link": f"/news/{slug}.html", "date": str(day)}
        for title, slug, day in zip(TITLES, SLUGS, DAYS, strict=True)
    ]
    markup = f"<html><body><news-list :items='{json.dumps(records)}'></news-list></body></html>"

    assert tuple(entry.title for entry in extract_list(markup.encode(), ENGLISH_URL).entries) == TITLES


CHINESE_ROWS = """<ul class="list">
<li><a href="./202207/t20220705_1001.html" title="市统计局召开年中工作会议部署下半年重点任务">市统计局召开年中工作会议部署…</a><span>2022-07-05</span></li>
<li><a href="../tzgg/202206/t20220628_1000.html" title="关于开展人口变动抽样调查的公告">关于开展人口变动抽样调查的公告</a><span>2022-06-28</span></li>
<li><a href="t20220617_0999.html">2022.06.17 上半年物价走势平稳</a></li>
</ul>"""


def test_relative_links_cut_titles_and_days_in_the_title_are_read() -> None:
    found = extract_list(page(CHINESE_ROWS), LIST_URL)

    assert found.entries == (
        ListEntry(
            url="https://www.example.gov.cn/xw/gzdt/202207/t20220705_1001.html",
            title="市统计局召开年中工作会议部署下半年重点任务",
            date=date(2022, 7, 5),
        ),
        ListEntry(
            url="https://www.example.gov.cn/xw/tzgg/202206/t20220628_1000.html",
            title="关于开展人口变动抽样调查的公告",
            date=date(2022, 6, 28),
        ),
        ListEntry(
            url="https://www.example.gov.cn/xw/gzdt/t20220617_0999.html",
            title="上半年物价走势平稳",
            date=date(2022, 6, 17),
        ),
    )


LABELLED = [
    (
        "标题：市统计局召开年中工作会议部署下半年重点任务&#10;发布时间：2022-07-05",
        "市统计局召开年中工作会议部署下半年重点任务",
    ),
    ("市统计局召开年中工作会议部署下半年重点任务", "市统计局召开年中工作会议部署下半年重点任务"),
    ("点击查看", "市统计局召开年中工作会议…"),
]


@pytest.mark.parametrize(("attribute", "expected"), LABELLED)
def test_only_a_title_attribute_that_completes_the_text_is_taken(attribute: str, expected: str) -> None:
    row = f"<ul><li><a href='t20220705_1.html' title='{attribute}'>市统计局召开年中工作会议…</a> 2022-07-05</li></ul>"

    assert extract_list(page(row), LIST_URL).entries[0].title == expected


def test_a_title_that_begins_with_its_day_keeps_it() -> None:
    row = (
        "<ul>"
        + "".join(
            f"<li><a href='/a/{n}.html'>2019年9月1{n}日新闻发布会实录</a><span>2019-09-2{n}</span></li>"
            for n in range(4)
        )
        + "</ul>"
    )

    found = extract_list(page(row), LIST_URL)

    assert found.entries[0].title == "2019年9月10日新闻发布会实录"
    assert found.entries[0].date == date(2019, 9, 20)


def test_the_base_of_the_page_is_what_links_are_relative_to() -> None:
    found = extract_list(page(CHINESE_ROWS, "<base href='https://base.gov.cn/x/'>"), LIST_URL)

    assert found.entries[0].url == "https://base.gov.cn/x/202207/t20220705_1001.html"


NOT_ROWS = [
    "javascript:void(0)",
    "javascript:show('1')",
    "mailto:press@example.gov",
    "#top",
    "",
    "http://[broken",
    "tel:123",
]


@pytest.mark.parametrize("href", NOT_ROWS)
def test_links_that_lead_to_no_page_are_no_rows(href: str) -> None:
    body = (
        SHAPES["list items with a span"]
        + f"<ul class='list'><li><a href=\"{href}\">{TITLES[0]}</a></li></ul>"
    )

    assert len(extract_list(page(body), ENGLISH_URL).entries) == len(TITLES)


def test_a_repeated_address_is_one_entry() -> None:
    assert len(extract_list(page(SHAPES["day before the link"] * 2), ENGLISH_URL).entries) == len(TITLES)


def test_a_pager_that_stands_like_a_row_is_no_entry() -> None:
    rows = "".join(
        f"<tr><td>·</td><td><a href='/info/1021/{n}.htm'>{title}</a></td><td>2026-11-0{n}</td></tr>"
        for n, title in enumerate(TITLES, 1)
    )
    pager = "<table><tr><td>共240条 1/20 首页 上页 <a href='news/19.htm'>下页</a> <a href='news/1.htm'>尾页</a></td></tr></table>"

    found = extract_list(page(f"<table>{rows}</table>{pager}"), "http://www.example.gov.cn/news.htm")

    assert tuple(entry.title for entry in found.entries) == TITLES
    assert [request.url for request in found.next] == ["http://www.example.gov.cn/news/19.htm"]


PARAGRAPHS = "".join(
    f"<p>The authority said on day {number} of the works that the berth would take larger ships than before, and that"
    " the quay had been made longer by a hundred metres so that two of them can be unloaded at once.</p>"
    for number in range(12)
)
NO_LISTS = {
    "an article with related links": f"<article><h1>{TITLES[0]}</h1>{PARAGRAPHS}</article><div class='more'>"
    + SHAPES["list items with a span"]
    + "</div>",
    "an article whose text links out": "<div>"
    + PARAGRAPHS.replace(
        "larger ships",
        "<a href='/ships/larger-ships-of-the-world-1'>larger ships than the world had seen</a>",
    )
    + "</div>",
    "a menu": "<div class='menu'>" + SHAPES["list items with a span"] + "</div>",
    "a page of short links": "<ul>"
    + "".join(f"<li><a href='/topic/{n}/'>Topic {n}</a></li>" for n in range(30))
    + "</ul>",
    "a stored 404": "<h1>404 Not Found</h1><p>nginx</p>",
    "nothing": "",
}


@pytest.mark.parametrize("kind", NO_LISTS)
def test_a_page_that_is_no_list_gives_nothing(kind: str) -> None:
    found = extract_list(page(NO_LISTS[kind]), "https://www.example.gov/news/new-container-berth.html")

    assert (found.entries, found.next, found.total) == ((), (), None)


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


DAY_MONTH = [
    ("https://www.example.gov/news/", None, "3/4/2019", date(2019, 3, 4)),
    ("https://www.example.gov.uk/news/", None, "3/4/2019", date(2019, 4, 3)),
    ("https://www.example.org/news/", "DE", "03.04.2019", date(2019, 4, 3)),
    ("https://www.example.org/news/", None, "3/4/2019", None),
]


@pytest.mark.parametrize(("url", "country", "text", "expected"), DAY_MONTH)
def test_numeric_days_are_read_in_the_order_of_the_country_or_not_at_all(
    url: str, country: str | None, text: str, expected: date | None
) -> None:
    body = (
        "<ul>"
        + "".join(
            f"<li><a href='/news/{slug}'>{title}</a><span>{text}</span></li>"
            for slug, title in zip(SLUGS, TITLES, strict=True)
        )
        + "</ul>"
    )

    found = extract_list(page(body), url, context=PageContext(country=country))

    assert {entry.date for entry in found.entries} == {expected}


def test_another_row_of_the_list_proves_the_order_of_day_and_month() -> None:
    body = (
        "<ul>"
        + "".join(
            f"<li><a href='/news/{slug}'>{title}</a><span>{text}</span></li>"
            for slug, title, text in zip(
                SLUGS, TITLES, ("3/4/2019", "25/3/2019", "2/3/2019", "1/3/2019"), strict=True
            )
        )
        + "</ul>"
    )

    assert extract_list(page(body), "https://www.example.org/news/").entries[0].date == date(2019, 4, 3)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("3 days ago", date(2026, 11, 25)),
        ("昨天", date(2026, 11, 27)),
        ("2 weeks ago", None),
        ("2 ноября 2026", date(2026, 11, 2)),
        ("2026년 11월 5일", date(2026, 11, 5)),
        ("11-05", None),
    ],
)
def test_rows_may_say_how_long_ago_and_name_months_in_any_language(said: str, day: date | None) -> None:
    rows = "".join(
        f'<li><a href="/news/{number}">Agency awards grant number {number} to schools</a><i>{said}</i></li>'
        for number in range(1, 9)
    )
    context = PageContext(fetched_at=datetime(2026, 11, 28, 12, tzinfo=UTC))

    found = extract_list(f"<ul>{rows}</ul>".encode(), "https://www.example.org/news", context=context)

    assert [entry.date for entry in found.entries] == [day] * 8


def test_cut_titles_are_completed_before_a_page_is_judged() -> None:
    rows = "".join(
        f'<li><a href="/a/{number}.htm" title="某市召开第{number}次经济工作会议研究部署下一步工作">某市召开…</a></li>'
        for number in range(1, 9)
    )

    found = extract_list(f"<ul>{rows}</ul>".encode(), "http://www.city.example.cn/a/")

    assert [entry.title for entry in found.entries][:1] == ["某市召开第1次经济工作会议研究部署下一步工作"]
    assert len(found.entries) == 8


def test_what_a_list_gives_to_components_of_its_own_is_listed() -> None:
    row = """<div><listing-with-preview article-summary="Work begins." article-title="{title}" publish-date-ap="{long}"
    article-url="https://www.example.gov/News/Article/{number}/{slug}/" publish-date-jss="{day}T14:57:00">
    </listing-with-preview></div>"""
    markup = rows(row) + "<div class='pager'><a href='/news/?Page=2'>Next</a></div>"
    listed = page(f"<form><main>{markup}</main></form>", "<script>var __dnnVariable;</script>")

    found = extract_list(listed, ENGLISH_URL)

    assert found.platform == "dotnetnuke"
    assert found.entries == tuple(
        ListEntry(url=f"https://www.example.gov/News/Article/{number}/{slug}/", title=title, date=day)
        for number, (slug, title, day) in enumerate(zip(SLUGS, TITLES, DAYS, strict=True), start=1)
    )
    assert [request.url for request in found.next] == ["https://www.example.gov/news/?Page=2"]


@pytest.mark.parametrize(
    "link",
    [
        '<h2><a href="/n/{0}">{1}</a></h2><p><a href="/n/{0}">Weiterlesen …<span class="invisible"> {1}</span></a></p>',
        '<h2><a href="/n/{0}">{1}</a></h2><p><a href="/n/{0}">Lire la suite… {1}</a></p>',
        '<a href="/n/{0}"><div>Departmental update</div><p class="heading text-underline">{1}</p></a>',
    ],
)
def test_the_title_of_a_row_is_its_heading_not_what_asks_to_read_on(link: str) -> None:
    listed = "".join(
        f"<li>{link.format(slug, title)}</li>" for slug, title in zip(SLUGS, TITLES, strict=True)
    )

    found = extract_list(page(f"<ul>{listed}</ul>"), ENGLISH_URL)

    assert tuple(entry.title for entry in found.entries) == TITLES


@pytest.mark.parametrize(
    ("url", "language", "said", "day"),
    [
        ("https://www.petra.gov.jo/news", "ar", "٠٣/١١/٢٠٢٦", date(2026, 11, 3)),
        ("https://www.finance.gov.bb/news", "en", "03/11/2026", date(2026, 11, 3)),
        ("https://www.agency.example.org/noticias", "es", "03/11/2026", date(2026, 11, 3)),
        ("https://www.agency.example.org/news", "en", "03/11/2026", None),
        ("https://www.agency.example.ca/news", "en", "03/11/2026", None),
    ],
)
def test_days_of_lists_stand_in_the_order_and_the_digits_of_their_country(
    url: str, language: str, said: str, day: date | None
) -> None:
    listed = "".join(
        f'<li><a href="/n/{slug}">{title}</a> <span>{said}</span></li>'
        for slug, title in zip(SLUGS, TITLES, strict=True)
    )

    found = extract_list(f'<html lang="{language}"><body><ul>{listed}</ul></body></html>'.encode(), url)

    assert [entry.date for entry in found.entries] == [day] * 4


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


def test_days_in_an_order_that_nothing_tells_are_none_but_signs_of_a_list() -> None:
    listed = "".join(
        f'<tr><td>{title}</td><td>{day:%d/%m/%Y}</td><td><a href="/files/{slug}.pdf">PDF (1.2 MB)</a></td></tr>'
        for title, slug, day in zip(TITLES[:3], SLUGS[:3], (date(2026, 3, n) for n in (7, 6, 5)), strict=True)
    )

    found = extract_list(page(f"<table>{listed}</table>"), "https://www.agency.example.org/files")

    assert [(entry.title, entry.date) for entry in found.entries] == [(title, None) for title in TITLES[:3]]


@pytest.mark.parametrize("begins", ["Open: ", "Details: ", "View over ", "Download: ", "More: "])
def test_titles_may_begin_like_what_asks_to_read_on(begins: str) -> None:
    listed = "".join(
        f'<li><a href="/n/{slug}">{begins}{title}</a> <i>{day}</i></li>'
        for title, slug, day in zip(TITLES, SLUGS, DAYS, strict=True)
    )

    found = extract_list(page(f"<ul>{listed}</ul>"), ENGLISH_URL)

    assert [entry.title for entry in found.entries] == [begins + title for title in TITLES]


def documents(count: int) -> str:
    return "".join(
        f"<div><span>03/0{n}/19</span> <a href='/files/{n}.pdf'>Order no. {n}</a></div>"
        for n in range(1, count)
    )


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (documents(6), 5),
        (documents(5), 0),  # a few dated files may belong to anything
        ("<h1>Berth</h1>" + f"<p>{'The board met and heard all who had come. ' * 40}</p>" + documents(6), 0),
    ],
)
def test_rows_with_a_day_each_are_a_list_however_short_their_titles(body: str, expected: int) -> None:
    assert len(extract_list(page(body), ENGLISH_URL).entries) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Displaying 1 - 2", 2),
        ("2 results", 2),
        ("Page 1 of 1", 2),
        ("Displaying 1 - 3", 0),
        ("Page 1 of 2", 0),
    ],
)
def test_rows_without_days_are_a_list_where_the_page_counts_as_many(said: str, expected: int) -> None:
    listed = "".join(f"<li><a href='/files/{n}.pdf'>Opinion of the board no. {n}</a></li>" for n in (1, 2))

    assert len(extract_list(page(f"<p>{said}</p><ul>{listed}</ul>"), ENGLISH_URL).entries) == expected


@pytest.mark.parametrize("name", ["newsletter-item", "banner"])
def test_what_is_named_like_furniture_and_stands_side_by_side_is_rows(name: str) -> None:
    listed = rows(f"<div class='{name}'><h3><a href='/news/{{slug}}'>{{title}}</a></h3><i>{{long}}</i></div>")

    assert [entry.title for entry in extract_list(page(listed), ENGLISH_URL).entries] == list(TITLES)
