"""The pages of earlier years that a list leads to by a row of years: an archive without a pager."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from lxml import etree

from crawler.extract.types import ListEntry, ListRequest
from crawler.platforms.lists.links import absolute, base_of, host_of, is_attachment
from crawler.platforms.lists.text import text_of

if TYPE_CHECKING:
    from crawler.extract.markup.page import Page

_YEAR = re.compile(r"(?P<year>(?:19|20)\d\d)\s?年?")
_LONGEST = 6  # characters of a year with its sign
_FEWEST = 2  # years that are a row of them; one alone is a report or a law
_MOST = 60
_MOST_TEXTS = 300  # of a row
_OPTIONS = etree.XPath("//select[count(option[@value]) > 1]/option")
_WRAPPERS = frozenset(("li", "span", "td", "dd", "p"))
_LEAST_DATED = 0.5  # of the rows, so that their days tell which years the page shows


def year_pages(page: Page, entries: Sequence[ListEntry]) -> tuple[ListRequest, ...]:
    """Return the pages of the years up to the oldest that *page* shows in its *entries*, newest first."""
    days = [entry.date for entry in entries if entry.date is not None]
    if not days or len(days) < _LEAST_DATED * len(entries):
        return ()
    oldest = min(days).year
    listed = {entry.url for entry in entries}
    years = {
        year: url
        for year, url in _row_of_years(page).items()
        if year <= oldest and url != page.url and url not in listed
    }
    return tuple(ListRequest(url=years[year]) for year in sorted(years, reverse=True)[:_MOST])


def _row_of_years(page: Page) -> dict[int, str]:
    """Return the addresses of the longest row of years, which are the same but for the year."""
    rows: dict[tuple[etree._Element, str], dict[int, str]] = defaultdict(dict)
    for year, url, row in _links_to_years(page):
        rows[row, url.replace(year, "{}")].setdefault(int(year), url)
    if not rows:
        return {}
    (row, _), longest = max(rows.items(), key=lambda each: len(each[1]))
    return longest if len(_years_in(row)) >= _FEWEST else {}


def _years_in(row: etree._Element) -> set[str]:
    """Return the years that *row* shows, those without a link too: one of them is that of the page."""
    texts = (text.strip() for text in islice(row.itertext(), _MOST_TEXTS))
    return {found["year"] for text in texts if len(text) <= _LONGEST and (found := _YEAR.fullmatch(text))}


def _links_to_years(page: Page) -> Iterator[tuple[str, str, etree._Element]]:
    """Yield each year that *page* leads to, its address on the same host, and the element it stands in."""
    base, host = base_of(page), host_of(page.url)
    for link in (*page.elements.with_tag("a"), *_OPTIONS(page.tree)):
        text = text_of(link) if len(link) or len(link.text or "") < 40 else ""
        found = _YEAR.fullmatch(text) if len(text) <= _LONGEST else None
        address = link.get("href") or link.get("value") or ""
        if found is None or found["year"] not in address or not ("/" in address or "?" in address):
            continue
        url = absolute(address, base)
        if url and host_of(url) == host and not is_attachment(url):
            yield found["year"], url, _row_around(link)


def _row_around(link: etree._Element) -> etree._Element:
    parent = link.getparent()
    above = parent.getparent() if parent is not None and parent.tag in _WRAPPERS else parent
    return link if above is None else above
