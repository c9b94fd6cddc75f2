"""Pages that are no lists, and the least that makes a list of some rows."""

from __future__ import annotations

import pytest

from crawler.extract import extract_list
from tests.crawler.extract.listed_rows import (
    ENGLISH_URL,
    SHAPES,
    TITLES,
    page,
)

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
