"""The saved pages under `tests/pages` and what each must yield.

`<site>/list.html` is a list page, `<site>/<day>-<slug>.html` an article; each was written for these tests
with the structure of the real site, and its first line says where it would have been saved from. The JSON
beside a page is what it yields; `python -m tests.accept` writes it anew.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from crawler.extract import ExtractedList, PageContext, extract_article, extract_list
from crawler.fixtures import article_record
from crawler.registry import declared_sites
from crawler.sites import Site

PAGES = Path(__file__).parent / "pages"
_SAVED_FROM = re.compile(rb"<!-- saved from (\S+) -->")


def saved_pages() -> Iterator[Path]:
    """Yield the saved pages in order."""
    yield from sorted(PAGES.glob("*/*.html"))


def site_of(page: Path) -> Site:
    """Return the declaration that *page* is saved for."""
    return declared_sites()[page.parent.name]


def url_of(page: Path) -> str:
    """Return the address that *page* says it was saved from."""
    found = _SAVED_FROM.match(page.read_bytes())
    assert found, f"{page}: the first line must say <!-- saved from URL -->"
    return found[1].decode()


def expected_of(page: Path) -> Any:
    """Return what *page* must yield."""
    return json.loads(page.with_suffix(".json").read_text(encoding="utf-8"))


def read(page: Path, *, platform: str | None) -> dict[str, Any]:
    """Return what *page* yields as its site declares it, read as *platform* or as what it shows."""
    site, markup, url = site_of(page), page.read_bytes(), url_of(page)
    context = PageContext(country=site.country, language=site.language, timezone=site.timezone)
    if page.stem == "list":
        return list_record(extract_list(markup, url, platform=platform, context=context))
    return article_record(extract_article(markup, url, platform=platform, context=context))


def list_record(found: ExtractedList) -> dict[str, Any]:
    """Return *found* as JSON holds it."""
    return {
        "entries": [
            {"url": entry.url, "title": entry.title, "date": entry.date and entry.date.isoformat()}
            for entry in found.entries
        ],
        "next": [
            {"url": each.url, "method": each.method, "form": dict(each.form), "headers": dict(each.headers)}
            for each in found.next[:3]
        ],
        "list_pages_named": len(found.next),
        "total": found.total,
    }
