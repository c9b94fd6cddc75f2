"""Easysite: China's customs and the central bank."""

from __future__ import annotations

import re

from crawler.platforms import ArticleRules, Platform, Signs
from crawler.platforms.listing import list_reader
from crawler.platforms.lists.paths import by_class, by_id

EASYSITE = Platform(
    name="easysite",
    signs=Signs(
        generator=re.compile(r"^EasySite", re.IGNORECASE),
        classes=("easysite-news-peruse", "easysite-news-describe", "easysite-news-operation"),
        text=("/eportal/", "easysite"),
    ),
    article=ArticleRules(
        title=(
            by_class("easysite-news-title") + "/*[self::h1 or self::h2]",
            by_class("easysite-news-title"),
            by_class("easysite-news-text") + "//h2",
        ),
        date=(by_class("easysite-news-describe"), by_id("shijian"), by_class("hui12")),
        source=(by_class("easysite-news-describe"),),
        body=(by_class("easysite-news-peruse"), by_id("zoom")),
        noise=(by_class("easysite-news-operation"), by_class("easysite-news-describe")),
    ),
    read_list=list_reader("easysite", "//*[starts-with(@class, 'conList_ul')]//li"),
)
