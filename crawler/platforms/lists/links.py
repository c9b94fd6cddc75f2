"""The links of a page as absolute addresses that can be fetched, or nothing."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urldefrag, urljoin, urlsplit

from crawler.network.addresses import as_browsers_read, refusal_of_url

if TYPE_CHECKING:
    from lxml import etree

    from crawler.extract.markup.page import Page

_ATTACHMENT = re.compile(
    r"\.(?:pdf|docx?|xlsx?|pptx?|zip|rar|7z|ofd|wps|et|csv|mp[34]|m4[av]|wav|avi|mov|wmv|jpe?g|png|gif|tiff?|ics)$",
    re.IGNORECASE,
)
_HELD = re.compile(r"https?://|/[\w?]|\?\w")
_OF_A_PICTURE = re.compile("src|ima?ge?|icon|back|bg|share")
_LONGEST_KEPT = 500  # characters
_DEAD = ("javascript:", "mailto:", "tel:", "data:", "about:", "#")


def base_of(page: Page) -> str:
    """Return the address that the links of *page* are relative to."""
    href = next(filter(None, (base.get("href") for base in page.elements.with_tag("base"))), "").strip()
    return absolute(href, page.url) or page.url if href else page.url


def absolute(href: str | None, base: str) -> str | None:
    """Return *href* joined to *base* without its fragment, or None where it leads to no page."""
    if not href:
        return None
    return _absolute(href, base) if len(href) <= _LONGEST_KEPT else _absolute.__wrapped__(href, base)


@lru_cache(maxsize=4096)  # a list page is asked for each of its links several times
def _absolute(href: str, base: str) -> str | None:
    cleaned = as_browsers_read(href)
    if not cleaned or cleaned.lower().startswith(_DEAD):
        return None
    try:
        joined = urldefrag(urljoin(base, cleaned)).url
    except ValueError:  # "Invalid IPv6 URL" and the like: an address nobody can fetch
        return None
    return joined if refusal_of_url(joined) is None else None


def address_of(link: etree._Element, base: str) -> str | None:
    """Return where *link* leads by its `href`, else by what a script reads of it."""
    named = (absolute(link.get(name), base) for name in ("href", "data-href", "data-url", "tagname"))
    return next(filter(None, named), None) or (_held_by(link, base) if link.tag == "button" else None)


def _held_by(button: etree._Element, base: str) -> str | None:
    """Return the address that *button* holds for its script, whatever the attribute is called."""
    held = (
        value
        for name, value in button.items()
        if name.startswith("data-") and _HELD.match(value) and not _OF_A_PICTURE.search(name)
    )
    return next(filter(None, (absolute(value, base) for value in held)), None)


def is_attachment(url: str) -> bool:
    """Tell whether *url* names a file rather than a page."""
    return _ATTACHMENT.search(urlsplit(url).path) is not None


def folder_of(url: str) -> str:
    """Return what the addresses of a list's articles share: the path without its name and its numbers."""
    parts = urlsplit(url)
    return f"{parts.netloc}{re.sub('[0-9]+', '#', parts.path.rpartition('/')[0])}"


def host_of(url: str) -> str:
    """Return the host of *url*, lower case, empty where it has none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
