"""Rows of list pages, of the shapes that government sites use."""

from __future__ import annotations

import json
from datetime import date

import pytest

from crawler.extract import ListEntry, extract_list
from tests.crawler.extract.listed_rows import (
    DAYS,
    ENGLISH_URL,
    EVENTS,
    MEGA_MENU,
    SHAPES,
    SLUGS,
    TITLES,
    page,
    rows,
)


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


@pytest.mark.parametrize("name", ["newsletter-item", "banner"])
def test_what_is_named_like_furniture_and_stands_side_by_side_is_rows(name: str) -> None:
    listed = rows(f"<div class='{name}'><h3><a href='/news/{{slug}}'>{{title}}</a></h3><i>{{long}}</i></div>")

    assert [entry.title for entry in extract_list(page(listed), ENGLISH_URL).entries] == list(TITLES)
