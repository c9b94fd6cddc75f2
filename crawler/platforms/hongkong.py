"""Hong Kong's government: press releases in `#pressrelease`."""

from __future__ import annotations

import re

from crawler.platforms import ArticleRules, Platform, Signs
from crawler.platforms.listing import list_reader
from crawler.platforms.lists.paths import by_class, by_id

HONGKONG = Platform(
    name="hongkong",
    signs=Signs(url=re.compile(r"^https?://[\w.-]+\.gov\.hk/"), ids=("PRHeadlineSpan",)),
    article=ArticleRules(
        title=(by_id("PRHeadlineSpan"), by_class("contHeader")),
        date=(by_class("title_display_date"), by_class("mB15"), "//time/@datetime"),
        body=(by_id("pressrelease"), by_class("newsBody")),
        noise=(by_class("printBtn"), by_class("bookmarkBtn"), by_class("qrBtn"), by_class("contHeader")),
    ),
    read_list=list_reader("hongkong"),
)
