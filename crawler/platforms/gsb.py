"""Government Site Builder: the sites of the German federal administration."""

from __future__ import annotations

import re

from crawler.platforms import ArticleRules, Platform, Signs
from crawler.platforms.listing import list_reader
from crawler.platforms.paths import by_class, by_id

GSB = Platform(
    name="gsb",
    signs=Signs(
        generator=re.compile(r"^Government Site Builder"),
        url=re.compile(r"_node\.html|/SharedDocs/"),
        text=("/SiteGlobals/", "Government Site Builder"),
    ),
    article=ArticleRules(
        # The first h1 of these pages is hidden and names the navigation.
        title=(
            *(
                by_class("isFirstInSlot", tag="h1"),
                by_class("c-intro__headline", tag="h1"),
                by_class("title", tag="h1"),
            ),
            "//h1[not(contains(@class, 'aural'))]",
        ),
        date=(
            "//meta[@name='date']/@content",
            *(by_class("docData"), by_class("topline"), by_class("date"), by_class("c-intro__date")),
        ),
        body=(
            by_class("s-richtext"),
            by_class("richtext"),
            by_class("rich-text"),
            by_class("body-text"),
            by_id("content"),
        ),
        noise=(
            by_class("aural"),
            by_class("navigation"),
            by_class("picture"),
            by_class("docData"),
            by_class("topline"),
        ),
    ),
    read_list=list_reader("gsb"),
)
