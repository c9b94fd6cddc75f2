"""RSS, Atom and sitemaps: a feed as a list, wherever a section's address leads to one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from crawler.extract.dates.dated_addresses import date_in_url
from crawler.extract.types import ExtractedList, ListEntry, ListRequest
from crawler.platforms.lists.cuts import cut, without_cdata
from crawler.platforms.lists.links import absolute
from crawler.platforms.lists.listed_dates import DateOrder, order_for, read_listed_date
from crawler.platforms.lists.text import tidy

if TYPE_CHECKING:
    from crawler.extract.markup.page import Page

_ITEMS = {"urlset": "url", "sitemapindex": "sitemap", "feed": "entry"}  # and those of RSS are called item
_LINK = re.compile(r"""<(?:\w{1,20}:)?link\b([^>]{0,500})>""")
_HREF = re.compile(r"""\bhref\s{0,3}=\s{0,3}["']([^"']{1,2000})["']""")
_BASE = re.compile(r"""\bxml:base\s{0,3}=\s{0,3}["']([^"']{1,2000})["']""")
_NEXT = re.compile(r"""\brel\s{0,3}=\s{0,3}["']next["']""")
_TAGS = re.compile(r"<[^<>]{0,500}>")
# A sitemap's `lastmod` is no day of publication.
_DATES = ("pubDate", "published", "dc:date", "updated", "news:publication_date")
_TOTAL = re.compile(r"<\w{1,20}:totalResults>\s{0,20}(\d{1,9})\s{0,20}<")  # of OpenSearch
_NO_ADDRESS = re.compile(r"""<guid\s[^<>]{0,200}isPermaLink\s{0,3}=\s{0,3}["']false["']""", re.IGNORECASE)
_LONGEST_END = 20_000  # characters behind which no feed's root ends: comments of servers
_OWN_DATE = re.compile(r"<(\w{1,20}:date)[\s>]")


def read_feed(page: Page, root: re.Match[str]) -> ExtractedList:
    """Return the entries of the feed that *page* is, in its order, and where it goes on (RFC 5005).

    *root* is its first tag. The sitemaps that an index names are further pages of it; no sitemap need have
    the newest pages first.
    """
    text, name = page.text[root.end() :], root["name"]
    if root["prefix"] not in (None, "rdf"):
        text = text.replace(f"<{root['prefix']}:", "<").replace(f"</{root['prefix']}:", "</")
    base = _base_of(page, root["attributes"])
    if name == "sitemapindex":
        maps = (absolute(_text(item, "loc"), base) for item in _items(text, "sitemap"))
        further = tuple(ListRequest(url=url) for url in maps if url)
        return ExtractedList(next=further, newest_first=False, is_cut=_is_cut(text, name))
    items = list(_items(text, _ITEMS.get(name, "item")))
    entries: dict[str, ListEntry] = {}
    order = order_for(page, map(_own_date, items))
    for item in items:
        if (entry := _entry(item, base, order)) and (entry.title or name == "urlset"):
            entries.setdefault(entry.url, entry)
    following, total = _next(text, base), _TOTAL.search(text)
    return ExtractedList(
        entries=tuple(entries.values()),
        next=(ListRequest(url=following),) if following else (),
        total=int(total[1]) if total else None,
        newest_first=name != "urlset",
        is_cut=_is_cut(text, name),
    )


def _is_cut(text: str, name: str) -> bool:
    """Return whether the element *name*, the root of a feed, has no end: its program broke down, say."""
    return re.search(rf"</(?:\w{{1,20}}:)?{name}\s{{0,20}}>", text[-_LONGEST_END:]) is None


def _base_of(page: Page, attributes: str) -> str:
    base = _BASE.search(attributes)
    return urljoin(page.url, unescape(base[1])) if base else page.url


def _items(text: str, name: str) -> Iterator[str]:
    """Yield what stands inside of each element called *name*."""
    opening, closing = re.compile(rf"<{name}(?=[\s>])[^<>]{{0,2000}}>"), f"</{name}>"
    start = opening.search(text)
    while start is not None:
        end = text.find(closing, start.end())
        if end < 0:
            return
        yield text[start.end() : end]
        start = opening.search(text, end)


def _entry(item: str, base: str, order: DateOrder | None) -> ListEntry | None:
    url = absolute(_address(item), base)
    if url is None:
        return None
    dates = (read_listed_date(_text(item, tag), order) for tag in _DATES)
    day = next(filter(None, dates), None) or read_listed_date(_own_date(item), order)
    title = _text(item, "title") or _text(item, "news:title")
    return ListEntry(url=url, title=title, date=day or date_in_url(url))


def _own_date(item: str) -> str:
    """Return the date of what *item* is about, in an element of its system's own: `decision:date`."""
    found = _OWN_DATE.search(item)
    return _text(item, found[1]) if found else ""


def _address(item: str) -> str | None:
    """Return the address of an RSS link's text or of the first Atom link that names no other relation."""
    text = _text(item, "link") or _text(item, "loc")
    if text:
        return text
    for attributes in _LINK.findall(item):
        href = _HREF.search(attributes)
        if href and ("rel=" not in attributes or "alternate" in attributes):
            return unescape(href[1])
    guid = _text(item, "guid")
    return None if "://" not in guid and _NO_ADDRESS.search(item) else guid or None


def _next(text: str, base: str) -> str | None:
    """Return where a feed says that it goes on."""
    for attributes in _LINK.findall(text):
        href = _HREF.search(attributes)
        if href and _NEXT.search(attributes):
            return absolute(unescape(href[1]), base)
    return None


def _text(item: str, tag: str) -> str:
    """Return the text of the first *tag*, whose own markup may be escaped or stand in a CDATA section."""
    for opening in (f"<{tag}>", f"<{tag} "):
        content = cut(item, opening, f"</{tag}>")
        if content is not None:
            content = content if opening.endswith(">") else content.partition(">")[2]
            return tidy(unescape(_TAGS.sub("", unescape(without_cdata(content)))))
    return ""
