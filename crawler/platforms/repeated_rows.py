"""The news rows of any list page: the repeated links that read like headlines, best with a day beside them.

Links that stand at the same place of the page's structure form a group; the group whose links read most
like the headlines of a list is the list. A page where no group does is no list.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from lxml import etree

from crawler.platforms.links import absolute, base_of, is_attachment
from crawler.platforms.listed_dates import DateOrder, order_for, states_a_day
from crawler.platforms.regions import is_furniture
from crawler.platforms.rows import Row, date_of, row_texts, text_of, tidy

if TYPE_CHECKING:
    from crawler.extract.page import Page

_MOST_LINKS = 20_000  # a page with more is no list that anybody reads; the rest of it is left
_CLIMB = 30  # elements between a link and the row it stands in, at most
_STATE = re.compile(
    r"\d|^(?:odd|even|first|last|active|current|on|cur|hover|selected|alt|clearfix|cf|line|new|hot|top|visited)$"
    r"|-(?:odd|even|first|last|active)$"
)
_BLOCK = frozenset("p div li td th dd dt section article h1 h2 h3 h4 h5 h6 blockquote".split())
_ROW_TAGS = frozenset("li tr article dd dt".split())
_SEPARATORS = frozenset(("hr",))
_SHORT = 60
_SIDE = 4  # siblings beside a row that may belong to it


@dataclass(slots=True, kw_only=True)
class _Group:
    """Links at one place of the structure, in page order, one an address."""

    links: list[etree._Element] = field(default_factory=list)
    urls: list[str] = field(default_factory=list)
    weight: float = 0.0


def repeated_rows(page: Page) -> list[Row]:
    """Return the rows of the list that *page* shows, in page order; empty where it shows none."""
    groups = _groups(page)
    best, best_score, best_rows = None, 0.0, []
    for group in sorted(groups, key=lambda group: -group.weight)[:8]:
        rows = _rows(group)
        score = _score(page, rows)
        if score > best_score:
            best, best_score, best_rows = group, score, rows
    return best_rows if best is not None else []


def _groups(page: Page) -> list[_Group]:
    base = base_of(page)
    groups: dict[tuple[str, ...], _Group] = defaultdict(_Group)
    for link, place in _content_links(page.tree):
        url = absolute(link.get("href"), base)
        if url is None or url == page.url or _is_front_page(url):
            continue
        group = groups[place]
        if url in group.urls[-1:]:
            continue
        group.links.append(link)
        group.urls.append(url)
        group.weight += _headline_weight(link, url)
    return [group for group in groups.values() if group.weight > 0]


def _content_links(tree: etree._Element) -> Iterator[tuple[etree._Element, tuple[str, ...]]]:
    """Yield the links outside of furniture, each with its place: the path of tags and classes."""
    furniture = _furniture(tree)
    places: dict[etree._Element, tuple[str, ...]] = {}
    seen = 0
    for element in tree.iter():
        parent = element.getparent()
        if not isinstance(element.tag, str) or element in furniture:
            continue
        above = places.get(parent) if parent is not None else ()
        if above is None:
            continue
        places[element] = place = (*above[-12:], _step(element))
        if element.tag == "a" and element.get("href"):
            seen += 1
            if seen > _MOST_LINKS:
                return
            if not _in_prose(element):
                yield element, place


def _step(element: etree._Element) -> str:
    classes = [name for name in element.get("class", "").split() if not _STATE.search(name)]
    return ".".join((str(element.tag), *sorted(classes)))


def _furniture(tree: etree._Element) -> set[etree._Element]:
    """Return the elements that are furniture, unless they hold most of the page's links."""
    elements = [element for element in tree.iter() if isinstance(element.tag, str)]
    links: dict[etree._Element, int] = defaultdict(int)
    for element in reversed(elements):
        parent = element.getparent()
        links[element] += 1 if element.tag == "a" and not is_furniture(element) else 0
        if parent is not None:
            links[parent] += links[element]
    most = 0.7 * links[elements[0]] if elements else 0
    return {
        element
        for element in elements
        if is_furniture(element) and not (links[element] > most and links[element] > 10)
    }


def _in_prose(link: etree._Element) -> bool:
    """Tell whether *link* stands inside a sentence."""
    before = 0
    element: etree._Element | None = link
    while element is not None and element.tag not in _BLOCK:
        sibling = element.getprevious()
        while sibling is not None:
            if sibling.tag in ("br", "a") or sibling.tag in _BLOCK:
                break
            before += len(tidy(str(sibling.tail or ""))) + (
                len(text_of(sibling)) if isinstance(sibling.tag, str) else 0
            )
            sibling = sibling.getprevious()
        parent = element.getparent()
        if sibling is None and parent is not None:
            before += len(tidy(parent.text or ""))
        if before > 30:
            return True
        element = parent
    return False


def _headline_weight(link: etree._Element, url: str) -> float:
    """Return how much *link* reads like a headline: 0 for a word of a menu, 1 for a sentence."""
    text = text_of(link) or tidy(link.get("title") or "")
    length = sum(2 if letter > "\u2e80" else 1 for letter in text[:60])
    weight = min(max((length - 10) / 25, 0.0), 1.0)
    return weight * (0.3 if is_attachment(url) else 1.0) * (1.0 if _names_an_article(url) else 0.5)


def _is_front_page(url: str) -> bool:
    parts = urlsplit(url)
    return not parts.path.strip("/") and not parts.query


def _names_an_article(url: str) -> bool:
    """Tell whether *url* is one of a page rather than of a directory: a number, a long slug, a query."""
    parts = urlsplit(url)
    last = parts.path.rstrip("/").rpartition("/")[2]
    return (
        bool(parts.query)
        or any(letter.isdigit() for letter in last)
        or last.count("-") + last.count("_") >= 2
        or len(last) > 24
    )


def _rows(group: _Group) -> list[Row]:
    inside: dict[etree._Element, int] = defaultdict(int)
    for link in group.links:
        for element in _climb(link):
            inside[element] += 1
    elements = [_row_element(link, inside, alone=len(group.links) == 1) for link in group.links]
    parts = _with_dated_siblings(elements)
    return [
        Row(link=link, url=url, parts=part)
        for link, url, part in zip(group.links, group.urls, parts, strict=True)
    ]


def _climb(link: etree._Element) -> Iterator[etree._Element]:
    element: etree._Element | None = link
    for _ in range(_CLIMB):
        if element is None or element.tag == "body":
            return
        yield element
        element = element.getparent()


def _row_element(link: etree._Element, inside: dict[etree._Element, int], *, alone: bool) -> etree._Element:
    """Return the widest element around *link* that holds no other link of its group."""
    row = link
    for element in _climb(link):
        if inside[element] > 1:
            break
        row = element
        if alone and element.tag in _ROW_TAGS and element.tag not in ("dd", "dt"):
            break
    return row


def _with_dated_siblings(elements: Sequence[etree._Element]) -> list[tuple[etree._Element, ...]]:
    """Return each row with the siblings that date it: those before it, or those after it."""
    taken = set(elements)
    before = [tuple(_siblings(taken, row.itersiblings(preceding=True))) for row in elements]
    after = [tuple(_siblings(taken, row.itersiblings())) for row in elements]
    dated_before, dated_after = (sum(map(_are_dated, side)) for side in (before, after))
    if not dated_before and not dated_after:
        return [(row,) for row in elements]
    side = before if dated_before > dated_after else after
    return [(row, *beside) for row, beside in zip(elements, side, strict=True)]


def _are_dated(siblings: Sequence[etree._Element]) -> bool:
    return any(len(text) <= _SHORT and states_a_day(text) for text in map(text_of, siblings))


def _siblings(taken: set[etree._Element], siblings: Iterator[etree._Element]) -> Iterator[etree._Element]:
    for count, sibling in enumerate(siblings):
        if sibling in taken or sibling.tag in _SEPARATORS or count >= _SIDE:
            return
        if isinstance(sibling.tag, str):
            yield sibling


def _score(page: Page, rows: Sequence[Row]) -> float:
    texts = [row_texts(row) for row in rows]
    order: DateOrder | None = order_for(
        page, (text for chunks in texts for text in chunks if len(text) <= 60)
    )
    score = 0.0
    for row, chunks in zip(rows, texts, strict=True):
        weight = _headline_weight(row.link, row.url)
        day = date_of(row, chunks, order, roc=False)
        score += weight * (3.0 if day else 1.0)
    return score
