"""Adobe Experience Manager: New York, Chicago, Canada, the Swiss administration."""

from __future__ import annotations

import re

from crawler.platforms import ArticleRules, Platform, Signs
from crawler.platforms.listing import list_reader
from crawler.platforms.lists.paths import by_class, by_id, og

# A longer paragraph in bold, or a sentence, is the lead, with the dateline before it.
_DATELINE = (
    by_class("mod-nsbnewsdetails")
    + "/p[1][strong][not(text()[normalize-space()])][string-length(normalize-space()) < 150]"
    + "[substring(normalize-space(), string-length(normalize-space())) != '.']"
)

AEM = Platform(
    name="aem",
    signs=Signs(
        generator=re.compile(r"Adobe Experience Manager|\bAEM\b"),
        text=("/etc.clientlibs/", "/etc/designs/", "/content/dam/"),
    ),
    article=ArticleRules(
        title=("//h1[@property='name']",),
        date=(
            *("//time[@property='datePublished']/@datetime", "//main//time/@datetime"),
            *("//meta[@name='dcterms.issued']/@content", og("article:published_time")),
            by_class("mod-nsbnewsdetails") + "//p[1]/strong",
        ),
        source=("//p[@class='from']", "//meta[@name='dcterms.creator']/@content"),
        body=(
            *(by_id("body-text-section"), by_class("mwsbodytext"), by_class("cmp-contentfragment")),
            *(by_class("mod-nsbnewsdetails"), by_class("main-content")),
        ),
        shared_container=True,
        noise=(
            _DATELINE,
            by_class("pagedetails"),
            by_class("mod-share"),
            by_class("social-share"),
        ),
    ),
    read_list=list_reader("aem", "//article[contains(concat(' ', @class, ' '), ' item ')]"),
)
