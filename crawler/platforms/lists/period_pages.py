"""The pages of earlier years or months that a list leads to by a row of these: an archive without a pager."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from lxml import etree

from crawler.extract.types import ListEntry, ListRequest
from crawler.platforms.lists.links import absolute, base_of, host_of, is_attachment
from crawler.platforms.lists.listed_dates import year_and_month
from crawler.platforms.lists.text import text_of

if TYPE_CHECKING:
    from crawler.extract.markup.page import Page

Period = tuple[int, int]  # a year and a month, 0 for all of it

_LONGEST = 20  # characters of a month with its year
_FEWEST = 2  # periods that are a row of them; one alone is a report or a law
_MOST = 120
_MOST_TEXTS = 600  # of a row
_OPTIONS = etree.XPath("//select[count(option[@value]) > 1]/option")
_WRAPPERS = frozenset(("li", "span", "td", "dd", "p"))
_LEAST_DATED = 0.5  # of the rows, so that their days tell which periods the page shows
_DIGITS = re.compile(r"\d+")
_OWN_PERIOD = re.compile(r"(?:[/_-]?#)*(?:/(?:index|default)?|\.\w{2,5})?(?:\.\w{2,5})?$", re.IGNORECASE)


def period_pages(page: Page, entries: Sequence[ListEntry]) -> tuple[ListRequest, ...]:
    """Return the pages of the periods up to the oldest that *page* shows in its *entries*, newest first."""
    days = [entry.date for entry in entries if entry.date is not None]
    if not days or len(days) < _LEAST_DATED * len(entries):
        return ()
    oldest = min(days)
    passed = {page.url, *(entry.url for entry in entries)}
    found = {
        url: (year, month)
        for (year, month), url in _row_of_periods(page).items()
        if url not in passed and (year, month) <= (oldest.year, oldest.month if month else 0)
    }
    return tuple(
        ListRequest(url=url) for url in sorted(found, key=lambda url: found[url], reverse=True)[:_MOST]
    )


def _row_of_periods(page: Page) -> dict[Period, str]:
    """Return the addresses of the longest row of years or months, the same but for numbers."""
    rows: dict[tuple[etree._Element, str, bool], dict[Period, str]] = defaultdict(dict)
    for period, url, row in _links_to_periods(page):
        rows[row, _DIGITS.sub("#", url), period[1] > 0].setdefault(period, url)
    if not rows:
        return {}
    (row, *_), longest = max(rows.items(), key=lambda each: len(each[1]))
    return longest if len(_periods_in(row)) >= _FEWEST else {}


def _periods_in(row: etree._Element) -> set[Period]:
    """Return the periods that *row* shows, those without a link too: one of them is that of the page."""
    texts = (text.strip() for text in islice(row.itertext(), _MOST_TEXTS))
    return {period for text in texts if len(text) <= _LONGEST and (period := year_and_month(text))}


def _links_to_periods(page: Page) -> Iterator[tuple[Period, str, etree._Element]]:
    """Yield each year and month of this list that *page* leads to, its address, and what it stands in."""
    base, host = base_of(page), host_of(page.url)
    stem = _OWN_PERIOD.sub("", _DIGITS.sub("#", page.url.partition("?")[0]))
    for link in (*page.elements.with_tag("a"), *_OPTIONS(page.tree)):
        address = link.get("href") or link.get("value") or ""
        text = text_of(link) if len(link) or len(link.text or "") < 2 * _LONGEST else ""
        period = year_and_month(text) if text and len(text) <= _LONGEST else None
        if period is None or str(period[0]) not in address or not ("/" in address or "?" in address):
            continue
        url = absolute(address, base)
        if url and host_of(url) == host and not is_attachment(url) and _DIGITS.sub("#", url).startswith(stem):
            yield period, url, _row_around(link)


def _row_around(link: etree._Element) -> etree._Element:
    parent = link.getparent()
    above = parent.getparent() if parent is not None and parent.tag in _WRAPPERS else parent
    return link if above is None else above
