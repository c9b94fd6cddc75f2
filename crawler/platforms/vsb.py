"""VSB (博达): schools, hospitals and county offices, articles at `/info/1001/2345.htm`."""

from __future__ import annotations

import re

from crawler.platforms import ArticleRules, Platform, Signs
from crawler.platforms.listing import list_reader
from crawler.platforms.lists.paths import by_class, by_id, meta

VSB = Platform(
    name="vsb",
    signs=Signs(
        url=re.compile(r"/info/\d{4}/\d+\.html?"),
        ids=("vsb_content", "vsb_newscontent"),
        classes=("v_news_content", "vsbcontent_start"),
        text=("Announced by Visual SiteBuilder", "_showDynClicks("),
    ),
    article=ArticleRules(
        title=(meta("ArticleTitle"), meta("pageTitle")),
        date=(meta("PubDate"),),
        source=(meta("ContentSource"),),
        body=(by_class("v_news_content"), by_id("vsb_content"), by_id("vsb_newscontent")),
    ),
    read_list=list_reader("vsb"),
)
