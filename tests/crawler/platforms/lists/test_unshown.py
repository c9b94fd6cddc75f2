# ruff: noqa: E501 - markup reads better on one line
"""Lists that only a script shows, and links that only a script follows."""

from __future__ import annotations

import json
from datetime import date

import pytest

from crawler.extract import NotAnArticle, PageContext, extract_article, extract_list
from crawler.extract.types import ListBefore

URL = "https://www.harbour.example.gov/news/"
TITLES = [f"Harbour office opens counter {number} for all who need a permit" for number in range(1, 5)]
ROWS = "".join(
    f"<li><a href='/news/{number}.html'>{title}</a><span>2026-11-0{number}</span></li>"
    for number, title in enumerate(TITLES, 1)
)
RECORDS = [
    {"headline": title, "link": f"/news/{number}.html", "published": f"2026-11-0{number}T09:00:00Z"}
    for number, title in enumerate(TITLES, 1)
]
BUILDER = "<script>function view(id) { location.href = '/news/' + id + '.html'; }</script>"


def page(body: str) -> bytes:
    return f"<html><body><nav><a href='/'>Home</a></nav>{body}</body></html>".encode()


UNSHOWN = {
    "written by a script": "<script>"
    + "".join(f"document.write({json.dumps(row + '</li>')});\n" for row in ROWS.split("</li>")[:-1])
    + "</script>",
    "for readers without scripts": f"<div id=app></div><noscript><ul>{ROWS}</ul></noscript>",
    "held as data": f"<div id=root></div><script>window.state = {json.dumps({'page': {'items': RECORDS}})};</script>",
    "records in records": "<script type='application/json'>"
    + json.dumps({"edges": [{"node": record} for record in RECORDS]})
    + "</script>",
    "behind a function": "<ul>"
    + "".join(
        f"<li><a href='javascript:void(0)' onclick=\"view('{number}')\">{title}</a> 2026-11-0{number}</li>"
        for number, title in enumerate(TITLES, 1)
    )
    + f"</ul>{BUILDER}",
    "rows that are clicked": "<table>"
    + "".join(
        f"<tr onclick=\"location.href='/news/{number}.html'\"><td>{title}</td><td>2026-11-0{number}</td></tr>"
        for number, title in enumerate(TITLES, 1)
    )
    + "</table>",
    "parts that are clicked": "".join(
        f"<div class=item onclick=\"location.href='/news/{number}.html'\"><a href='/kind/{number % 2}/'>Kind</a>"
        f"<h3>{title}</h3><p>2026-11-0{number}</p></div>"
        for number, title in enumerate(TITLES, 1)
    ),
    "words that are clicked": "".join(
        f"<div onclick='count()'><span onclick=\"window.open('/news/{number}.html')\">{title}</span>"
        f" 2026-11-0{number}</div>"
        for number, title in enumerate(TITLES, 1)
    ),
    "in a window": "<ul>"
    + "".join(
        f"<li><a href='#' onclick=\"window.open('/news/{number}.html')\">{title}</a> 2026-11-0{number}</li>"
        for number, title in enumerate(TITLES, 1)
    )
    + "</ul>",
}


@pytest.mark.parametrize("body", UNSHOWN.values(), ids=UNSHOWN.keys())
def test_what_a_browser_would_list_is_listed(body: str) -> None:
    found = extract_list(page(body), URL)

    assert [(entry.url, entry.title, entry.date) for entry in found.entries] == [
        (f"{URL}{number}.html", title, date(2026, 11, number)) for number, title in enumerate(TITLES, 1)
    ]


@pytest.mark.parametrize(
    ("frames", "asked_for"),
    [
        (
            "<body><iframe src='/count' width=0 height=0></iframe><iframe src='rows.html'></iframe></body>",
            ["rows.html"],
        ),
        ("<frameset><frame src='/menu.html'><frame src='rows.html' name=main></frameset>", ["rows.html"]),
        (
            "<body><iframe src='https://maps.example.com/'></iframe><iframe src='rows.html'></iframe></body>",
            ["rows.html"],
        ),
        (
            "<frameset><frame src=top.html><frameset><frame src=a.html><frame src=b.html></frameset></frameset>",
            ["a.html", "b.html"],
        ),
        ("<frameset><frame src=left.html><frame src=top.html></frameset>", ["left.html", "top.html"]),
    ],
)
def test_lists_in_frames_are_asked_for(frames: str, asked_for: list[str]) -> None:
    found = extract_list(f"<html>{frames}</html>".encode(), URL)

    assert not found.entries
    assert [request.url for request in found.frames] == [URL + name for name in asked_for]


def test_the_answer_of_an_interface_is_a_list_and_its_address_counts_the_pages() -> None:
    answer = json.dumps({"code": 0, "data": {"totalCount": 40, "rows": RECORDS}}).encode()

    found = extract_list(answer, f"{URL}list?size=4&page=1&order=new")

    assert [entry.title for entry in found.entries] == TITLES
    assert found.total == 40
    assert [request.url for request in found.next] == [f"{URL}list?size=4&page=2&order=new"]
    assert not extract_list(b'{"rows": []}', f"{URL}list?page=11").next


DATED = [{"id": 7, "title": "放假通知", "url": "/news/7.html", "publishDate": "2026-05-11"}]
UNDATED = [{"title": "放假通知", "url": "/news/7.html"}]
BESIDE = [{"name": "Channels of the city and its offices", "url": "/channels/1.html"}]


def listed_after(rows: list[dict[str, object]], *, first: bool) -> list[str]:
    """Return what the answer with *rows* lists, alone or behind one that is full."""
    before = json.dumps({"rows": RECORDS, "channels": BESIDE}).encode()
    listed = frozenset(entry.url for entry in extract_list(before, URL).entries)
    context = PageContext(list_before=None if first else ListBefore(html=before, url=URL, listed=listed))
    answer = json.dumps({"rows": rows, "channels": BESIDE}).encode()
    return [entry.url for entry in extract_list(answer, f"{URL}?page=2", context=context).entries]


@pytest.mark.parametrize(
    ("rows", "first", "expected"),
    [
        (DATED, True, [f"{URL}7.html"]),
        (DATED, False, [f"{URL}7.html"]),
        (UNDATED, False, [f"{URL}7.html"]),
        (UNDATED, True, []),  # may be anything
        ([], False, []),
    ],
)
def test_an_answer_may_have_few_rows(
    rows: list[dict[str, object]], expected: list[str], *, first: bool
) -> None:
    assert listed_after(rows, first=first) == expected


@pytest.mark.parametrize(
    "said",
    [
        {"next_url": "/news/list?after=4"},
        {"links": {"next": {"href": f"{URL}list?after=4"}}},
        {"next": "?after=4"},
    ],
)
def test_an_answer_may_name_its_next_page(said: dict[str, object]) -> None:
    answer = json.dumps({"items": RECORDS, **said}).encode()

    assert [request.url for request in extract_list(answer, f"{URL}list").next] == [f"{URL}list?after=4"]
    assert not extract_list(json.dumps({"items": RECORDS, "next": None}).encode(), f"{URL}list").next


@pytest.mark.parametrize(
    ("said", "goes_on"),
    [
        ({}, True),
        ({"pages": 3}, True),
        ({"pagination": {"totalPages": 2}}, False),
        ({"page_count": 2}, False),
        ({"meta": {"next": None}}, False),
        ({"hasNextPage": False}, False),
        ({"has_more": True}, True),
        ({"last": True}, False),
    ],
)
def test_a_numbered_answer_is_followed_until_it_says_that_it_is_the_last(
    said: dict[str, object], *, goes_on: bool
) -> None:
    found = extract_list(json.dumps({"items": RECORDS, **said}).encode(), f"{URL}list?page=2")

    assert [request.url for request in found.next] == ([f"{URL}list?page=3"] if goes_on else [])


@pytest.mark.parametrize(
    ("query", "total", "expected"),
    [
        ("offset=0", None, "offset=4"),
        ("limit=4&offset=8", None, "limit=4&offset=12"),
        ("start=1&rows=4", None, "start=5&rows=4"),
        ("$skip=4&$top=4", None, "$skip=8&$top=4"),
        ("offset=4", 9, "offset=8"),
        ("offset=4", 8, None),  # all of them
        ("offset=4", 4, "offset=8"),  # says how many this answer holds
        ("from=2026-11-01", None, None),
        ("sort=date", None, None),
    ],
)
def test_an_answer_whose_address_counts_rows_is_followed_by_as_many(
    query: str, total: int | None, expected: str | None
) -> None:
    answer = json.dumps({"items": RECORDS} | ({"total": total} if total else {})).encode()

    found = extract_list(answer, f"{URL}?{query}")

    assert [request.url for request in found.next] == ([f"{URL}?{expected}"] if expected else [])


@pytest.mark.parametrize("name", ["total", "totalResults", "total_items", "totalMatches", "numFound"])
def test_an_answer_states_its_total_under_many_names(name: str) -> None:
    found = extract_list(json.dumps({name: 27, "results": RECORDS}).encode(), URL)

    assert found.total == 27


@pytest.mark.parametrize("name", ["totalPages", "totalTime", "subtotal"])
def test_other_numbers_are_no_total(name: str) -> None:
    found = extract_list(json.dumps({name: 27, "results": RECORDS}).encode(), URL)

    assert (len(found.entries), found.total) == (4, None)


def test_records_may_wrap_their_texts() -> None:
    wordpress = [{"link": record["link"], "title": {"rendered": record["headline"]}} for record in RECORDS]
    json_api = {
        "data": [{"attributes": {"title": r["headline"], "path": {"alias": r["link"]}}} for r in RECORDS]
    }

    for answer in (wordpress, json_api):
        found = extract_list(json.dumps(answer).encode(), f"{URL}list")
        assert [(entry.title, entry.url) for entry in found.entries] == [
            (title, f"{URL}{number}.html") for number, title in enumerate(TITLES, 1)
        ]


def test_records_may_hold_their_links_in_markup() -> None:
    links = [f'<a href="{r["link"]}" title="">{r["headline"]}</a>' for r in RECORDS]
    table = {
        "recordsTotal": 90,
        "recordsFiltered": 40,
        "data": [[link, f"11/0{number}/2026"] for number, link in enumerate(links, 1)],
    }
    cards = {
        "total": 40,
        "data": [{"id": n, "card": f"<h3>{link}</h3><b>PDF</b>"} for n, link in enumerate(links)],
    }

    for answer, dated in ((table, True), (cards, False)):
        found = extract_list(json.dumps(answer).encode(), f"{URL}list")
        assert found.total == 40
        assert [(entry.title, entry.url, entry.date) for entry in found.entries] == [
            (title, f"{URL}{number}.html", date(2026, 11, number) if dated else None)
            for number, title in enumerate(TITLES, 1)
        ]


@pytest.mark.parametrize("written", [1793545200, 1793545200000, "1793545200000"])  # 1 November, 15:00 UTC
@pytest.mark.parametrize(
    ("host", "day"),
    [
        ("www.example.gov.cn", date(2026, 11, 1)),
        ("www.example.go.jp", date(2026, 11, 2)),
        ("www.example.gov", None),
    ],
)
def test_the_days_of_epoch_times_are_those_of_the_country(
    host: str, day: date | None, written: int | str
) -> None:
    rows = [{"title": title, "url": f"/{n}.html", "createTime": written} for n, title in enumerate(TITLES)]

    found = extract_list(json.dumps({"rows": rows}).encode(), f"https://{host}/api/list")

    assert {entry.date for entry in found.entries} == {day}


def test_data_of_other_hosts_and_words_of_menus_are_no_list() -> None:
    away = [{"title": title, "url": f"https://ads.example.com/{n}.html"} for n, title in enumerate(TITLES)]
    menu = [{"name": "News", "url": f"/menu/{number}.html"} for number in range(9)]
    body = f"<script>var a = {json.dumps(away)}, b = {json.dumps(menu)};</script>"

    assert not extract_list(page(body), URL).entries


def test_an_article_with_data_of_related_ones_is_an_article() -> None:
    text = "".join(
        f"<p>Counter {n} of the harbour office is open to all who need a permit.</p>" for n in range(4)
    )
    body = f"<h1>{TITLES[0]}</h1>{text}<script>var related = {json.dumps(RECORDS)}</script>"
    schema = {"@type": "NewsArticle", "headline": TITLES[0]}
    head = f'<script type="application/ld+json">{json.dumps(schema)}</script>'

    article = extract_article(page(body + head), f"{URL}1.html")

    assert len(article.paragraphs) == 4
    assert not extract_list(page(body + head), f"{URL}1.html").entries


def test_data_that_is_no_json_or_a_bomb_lists_nothing() -> None:
    bomb = "[[" * 50_000
    body = f"<div id=app></div><script>{bomb}</script><script>" + "{'a': [{b: 1}]}, " * 20_000 + "</script>"

    assert not extract_list(page(body), URL).entries
    with pytest.raises(NotAnArticle):
        extract_article(page(body), URL)
