"""The list pages that a pager names by number: that they exist is what the site says."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from crawler.extract.types import ExtractedList, ListRequest
from crawler.platforms.lists.links import absolute, base_of, host_of
from crawler.platforms.lists.pagers import pagers_of

if TYPE_CHECKING:
    from crawler.extract.markup.page import Page


def with_numbers(page: Page, found: ExtractedList) -> ExtractedList:
    """Return *found* with the number of its next list page and with those that its pager names behind it.

    Only the pager that the walk follows counts: the one in which the next page has a number.
    """
    if len(found.next) != 1 or found.next[0].form:
        return found
    following = found.next[0]
    base = base_of(page)
    for pager in pagers_of(page):
        addresses = {
            number: absolute(link.get("href") or link.get("value"), base)
            for number, link in pager.numbers.items()
        }
        number = next((number for number, url in addresses.items() if url == following.url), None)
        if number is None or number < 2:
            continue
        behind = tuple(
            ListRequest(url=url, number=each)
            for each, url in sorted(addresses.items())
            if each > number and url is not None and url != page.url and host_of(url) == host_of(page.url)
        )
        return replace(found, next=(replace(following, number=number),), named=behind)
    return found
