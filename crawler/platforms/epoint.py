"""Epoint (新点): every class begins with `ewb-`."""

from __future__ import annotations

from crawler.platforms import ArticleRules, Platform, Signs
from crawler.platforms.listing import list_reader
from crawler.platforms.lists.paths import by_class, meta

EPOINT = Platform(
    name="epoint",
    signs=Signs(
        classes=(
            *("ewb-main", "ewb-article", "ewb-article-info", "ewb-list", "ewb-list-node", "ewb-info-item"),
            *("ewb-info-list", "ewb-details", "ewb-location", "ewb-container", "epoint-article-content"),
        ),
        text=("EpointWebBuilder",),
    ),
    article=ArticleRules(
        title=(
            by_class("ewb-article-tt"),
            by_class("ewb-article") + "//h3",
            by_class("ewb-details-title"),
            by_class("article-title", tag="h3"),
        ),
        date=(by_class("info-source"), by_class("ewb-article-sources"), meta("PubDate")),
        source=(by_class("info-source"), by_class("ewb-article-sources"), meta("ContentSource")),
        body=(
            *(by_class("ewb-article-info"), by_class("ewb-article-content"), by_class("ewb-details-info")),
            by_class("epoint-article-content"),
        ),
        noise=(by_class("info-source"), by_class("ewb-article-sources"), by_class("ewb-share")),
    ),
    read_list=list_reader("epoint"),
)
