"""Pages of the US Congress on systems of its own: Senate tables, newsrooms of members."""

from __future__ import annotations

import re

from crawler.platforms import ArticleRules, Platform, Signs
from crawler.platforms.listing import list_reader
from crawler.platforms.lists.paths import by_class, by_id

CONGRESS = Platform(
    name="congress",
    signs=Signs(
        url=re.compile(r"^https?://[\w.-]+\.(?:house|senate)\.gov/"),
        classes=("newsie-titler", "amend-textarea"),
    ),
    article=ArticleRules(
        title=(
            by_class("newsie-titler"),
            by_class("main_page_title"),
            by_class("post-title"),
        ),
        date=(
            by_class("date"),
            "//time/@datetime",
            by_class("newsie-details"),
            by_class("contentTopLeft"),
            by_class("topnewstext"),
        ),
        body=(
            *(by_class("newsie-body"), by_class("post-media-content"), by_class("bodycopy"), by_id("press")),
            *(by_id("newscontent"), by_class("article-content"), by_class("item-page")),
        ),
        noise=(
            *(by_class("share"), by_class("print"), by_class("btn-group"), by_class("backbtn")),
            *(
                by_class("main_page_title"),
                by_class("date"),
                by_class("tags"),
                by_class("topnewstext"),
                by_class("permalink"),
            ),
        ),
    ),
    read_list=list_reader("congress"),
)
