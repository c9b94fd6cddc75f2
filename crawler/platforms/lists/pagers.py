"""Rows of page numbers, linked or to choose from, and which of them is the page itself."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

from lxml import etree

from crawler.platforms.lists.addresses import number_in
from crawler.platforms.lists.links import absolute, base_of
from crawler.platforms.lists.text import text_of

if TYPE_CHECKING:
    from crawler.extract.markup.page import Page

_LINKS = etree.XPath("//a[@href or @onclick] | //button[@onclick]")
_CHOICES = etree.XPath("//select[option[@value][2]]")
_MOST_NUMBERS = 25  # a row of more is a calendar
_MOST_ROWS = 50
_MOST_ELEMENTS = 300  # of a row, that are looked at for the number without a link
_FIRST_YEAR = 1900  # a row of numbers that begins with it, or a later one, is one of years
_LONGEST_NUMBER = 4  # digits
_CURRENT = re.compile(r"(?:^|[\s_-])(?:active|current|cur|selected|on|this|hover)(?:$|[\s_-])", re.IGNORECASE)
_PAGE_NUMBER = re.compile(r"(?:page|seite|第)?\s?(\d{1,4})\s?页?", re.IGNORECASE)
_WRAPPERS = frozenset({"li", "span", "td"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Pager:
    """What stands for each page number, and the number that is marked as the page's own."""

    numbers: dict[int, etree._Element]
    current: int | None

    def after(self, page: Page) -> etree._Element | None:
        """Return what stands for the number after the page's own."""
        current = self.current if self.current is not None else _unmarked(self.numbers, page)
        return None if current is None else self.numbers.get(current + 1)


def pagers_of(page: Page) -> Iterator[Pager]:
    """Yield the rows of page numbers that *page* links, and those that it lets choose from."""
    rows: dict[etree._Element, dict[int, etree._Element]] = defaultdict(dict)
    for link in _LINKS(page.tree):
        number, row = _number_in(link), _row_of(link)
        if number is not None and row is not None:
            rows[row][number] = link
    for row, numbers in islice(rows.items(), _MOST_ROWS):
        if len(numbers) <= _MOST_NUMBERS and min(numbers) < _FIRST_YEAR:
            yield Pager(numbers=numbers, current=_marked(row, numbers))
    for choice in _CHOICES(page.tree):
        yield from _to_choose(choice)


def _number_in(element: etree._Element) -> int | None:
    text = text_of(element).strip("[]() ")
    return int(text) if text.isdecimal() and len(text) <= _LONGEST_NUMBER else None


def _row_of(link: etree._Element) -> etree._Element | None:
    parent = link.getparent()
    above = parent.getparent() if parent is not None else None
    return above if parent is not None and parent.tag in _WRAPPERS and above is not None else parent


def _marked(row: etree._Element, numbers: dict[int, etree._Element]) -> int | None:
    """Return the number that stands in *row* without a link, or whose link is named the current one."""
    for number, link in numbers.items():
        wrapper = link.getparent()
        names = [link.get("class", ""), wrapper.get("class", "") if wrapper not in (row, None) else ""]
        if link.get("aria-current") or _CURRENT.search(" ".join(names)):
            return number
    leaves = (element for element in islice(row.iter("*"), _MOST_ELEMENTS) if len(element) == 0)
    shown = filter(None, (_number_in(leaf) for leaf in leaves if not _is_in_link(leaf)))
    return next((number for number in shown if {number - 1, number + 1} & numbers.keys()), None)


def _is_in_link(element: etree._Element) -> bool:
    parent = element.getparent()
    return element.tag == "a" or (parent is not None and parent.tag == "a")


def _unmarked(numbers: dict[int, etree._Element], page: Page) -> int | None:
    """Return the number of *page* in a row that marks none: its own address, or what the row leaves out."""
    if min(numbers) > 2:
        return None
    base = base_of(page)
    addresses = {number: absolute(link.get("href"), base) for number, link in numbers.items()}
    by_script = all(url is None for url in addresses.values())
    own = next((number for number, url in addresses.items() if url in (page.url, None)), None)
    if own is not None and not by_script:
        return own
    missing = next(number for number in range(1, len(numbers) + 2) if number not in numbers)
    if by_script:
        return number_in(page.url) or (missing if missing <= 2 else 1)
    return 1 if missing not in (1, 2) and _is_first(page.url, addresses[1]) else missing


def _is_first(url: str, first: str | None) -> bool:
    """Return whether *first* is *url* with the number of the first page written out."""
    own, named = urlsplit(url), urlsplit(first or "")
    return own.path == named.path and set(parse_qsl(own.query)) < set(parse_qsl(named.query))


def _to_choose(choice: etree._Element) -> Iterator[Pager]:
    numbers, current = {}, None
    for option in choice.iter("option"):
        number = _PAGE_NUMBER.fullmatch(text_of(option))
        value = option.get("value", "")
        if number is None or not ("/" in value or "?" in value or ".htm" in value):
            return
        numbers[int(number[1])] = option
        if option.get("selected") is not None:
            current = int(number[1])
    yield Pager(numbers=numbers, current=current or min(numbers))
