"""How many rows of a list page name an article once more, which the site counts in its total."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from lxml import etree

from crawler.platforms.lists.links import absolute, base_of
from crawler.platforms.lists.text import text_of

if TYPE_CHECKING:
    from crawler.extract.markup.page import Page
    from crawler.platforms.lists.rows import Row

_LINKS = etree.XPath("descendant-or-self::a[@href]")


def repeats_in(page: Page, rows: Sequence[Row]) -> int:
    """Return how many of *rows*, and of their like beside them, lead where another row leads."""
    urls = {row.url for row in rows}
    return len(rows) - len(urls) + _beside(page, rows, urls)


def _beside(page: Page, rows: Sequence[Row], urls: set[str]) -> int:
    """Return how many elements stand like *rows* among them: of two rows side by side one is taken."""
    elements = {row.element for row in rows}
    tags = {element.tag for element in elements}
    lists = {element.getparent() for element in elements} - {None}
    others = (child for around in lists if around is not None for child in around if child not in elements)
    return sum(other.tag in tags and _leads_to(page, other, urls) for other in others)


def _leads_to(page: Page, element: etree._Element, urls: set[str]) -> bool:
    """Return whether a link of *element* that says something leads to one of *urls*."""
    base = base_of(page)
    return any(text_of(link) and absolute(link.get("href"), base) in urls for link in _LINKS(element))
