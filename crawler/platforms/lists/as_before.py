"""The last rows of a list, too few to be told alone: they stand where those of the page before did."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from lxml import etree

from crawler.extract.markup.page import read_page
from crawler.platforms.lists.beside import texts_beside
from crawler.platforms.lists.candidates import Candidate, candidates_in
from crawler.platforms.lists.link_groups import row_element
from crawler.platforms.lists.outline import outline_of, step_of
from crawler.platforms.lists.rows import Row
from crawler.platforms.lists.text import text_of

if TYPE_CHECKING:
    from crawler.extract.markup.page import Page
    from crawler.extract.types import ListBefore

Place = tuple[str, ...]  # the tags and classes that lead from a link up to the page's body
Links = dict[str, Candidate]  # by their addresses


def page_before(page: Page, before: ListBefore) -> Page:
    """Return the list page that *page* follows."""
    return read_page(before.html, before.url, replace(page.context, list_before=None))


def rows_as_before(page: Page, before: Page, listed: Collection[str]) -> list[Row]:
    """Return the rows of *page*: the links that stand where those to *listed* stand on the page *before*.

    A place that holds other links there, too, tells nothing.
    """
    heights = _row_heights(before, listed)
    links = _best_worded(each for each in _candidates(page) if _place_of(each.link) in heights)
    elements = [_above(each.link, heights[_place_of(each.link)]) for each in links.values()]
    return [
        Row(link=each.link, url=each.url, element=element, beside=beside)
        for each, element, beside in zip(links.values(), elements, texts_beside(elements), strict=True)
    ]


def linked(page: Page) -> set[str]:
    """Return the addresses that *page* links to, its furniture left out."""
    return {each.url for each in _candidates(page)}


def _candidates(page: Page) -> list[Candidate]:
    return candidates_in(page, outline_of(page.tree))


def _row_heights(page: Page, listed: Collection[str]) -> dict[Place, int]:
    """Return where the rows of *listed* stand, each with the number of elements from its link to its row."""
    candidates = _candidates(page)
    elsewhere = {_place_of(each.link) for each in candidates if each.url not in listed}
    by_place: dict[Place, list[Candidate]] = defaultdict(list)
    for each in candidates:
        if each.url in listed and (place := _place_of(each.link)) not in elsewhere:
            by_place[place].append(each)
    places = _covering({place: _best_worded(iter(found)) for place, found in by_place.items()})
    inside: dict[etree._Element, int] = defaultdict(int)
    for links in places.values():
        for each in links.values():
            for element in (each.link, *each.link.iterancestors()):
                inside[element] += 1
    return {
        place: min(_height(each.link, inside) for each in links.values()) for place, links in places.items()
    }


def _covering(places: Mapping[Place, Links]) -> dict[Place, Links]:
    """Return as few of *places* as hold every address: a column beside names some of them again."""
    best = sorted(places.items(), key=lambda item: (-len(item[1]), -_words(item[1])))
    covered: set[str] = set()
    taken = {}
    for place, links in best:
        if not links.keys() <= covered:
            taken[place] = links
            covered |= links.keys()
    return taken


def _words(links: Links) -> int:
    return sum(len(text_of(each.link)) for each in links.values())


def _best_worded(candidates: Iterator[Candidate]) -> Links:
    best: Links = {}
    for each in candidates:
        if each.url not in best or len(text_of(each.link)) > len(text_of(best[each.url].link)):
            best[each.url] = each
    return best


def _place_of(link: etree._Element) -> Place:
    return tuple(step_of(str(each.tag), each.get("class", "")) for each in (link, *link.iterancestors()))


def _height(link: etree._Element, inside: Mapping[etree._Element, int]) -> int:
    row = row_element(link, inside)
    return next(height for height, each in enumerate((link, *link.iterancestors())) if each is row)


def _above(link: etree._Element, height: int) -> etree._Element:
    return (link, *link.iterancestors())[height]
