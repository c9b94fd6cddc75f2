"""Shanghai's city platform: `ivs_title`, `ivs_date` and `ivs_content` on every article."""

from __future__ import annotations

import re

from crawler.platforms import ArticleRules, Platform, Signs
from crawler.platforms.listing import list_reader
from crawler.platforms.lists.paths import by_class, by_id, meta

ETUI = Platform(
    name="etui",
    signs=Signs(
        url=re.compile(r"\.sh\.gov\.cn/.*/\d{8}/[0-9a-f]{32}\.html"),
        ids=("ivs_content", "ivs_title", "ivs_date"),
        classes=("nowrapli",),
        text=("/etui/", "etui.js"),
    ),
    article=ArticleRules(
        title=(by_id("ivs_title") + "/text()", by_id("ivs_title"), meta("ArticleTitle")),
        date=(by_id("ivs_date"), meta("PubDate")),
        source=(by_id("ivs_source"), meta("ContentSource")),
        body=(by_id("ivs_content"), by_class("Article_content")),
        noise=(by_id("ivs_date"), by_class("share"), by_class("pdf-content")),
        line_breaks_end_paragraphs=True,
    ),
    read_list=list_reader("etui", by_class("list-date", tag="ul") + "/li"),
)
