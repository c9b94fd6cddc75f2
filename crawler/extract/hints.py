"""What an element's tag, class and id say of its purpose, as bits."""

from __future__ import annotations

import re
from functools import lru_cache


class Hint:
    """Bits of a frame; those of `INHERITED` hold for everything inside of it."""

    NAVIGATION = 1 << 0
    ASIDE = 1 << 1
    HEADER = 1 << 2
    FOOTER = 1 << 3
    FORM = 1 << 4
    FIGURE = 1 << 5
    HIDDEN = 1 << 6
    LIST = 1 << 7
    QUOTE = 1 << 8
    TABLE = 1 << 9
    ARTICLE = 1 << 10
    MAIN = 1 << 11
    SHARE = 1 << 12
    COMMENTS = 1 << 13
    RELATED = 1 << 14
    PROMOTION = 1 << 15
    POPUP = 1 << 16
    BYLINE = 1 << 17
    CAPTION = 1 << 18
    TAGS = 1 << 19
    BODY = 1 << 20
    TITLE = 1 << 21
    LEAD = 1 << 22
    BOX = 1 << 23
    MEDIA = 1 << 24
    PAGING = 1 << 25
    HEADING = 1 << 26
    INHERITED = (1 << 26) - 1 - TITLE


_TAGS = {
    "nav": Hint.NAVIGATION, "aside": Hint.ASIDE, "header": Hint.HEADER, "footer": Hint.FOOTER, "form": Hint.FORM,
    "figure": Hint.FIGURE, "figcaption": Hint.FIGURE | Hint.CAPTION, "caption": Hint.CAPTION, "ul": Hint.LIST,
    "ol": Hint.LIST, "menu": Hint.NAVIGATION, "dl": Hint.LIST, "blockquote": Hint.QUOTE, "table": Hint.TABLE,
    "article": Hint.ARTICLE, "main": Hint.MAIN, "address": Hint.BYLINE, "ucapcontent": Hint.BODY,
    "h1": Hint.HEADING, "h2": Hint.HEADING, "h3": Hint.HEADING, "h4": Hint.HEADING, "h5": Hint.HEADING,
    "h6": Hint.HEADING,
}  # fmt: skip

# Substrings, because names are compounds ("articleBody", "newsletter-box", "m-teaser__list").
_NAMES = tuple(
    (bit, re.compile(pattern))
    for bit, pattern in (
        (Hint.NAVIGATION, r"nav(?!al)|menu|breadcrumb|crumb|toolbar|topbar|skip|sitemap|position|weizhi|dqwz|lujing"),
        (Hint.ASIDE, r"side(?!s)|aside|widget|rail|column-?right|right-?col|marginal"),
        (Hint.HEADER, r"masthead|header|banner|kopf"),
        (Hint.FOOTER, r"foot|copyright|impressum|legal|disclaimer|colophon"),
        (Hint.FORM, r"login|sign-?(?:in|up)|search|suche|captcha|form(?!at|ula)"),
        (Hint.HIDDEN, r"visually-?hidden|sr-only|screen-?reader|\bhidden\b|\bhide\b|aural|invisible|element-invisible"),
        (Hint.SHARE, r"share|sharing|social|teilen|bookmark|jiathis|bdshare|addthis|follow|print|fenxiang|wechat"),
        (Hint.COMMENTS, r"comment|disqus|respond|kommentar|discussion|feedback|useful|helpful|rating"),
        (
            Hint.RELATED,
            r"relat|recommend|teaser|more-|-more|read-?more|readmore|also|similar|popular|trending|most-?read|latest"
            r"|xiangguan|promo-?list|outbrain|taboola|next-?(?:post|article)|prev|weiterf|verwandt|suggest|card",
        ),
        (
            Hint.PROMOTION,
            r"promo|newsletter|subscri|advert|\bads?\b|\bad-|-ad\b|sponsor|banner|donat|paywall|abo-|-abo\b|offer"
            r"|affiliate|cta\b|marketing|inline-?ad|anzeige|werbung|signup|membership",
        ),
        (Hint.POPUP, r"popup|popmake|modal|overlay|cookie|consent|gdpr|lightbox|toast|alert|notice-?bar|tooltip|drawer"),
        (
            Hint.BYLINE,
            r"byline|author|autor|meta|date|datum|time|published|source|info\b|-info|laiyuan|editor|signature|credit"
            r"|dateline|reporter|writer|bio\b|zuozhe",
        ),
        (Hint.CAPTION, r"caption|credit|image|img|photo|picture|figure|bild|gallery|slide|carousel|thumb|legende"),
        (Hint.TAGS, r"\btags?\b|tag-|-tag|tags|categor|topic|keyword|rubri|label|badge|chip"),
        (
            Hint.BODY,
            r"article-?_?(?:body|content|text|main)|body-?_?(?:text|content)|entry-?_?content|post-?_?(?:content|body|text)"
            r"|story-?_?(?:body|content|text)|content-?_?(?:body|text|main|article)|richtext|rich-text|news-?_?(?:text|content|body)"
            r"|trs_|zoom|ucap|vsb_content|field-name-body|field--name-body|main-?txt|text-?wrap|govspeak|js_content|ivs_content"
            r"|wysiwyg|prose|copy\b|paragraph",
        ),
        (Hint.TITLE, r"title|headline|titel|heading|biaoti"),
        (Hint.LEAD, r"lead|intro|standfirst|summary|teaser-?text|abstract|excerpt|subtitle|sub-?headline|dek\b|kicker|description|vorspann"),
        (Hint.BOX, r"box|panel|callout|infobox|factbox|sidebar|accordion|toggle|tabs?\b|inset|pullquote|pull-quote|highlight"),
        (Hint.MEDIA, r"video|audio|player|podcast|embed|media|playlist|sound"),
        (Hint.PAGING, r"pag(?:er|ing|inat)|pagebar|next|prev"),
    )
)  # fmt: skip
_NOT_HIDDEN = re.compile(r"no-?js")


def hints_of_tag(tag: str) -> int:
    """Return the bits of a tag name."""
    return _TAGS.get(tag, 0)


@lru_cache(maxsize=8192)
def hints_of_attributes(name: str, identifier: str) -> int:
    """Return the bits that an element's class *name* and *identifier* give."""
    text = f"{name} {identifier}"
    if text == " ":
        return 0
    text = text[:300].lower()
    bits = 0
    for bit, pattern in _NAMES:
        if pattern.search(text):
            bits |= bit
    return bits
