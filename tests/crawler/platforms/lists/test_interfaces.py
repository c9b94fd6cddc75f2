# ruff: noqa: E501 - markup reads better on one line
"""Lists whose rows come from an interface that the page names, or stand as data amid menus."""

from __future__ import annotations

import json

import pytest

from crawler.extract import extract_list

URL = "https://www.agency.example.gov/newsroom"
MENU = "<nav><ul>{}</ul></nav>".format(
    "".join(f"<li><a href='/offices/{n}'>Office of public works, district {n}</a></li>" for n in range(30))
)
FOOTER = (
    "<footer><p>" + "This agency is an independent body of the federal government. " * 8 + "</p></footer>"
)
API = "https://www.agency.example.gov/api/news?page=1"


def frames(body: str) -> list[str]:
    found = extract_list(f"<html><body>{MENU}<h1>Newsroom</h1>{body}{FOOTER}</body></html>".encode(), URL)
    assert not found.entries
    return [request.url for request in found.frames]


@pytest.mark.parametrize(
    "body",
    [
        "<div id='news-list' data-endpoint='/api/news?page=1'></div>",
        "<section class='listing'><div data-api-url='/api/news?page=1'></div></section>",
        "<news-list source-url='/api/news?page=1'></news-list>",
        "<div class='results' data-url='https://www.agency.example.gov/api/news?page=1'>Loading</div>",
    ],
)
def test_the_interface_that_a_page_names_for_its_list_may_hold_the_list(body: str) -> None:
    assert frames(body) == [API]


@pytest.mark.parametrize(
    "body",
    [
        "<div class='search-results' data-url='/api/suggest?q='></div>",
        "<div class='news' data-url='https://ads.example.com/api/news'></div>",
        "<div class='weather' data-endpoint='/api/weather'></div>",
        "<div class='news' data-image-url='/img/a'></div>",
        "<div class='press' data-source='/files/all.pdf'></div>",
        "<div class='news-list' data-endpoint='/api/{{page}}'></div>",
        f"<p>{'The agency said that it had met all who had come. ' * 20}</p><div class='news' data-url='/api/news'></div>",
    ],
)
def test_other_addresses_that_a_page_holds_are_not_asked(body: str) -> None:
    assert frames(body) == []


@pytest.mark.parametrize(("dated", "count"), [(True, 3), (False, 0)])
def test_dated_rows_that_are_held_as_data_amid_menus_are_listed(dated: bool, count: int) -> None:
    items = [
        {"heading": f"Agency awards its {n}th grant to schools", "url": f"/newsroom/{n}"}
        | ({"date": f"2026-03-0{n}"} if dated else {})
        for n in (3, 2, 1)
    ]
    held = json.dumps({"listing": {"total": 412, "items": items}})
    markup = f"<html><body>{MENU}<div id=app></div>{FOOTER}<script type='application/json'>{held}</script></body></html>"

    found = extract_list(markup.encode(), URL)

    assert (len(found.entries), found.total) == (count, 412 if dated else None)
