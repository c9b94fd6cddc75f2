"""The list reader that most families share: the page's repeated rows and the pages after it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from lxml import etree

from crawler.extract.types import ExtractedList
from crawler.platforms.answers import json_of
from crawler.platforms.lists.next_words import means_next
from crawler.platforms.lists.paging import next_pages, unread_next
from crawler.platforms.lists.period_pages import period_pages
from crawler.platforms.lists.repeated_rows import are_the_list, repeated_rows
from crawler.platforms.lists.repeats import repeats_in
from crawler.platforms.lists.rows import entries_of, rows_in
from crawler.platforms.lists.totals import stated_total
from crawler.platforms.lists.unopened import unopened_rows
from crawler.platforms.lists.unshown import unshown_list

if TYPE_CHECKING:
    from crawler.extract.markup.page import Page
    from crawler.platforms import ListReader
    from crawler.platforms.lists.rows import Row


def read_any_list(page: Page) -> ExtractedList:
    """Return what *page* lists, found by its structure alone, else by what its scripts would show."""
    if json_of(page) is not None:  # which may hold markup, in pieces
        return unshown_list(page)
    rows = repeated_rows(page)  # without any, no pager matters: articles are asked this, too
    found = list_of(page, rows) if rows else ExtractedList()
    return found if found.entries else unshown_list(page)


def list_reader(platform: str, *rows: str) -> ListReader:
    """Return a reader of the rows that the paths *rows* find, else of the repeated ones."""
    paths = tuple(etree.XPath(row) for row in rows)

    def read_list(page: Page) -> ExtractedList:
        for path in paths:
            found_rows = rows_in(page, path(page.tree))
            if are_the_list(page, found_rows):
                return replace(list_of(page, found_rows), platform=platform)
        return replace(read_any_list(page), platform=platform)

    return read_list


def list_of(page: Page, rows: Sequence[Row]) -> ExtractedList:
    """Return what *page* lists in *rows*."""
    entries = entries_of(page, rows)
    listed = frozenset(each.url for each in entries if not means_next(each.title))
    following = next_pages(page, listed)
    unread = "" if following else unread_next(page, listed)
    return ExtractedList(
        entries=entries,
        next=following or (() if unread else period_pages(page, entries)),
        unread=unread,
        total=stated_total(page, len(entries)),
        repeats=repeats_in(page, rows),
        unopened=unopened_rows(page, rows),
    )
