"""Addresses that carry the session of one visit: they are others at the next, and the pages are the same."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from storage.url_keys import SESSION, url_key

if TYPE_CHECKING:
    from crawler.extract.page import Page
    from crawler.extract.types import ExtractedList, ListEntry

# A parameter, or what ASP.NET puts into the path.
_SESSION = re.compile(
    rf"(?<=[?&]){SESSION.pattern}(?:&|(?=#)|\Z)|(?<=/)(?P<path>\((?:[A-Z]\([\w-]{{8,128}}\))+\))/",
    re.IGNORECASE,
)


def without_session(url: str) -> str:
    """Return *url* without what looks like a session in it."""
    address, mark, fragment = _SESSION.sub("", url).partition("#")
    return address.rstrip("?&") + mark + fragment if address + mark + fragment != url else url


def is_same_page(url: str, known: str) -> bool:
    """Return whether *url* is the page *known*, or that page in a session."""
    return url_key(known) in {url_key(url), url_key(without_session(url))}


def of_any_session(page: Page, found: ExtractedList) -> ExtractedList:
    """Return *found* with entries that are known by their addresses without the session of this visit.

    What looks like one is none unless several addresses of *page* carry it and tell their pages apart
    without it.
    """
    entries = tuple(_known_without(page, entry) for entry in found.entries)
    before, after = ({url_key(entry.url) for entry in each} for each in (found.entries, entries))
    return replace(found, entries=entries) if len(before) == len(after) else found


def _known_without(page: Page, entry: ListEntry) -> ListEntry:
    session = _SESSION.search(entry.url)
    if session is None or not _is_shared(page, session["value"] or session["path"]):
        return entry
    return replace(entry, url=without_session(entry.url), asked=entry.url)


def _is_shared(page: Page, session: str) -> bool:
    """Return whether links of *page* that lead to several pages carry *session*."""
    return len({without_session(href) for href, _ in page.elements.anchors if session in href}) > 1
