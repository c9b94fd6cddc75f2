"""How much a link reads like a headline of a list, from 0 for a word of a menu to 1 for a sentence."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice
from urllib.parse import urlsplit

from lxml import etree

from crawler.extract.text import is_cut
from crawler.platforms.lists.links import is_attachment
from crawler.platforms.lists.outline import width
from crawler.platforms.lists.row_titles import heading_in, says_more, whole_title
from crawler.platforms.lists.text import shows_more_than, text_of, tidy

_FRONT_PAGE = re.compile(r"/*(?:(?:index|default|home)\.(?:s?html?|php|aspx?|jsp))?", re.IGNORECASE)
_BLOCK = frozenset("p div li td th dd dt section article h1 h2 h3 h4 h5 h6 blockquote".split())
_BREAKS = frozenset(("br", "a", "hr"))  # before the line of a link
_CUT_OFF = 10  # width that a title which ends in dots has lost, at least
_ROOT = 3  # slashes of an address: https://www.example.gov/
_LEAD_IN = 30  # characters before a link in its block, at most: a label or a day; more is a sentence


def headline_of(link: etree._Element, heading: etree._Element | None) -> str:
    """Return the words that *link* leads to: its own, else those of the *heading* before it."""
    text = text_of(link)
    if text and not says_more(text):
        return whole_title(text, link.get("title"))
    return (text_of(heading) if heading is not None else "") or tidy(link.get("title") or "")


def headline_weight(headline: str, url: str, listed_on: str = "") -> float:
    """Return how much *headline*, leading to *url*, reads like one of the list at the address *listed_on*."""
    shown = width(headline[:60]) + (_CUT_OFF if is_cut(headline) else 0)
    return min(max((shown - 10) / 25, 0.0), 1.0) * _address_weight(url, _folder_of(listed_on))


@lru_cache(maxsize=4096)
def _address_weight(url: str, folder: str) -> float:
    if is_attachment(url):
        return 0.3
    is_below = folder.count("/") > _ROOT and url.startswith(folder) and url != folder
    return 1.0 if is_below or names_an_article(url) else 0.5


@lru_cache(maxsize=64)
def _folder_of(url: str) -> str:
    """Return the folder that the page at *url* is the list of: of /news and of /news/index.html, /news/."""
    address = url.partition("?")[0]
    folder, _, name = address.rpartition("/")
    return f"{folder}/" if not name or "." in name else f"{address}/"


def names_an_article(url: str) -> bool:
    """Tell whether *url* is one of a page rather than of a directory: a number, a long slug, a query."""
    parts = urlsplit(url)
    above, _, last = parts.path.rstrip("/").rpartition("/")
    if parts.query or len(last) > 24 or any(letter.isdigit() for letter in last):
        return True
    if above.rpartition("/")[2].isdecimal():  # /news/4711/title
        return True
    return last.count("-") + last.count("_") >= 2


def is_front_page(url: str) -> bool:
    """Tell whether *url* is the root of its site."""
    parts = urlsplit(url)
    return not parts.query and _FRONT_PAGE.fullmatch(parts.path) is not None


def stands_alone(link: etree._Element) -> bool:
    """Tell whether the block around *link* holds little else than the link."""
    if heading_in(link) or any(_is_block(element) for element in link.iterdescendants()):
        return True
    block = next(filter(_is_block, link.iterancestors()), None)
    return block is None or not shows_more_than(block, 1.3 * len(text_of(link)) + _LEAD_IN)


def is_in_prose(link: etree._Element) -> bool:
    """Tell whether *link* stands inside a sentence: after other text of the same block."""
    before = 0
    element: etree._Element | None = link
    while element is not None and not _is_block(element) and element.tag != "tr":
        parent = element.getparent()
        for sibling in element.itersiblings(preceding=True):
            if sibling.tag in _BREAKS or _is_block(sibling):
                break
            before += len(tidy(sibling.tail or "")) + len(_shown(sibling))
            if before > _LEAD_IN:
                return True
        else:
            before += len(tidy(parent.text or "")) if parent is not None else 0
        element = parent
    return before > _LEAD_IN


def is_sign_of_its_line(link: etree._Element) -> bool:
    """Tell whether *link* is but a picture, the only link behind words of its block: these are its title."""
    block = next(filter(_is_block, link.iterancestors()), None)
    return block is not None and not text_of(link) and len(list(islice(block.iter("a"), 2))) == 1


def _is_block(element: etree._Element) -> bool:
    """Return whether *element* is no part of a line; a custom element, whose name has a hyphen, seldom is."""
    tag = element.tag
    return isinstance(tag, str) and (tag in _BLOCK or "-" in tag)


def _shown(element: etree._Element) -> str:
    return text_of(element) if isinstance(element.tag, str) else ""
