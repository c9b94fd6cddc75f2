"""RSS and Atom: a feed as a list, wherever a section's address leads to one."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from crawler.extract.types import ExtractedList, ListEntry
from crawler.platforms.lists.cuts import cut, cuts, without_cdata
from crawler.platforms.lists.links import absolute
from crawler.platforms.lists.listed_dates import read_listed_date
from crawler.platforms.lists.text import tidy

if TYPE_CHECKING:
    from crawler.extract.page import Page

_LINK = re.compile(r"""<link\b([^>]{0,500})>""")
_HREF = re.compile(r"""\bhref\s{0,3}=\s{0,3}["']([^"']{1,2000})["']""")
_TAGS = re.compile(r"<[^<>]{0,500}>")
_DATES = ("pubDate", "published", "dc:date", "updated")


def read_feed(page: Page) -> ExtractedList:
    """Return the entries of the feed that *page* is, in its order."""
    name = "item" if "</item>" in page.text else "entry"
    entries: dict[str, ListEntry] = {}
    items = (rest.partition(">")[2] for rest in cuts(page.text, f"<{name}", f"</{name}>"))
    for item in items:
        url = absolute(_address(item), page.url)
        title = _text(item, "title")
        if url and title:
            dates = (read_listed_date(_text(item, tag)) for tag in _DATES)
            entries.setdefault(url, ListEntry(url=url, title=title, date=next(filter(None, dates), None)))
    return ExtractedList(entries=tuple(entries.values()))


def _address(item: str) -> str | None:
    """Return the address of an RSS link's text or of the first Atom link that names no other relation."""
    text = _text(item, "link")
    if text:
        return text
    for attributes in _LINK.findall(item):
        href = _HREF.search(attributes)
        if href and ("rel=" not in attributes or "alternate" in attributes):
            return unescape(href[1])
    return _text(item, "guid") or None


def _text(item: str, tag: str) -> str:
    """Return the text of the first *tag*, whose own markup may be escaped or stand in a CDATA section."""
    for opening in (f"<{tag}>", f"<{tag} "):
        content = cut(item, opening, f"</{tag}>")
        if content is not None:
            content = content if opening.endswith(">") else content.partition(">")[2]
            return tidy(unescape(_TAGS.sub("", unescape(without_cdata(content)))))
    return ""
