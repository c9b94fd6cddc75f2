"""Joomla: members of the US Congress, cities, small ministries."""

from __future__ import annotations

import re

from crawler.platforms import ArticleRules, Platform, Signs
from crawler.platforms.listing import list_reader
from crawler.platforms.lists.paths import by_class

JOOMLA = Platform(
    name="joomla",
    signs=Signs(
        generator=re.compile(r"^Joomla!"),
        url=re.compile(r"[?&]option=com_content\b"),
        text=("option=com_content", "/media/system/js/", "/components/com_"),
    ),
    article=ArticleRules(
        title=(
            "//*[@itemprop='headline' or @itemprop='name'][self::h1 or self::h2]",
            by_class("contentheading"),
        ),
        date=("//time[@itemprop='datePublished']/@datetime", by_class("published"), by_class("createdate")),
        author=(
            "//*[@itemprop='author']//*[@itemprop='name']",
            "//*[@itemprop='author']",
            by_class("createdby"),
        ),
        body=("//*[@itemprop='articleBody']", by_class("item-page"), by_class("contentpaneopen")),
        shared_container=True,
        noise=(by_class("article-info"), by_class("icons"), by_class("pager"), by_class("buttonheading")),
    ),
    read_list=list_reader("joomla"),
)
