"""Addresses on a page: what they are relative to, which lie in its furniture, each once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import urljoin, urlsplit

from lxml import etree

from crawler.extract.markup.page import Page
from crawler.network.addresses import as_browsers_read
from storage.records import Link

MOST_LINKS = 200
LONGEST_TITLE = 300
# An address that joining leaves as it is: most are written out in full, and joining takes ten times as long.
_WHOLE = re.compile(r"https?://[A-Za-z0-9.-]+(?::[0-9]{1,5})?/[^?#]*(?:\?[^#]+)?(?:#.+)?")
# Where a site keeps its own documents (a leaflet, an annual report) on every page.
_FURNITURE = re.compile(
    r"\b(footer|foot|nav|navigation|menu|sidebar|header|breadcrumb|related|eyesight|share|tools?|toolbar"
    r"|files?|documents?|downloads?|attachments?|materials)\b"
)
_FILES = frozenset(
    {
        *("file", "files", "document", "documents", "download", "downloads", "attachment", "attachments"),
        "materials",
    }
)
_OF_FILES = frozenset({"related"})  # what is called so beside these are the article's own
_FURNITURE_TAGS = frozenset({"nav", "footer", "aside", "header"})


def base_of(page: Page) -> str:
    """Return what links of *page* are relative to."""
    bases = (element.get("href") for element in page.elements.with_tag("base"))
    return absolute(page.url, next(filter(None, bases), "")) or page.url


def absolute(base: str, address: str) -> str | None:
    """Return *address* as an http(s) URL, or None where it is none."""
    cleaned = as_browsers_read(address)
    if not cleaned or cleaned.startswith(("javascript:", "data:", "mailto:", "#")):
        return None
    if _WHOLE.fullmatch(cleaned):
        return cleaned
    try:
        url = urljoin(base, cleaned)
        parts = urlsplit(url)
        return url if parts.scheme in {"http", "https"} and parts.hostname else None
    except ValueError:
        return None


def in_furniture(element: etree._Element, known: dict[tuple[etree._Element, bool], bool]) -> bool:
    """Return whether *element* lies in furniture; *known* keeps what lies around the elements before it."""
    passed = []
    found = among_files = False
    for parent in element.iterancestors():
        here = (parent, among_files)
        if here in known:
            found = known[here]
            break
        passed.append(here)
        name, identifier = parent.get("class"), parent.get("id")
        named = (name or identifier) and parent.tag not in {"body", "html"}
        words = _telling_words(name, identifier) if named else frozenset()
        among_files = among_files or bool(words & _FILES)
        if parent.tag in _FURNITURE_TAGS or words - _FILES - (_OF_FILES if among_files else frozenset()):
            found = True
            break
    known.update(dict.fromkeys(passed, found))
    return found


@lru_cache(maxsize=4096)
def _telling_words(name: str | None, identifier: str | None) -> frozenset[str]:
    """Return the words in the names of an element that tell furniture or files."""
    return frozenset(_FURNITURE.findall(f"{name or ''} {identifier or ''}".lower()))


def unique(links: Iterable[Link]) -> tuple[Link, ...]:
    """Return *links*, each address once, as many as an article may carry."""
    found: dict[str, Link] = {}
    for link in links:
        found.setdefault(link.url, link)
        if len(found) >= MOST_LINKS:
            break
    return tuple(found.values())


def titled(value: str | None) -> str | None:
    """Return *value* as the title of a link: on one line, None where it says nothing."""
    return " ".join(value.split())[:LONGEST_TITLE] or None if value else None
