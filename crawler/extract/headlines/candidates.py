"""The lines of a page that may be its title: its headings, and elements that are named like one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from lxml import etree

from crawler.extract.body.boilerplate import top_rule
from crawler.extract.markup.page import Page
from crawler.extract.text import brief_text_of

_HEADINGS = frozenset({"h1", "h2", "h3"})
_HEADLINE_TAGS = frozenset(
    {"h4", "h5", "h6", "p", "div", "span", "td", "th", "strong"}
)  # beside headings, if they are named so
_MERGED = etree.XPath("$one | $two | $three")  # in the order of the page
_SHORT_NAMES = re.compile(
    r"(?:^|[\s_-])(?:bt|tit|bti|biaoti|zhengwen_?bt|subject)(?:$|[\s_\d-])", re.IGNORECASE
)
_KICKER = re.compile(
    r"kicker|topline|over-?line|dachzeile|roofline|spitzmarke|eyebrow|hidden|sr-only|aural"
    r"|label|categor|rubri|ticker",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"[^\s〔]{2,20}〔\d{4}〕\s?\d{1,5}\s?号")  # of a document
_NOTE = re.compile(r"[\[(〔【]?\d{1,2}[\])〕】]?|\*")
_HOME = re.compile(r"(?:https?://[^/?#]{1,100})?/|https?://[^/?#]{1,100}")
MOST_HEADLINES = 80
_NOT_WORD = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """A line of the page that may be its title."""

    text: str
    key: str  # its letters and digits alone, by which headlines are compared
    level: int  # of a heading; 0: an element that is named like one
    names_site: bool = False  # a link to the first page


def headlines_of(page: Page, *, shortened: bool = False) -> list[Headline]:
    """Return the lines that stand in headings or in elements named like one, in order.

    *shortened* looks for the names that only old pages of a few tables use, too: "bt" for biaoti.
    """
    lines = []
    for element in _headings_of(page, _SHORT_NAMES.search if shortened else _names_a_title):
        tag = str(element.tag)
        level = int(tag[1]) if tag in _HEADINGS else 0
        for text in _variants_of(element):
            if 2 <= len(text) <= 300:
                leads_home = _leads_home(element)
                lines.append(Headline(text=text, key=squeeze(text), level=level, names_site=leads_home))
    return lines


def _variants_of(element: etree._Element) -> Iterable[str]:
    """Return the text of a heading, before it what it says without a kicker or small print."""
    whole = brief_text_of(element)
    if not len(element):  # as most are
        return (whole,)
    whole = _without_facts(element, whole)
    shorter = _without_small_print(element, whole)
    return dict.fromkeys((*filter(None, [shorter]), _without_kicker(element, whole), whole))


def _headings_of(page: Page, says: Callable[[str], object]) -> Sequence[etree._Element]:
    """Return the headings of *page* and the elements of whose class or id *says* is true, in order."""
    headings = list(islice(page.tree.iter(*_HEADINGS), MOST_HEADLINES))
    named = [
        list(islice((element for element in found if element.tag in _HEADLINE_TAGS), MOST_HEADLINES))
        for found in page.elements.named_like(says)
    ]
    if not any(named):
        return headings
    classed, identified = named
    merged: list[etree._Element] = _MERGED(page.tree, one=headings, two=classed, three=identified)
    return merged[:MOST_HEADLINES]


def _names_a_title(name: str) -> bool:
    """Return whether a class or an id names what looks like a heading."""
    return "title" in name or "Title" in name or "headline" in name


def _leads_home(element: etree._Element) -> bool:
    """Return whether a heading is a link to the first page of its site, whose name it then is."""
    around = element.getparent()
    inside = element.find(".//a") if len(element) else None
    link = around if around is not None and around.tag == "a" else inside
    return link is not None and _HOME.fullmatch((link.get("href") or "").strip()) is not None


def _without_kicker(element: etree._Element, whole: str) -> str:
    """Return the text of a heading without the small line that some print above it."""
    for child in element[:2]:
        kicker = brief_text_of(child) if _KICKER.search(child.get("class") or "") else ""
        if kicker and len(kicker) < len(whole) and whole.startswith(kicker):
            return whole[len(kicker) :].lstrip(" :|–-")
    return whole


def _without_small_print(element: etree._Element, whole: str) -> str:
    """Return the text of a heading without the small print that ends it, be it the mark of a note."""
    last = element[-1] if len(element) else None
    small = brief_text_of(last) if last is not None and last.tag in ("small", "sup") else ""
    if last is not None and last.tag == "sup" and not _NOTE.fullmatch(small):
        return ""
    return whole.removesuffix(small).rstrip() if small else ""


def _without_facts(element: etree._Element, whole: str) -> str:
    """Return the text of a heading without the lines behind it of when and by whom, and of its number."""
    for child in reversed(element):
        facts = brief_text_of(child)
        if not facts or facts == whole or not whole.endswith(facts):
            break
        if top_rule(facts) not in ("meta line", "date line") and not _NUMBER.fullmatch(facts):
            break
        whole = whole[: -len(facts)].rstrip() or whole
    return whole


def squeeze(text: str) -> str:
    """Return the letters and digits of *text* alone, in lower case."""
    return _NOT_WORD.sub("", text.lower())
