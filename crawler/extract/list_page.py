"""A list page as entries, the list pages after it and the total it states."""

from __future__ import annotations

import re
from dataclasses import replace

from crawler.extract.arguments import require_markup
from crawler.extract.kinds.page_kinds import feed_root
from crawler.extract.markup.page import Page, read_page
from crawler.extract.types import ExtractedList, ListBefore, NotAnArticle, PageContext
from crawler.platforms.feeds import read_feed
from crawler.platforms.listing import list_of, read_any_list
from crawler.platforms.lists.as_before import linked, page_before, rows_as_before
from crawler.platforms.lists.named_pages import with_numbers
from crawler.platforms.lists.sessions import of_any_session
from crawler.platforms.registry import detect, platform_named
from storage.evidence.content_encoding import UndecodableBody, decode_body

_GZIP = b"\x1f\x8b"
_MOST_ENTRIES = 100_000_000  # that a site may state
_BETWEEN_NAMES = re.compile(rb"[/&\"'<>\s]")
_LARGEST = 50 * 1024 * 1024  # bytes of a sitemap, by its own rules


def extract_list(
    html: bytes, url: str, *, platform: str | None = None, context: PageContext = PageContext()
) -> ExtractedList:
    """Return what the list page *html* at *url* lists; a page that is no list gives no entries.

    :raises ExtractionError: if the bytes are no text.
    :raises UnknownPlatform: if *platform* names none.
    """
    require_markup(html, url)
    return read_list(read_page(_inflated(html, url), url, context), platform=platform)


def _inflated(body: bytes, url: str) -> bytes:
    """Return *body*, where it is a file that was compressed before it was put there: a `sitemap.xml.gz`."""
    if not body.startswith(_GZIP):
        return body
    try:
        return decode_body(body, ("gzip",), limit=_LARGEST)
    except UndecodableBody as error:
        raise NotAnArticle("not-html", url, str(error)) from error


def read_list(page: Page, *, platform: str | None = None) -> ExtractedList:
    """Return what *page* lists, read as *platform*, else as the platform it shows, else as any list."""
    if root := feed_root(page):
        return replace(read_feed(page, root), platform=platform)
    family = platform_named(platform) if platform is not None else (detect(page) or (None, ""))[0]
    if family is None or family.read_list is None:
        found = replace(read_any_list(page), platform=family.name if family else None)
    else:
        found = family.read_list(page)
    before = page.context.list_before
    if before is not None and _may_be_beside(found, before):
        found = _read_as_before(page, found, before)
    # A pager that stands like a row of the list is none.
    further = {request.url for request in found.next}
    rows = tuple(entry for entry in found.entries if entry.url not in further)
    found = of_any_session(page, replace(found, entries=rows, total=plausible(found.total)))
    return with_numbers(page, found)


def _may_be_beside(found: ExtractedList, before: ListBefore) -> bool:
    """Return whether *found* is shorter than the list *before*, or named there: it may stand beside it."""
    if len(found.entries) < len(before.listed):
        return True
    names = {entry.url.rpartition("/")[2].partition("&")[0].encode() for entry in found.entries}
    return not names.isdisjoint(_BETWEEN_NAMES.split(before.html))


def _read_as_before(page: Page, found: ExtractedList, before: ListBefore) -> ExtractedList:
    """Return what a page lists after the one *before*, of which *found* was read alone.

    What stands as the rows did there belongs to the list; what else was linked there stands beside it.
    """
    earlier = page_before(page, before)
    alike = list_of(page, rows_as_before(page, earlier, before.listed))
    known = linked(earlier)
    if not alike.entries:
        is_beside = known.issuperset(entry.url for entry in found.entries)
        return replace(found, entries=()) if is_beside else found
    entries = {entry.url: entry for entry in (*alike.entries, *found.entries)}
    beside = known.difference(entry.url for entry in alike.entries)
    rows = tuple(entry for url, entry in entries.items() if url not in beside)
    return replace(alike, platform=found.platform, entries=rows, next=found.next or alike.next)


def plausible(total: int | None) -> int | None:
    """Return *total* where it may be a number of entries, which a time or a sign of "unknown" is not."""
    return total if total is not None and 0 <= total <= _MOST_ENTRIES else None
