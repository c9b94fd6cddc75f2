"""Microsoft SharePoint: Illinois, Australian departments and others."""

from __future__ import annotations

import re

from crawler.platforms import ArticleRules, Platform, Signs
from crawler.platforms.listing import list_reader
from crawler.platforms.lists.paths import by_class, by_id

SHAREPOINT = Platform(
    name="sharepoint",
    signs=Signs(
        generator=re.compile(r"^Microsoft SharePoint"),
        text=("_spPageContextInfo", "/_layouts/15/", "_spBodyOnLoad"),
    ),
    article=ArticleRules(
        title=(by_id("DeltaPlaceHolderPageTitleInTitleArea"),),
        date=(by_class("article-date"), by_class("date"), "//time/@datetime"),
        body=(
            "//*[contains(@id, '__ControlWrapper_RichHtmlField')]",
            *(by_class("ms-rtestate-field"), by_class("article-content"), by_id("contentBox")),
        ),
        shared_container=True,
        noise=(by_class("ms-hide"), by_class("noindex")),
    ),
    read_list=list_reader("sharepoint"),
)
