"""The pages of an article and what they must yield, in the form that the tests of sites keep them in."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote, unquote, urlsplit

from storage.export.rows import published_text

if TYPE_CHECKING:
    from crawler.extract import ExtractedArticle
    from storage.records import Listed
    from storage.rows import ArticleRow

FOLDER = "fixtures"  # under the evidence folder: pages that a drift broke
_NO_SLUG = re.compile(r"[^0-9a-z]+")
_LONGEST_SLUG = 40


class KeptPage(NamedTuple):
    """A page as it was received."""

    url: str
    markup: bytes


def write_fixture(
    folder: Path, stem: str, pages: Sequence[KeptPage], *, expected: Mapping[str, Any]
) -> list[Path]:
    """Write `<stem>.html`, `<stem>.part2.html`, ... and `<stem>.json` into *folder*; return their paths.

    *pages* are those of one article, in order. What is there stays.

    :raises OSError: if that cannot be.
    """
    folder.mkdir(parents=True, exist_ok=True)
    contents = {folder / page_name(stem, number): saved(page) for number, page in enumerate(pages, 1)}
    contents[folder / f"{stem}.json"] = json_bytes(expected)
    for path, content in contents.items():
        if not path.exists():
            path.write_bytes(content)
    return list(contents)


def page_name(stem: str, number: int) -> str:
    """Return the name of the file of an article's page, the first being 1."""
    return f"{stem}.html" if number == 1 else f"{stem}.part{number}.html"


def saved(page: KeptPage) -> bytes:
    """Return *page* with the note of where it comes from, which `hotnews import` reads too."""
    address = quote(page.url, safe=":/?#[]@!$&'()*+,;=%~-._")
    return f"<!-- saved from {address} -->\n".encode() + page.markup


def json_bytes(record: Mapping[str, Any]) -> bytes:
    """Return *record* as the JSON beside a saved page."""
    return f"{json.dumps(record, ensure_ascii=False, indent=2)}\n".encode()


def stem_of(url: str, day: date | None) -> str:
    """Return the name of an article page's fixture."""
    return f"{day.isoformat()}-{slug_of(url)}" if day else slug_of(url)


def slug_of(url: str) -> str:
    """Return a short name for the page at *url*."""
    path = unquote(urlsplit(url).path).rstrip("/").rpartition("/")[2].rpartition(".")
    name = (path[0] or path[2]).lower()
    return _NO_SLUG.sub("-", name).strip("-")[:_LONGEST_SLUG].strip("-") or "page"


def article_record(found: ExtractedArticle) -> dict[str, Any]:
    """Return what a page yields as the JSON beside it holds it."""
    return _record(found, found.published.isoformat() if found.published else None)


def listed_record(entries: Sequence[Listed]) -> dict[str, Any]:
    """Return what a list named before, as the JSON beside a saved list page holds it."""
    return {
        "entries": [
            {"url": each.url, "title": each.title, "date": each.day and each.day.isoformat()}
            for each in entries
        ],
        "next": [],
        "list_pages_named": 0,
        "total": None,
    }


def archived_record(row: ArticleRow) -> dict[str, Any]:
    """Return what the archive holds of a page as the JSON beside it holds it."""
    return _record(row, published_text(row))


def _record(found: ExtractedArticle | ArticleRow, published: str | None) -> dict[str, Any]:
    return {
        "title": found.title,
        "published": published,
        "source": found.source,
        "author": found.author,
        "editor": found.editor,
        "paragraphs": list(found.paragraphs),
        "attachments": [{"url": each.url, "title": each.title} for each in found.attachments],
    }


def unread_record(title: str | None, day: date | None) -> dict[str, Any]:
    """Return what a list told of a page that was never read: the rest is to be written by hand."""
    return {
        "title": title,
        "published": day and day.isoformat(),
        "source": None,
        "author": None,
        "editor": None,
        "paragraphs": [],
        "attachments": [],
    }
