"""The central government's portal, gov.cn, with metas and containers of its own."""

from __future__ import annotations

import re

from crawler.platforms import ArticleRules, Platform, Signs
from crawler.platforms.listing import list_reader
from crawler.platforms.lists.paths import by_class, by_id, meta

GOVCN = Platform(
    name="govcn",
    signs=Signs(
        url=re.compile(r"^https?://(?:(?:english\.)?www|english|big5)\.gov\.cn/"),
        text=("manuscriptId",),
    ),
    article=ArticleRules(
        title=(by_id("ti"), by_class("pages-title"), by_class("article") + "//h1"),
        date=(meta("firstpublishedtime"), by_class("pages-date"), by_class("publish-time")),
        source=(
            by_class("pages-date") + "//span[contains(., '来源')]",
            # Beside the office that issued a document: 来　　源：.
            "//td[translate(normalize-space(), ' \u2003\u3000', '') = '来源：']/following-sibling::td[1]",
        ),
        editor=(by_class("editor"), meta("author")),
        body=(by_id("UCAP-CONTENT"), by_class("pages_content"), by_class("article-content")),
        noise=(by_class("pages_print"), by_class("share"), by_class("editor")),
    ),
    read_list=list_reader(
        "govcn",
        by_class("news_box") + "//li[not(contains(concat(' ', @class, ' '), ' line '))]",
    ),
)
