"""Addresses that carry the session or the time of one visit: others at the next, of the same pages."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection
from dataclasses import replace
from typing import TYPE_CHECKING

from storage.url_keys import MOMENT, MOMENT_NAMES, SESSION, url_key

if TYPE_CHECKING:
    from crawler.extract.markup.page import Page
    from crawler.extract.types import ExtractedList, ListEntry

# A parameter, what ASP.NET puts into the path, or what keeps an answer out of caches.
_SESSION = re.compile(
    rf"(?<=[?&])(?:{SESSION.pattern}|(?:{MOMENT_NAMES})=(?P<moment>{MOMENT}))(?:&|(?=#)|\Z)"
    r"|(?<=/)(?P<path>\((?:[A-Z]\([\w-]{8,128}\))+\))/",
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
    return session and (session["value"] or session["path"] or session["moment"])


def _known_without(shared: Collection[str], entry: ListEntry) -> ListEntry:
    session = _session_in(entry.url)
    if session not in shared and not _is_fraction(session):
        return entry
    return replace(entry, url=without_session(entry.url), asked=entry.url)


def _is_fraction(session: str | None) -> bool:
    """Return whether a script made *session* by chance, for each address another."""
    return session is not None and session.lstrip("0").startswith(".")


def _shared_sessions(page: Page) -> set[str]:
    """Return the sessions that links of *page* to several pages carry."""
    pages: dict[str, set[str]] = defaultdict(set)
    for href, _ in page.elements.anchors:
        if session := _session_in(href):
            pages[session].add(without_session(href))
    return {session for session, addresses in pages.items() if len(addresses) > 1}
