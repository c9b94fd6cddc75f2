"""Pages that only lead elsewhere, and searches that found nothing, are no articles."""

from __future__ import annotations

import pytest

from crawler.extract import NotAnArticle, extract_article

URL = "https://www.example.gov/news/1.html"
LINE = "The council approved a plan on Tuesday to widen Harbour Road, a project that will take two years."


def page(head: str, body: str) -> bytes:
    return f"<html><head>{head}</head><body>{body}</body></html>".encode()


@pytest.mark.parametrize(
    "head",
    [
        '<meta http-equiv="refresh" content="0;url=https://www.example.gov/new/1.html">',
        '<script>window.location.href = "https://www.example.gov/new/1.html";</script>',
    ],
)
def test_a_page_that_sends_its_reader_on_is_none(head: str) -> None:
    moved = page(
        f"<title>Redirecting</title>{head}",
        '<p>If nothing happens, <a href="/new/1.html">click here</a>.</p>',
    )

    with pytest.raises(NotAnArticle) as caught:
        extract_article(moved, URL)

    assert caught.value.kind == "shell"


def test_an_article_that_is_loaded_anew_is_one() -> None:
    head = '<title>Harbour Road</title><meta http-equiv="refresh" content="300;url=/news/1.html">'

    assert extract_article(page(head, f"<h1>Harbour Road</h1><p>{LINE}</p>"), URL).paragraphs == (LINE,)


@pytest.mark.parametrize(
    "title",
    [
        "Search results",
        "Search results for bridge",
        "Suchergebnisse",
        "Resultados de la búsqueda",
        "搜索结果",
    ],
)
def test_a_search_that_found_nothing_is_none(title: str) -> None:
    tips = "<p>Your search returned no results.</p><ul><li>Check the spelling.</li><li>Try fewer words.</li></ul>"

    with pytest.raises(NotAnArticle) as caught:
        extract_article(page(f"<title>{title}</title>", f"<main><h1>{title}</h1>{tips}</main>"), URL)

    assert caught.value.kind == "list"


def test_an_article_about_a_search_is_one() -> None:
    title = "Search results in three new trails for walkers"

    assert (
        extract_article(page(f"<title>{title}</title>", f"<h1>{title}</h1><p>{LINE}</p>"), URL).title == title
    )
