"""What a page says of itself outside of its text: metas, title element, links, schema.org data."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from itertools import chain
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from lxml import etree

from crawler.extract.markup.addresses import well_formed
from crawler.extract.markup.saved_notes import note_in
from crawler.extract.parts import may_be_part
from crawler.extract.text import raw_text_of

if TYPE_CHECKING:
    from crawler.extract.markup.page import Page

_ARTICLE_TYPES = frozenset(
    "Article NewsArticle BlogPosting ReportageNewsArticle AnalysisNewsArticle OpinionNewsArticle Report"
    " WebPage"
    " LiveBlogPosting PressRelease GovernmentService ScholarlyArticle TechArticle"
    " AdvertiserContentArticle Recipe".split()
)
_STATED_IN = ("content", "datetime", "value")  # the last by mistake
_LARGEST_SCRIPT = 500_000
_EXTENSION = re.compile(r"\.\w{1,6}$|/$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The self-description of a page; meta names are lower case, empty contents are left out."""

    metas: dict[str, str]
    title: str
    canonical: str | None
    language: str | None
    url: str  # of the page, else the address that it gives itself; may be empty
    schema: tuple[dict[str, Any], ...]  # schema.org items that describe an article, best first

    def meta(self, *names: str) -> str | None:
        """Return the content of the first of *names* that the page has."""
        for name in names:
            if value := self.metas.get(name):
                return value
        return None


def read_head(page: Page) -> Head:
    """Return what *page* says of itself."""
    with_tag = page.elements.with_tag
    metas = _metas_of(with_tag("meta"))
    links = (link.get("href") for link in with_tag("link") if link.get("rel") == "canonical")
    own = _address_of(next(filter(None, links), ""), metas.get("og:url", ""), page.text)
    return Head(
        metas=metas,
        title=next(filter(None, map(_title_of, with_tag("title"))), ""),
        canonical=own,
        url=page.url or own or "",
        language=(page.tree.get("lang") or page.tree.get("xml:lang") or "").strip() or None,
        schema=tuple(_schema_of(with_tag("script"))),
    )


def _address_of(canonical: str, shared: str, markup: str) -> str | None:
    """Return where a page says that it stands: its canonical address, the one it is shared under, or a note.

    The note of a later part of an article wins: its canonical address may be that of the first. The front
    page of a site is the address of an article only where nothing else is stated.
    """
    note = note_in(markup)
    offers = (canonical.strip(), shared, note.url if note else "")
    stated = (offer for offer in offers if offer.startswith(("http://", "https://")))
    known = [address for offer in stated if (address := well_formed(offer))]
    if note and known and note.url.startswith(_EXTENSION.sub("", known[0])) and may_be_part(note.url):
        return known[-1]
    pages = (address for address in known if urlsplit(address).path.strip("/"))
    return next(pages, known[0] if known else None)


def _title_of(element: etree._Element) -> str:
    """Return the text of a title element, which may be the name of a drawing instead of the page's."""
    if any(parent.tag == "svg" for parent in element.iterancestors()):
        return ""
    return " ".join(raw_text_of(element).split())


def _metas_of(elements: Iterable[etree._Element]) -> dict[str, str]:
    metas: dict[str, str] = {}
    for element in elements:
        name = element.get("name") or element.get("property") or element.get("itemprop") or ""
        stated = next(filter(None, map(element.get, _STATED_IN)), "")
        if name and (value := " ".join(stated.split())):
            metas.setdefault(name.strip().lower(), value)
    return metas


def _schema_of(elements: Iterable[etree._Element]) -> Iterator[dict[str, Any]]:
    others: list[dict[str, Any]] = []
    scripts = (script.text or "" for script in elements if script.get("type") == "application/ld+json")
    for item in chain.from_iterable(map(_items_of, scripts)):
        kinds = item.get("@type")
        names = kinds if isinstance(kinds, list) else [kinds]
        if _ARTICLE_TYPES.intersection(name for name in names if isinstance(name, str)):
            if "WebPage" in names:
                others.append(item)
            else:
                yield item
    yield from others


def _items_of(script: str) -> Iterator[dict[str, Any]]:
    if len(script) > _LARGEST_SCRIPT:
        return
    if "&quot;" in script and '"' not in script:
        script = unescape(script)
    try:
        value = json.loads(script.strip().rstrip(";"), strict=False)
    except (ValueError, RecursionError):
        return
    queue = [value]
    while queue:
        item = queue.pop(0)
        if isinstance(item, list):
            queue.extend(item[:100])
        elif isinstance(item, dict):
            yield item
            queue.extend(item[name] for name in ("@graph", "mainEntity", "mainEntityOfPage") if name in item)
