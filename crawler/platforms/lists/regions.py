"""Which parts of a page are furniture: navigation, footers, sidebars, pagers, share bars."""

from __future__ import annotations

import re
from functools import lru_cache

from lxml import etree

_TAGS = frozenset(
    ("nav", "footer", "aside", "select", "button", "noscript", "template", "dialog", "script", "style")
)
_ROLES = frozenset(
    ("navigation", "contentinfo", "complementary", "search", "dialog", "menu", "menubar", "alert")
)
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_FURNITURE = re.compile(
    r"(?:top|main|sub|left|right|side|foot|global|site|bottom|head|mobile|mob|drop|mega|bread|off)?"
    r"(?:nav|navs|navi|navbar|navigation|menu|menus|menue|crumb|crumbs|footer|footers|canvas|down|sidebar)"
    r"|foot|sidebars|aside|pager|pagers|pagination|paging|paginator|pagenav|pagebar|pagelist|social|share|sharing|teilen"
    r"|lang|langs|language|languages|skip|skiplink|search|suche|toolbar|login|cookie|cookies|modal|popup|popmake|newsletter"
    r"|subscribe|related|tagcloud|copyright|banner|masthead|daohang|weizhi|youqing|friendlink|friendlinks|yqlj|dqwz"
    r"|ranking|comments|comment|advert|ads|filter|filters|facet|facets"
)
_PAGER = re.compile(r"pagers?|pagination|paging|paginator|pagenav|pagebar|pagelist|fenye|fanye")
_PAGERS = ({"list", "footer"}, {"view", "footer"}, {"page", "navigation"})
# What else a name may say so that the first word does not make furniture of the element.
_UNLESS = {
    **dict.fromkeys(
        ("search", "filter", "filters", "suche"),
        frozenset(
            "results result list listing items item content count total totals hits hit page teaser teasers"
            " row rows card cards entry entries article articles summary".split()
        ),
    ),
    **dict.fromkeys(("sidebar", "aside"), frozenset("with has no without one two".split())),
    # The foot of a card holds the link to what the card is about.
    **dict.fromkeys(("footer", "foot"), frozenset("card cards teaser tile".split())),
}
_ONCE = frozenset(("banner", "masthead", "newsletter"))  # repeated side by side, they are rows
# What else a name must say so that the word makes furniture of the element.
_ONLY_WITH = {
    **dict.fromkeys(
        ("lang", "language"), frozenset("switch switcher select selector chooser picker bar links".split())
    ),
    "down": frozenset(("drop",)),
}


_SIDE = frozenset(("side", "rail", "widget", "widgets", "trending", "popular", "recommended"))
_OF_A_SIDE = frozenset("bar col column content panel block box area list news".split())


@lru_cache(maxsize=4096)
def _is_furniture_name(name: str) -> bool:
    words = {word.lower() for word in _WORD.findall(name)}
    return any(_FURNITURE.fullmatch(word) and _is_meant(word, words) for word in words)


def _is_meant(word: str, words: set[str]) -> bool:
    if word in _ONLY_WITH:
        return not words.isdisjoint(_ONLY_WITH[word])
    return words.isdisjoint(_UNLESS.get(word, ()))


def may_be_a_row(element: etree._Element) -> bool:
    """Tell whether *element* is furniture but for what a page has once: a list of newsletters has many."""
    names = f"{element.get('class', '')} {element.get('id', '')}"
    return _is_named_for_one(names) and element.tag not in _TAGS and element.get("role") not in _ROLES


@lru_cache(maxsize=4096)
def _is_named_for_one(name: str) -> bool:
    words = {word.lower() for word in _WORD.findall(name)}
    named = {word for word in words if _FURNITURE.fullmatch(word) and _is_meant(word, words)}
    return bool(named) and named <= _ONCE


def is_furniture(element: etree._Element) -> bool:
    """Tell whether *element* itself says that it is furniture."""
    tag = element.tag
    if tag in _TAGS or element.get("role") in _ROLES:
        return True
    if tag in ("html", "body", "a"):
        return False
    if tag == "header":
        return not any(parent.tag in ("article", "main", "li", "section") for parent in _above(element))
    names = f"{element.get('class', '')} {element.get('id', '')}"
    return len(names) > 1 and _is_furniture_name(names)


def is_side(element: etree._Element) -> bool:
    """Tell whether *element* says that it stands beside what its page is for; "right-side" may be that."""
    names = f"{element.get('class', '')} {element.get('id', '')}"
    return len(names) > 1 and element.tag not in ("html", "body", "a") and _is_side_name(names)


@lru_cache(maxsize=4096)
def _is_side_name(name: str) -> bool:
    words = {word.lower() for word in _WORD.findall(name)}
    return bool(words & _SIDE) and words <= _SIDE | _OF_A_SIDE


def is_pager(element: etree._Element) -> bool:
    """Tell whether *element* says that it leads through the pages of a list, or is the foot of one."""
    names = f"{element.get('class', '')} {element.get('id', '')} {element.get('aria-label', '')}"
    return len(names) > 2 and _is_pager_name(names)


@lru_cache(maxsize=4096)
def _is_pager_name(name: str) -> bool:
    words = {word.lower() for word in _WORD.findall(name)}
    return any(map(_PAGER.fullmatch, words)) or any(both <= words for both in _PAGERS)


def _above(element: etree._Element) -> list[etree._Element]:
    """Return a few of the nearest ancestors; deeper ones do not speak for this element."""
    above: list[etree._Element] = []
    parent = element.getparent()
    while parent is not None and len(above) < 8:
        above.append(parent)
        parent = parent.getparent()
    return above
