"""A page measured once: what is furniture, where its links stand, how much prose each part holds."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import lru_cache

from lxml import etree

from crawler.platforms.lists.regions import is_furniture, is_side, may_be_a_row

_MOST_LINKS = 20_000  # a page with more is no list that anybody reads; the rest of it is left
_LEAST_ROWS = 3
_PROSE = 60  # a run of text as wide as this is prose, a shorter one may be a title or a label
_SILENT = frozenset(("script", "style", "noscript", "template", "textarea", "select", "title", "head"))
_ASIDE = frozenset(("nav", "footer", "header", "aside"))
_MAIN = frozenset(("h1", "main"))
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5"))
_WIDE = re.compile("[\u2e80-\uffdc]")
_ROWS = frozenset(("li", "tr", "td", "dd", "dt", "article"))
_CLICKED = _ROWS | {"div", "section", "p", "span", "h2", "h3", "h4"}  # what scripts make links of
_STATE = re.compile(
    r"\d|^(?:odd|even|first|last|active|current|on|cur|hover|selected|alt|clearfix|cf|line|new|hot|top|visited)$"
    r"|-(?:odd|even|first|last|active)$"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedLink:
    """A link with its place, and the last heading before it, which is its own where it has no words."""

    link: etree._Element
    place: int
    heading: etree._Element | None


@dataclass(slots=True, kw_only=True)
class Outline:
    """Measures of a page. A place is the path of tags and classes that leads to a link, as a number."""

    root: etree._Element
    links: list[PlacedLink] = field(default_factory=list)
    prose: dict[etree._Element, int] = field(default_factory=lambda: defaultdict(int))
    passages: dict[etree._Element, int] = field(default_factory=lambda: defaultdict(int))
    furniture: set[etree._Element] = field(default_factory=set)
    doubtful: bool = False  # whether a part was left out in which the page's list may stand all the same

    def prose_in(self, element: etree._Element) -> int:
        """Return the width of the prose inside *element*, furniture and links left out."""
        return self.prose.get(element, 0)

    def longest_passage(self, besides: etree._Element) -> int:
        """Return the width of the longest run of paragraphs that lies outside of *besides*."""
        inside = set(besides.iter())
        return max((wide for element, wide in self.passages.items() if element not in inside), default=0)


def outline_of(root: etree._Element, *, strict: bool = False) -> Outline:
    """Return the measures of the page under *root*.

    What is named like furniture and holds most of the page is its frame, or a menu of all that the site
    has; only a *strict* outline leaves it out, and what is named like a side column.
    """
    outline = Outline(root=root)
    elements = [element for element in root.iter() if isinstance(element.tag, str)]
    framed = _around_headlines(elements)
    outline.furniture, frames = _furniture(elements, framed)
    if strict:
        left_out = {element for element in frames if element not in framed}
        left_out |= {element for element in elements if is_side(element)} - framed
        outline.doubtful = not left_out <= outline.furniture
        outline.furniture |= left_out
    _place_links(outline, elements)
    _measure_passages(outline)
    for element in reversed(elements):
        parent = element.getparent()
        if element in outline.furniture or element.tag == "a":
            outline.prose.pop(element, None)
        elif parent is not None and element in outline.prose:
            outline.prose[parent] += outline.prose[element]
    return outline


def width(text: str) -> int:
    """Return how wide *text* is read: a Han character counts as two letters."""
    return len(text) if text.isascii() else len(text) + len(_WIDE.findall(text))


def _furniture(
    elements: list[etree._Element], framed: set[etree._Element]
) -> tuple[set[etree._Element], set[etree._Element]]:
    """Return the elements that are furniture, and those that are named so and hold most of the page."""
    suspects = _but_rows([element for element in elements if is_furniture(element)])
    lengths = _text_lengths(elements)
    most = 0.7 * lengths[elements[0]] if elements else 0
    frames = {element for element in suspects if element.tag not in _SILENT and lengths[element] > most}
    furniture = {
        element
        for element in suspects
        if element.tag in _SILENT
        or not (element in frames or (element in framed and element.tag not in _ASIDE))
    }
    return furniture, frames


def _but_rows(suspects: list[etree._Element]) -> list[etree._Element]:
    """Return *suspects* without those that stand side by side under one name, which are rows of a list."""
    places = {
        element: (element.getparent(), element.tag, element.get("class"))
        for element in suspects
        if may_be_a_row(element)
    }
    counts = Counter(places.values())
    return [element for element in suspects if element not in places or counts[places[element]] < _LEAST_ROWS]


def _text_lengths(elements: list[etree._Element]) -> dict[etree._Element, int]:
    """Return how much text each element holds."""
    lengths: dict[etree._Element, int] = defaultdict(int)
    for element in reversed(elements):
        inside = lengths[element]
        if (text := element.text) and element.tag not in _SILENT:
            inside = lengths[element] = inside + len(text.strip())
        if (parent := element.getparent()) is not None:
            tail = element.tail
            lengths[parent] += inside + len(tail.strip()) if tail else inside
    return lengths


def _around_headlines(elements: list[etree._Element]) -> set[etree._Element]:
    """Return what lies around the page's main headings: a frame, even where it is named like furniture."""
    around: set[etree._Element] = set()
    for element in elements:
        if element.tag in _MAIN:
            for above in element.iterancestors():
                if above in around:
                    break
                around.add(above)
    return around


def _place_links(outline: Outline, elements: list[etree._Element]) -> None:
    numbers: dict[tuple[int, str], int] = {}
    places: dict[etree._Element, int] = {}
    heading: etree._Element | None = None
    for element in elements:
        parent = element.getparent()
        above = places.get(parent) if parent is not None else 0
        if above is None:
            continue
        _measure_tail(outline, element, parent)
        if element in outline.furniture or element.tag in _SILENT:
            continue
        tag, classes, text = str(element.tag), element.get("class", ""), element.text
        step = step_of(tag, classes)
        places[element] = place = numbers.setdefault((above, step), len(numbers) + 1)
        if text and len(text) > _PROSE // 2:
            outline.prose[element] += _prose_of(text)
        if tag in _HEADINGS or "title" in classes:
            heading = element
        leads = element.get("href") if tag == "a" else tag in _CLICKED and _is_clicked(element)
        if leads and len(outline.links) < _MOST_LINKS:
            outline.links.append(PlacedLink(link=element, place=place, heading=heading))


def _is_clicked(element: etree._Element) -> bool:
    """Tell whether a script makes a link of *element*; a button of another's script holds nothing yet."""
    return bool(element.get("onclick") or (len(element) and element.get("data-href")))


def _measure_passages(outline: Outline) -> None:
    """Count the prose of each element for it and for the two around it: paragraphs may be wrapped."""
    for element, own in outline.prose.items():
        if element.tag == "a":
            continue
        holder: etree._Element | None = element
        for _ in range(3):
            if holder is None or holder.tag == "body":
                break
            outline.passages[holder] += own
            holder = holder.getparent()


def _measure_tail(outline: Outline, element: etree._Element, parent: etree._Element | None) -> None:
    tail = element.tail
    if tail and len(tail) > _PROSE // 2 and parent is not None:
        outline.prose[parent] += _prose_of(tail)


def _prose_of(text: str) -> int:
    wide = width(" ".join(text.split()))
    return wide if wide >= _PROSE else 0


@lru_cache(maxsize=4096)
def step_of(tag: str, classes: str) -> str:
    """Return what an element adds to the place of a link."""
    if tag in _ROWS:  # each may carry classes of its own; the list around them tells one list from another
        return tag
    return ".".join((tag, *sorted(name for name in classes.split() if not _STATE.search(name))))
