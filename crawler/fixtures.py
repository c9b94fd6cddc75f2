"""A page and the article it must yield, in the form that the tests of sites keep them in."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote, urlsplit

from storage.export import published_text

if TYPE_CHECKING:
    from crawler.extract import ExtractedArticle
    from storage.records import Listed
    from storage.rows import ArticleRow

FOLDER = "fixtures"  # under the evidence folder: pages that a drift broke
_NO_SLUG = re.compile(r"[^0-9a-z]+")
_LONGEST_SLUG = 40


def write_fixture(folder: Path, stem: str, *, url: str, markup: bytes, expected: Mapping[str, Any]) -> Path:
    """Write `<stem>.html` and the JSON beside it into *folder*; return the page's path. What is there stays.

    :raises OSError: if that cannot be.
    """
    page = folder / f"{stem}.html"
    folder.mkdir(parents=True, exist_ok=True)
    address = quote(url, safe=":/?#[]@!$&'()*+,;=%~-._")
    for path, content in (
        (page, f"<!-- saved from {address} -->\n".encode() + markup),
        (page.with_suffix(".json"), json_bytes(expected)),
    ):
        if not path.exists():
            path.write_bytes(content)
    return page


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
    return {
        "title": found.title,
        "published": found.published and found.published.isoformat(),
        "source": found.source,
        "author": found.author,
        "editor": found.editor,
        "paragraphs": list(found.paragraphs),
        "attachments": [{"url": each.url, "title": each.title} for each in found.attachments],
    }


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
    return {
        "title": row.title,
        "published": published_text(row),
        "source": row.source,
        "author": row.author,
        "editor": row.editor,
        "paragraphs": list(row.paragraphs),
        "attachments": [{"url": each.url, "title": each.title} for each in row.attachments],
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
