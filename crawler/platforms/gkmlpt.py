"""gkmlpt, Guangdong's disclosure platform: the list is JSON, column and site stand in the page's script."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from crawler.extract.types import ExtractedList, ListEntry, ListRequest
from crawler.platforms import ArticleRules, Platform, Signs
from crawler.platforms.answers import Json, json_of, rows_at, text_at
from crawler.platforms.listing import read_any_list
from crawler.platforms.lists.links import absolute
from crawler.platforms.lists.listed_dates import read_listed_date
from crawler.platforms.lists.paths import by_class, meta
from crawler.platforms.lists.text import tidy

if TYPE_CHECKING:
    from crawler.extract.markup.page import Page

_SITE = re.compile(r"""\bSID["']?\s{0,4}[:=]\s{0,4}["']?(\d{1,9})""")
_COLUMN = re.compile(
    r"""["']?(?:column|classify|cate|category)_?[iI][dD]["']?\s{0,4}[:=]\s{0,4}["']?(\d{1,9})"""
)
_PAGE_NUMBER = re.compile(r"(?<=[?&]page=)\d{1,6}")
_CHINA = timedelta(hours=8)


def read_list(page: Page) -> ExtractedList:
    """Return the articles of an answer, or the request that a list page would make."""
    answer = json_of(page)
    if answer is None:
        found = read_any_list(page)
        return ExtractedList(
            entries=found.entries, next=tuple(_first(page)) or found.next, platform=GKMLPT.name
        )
    entries = tuple(_entries(page, answer))
    count = text_at(answer, "classify", "post_count") or ""
    total = int(count) if count.isdecimal() else None
    return ExtractedList(
        entries=entries, next=tuple(_next(page, len(entries), total)), total=total, platform=GKMLPT.name
    )


def _entries(page: Page, answer: Json) -> Iterator[ListEntry]:
    for article in rows_at(answer, "articles"):
        url = absolute(text_at(article, "url"), page.url)
        title = tidy(text_at(article, "title") or "")
        if url and title:
            yield ListEntry(url=url, title=title, date=_day(article))


def _day(article: Json) -> date | None:
    for name in ("created_at", "display_publish_time", "date"):
        text = text_at(article, name) or ""
        if text.isdecimal() and 9 <= len(text) <= 10:  # Unix seconds
            return (datetime.fromtimestamp(int(text), UTC) + _CHINA).date()
        day = read_listed_date(text)
        if day:
            return day
    return None


def _first(page: Page) -> Iterator[ListRequest]:
    site = _SITE.search(page.text)
    fragment = urlsplit(page.url).fragment
    column = fragment if fragment.isdecimal() else next(iter(_COLUMN.findall(page.text)), None)
    if site and column:
        url = urljoin(page.url, f"/gkmlpt/api/all/{column}?page=1&sid={site[1]}")
        yield ListRequest(url=url, headers=(("Referer", page.url),))


def _next(page: Page, shown: int, total: int | None) -> Iterator[ListRequest]:
    number = _PAGE_NUMBER.search(page.url)
    # The list may hold fewer rows than the site counts: an answer without rows is its end.
    if number and shown and (total is None or int(number[0]) * shown < total):
        url = _PAGE_NUMBER.sub(str(int(number[0]) + 1), page.url, count=1)
        yield ListRequest(url=url, headers=(("Referer", page.url),))


GKMLPT = Platform(
    name="gkmlpt",
    signs=Signs(url=re.compile(r"/gkmlpt/"), text=("/gkmlpt/api/",)),
    article=ArticleRules(
        title=(by_class("title", "document-title"), meta("ArticleTitle")),
        date=(meta("PubDate"), by_class("introduce")),
        source=(meta("ContentSource"),),
        body=(by_class("article-content"), by_class("content")),
        noise=(by_class("classify"), by_class("introduce")),
    ),
    read_list=read_list,
)
