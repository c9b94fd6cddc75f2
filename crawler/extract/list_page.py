"""A list page as entries, the list pages after it and the total it states."""

from __future__ import annotations

from dataclasses import replace

from crawler.extract.page import Page, read_page
from crawler.extract.page_kinds import is_feed
from crawler.extract.types import ExtractedList, PageContext
from crawler.platforms.feeds import read_feed
from crawler.platforms.listing import read_any_list
from crawler.platforms.registry import detect, platform_named


def extract_list(
    html: bytes, url: str, *, platform: str | None = None, context: PageContext = PageContext()
) -> ExtractedList:
    """Return what the list page *html* at *url* lists; a page that is no list gives no entries.

    :raises ExtractionError: if the bytes are no text.
    :raises UnknownPlatform: if *platform* names none.
    """
    return read_list(read_page(html, url, context), platform=platform)


def read_list(page: Page, *, platform: str | None = None) -> ExtractedList:
    """Return what *page* lists, read as *platform*, else as the platform it shows, else as any list."""
    if is_feed(page):
        return replace(read_feed(page), platform=platform)
    family = platform_named(platform) if platform is not None else (detect(page) or (None, ""))[0]
    if family is None or family.read_list is None:
        found = replace(read_any_list(page), platform=family.name if family else None)
    else:
        found = family.read_list(page)
    # A pager that stands like a row of the list is none.
    further = {request.url for request in found.next}
    return replace(found, entries=tuple(entry for entry in found.entries if entry.url not in further))
