"""Sitecore and Sitefinity: the World Health Organization and others."""

from __future__ import annotations

import re

from crawler.platforms import ArticleRules, Platform, Signs
from crawler.platforms.listing import list_reader
from crawler.platforms.lists.paths import by_class

SITECORE = Platform(
    name="sitecore",
    signs=Signs(
        generator=re.compile(r"^Site(?:core|finity)"),
        classes=("sf-detail-body-wrapper", "sf-content-block", "sfContentBlock"),
        text=("/-/media/", "/Telerik.Web.UI.WebResource.axd"),
    ),
    article=ArticleRules(
        title=(by_class("sf-item-header-wrapper") + "//h1",),
        date=(by_class("timestamp"), "//main//time/@datetime"),
        body=(by_class("sf-detail-body-wrapper"), by_class("sf-content-block"), by_class("sfContentBlock")),
        shared_container=True,
        noise=(by_class("sf-social-share"), by_class("sf-related")),
    ),
    read_list=list_reader("sitecore", by_class("list-view--item")),
)
