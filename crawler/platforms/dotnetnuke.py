"""DotNetNuke: the US forces, committees and members of the US Congress, American states and counties."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from lxml import etree

from crawler.extract.title import clean_title
from crawler.extract.types import ExtractedList, ListEntry
from crawler.platforms import ArticleRules, Platform, Signs
from crawler.platforms.listing import list_reader
from crawler.platforms.lists.links import absolute, base_of
from crawler.platforms.lists.listed_dates import read_listed_date
from crawler.platforms.lists.paging import next_pages
from crawler.platforms.lists.paths import by_class
from crawler.platforms.lists.totals import stated_total

if TYPE_CHECKING:
    from crawler.extract.markup.page import Page

# What the lists of the US forces give to a component of their own, which draws the row in the browser.
_COMPONENTS = etree.XPath("//*[@article-title and (@article-url or @article-url-or-link)]")
_read_page_list = list_reader("dotnetnuke")


def read_list(page: Page) -> ExtractedList:
    """Return what a list page lists, in components or in rows that it shows."""
    entries = tuple({entry.url: entry for entry in _component_entries(page)}.values())
    if not entries:
        return _read_page_list(page)
    return ExtractedList(
        entries=entries,
        next=next_pages(page),
        total=stated_total(page, len(entries)),
        platform=DOTNETNUKE.name,
    )


def _component_entries(page: Page) -> Iterator[ListEntry]:
    base = base_of(page)
    for component in _COMPONENTS(page.tree):
        url = absolute(component.get("article-url-or-link") or component.get("article-url"), base)
        title = clean_title(component.get("article-title"))
        day = component.get("publish-date-jss") or component.get("publish-date-ap") or ""
        if url and title:
            yield ListEntry(url=url, title=title, date=read_listed_date(day))


DOTNETNUKE = Platform(
    name="dotnetnuke",
    signs=Signs(
        generator=re.compile(r"DotNetNuke|^DNN\b"),
        text=("/DesktopModules/", "dnn_ctr", "__dnnVariable"),
    ),
    article=ArticleRules(
        title=(by_class("eds_news_title"), by_class("edn_articleTitle"), by_class("title", tag="h1")),
        date=(by_class("edn_publishedDate"), by_class("date"), "//time/@datetime"),
        body=(
            *(by_class("edn_article"), by_class("article-content"), by_class("DNNArticle_Content")),
            by_class("Normal", tag="div"),
        ),
        shared_container=True,
        noise=(by_class("edn_socialWrapper"), by_class("DnnModule-Social")),
    ),
    read_list=read_list,
)
