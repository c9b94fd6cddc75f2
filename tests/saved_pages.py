"""The saved pages under `tests/pages` and what each must yield.

`<site>/list.html` is a list page, `<site>/<day>-<slug>.html` an article, whose further pages, if it has some,
are `<day>-<slug>.part2.html` and so on; each was written for these tests
with the structure of the real site, and its first line says where it would have been saved from. The JSON
beside a page is what it yields; `python -m tests.accept` writes it anew.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from crawler.extract import (
    ExtractedArticle,
    ExtractedList,
    PageContext,
    extract_article,
    extract_list,
    join_parts,
)
from crawler.reading.parts import part_context
from crawler.registry import declared_sites
from crawler.rereading.fixture_files import article_record
from crawler.sites import Site
from storage.url_keys import url_key

PAGES = Path(__file__).parent / "pages"
_PART = re.compile(r"\.part\d+\.html$")
_SAVED_FROM = re.compile(rb"<!-- saved from (\S+) -->")


def saved_pages() -> Iterator[Path]:
    """Yield the saved pages in order, of articles the first."""
    yield from (page for page in sorted(PAGES.glob("*/*.html")) if not _PART.search(page.name))


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
    return article_record(read_article(page, platform=platform, context=context))


def read_article(page: Path, *, platform: str | None, context: PageContext) -> ExtractedArticle:
    """Return the article that *page* begins, with those of its further pages that each page leads to."""
    url = url_of(page)
    further = {url_key(url_of(part)): part for part in page.parent.glob(f"{page.stem}.part*.html")}
    read = [extract_article(page.read_bytes(), url, platform=platform, context=context)]
    within = part_context(context, read[0], url)
    while (following := read[-1].next_page) and (part := further.pop(url_key(following), None)):
        read.append(extract_article(part.read_bytes(), url_of(part), platform=platform, context=within))
    return join_parts(read)


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
