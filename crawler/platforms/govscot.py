"""The Scottish Government."""

from __future__ import annotations

import re

from crawler.platforms import ArticleRules, Platform, Signs
from crawler.platforms.listing import list_reader
from crawler.platforms.lists.paths import by_class, by_id, led_by

# The summary of news, where it stands over the text.
_LEAD = by_class("ds_layout__content") + "/p[contains(@class, 'ds_leader')]"

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
            led_by(_LEAD, "publication-body"),
            by_id("overview"),
            led_by(_LEAD, "body-content"),
            by_class("ds_layout__content"),
        ),
        noise=(
            *(by_class("ds_feedback"), by_class("ds_back-to-top"), by_class("publication-info")),
            "//aside",  # whom to ask, and the pictures, once more for small screens
        ),
    ),
    read_list=list_reader("govscot"),
)
