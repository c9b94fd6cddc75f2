"""Sites of Taiwan's government, most of them HyWeb: `lp-N.html` lists and `cp-N.html` articles."""

from __future__ import annotations

import re

from crawler.platforms import ArticleRules, Platform, Signs
from crawler.platforms.listing import list_reader
from crawler.platforms.lists.paths import by_class, by_id

TAIWAN = Platform(
    name="taiwan",
    signs=Signs(
        url=re.compile(r"^https?://[\w.-]+\.gov\.tw/"), xpath=("//meta[@name='DC.Date'][@datetime]",)
    ),
    article=ArticleRules(
        title=(by_class("pageTitle1"), "//article//h2"),
        date=(
            *("//meta[@name='DC.Date']/@datetime", "//meta[@name='DC.Date']/@content"),
            by_class("pageDate1"),
        ),
        source=("//meta[@name='DC.Creator']/@content",),
        body=(
            *("//article//*[@class='cp']", by_class("area-essay"), by_class("page_con")),
            *(by_id("CCMS_Content"), by_class("article1"), "//article"),
        ),
        noise=(by_class("share"), by_class("social"), by_class("list02"), by_class("webTools")),
    ),
    read_list=list_reader("taiwan", by_class("list01") + "//a[@title]/.."),
)
