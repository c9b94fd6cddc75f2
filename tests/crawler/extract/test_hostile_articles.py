"""Articles on pages that nobody meant well: time that grows with the page, and not with its square."""

from __future__ import annotations

import contextlib
import time

import pytest

from crawler.extract import ExtractionError, extract_article
from crawler.extract.body.pointers import without_pointers
from crawler.extract.lines.blocks import read_blocks
from crawler.extract.markup.page import parse

SENTENCE = "The council met for the third time this year, and it spoke for two hours about the old quay. "
TEXT = f"<h1>The council meets at the quay</h1><p>{SENTENCE}</p><p>{SENTENCE * 2}</p>"
WORST = {
    "files by script": lambda n: (
        "<script>function fileDown(a){window.open('/f?'+a)}</script><p>"
        + "<a href='#' onclick='fileDown(1)'>x</a>" * (n // 45)
    ),
    "nested files by script": lambda n: (
        "<script>function fileDown(a){window.open('/f?'+a)}</script>"
        + "<div><a href='#' onclick='fileDown(1)'>x</a>" * (n // 50)
    ),
    "strokes": lambda n: f"<h1>标题</h1><p>{'来源/' * (n // 4)}</p><p>{SENTENCE}</p>",
    "small print": lambda n: "<h1>" + "<small>x" * (n // 8),
    "fields": lambda n: "<div class=field__label>Issued by</div>" * (n // 45),
    "paragraphs": lambda n: f"<p>{SENTENCE}</p>" * (n // 100),
    "paragraphs without an end": lambda n: f"<p>{SENTENCE}" * (n // 100),
    "one line": lambda n: f"<p>{SENTENCE * (n // 100)}</p>",
    "headlines": lambda n: "".join(f"<h2>Headline number {k}</h2>" for k in range(n // 32)),
    "titles": lambda n: "".join(f"<div class='title'>Title {k}</div>" for k in range(n // 34)),
    "nested words": lambda n: "<p>" + "<b>word " * (n // 8),
    "nested links": lambda n: "<a href='/a'>word " * (n // 18),
    "nested tables": lambda n: "<table><tr><td>word" * (n // 20),
    "cells": lambda n: "<table><tr>" + "<td>12" * (n // 6),
    "spans of cells": lambda n: "<table>" + "<tr><td colspan=99 rowspan=99>1" * (n // 32),
    "nested lists": lambda n: "<ul><li>word" * (n // 12),
    "terms": lambda n: "<dl>" + "<dt>Date<dd>2026-11-03" * (n // 22),
    "days": lambda n: "".join(f"<p class='date'>{k % 28 + 1}.11.2026</p>" for k in range(n // 32)),
    "time elements": lambda n: "<time datetime='2026-11-03'>3 November 2026</time>" * (n // 52),
    "labels": lambda n: "<p>Published: Source: Author: </p>" * (n // 34),
    "Chinese labels": lambda n: "<p>来源：作者：发布日期：</p>" * (n // 40),
    "letters": lambda n: (
        "<title>市长信箱来信答复</title>" + "<p>来信内容：路。<p>答复内容<p>承办单位<p>标题" * (n // 36)
    ),
    "blanks in letters": lambda n: "<title>市长信箱来信答复</title><p>来信内容<p>答复内容<p>" + " " * n,
    "facts in cells": lambda n: "<table><tr><td>来源<td>市政府" * (n // 30) + f"<p>{SENTENCE}",
    "boxes": lambda n: f"<p>{SENTENCE * 99}" + "<div><h2>Related articles</h2><p>a</p>" * (n // 40) + TEXT,
    "named boxes": lambda n: f"<p>{SENTENCE * 99}" + "<div class='newsletter'>word " * (n // 28) + TEXT,
    "end marks": lambda n: f"<p>{SENTENCE}<p># # #" * (n // 110),
    "breaks": lambda n: "word<br>" * (n // 8),
    "points": lambda n: "○ word<br>1. word<br>" * (n // 24),
    "words for listeners": lambda n: "<p>word" + "<span class='sr-only'>word</span>" * (n // 33),
    "points in lists": lambda n: f"<h1>A</h1><ul><li>{SENTENCE}" * (n // 120) + TEXT,
    "editors": lambda n: f"<p>{SENTENCE}<p>责任编辑：" * (n // 115),
    "images": lambda n: "<img src='/a.jpg' alt='A ship'>" * (n // 32),
    "documents": lambda n: "".join(f"<a href='/{k}.pdf'>Annex {k}</a>" for k in range(n // 30)),
    "pages": lambda n: "".join(f"<a href='1_{k}.html'>{k}</a>" for k in range(n // 26)),
    "metas": lambda n: "<meta name='PubDate' content='2026-11-03'>" * (n // 42),
    "schema": lambda n: (
        '<script type="application/ld+json">' + '{"@type":"NewsArticle","author":[' * (n // 34)
    ),
    "scripts": lambda n: "<script>var a='来源：'</script>" * (n // 34),
    "comments": lambda n: "<!-- Source: x -->" * (n // 18),
    "noscripts": lambda n: "<noscript><p>word</p></noscript>" * (n // 33),
    "classes": lambda n: "<div class='" + "article-body " * (n // 13) + f"'>{TEXT}</div>",
    "unlike classes": lambda n: "".join(f"<div class='c{k} article'>w</div>" for k in range(n // 32)),
    "custom elements": lambda n: "<x-part><y-part>word" * (n // 20),
    "invisible letters": lambda n: "<p>" + "a\u200b\u00ad" * (n // 6) + "</p>",
    "copies": lambda n: TEXT * (n // 400),
    "notes": lambda n: "<p>word<sup><a href='#1'>[1]</a></sup></p>" * (n // 42),
    "quotes": lambda n: "<blockquote class='pull-quote'>word " * (n // 36),
    "facts": lambda n: "<ul><li>阅读：1<li>日期：2<li>时间：3" * (n // 45),
    "terms of letters": lambda n: "<dl><dt>来信人<dd>张<dt>" * (n // 35),
    "items": lambda n: f"<p>{SENTENCE}<div><p>地 址：滨江路1号</p></div>" * (n // 140),
    "captions": lambda n: "<figure><figcaption>word</figcaption></figure>" * (n // 50),
    "parts that a reader opens": lambda n: (
        "<details><summary>Word</summary><p>It is so.</p></details>" * (n // 66)
    ),
    "headed lists": lambda n: "<p>It is so here.</p><div><h2>Word</h2><ul><li>word</ul></div>" * (n // 66),
    "Latin letters in no encoding": lambda n: "<p>" + "caf\udce9 " * (n // 5),
}

UNCLOSED = {  # what each of them holds is the rest of the page: it shows at some length
    "headings": lambda n: f"<h3><div>{SENTENCE * 3}" * (n // 300),
    "headings of sections": lambda n: f"<h2>{SENTENCE}<section>" * (n // 110),
}


@pytest.mark.parametrize("kind", WORST)
def test_time_grows_with_the_page_and_not_with_its_square(kind: str) -> None:
    # Four times the page: four times the time, or sixteen times where something looks back.
    assert growth(kind) < 8 or growth(kind, times=4) < 8  # the machine may have been busy at the first


@pytest.mark.parametrize("kind", UNCLOSED)
def test_what_nobody_closes_is_not_read_once_for_each(kind: str) -> None:
    page = UNCLOSED[kind](480_000)

    assert min(seconds(page), seconds(page)) < 8 * seconds(WORST["paragraphs"](480_000))


def test_links_that_are_the_text_are_not_looked_through_for_each() -> None:
    tree = parse("<p>News of today</p>" + "<p><a href='/x'>The council met on Monday again</a></p>" * 16_000)
    begun = time.process_time()
    blocks = read_blocks(tree).blocks
    read = time.process_time()
    without_pointers(blocks, blocks)

    assert time.process_time() - read < 4 * (read - begun)


def growth(kind: str, times: int = 1) -> float:
    pages = [WORST[kind](size) for size in (30_000, 120_000)]
    small, large = (min(seconds(page) for _ in range(times)) for page in pages)
    return large / small if large > 0.125 else 1.0


def seconds(markup: str) -> float:
    page = f"<html><head><title>The council meets</title></head><body>{TEXT}{markup}".encode(
        "utf-8", "surrogateescape"
    )
    start = time.process_time()
    with contextlib.suppress(ExtractionError):
        extract_article(page, "https://www.example.gov/news/1.html")
    return time.process_time() - start
