"""Rows that only a script opens are told of; what is no row of the list, or no page, is not."""

from __future__ import annotations

import pytest

from crawler.extract import extract_list

URL = "https://www.example.gov/news/"
NAMES = ("harbour", "bridge", "library", "school", "market")


def unopened(*more: str, day: str = "2026-05-{}", script: str = "") -> tuple[str, ...]:
    """Return what is told of a list of five rows and *more*."""
    rows = "".join(
        f"<li><a href='/news/{name}.html'>The {name} opens to the public</a><span>{day.format(n)}</span></li>"
        for n, name in enumerate(NAMES, start=10)
    )
    markup = f"<html><body>{script}<ul class='list'>{rows}{''.join(more)}</ul></body></html>"
    found = extract_list(markup.encode(), URL)
    assert len(found.entries) >= len(NAMES)
    return found.unopened


def row(link: str, day: str = "<span>2026-05-09</span>") -> str:
    return f"<li>{link}{day}</li>"


@pytest.mark.parametrize(
    "link",
    [
        "<a href='javascript:showNews(99)'>The tower opens to the public</a>",
        "<a href='#' onclick=\"openDocument('4f2c', 1); return false\">The tower opens to the public</a>",
        "<a href='javascript:void(0)' onclick='news.show(99)'>The tower opens to the public</a>",
        "<a onclick='news.show(99)'>The tower opens to the public</a>",
    ],
)
def test_a_row_that_only_a_script_opens_is_told_of(link: str) -> None:
    assert unopened(row(link)) == ("The tower opens to the public",)


@pytest.mark.parametrize(
    "more",
    [
        row("<a href='javascript:void(0)'>The tower opens to the public</a>"),
        row("<a href='#'>The tower opens to the public</a>"),
        row("The tower opens to the public"),
        row("<a href='javascript:goPage(2)'>Next page</a>", day=""),
        row("<a href='javascript:share(1)'>Share</a> <a href='javascript:print(1)'>Print</a>"),
        "<li class='tools'><a href='javascript:showNews(99)'>The tower opens</a> 2026-05-09</li>",
    ],
)
def test_what_names_no_page_or_is_no_row_is_not(more: str) -> None:
    assert unopened(more) == ()


def test_a_row_whose_script_can_be_read_is_an_entry() -> None:
    script = "<script>function showNews(n) { location.href = '/news/' + n + '.html' }</script>"

    assert unopened(row("<a href='javascript:showNews(99)'>The tower opens</a>"), script=script) == ()


def test_undated_lists_tell_nothing() -> None:
    assert unopened(row("<a href='javascript:showNews(99)'>The tower opens</a>"), day="No. {}") == ()
