"""Government Site Builder: the sites of the German federal administration."""

from __future__ import annotations

import re

from crawler.platforms import ArticleRules, Platform, Signs
from crawler.platforms.listing import list_reader
from crawler.platforms.lists.paths import by_class, by_id, led_by

# The lead, outside of what its lists show of other pages.
_ABSTRACT = (
    "//*[contains(@class, 'abstract') or contains(@class, 'c-intro__introduction')]"
    "[contains(concat(' ', @class, ' '), ' abstract ') or contains(@class, 'c-intro__introduction')]"
    "[not(ancestor::li or ancestor::*[contains(@class, 'teaser')])]"
)
_PRESS_CONTACT = "//*[self::h1 or self::h2 or self::h3][starts-with(normalize-space(), 'Pressekontakt')]"

GSB = Platform(
    name="gsb",
    signs=Signs(
        generator=re.compile(r"^Government Site Builder"),
        url=re.compile(r"_node\.html|/SharedDocs/"),
        text=("/SiteGlobals/", "Government Site Builder"),
    ),
    article=ArticleRules(
        # The first h1 of these pages is hidden and names the navigation; the headline's own h1 may hold a
        # kicker, the last step of the breadcrumb does not.
        title=(
            by_class("isFirstInSlot", tag="h1"),
            by_class("c-intro__headline", tag="h1")
            + "/span[string-length(.) > 5][not(contains(@class, 'kicker'))]",
            by_class("c-intro__headline", tag="h1") + "[not(span)]",
            by_class("title", tag="h1"),
            by_class("breadcrumb") + "//li[last()]/strong",
        ),
        date=(
            "//meta[@name='date']/@content",
            *(by_class("c-topline__time"), by_class("docData"), by_class("topline"), by_class("updated")),
            *(
                by_class("info", tag="ul") + "/li[contains(., 'Datum') or contains(., 'Stand')]/text()",
                "//main//article//time",
                by_class("date"),
                by_class("c-intro__date"),
            ),
        ),
        body=(
            led_by(_ABSTRACT, "s-richtext"),
            *(led_by(_ABSTRACT, "richtext"), led_by(_ABSTRACT, "rich-text")),
            led_by(by_class("intro"), "body-text"),
            by_id("content"),
        ),
        noise=(
            *(by_class("aural"), by_class("auralJump"), by_class("navigation"), by_class("picture")),
            *(by_class("docData"), by_class("topline"), by_class("c-topline"), by_class("text-meta")),
            *("//address", by_class("gallery-teaser-wrapper"), by_class("picture-element")),
            "//h2[following-sibling::*[1][contains(@class, 'gallery')]]",
            *("//pp-inline-teaser", by_class("c-teaser"), by_class("sectionRelated")),
            _PRESS_CONTACT,
            f"{_PRESS_CONTACT}/following-sibling::*",
        ),
    ),
    read_list=list_reader("gsb"),
)
