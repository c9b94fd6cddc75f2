"""WordPress: posts in a page, or in the answer of its JSON interface."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crawler.extract.types import ExtractedList, ListEntry
from crawler.platforms import ArticleRules, Platform, Signs
from crawler.platforms.answers import fragment_page, json_of, rows_at, text_at
from crawler.platforms.listing import list_reader
from crawler.platforms.lists.links import absolute
from crawler.platforms.lists.listed_dates import read_listed_date
from crawler.platforms.lists.paths import by_class, og
from crawler.platforms.lists.text import text_of

if TYPE_CHECKING:
    from crawler.extract.markup.page import Page

_read_page_list = list_reader("wordpress")


def read_list(page: Page) -> ExtractedList:
    """Return the posts of a list page or of an answer of the JSON interface."""
    answer = json_of(page)
    if answer is None:
        return _read_page_list(page)
    entries = []
    for post in rows_at(answer):
        url = absolute(text_at(post, "link"), page.url)
        title = text_of(fragment_page(page, text_at(post, "title", "rendered") or "").tree)
        if url and title:
            entries.append(
                ListEntry(url=url, title=title, date=read_listed_date(text_at(post, "date") or ""))
            )
    return ExtractedList(entries=tuple(entries), platform=WORDPRESS.name)


WORDPRESS = Platform(
    name="wordpress",
    signs=Signs(
        generator=re.compile(r"^WordPress\b|^Elementor\b"),
        url=re.compile(r"/wp-json/wp/v2/"),
        text=("/wp-content/themes/", "/wp-content/plugins/", "/wp-includes/", "https://api.w.org/"),
        classes=("wp-caption-text", "wp-block-post-title"),
    ),
    article=ArticleRules(
        title=(
            by_class("entry-title", tag="h1"),
            by_class("wp-block-post-title"),
            by_class("post-title", tag="h1"),
        ),
        date=(
            og("article:published_time"),
            by_class("entry-date") + "/@datetime",
            "//article//time/@datetime",
            by_class("entry-meta") + "//*[@class='date']",
        ),
        author=(by_class("author", "vcard"), by_class("entry-author")),
        body=(
            by_class("entry-content"),
            by_class("wp-block-post-content"),
            by_class("post-content"),
            by_class("td-post-content"),
        ),
        overview=(by_class("archive", tag="body"), by_class("search-results", tag="body")),
        shared_container=True,
        noise=(
            *(by_class("wp-block-whitehouse-topper"), by_class("popmake-content"), by_class("pum-content")),
            *(by_class("sharedaddy"), by_class("jp-relatedposts"), by_class("addtoany_share_save_container")),
            *(
                by_class("post-navigation"),
                by_class("wp-block-buttons"),
                by_class("entry-meta"),
                by_class("entry-footer"),
            ),
        ),
    ),
    read_list=read_list,
)
