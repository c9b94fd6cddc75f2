"""UCAP (开普云): Suzhou, Hainan, Sichuan, Chengdu and others; custom elements around title, date and body."""

from __future__ import annotations

import re

from crawler.platforms import ArticleRules, Platform, Signs
from crawler.platforms.listing import list_reader
from crawler.platforms.lists.paths import by_class, by_id, meta

UCAP = Platform(
    name="ucap",
    signs=Signs(
        url=re.compile(r"/content_[0-9a-f]{32}\.shtml|/c\d{4,7}/\d{4}/\d{1,2}/\d{1,2}/[0-9a-f]{32}\.s?html"),
        ids=("UCAP-CONTENT",),
        text=("<ucapcontent", "<ucaptitle", "ucap.js"),
    ),
    article=ArticleRules(
        title=("//ucaptitle", meta("ArticleTitle")),
        date=("//publishtime", meta("PubDate"), by_class("time", tag="span")),
        source=("//span[@class='ly']/b", by_class("ly"), meta("ContentSource")),
        body=("//ucapcontent", by_id("UCAP-CONTENT"), by_id("zoomcon"), by_class("zoomcon")),
        noise=(by_class("share"), by_class("bdsharebuttonbox"), by_class("xgfj")),
    ),
    read_list=list_reader("ucap"),
)
