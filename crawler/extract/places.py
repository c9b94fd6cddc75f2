"""Where on a page a value stands: the element that holds it, as an absolute XPath, and its text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from lxml import etree

from crawler.extract.dates.written import read_date
from crawler.extract.markup.head import read_head
from crawler.extract.markup.links import absolute, base_of
from crawler.extract.markup.page import Page
from crawler.extract.publication import known_moment, page_conventions
from crawler.extract.text import one_line, squeeze, text_of

LONGEST_EXCERPT = 160  # characters
LONGEST_DATED = 200  # characters; a date in a longer text is none of the page's own
_META_RULE = re.compile(r"meta (\S+)")
_NAMING = ("name", "property", "itemprop")
_LINKING = ("a", "img", "iframe", "embed", "object")
_ADDRESSES = ("href", "src", "data-src", "data-original", "data-lazy-src", "data")
_SEEN = ".//text()[not(ancestor::script or ancestor::style or ancestor::template or ancestor::noscript)]"
_UNSEEN = frozenset({"script", "style", "template", "noscript"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a value stands: an XPath, or words where it is no element, and the text there."""

    path: str
    excerpt: str


def place_of(page: Page, value: str, rule: str) -> Place | None:
    """Return where *value*, which *rule* gave, stands on *page*; None where it is not found as it is."""
    if rule == "url":
        return Place(path="the address", excerpt=page.url)
    if rule == "list row":
        return Place(path="the list page that named it", excerpt=value)
    if found := _META_RULE.match(rule):
        return _meta(page, found[1])
    tag = "script" if rule.startswith("schema") else "title" if rule == "title element" else None
    return _holding(page, value, tag)


def place_of_date(page: Page, value: date | datetime, rule: str) -> Place | None:
    """Return where the date *value* stands on *page*, however it is written there."""
    if (stated := place_of(page, value.isoformat(), rule)) is not None:
        return stated
    conventions = page_conventions(page, read_head(page))

    def reads(text: str) -> date | datetime | None:
        read = read_date(text, conventions)
        return known_moment(read.value) if read is not None else None

    exactly = _first(page, lambda text: reads(text) == value) or _meta_with(page, lambda t: reads(t) == value)
    exactly = exactly or _behind_label(page, lambda text: reads(text) == value) or _in_script(page, value)
    return exactly or _first(page, lambda text: _day(reads(text)) == _day(value))


def place_of_link(page: Page, url: str) -> Place | None:
    """Return the element of *page* that leads to *url*, or shows what lies there."""
    base = base_of(page)
    for element in page.tree.iter(*_LINKING):
        addresses = (element.get(name) for name in _ADDRESSES)
        if any(absolute(base, address) == url for address in addresses if address):
            return _place(page, element)
    return None


def _day(value: date | datetime | None) -> date | None:
    return value.date() if isinstance(value, datetime) else value


def place_of_lines(page: Page, lines: tuple[str, ...]) -> Place | None:
    """Return the innermost element that holds all of *lines* that are found."""
    wanted = [squeeze(line) for line in lines]
    return _place(page, _innermost(page.tree, lambda text: all(line in text for line in wanted)))


def _meta(page: Page, name: str) -> Place | None:
    for element in page.tree.iter("meta"):
        if any((element.get(naming) or "").strip().lower() == name.lower() for naming in _NAMING):
            naming = next(naming for naming in _NAMING if element.get(naming))
            value = element.get("content") or element.get("datetime") or ""
            return Place(path=f'//meta[@{naming}="{element.get(naming)}"]', excerpt=_excerpt(value))
    return None


def _meta_with(page: Page, is_it: Callable[[str], bool]) -> Place | None:
    for element in page.tree.iter("meta"):
        name = next((element.get(naming) for naming in _NAMING if element.get(naming)), None)
        if name and is_it(element.get("content") or ""):
            return _meta(page, name)
    return None


def _holding(page: Page, value: str, tag: str | None) -> Place | None:
    wanted = squeeze(value)
    if tag is not None:
        found = (element for element in page.tree.iter(tag) if wanted in squeeze(text_of(element)))
        return _place(page, next(found, None))
    body = next(page.tree.iter("body"), page.tree)
    found_there = _place(page, _innermost(body, lambda text: wanted in text))
    return found_there or _meta_with(page, lambda text: wanted in squeeze(text))


def _innermost(root: etree._Element, holds: Callable[[str], bool]) -> etree._Element | None:
    """Return the deepest element whose text, without blanks, *holds* what is wanted."""
    if not holds(squeeze(text_of(root))):
        return None
    while True:
        inner = next((child for child in _elements(root) if holds(squeeze(text_of(child)))), None)
        if inner is None:
            return root
        root = inner


def _elements(root: etree._Element) -> Iterator[etree._Element]:
    return (child for child in root if isinstance(child.tag, str) and child.tag not in _UNSEEN)


def _first(page: Page, is_it: Callable[[str], bool]) -> Place | None:
    for element in page.tree.iter(etree.Element):
        if element.tag in _UNSEEN or element.tag in ("html", "head", "body"):
            continue
        text = text_of(element)
        if 4 <= len(text) <= LONGEST_DATED and any(map(str.isdigit, text)) and is_it(text):
            inner = next((child for child in _elements(element) if is_it(text_of(child))), element)
            return _place(page, inner)
    return None


def _behind_label(page: Page, is_it: Callable[[str], bool]) -> Place | None:
    """Return the element that has a text of its own, beside those of its children, which *is_it*."""
    for element in page.tree.iter(etree.Element):
        for child in _elements(element):
            text = one_line(child.tail or "")
            if 4 <= len(text) <= LONGEST_DATED and any(map(str.isdigit, text)) and is_it(text):
                return _place(page, element)
    return None


def _in_script(page: Page, value: date | datetime) -> Place | None:
    """Return the script that states *value* as programs count time: in seconds."""
    if not isinstance(value, datetime) or value.tzinfo is None:
        return None
    return _holding(page, f"{value.timestamp():.0f}", "script")


def _place(page: Page, element: etree._Element | None) -> Place | None:
    if element is None:
        return None
    return Place(path=page.tree.getroottree().getpath(element), excerpt=_excerpt(_seen(element)))


def _seen(element: etree._Element) -> str:
    """Return the text that a reader sees in *element*."""
    if element.tag in _UNSEEN:  # a date in a script stands there
        return text_of(element)
    return " ".join(str(text) for text in element.xpath(_SEEN))


def _excerpt(text: str) -> str:
    line = one_line(text)
    return line if len(line) <= LONGEST_EXCERPT else f"{line[: LONGEST_EXCERPT - 1]}…"
