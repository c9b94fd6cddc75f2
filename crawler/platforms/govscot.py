"""The Scottish Government."""

from __future__ import annotations

import re

from crawler.platforms import ArticleRules, Platform, Signs
from crawler.platforms.listing import list_reader
from crawler.platforms.lists.paths import by_class, by_id

GOVSCOT = Platform(
    name="govscot",
    signs=Signs(
        url=re.compile(r"^https?://(?:www\.)?gov\.scot/"),
        classes=("article-header__title", "publication-body", "ds_page-header__title"),
    ),
    article=ArticleRules(
        title=(
            by_class("article-header__title", tag="h1"),
            by_class("ds_page-header__title", tag="h1"),
        ),
        date=(
            by_class("content-data__value"),
            by_class("ds_metadata__item") + "[contains(., 'Published')]",
            by_class("ds_metadata__value"),
        ),
        body=(
            by_class("publication-body"),
            by_id("overview"),
            by_class("body-content"),
            by_class("ds_layout__content"),
        ),
        noise=(by_class("ds_feedback"), by_class("ds_back-to-top"), by_class("publication-info")),
    ),
    read_list=list_reader("govscot"),
)
