"""NFCMS (南方网): Guangdong's cities and offices, articles at `/content/post_N.html`."""

from __future__ import annotations

import re

from crawler.platforms import ArticleRules, Platform, Signs
from crawler.platforms.listing import list_reader
from crawler.platforms.lists.paths import by_class, by_id, meta

NFCMS = Platform(
    name="nfcms",
    signs=Signs(
        url=re.compile(r"/content/m?post_\d+\.html"),
        classes=("news_cont_d_wrap", "newsContainer_text", "artContent"),
        text=("/content/post_", "NFCMS"),
    ),
    article=ArticleRules(
        title=(by_class("news_cont_d_title"), by_class("info_title"), meta("ArticleTitle")),
        date=(meta("PubDate"), by_class("info_fbt") + "//span[@class='time']", by_class("time", tag="span")),
        source=(by_class("info_fbt") + "//span[@class='ly']", meta("ContentSource")),
        body=(
            *(by_class("news_cont_d_wrap"), by_id("zoomcon"), by_class("artContent")),
            *(by_class("newsContainer_text"), by_class("article-content"), by_class("zw")),
        ),
        noise=(by_class("share"), by_class("print")),
    ),
    read_list=list_reader("nfcms"),
)
