"""Texts that only a script would show are read; what is no article's text is not taken for one."""

from __future__ import annotations

import json
from html import escape

import pytest

from crawler.extract import NotAnArticle, extract_article

URL = "https://www.harbour.example.gov/news/second-counter"
TITLE = "Harbour office opens a second counter"
LINES = tuple(f"Counter {number} of the office is open to all who need a permit." for number in range(1, 5))
MARKUP = "".join(f"<p>{line}</p>" for line in LINES)
SCHEMA = {"@type": "NewsArticle", "headline": TITLE, "articleBody": "\n".join(LINES)}
RECORD = {"props": {"article": {"title": TITLE, "body": MARKUP}}}
BANNER = {
    "title": "Cookies",
    "text": "<p>We use cookies to make the site better for all who visit it.</p>" * 2,
}


def page(body: str, head: str = "") -> bytes:
    nav = "<nav><a href='/'>Home</a> <a href='/news/'>News</a></nav>"
    return f"<html><head><title>{TITLE}</title>{head}</head><body>{nav}{body}</body></html>".encode()


HELD = {
    "schema articleBody": page(
        "<div id=app></div>", f'<script type="application/ld+json">{json.dumps(SCHEMA)}</script>'
    ),
    "data of a script": page(
        f"<div id=root></div><script type='application/json'>{json.dumps(RECORD)}</script>"
    ),
    "form field": page(f"<h1>{TITLE}</h1><textarea style='display:none'>{escape(MARKUP)}</textarea>"),
    "form field, hidden": page(f'<h1>{TITLE}</h1><input type=hidden value="{escape(MARKUP)}">'),
    "document.write": page(
        f"<h1>{TITLE}</h1><div><script>document.write({json.dumps(MARKUP)})</script></div>"
    ),
}


@pytest.mark.parametrize(("where", "markup"), HELD.items(), ids=HELD.keys())
def test_a_text_that_a_browser_would_show_is_read_and_told_from_where(where: str, markup: bytes) -> None:
    article = extract_article(markup, URL)

    assert (article.title, article.paragraphs) == (TITLE, LINES)
    assert article.candidates[-1].rule == f"blocks, of {where.partition(',')[0]}"


@pytest.mark.parametrize(
    "body",
    [
        f"<div id=app></div><script>var settings = {json.dumps({'banner': BANNER})}</script>",
        "<div id=app></div><script>var bomb = " + "[[" * 50_000 + "</script>",
        "<div id=app></div><textarea>Write your comment here, it is read by the office.</textarea>",
    ],
)
def test_data_of_a_shell_that_is_no_article_stays_a_shell(body: str) -> None:
    with pytest.raises(NotAnArticle) as caught:
        extract_article(page(body), URL)

    assert caught.value.kind == "shell"
