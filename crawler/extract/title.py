"""The title: the headline that agrees with what the page says of itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import unescape

from lxml import etree

from crawler.extract.head import Head
from crawler.extract.types import Candidate

_SEPARATOR = re.compile(
    r"\s*[|｜·»«•]\s*|\s+[-–—_:/]{1,2}\s+|\s{2,}|_(?=[^\x00-\x7f])|(?<=[^\x00-\x7f])[-–—]{1,2}(?=[^\x00-\x7f])"
)
_HEADLINES = etree.XPath(
    "//h1|//h2|//h3|//*[self::p or self::div or self::span or self::td or self::strong]"
    "[contains(@class, 'title') or contains(@class, 'Title') or contains(@class, 'headline')"
    " or contains(@id, 'title') or contains(@id, 'Title')]"
)
_MOST_HEADLINES = 80
_NOT_WORD = re.compile(r"[\W_]+")
_TAG = re.compile(r"<[^<>]{1,200}>")


def read_title(
    head: Head, headlines: Sequence[str], *, listed: str | None, ruled: str | None
) -> tuple[Candidate, ...]:
    """Return the candidates for the title, the winner first.

    *headlines* are the heading lines of the page in order, *ruled* the platform's own, *listed* the list row's.
    """
    stated = _stated_titles(head, listed)
    offers: list[Candidate] = []
    if ruled:
        offers.append(Candidate(field="title", value=ruled, rule="platform rule"))
    if agreed := _agreed_headline(headlines, [candidate.value for candidate in stated]):
        offers.append(Candidate(field="title", value=agreed, rule="headline that agrees"))
    offers.extend(stated)
    offers.extend(Candidate(field="title", value=line, rule="headline") for line in headlines[:1])
    return tuple(offers)


def clean_title(text: str) -> str:
    """Return *text* on one line, without the markup that a CMS escaped into it."""
    text = unescape(text)
    return " ".join(_TAG.sub(" ", text).split())


def headlines_of(tree: etree._Element) -> list[str]:
    """Return the lines that stand in headings or in elements named like one, in order."""
    lines = []
    for element in _HEADLINES(tree)[:_MOST_HEADLINES]:
        text = " ".join("".join(str(part) for part in element.itertext()).split())
        if 2 <= len(text) <= 300:
            lines.append(text)
    return lines


def _stated_titles(head: Head, listed: str | None) -> list[Candidate]:
    offers = [
        ("meta ArticleTitle", head.meta("articletitle")),
        ("list row", listed),
        ("schema headline", _schema_headline(head)),
        ("meta og:title", head.meta("og:title")),
        ("meta title", head.meta("dc.title", "dcterms.title", "twitter:title", "title")),
        ("title element", head.title),
    ]
    return [
        Candidate(field="title", value=_without_site(clean_title(value), head), rule=rule)
        for rule, value in offers
        if value and clean_title(value)
    ]


def _schema_headline(head: Head) -> str | None:
    for item in head.schema:
        headline = item.get("headline")
        if isinstance(headline, str) and headline.strip():
            return headline
    return None


def _without_site(title: str, head: Head) -> str:
    """Return *title* without the site's name at its end or start."""
    site = _squeeze(head.meta("og:site_name", "sitename", "application-name") or "")
    parts = _SEPARATOR.split(title)
    if len(parts) < 2:
        return title
    for end in range(len(parts) - 1, 0, -1):
        tail = _squeeze("".join(parts[end:]))
        if site and tail and (tail == site or site in tail):
            return title[: title.rfind(parts[end])].rstrip(" |｜·»«•-–—_:/") or title
    return title


def _agreed_headline(headlines: Iterable[str], stated: Sequence[str]) -> str | None:
    lines = [(line, _squeeze(line)) for line in headlines]
    for key in dict.fromkeys(_squeeze(title) for title in stated):
        for line, squeezed in lines:
            if squeezed and (squeezed == key or (len(squeezed) > 6 and key.startswith(squeezed))):
                return line
    return None


def _squeeze(text: str) -> str:
    return _NOT_WORD.sub("", text.lower())


