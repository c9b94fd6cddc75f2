"""Addresses that carry the session of one visit: they are others at the next, and the pages are the same."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection
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
    if not any(map(_session_in, (entry.url for entry in found.entries))):
        return found
    shared = _shared_sessions(page)
    entries = tuple(_known_without(shared, entry) for entry in found.entries)
    before, after = ({url_key(entry.url) for entry in each} for each in (found.entries, entries))
    return replace(found, entries=entries) if len(before) == len(after) else found


def _session_in(url: str) -> str | None:
    session = _SESSION.search(url)
    return session and (session["value"] or session["path"])


def _known_without(shared: Collection[str], entry: ListEntry) -> ListEntry:
    if _session_in(entry.url) not in shared:
        return entry
    return replace(entry, url=without_session(entry.url), asked=entry.url)


def _shared_sessions(page: Page) -> set[str]:
    """Return the sessions that links of *page* to several pages carry."""
    pages: dict[str, set[str]] = defaultdict(set)
    for href, _ in page.elements.anchors:
        if session := _session_in(href):
            pages[session].add(without_session(href))
    return {session for session, addresses in pages.items() if len(addresses) > 1}
