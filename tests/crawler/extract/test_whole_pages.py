"""Whole pages of many systems and languages, written for these tests with the structure of the real ones.

The first line of a page says what address it would have; the JSON beside it is what it must yield.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from crawler.extract import extract_article, extract_list
from crawler.extract.publication import day_of

PAGES = sorted((Path(__file__).parent / "whole_pages").glob("*.html"))
LISTS = sorted((Path(__file__).parent / "whole_lists").glob("*.html"))
_SAVED_FROM = re.compile(rb"<!-- saved from (\S+) -->")


def url_of(page: Path) -> str:
    saved = _SAVED_FROM.match(page.read_bytes())
    assert saved, "the first line must say <!-- saved from URL -->"
    return saved[1].decode()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_whole_page_yields_its_article(page: Path) -> None:
    article = extract_article(page.read_bytes(), url_of(page))

    assert {
        "title": article.title,
        "published": day_of(article.published).isoformat() if article.published else None,
        "language": article.language,
        "source": article.source,
        "author": article.author,
        "editor": article.editor,
        "paragraphs": list(article.paragraphs),
        "tables": [[list(row) for row in table] for table in article.tables],
        "attachments": [link.url for link in article.attachments],
    } == json.loads(page.with_suffix(".json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("page", LISTS, ids=lambda page: page.stem)
def test_a_whole_list_page_yields_its_rows(page: Path) -> None:
    found = extract_list(page.read_bytes(), url_of(page))

    assert {
        "entries": [
            {"url": entry.url, "title": entry.title, "date": entry.date and entry.date.isoformat()}
            for entry in found.entries
        ],
        "next": [request.url for request in found.next[:3]],
        "total": found.total,
    } == json.loads(page.with_suffix(".json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", ["egovframe-ko"])
def test_a_board_is_read_whatever_its_elements_are_called(name: str) -> None:
    page = next(page for page in PAGES if page.stem == name)
    unnamed = re.sub(rb'\s(?:class|id)="[^"]*"', b"", page.read_bytes())

    article = extract_article(unnamed, url_of(page))

    assert list(article.paragraphs) == json.loads(page.with_suffix(".json").read_text("utf-8"))["paragraphs"]
