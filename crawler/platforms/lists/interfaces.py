"""Interfaces that a page names for its script, which would ask them for the rows of its list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from lxml import etree

from crawler.platforms.lists.links import absolute, base_of, host_of, is_attachment

if TYPE_CHECKING:
    from crawler.extract.markup.page import Page

_NAMING = etree.XPath(
    "//body//*[not(self::script or self::img or self::a or self::link or self::iframe or self::video)]"
    "/@*[contains(name(), 'url') or contains(name(), 'endpoint') or contains(name(), 'api')"
    " or contains(name(), 'source') or contains(name(), 'feed') or contains(name(), 'ajax')]"
)
_ADDRESS = re.compile(r"(?:https?:/)?/[^\s{}<>]{2,500}")
_LIST = re.compile(
    r"news|press|listing|list(?:$|[\s_-])|result|article|release|archive|posts|items|notice|announce|publication"
    r"|feed|aktuell|notici|actualit",
    re.IGNORECASE,
)
_NO_LIST = re.compile(
    r"suggest|autocomplete|typeahead|consent|cookie|login|subscri|newsletter|share|comment|menu|nav(?:$|[\s_-])"
    r"|weather|map|poll|image|img|icon|video|redirect|return|canonical",
    re.IGNORECASE,
)
_AROUND = 3  # elements from what names an interface up to what says that it is for a list


def interfaces_of(page: Page) -> list[str]:
    """Return the addresses on the host of *page* that it holds for the script of a list."""
    return list(dict.fromkeys(_named(page)))


def _named(page: Page) -> Iterator[str]:
    base = base_of(page)
    for attribute in _NAMING(page.tree):
        if not _ADDRESS.fullmatch(attribute) or _NO_LIST.search(f"{attribute.attrname} {attribute}"):
            continue
        url = absolute(str(attribute), base) if _is_for_a_list(attribute.getparent()) else None
        if url and url != page.url and host_of(url) == host_of(page.url) and not is_attachment(url):
            yield url


def _is_for_a_list(element: etree._Element) -> bool:
    names = [str(element.tag)]
    around: etree._Element | None = element
    for _ in range(_AROUND):
        if around is None or around.tag == "body":
            break
        names += [around.get("class", ""), around.get("id", ""), around.get("data-component", "")]
        around = around.getparent()
    said = " ".join(names)
    return _LIST.search(said) is not None and _NO_LIST.search(said) is None
