"""TYPO3: Austrian ministries, German cities and services."""

from __future__ import annotations

import re

from crawler.platforms import ArticleRules, Platform, Signs
from crawler.platforms.listing import list_reader
from crawler.platforms.lists.paths import by_class, outermost, union

# The lead of an article, which its list shows as a teaser.
_TEASER = (
    by_class("news-single")
    + "//*[contains(concat(' ', @class, ' '), ' teaser-text ')]"
    + "[not(ancestor::*[contains(@class, 'related')])]"
)
# Menus and footers are made of the same elements: the text stands beside the first in the content.
_FIRST_TEXT = "(//*[@id='content']//*[contains(@class, 'csc-default')][.//p])[1]"
# Elements of a content, each in a frame of its own: texts, lists, tables, sub-headings.
_IS_ELEMENT = "[contains(@class, 'frame-type-')][{}]".format(
    " or ".join(f"contains(@class, 'frame-type-{kind}')" for kind in ("text", "bullets", "table", "header"))
)
_ELEMENT = f"//*{_IS_ELEMENT}[not(ancestor::footer or ancestor::header or ancestor::aside or ancestor::nav)]"
_LEAD_OVER_TEXT = (
    by_class("news-single") + by_class("lead") + "[following::*[contains(@class, 'news-text-wrap')]]"
)
_NEWS_LEAD = by_class("news-single") + "//p[contains(@class, 'lead')][following::*" + _IS_ELEMENT + "]"

TYPO3 = Platform(
    name="typo3",
    signs=Signs(
        generator=re.compile(r"^TYPO3\b"),
        classes=("news-text-wrap", "csc-default", "tx-news-article"),
        text=("typo3temp/", "typo3conf/"),
    ),
    article=ArticleRules(
        title=(
            "//*[@itemprop='headline']",
            by_class("news-single") + "//h1",
        ),
        date=(
            "//time[@itemprop='datePublished']/@datetime",
            "//time/@datetime",
            by_class("news-list-date"),
            by_class("press_location_time"),
        ),
        author=("//*[@itemprop='author']//*[@itemprop='name']", by_class("news-list-author")),
        body=(
            union(_TEASER, _LEAD_OVER_TEXT, by_class("news-text-wrap")),
            union(_NEWS_LEAD, by_class("news-single") + _ELEMENT),
            f"({_ELEMENT}[.//p])[1]/../*{_IS_ELEMENT}",
            outermost("ce-bodytext"),
            _FIRST_TEXT + "/../*[contains(@class, 'csc-default')]",
        ),
        noise=(by_class("news-backlink-wrap"), by_class("news-related-wrap"), by_class("news-img-wrap")),
    ),
    read_list=list_reader("typo3"),
)
