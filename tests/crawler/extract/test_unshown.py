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
DAY = "2026-03-02"
TABLE = [
    ["ShallowReactive", 1],
    {"data": 2},
    ["Reactive", 3],
    {"article": 4},
    {"title": 5, "body": 6, "date": 7},
]
ROWS = f'3:{{"article":{{"title":"{TITLE}","body":"$5"}}}}\n5:T{len(MARKUP):x},{MARKUP}7:["$","div"]\n'
TREES = {
    "Portable Text": [{"_type": "block", "children": [{"_type": "span", "text": line}]} for line in LINES],
    "Contentful": {
        "nodeType": "document",
        "content": [
            {
                "nodeType": "paragraph",
                "content": [
                    {"nodeType": "text", "value": line[:9]},
                    {"nodeType": "hyperlink", "content": [{"nodeType": "text", "value": line[9:]}]},
                ],
            }
            for line in LINES
        ],
    },
    "Lexical": {
        "root": {"children": [{"type": "paragraph", "children": [{"text": line}]} for line in LINES]}
    },
    "Draft.js": {"blocks": [{"type": "unstyled", "text": line} for line in LINES], "entityMap": {}},
    "Editor.js": {"blocks": [{"type": "paragraph", "data": {"text": line}} for line in LINES]},
    "Markdown": "\n\n".join(line.replace("the office", "**the office**") for line in LINES),
}
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


def held(value: object) -> bytes:
    return page(f"<div id=root></div><script type='application/json'>{json.dumps(value)}</script>")


@pytest.mark.parametrize("body", TREES.values(), ids=TREES.keys())
def test_texts_are_read_as_editors_store_them(body: object) -> None:
    article = extract_article(held({"title": TITLE, "publishedAt": f"{DAY}T09:00:00Z", "body": body}), URL)

    assert (article.title, article.paragraphs) == (TITLE, LINES)
    assert str(article.published).startswith(DAY)


@pytest.mark.parametrize(
    "markup",
    [
        held([*TABLE, TITLE, MARKUP, DAY]),
        page(
            f"<div></div><script>self.__next_f.push([1,{json.dumps(ROWS[:40])}])</script>"
            f"<script>self.__next_f.push([1,{json.dumps(ROWS[40:])}])</script>"
        ),
    ],
    ids=["Nuxt", "Next.js"],
)
def test_texts_are_read_as_frameworks_send_them(markup: bytes) -> None:
    article = extract_article(markup, URL)

    assert (article.title, article.paragraphs) == (TITLE, LINES)


def test_a_text_within_a_component_is_shown() -> None:
    inside = f"<template shadowrootmode=open><h1>{TITLE}</h1>{MARKUP}</template>"

    assert extract_article(page(f"<main><news-text>{inside}</news-text></main>"), URL).paragraphs == LINES


@pytest.mark.parametrize(("where", "markup"), HELD.items(), ids=HELD.keys())
def test_a_text_that_a_browser_would_show_is_read_and_told_from_where(where: str, markup: bytes) -> None:
    article = extract_article(markup, URL)

    assert (article.title, article.paragraphs) == (TITLE, LINES)
    assert article.candidates[-1].rule == f"blocks, of {where.partition(',')[0]}"


@pytest.mark.parametrize(
    "body",
    [
        f"<div id=app></div><script>var settings = {json.dumps({'banner': BANNER})}</script>",
        f"<div id=app></div><script>var page = {json.dumps({'title': TITLE, 'text': LINES[0]})}</script>",
        '<div id=app></div><script>self.__next_f.push([1,"' + "0:[1," * 50_000 + '"])</script>',
        f"<div id=app></div><script>var table = {json.dumps([['Reactive', 0], {'title': 1}])}</script>",
        "<div id=app></div><script>var bomb = " + "[[" * 50_000 + "</script>",
        "<div id=app></div><textarea>Write your comment here, it is read by the office.</textarea>",
    ],
)
def test_data_of_a_shell_that_is_no_article_stays_a_shell(body: str) -> None:
    with pytest.raises(NotAnArticle) as caught:
        extract_article(page(body), URL)

    assert caught.value.kind == "shell"
