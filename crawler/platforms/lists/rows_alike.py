"""Rows that belong to a list and differ from its others in their classes, or stand in another container."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from lxml import etree

from crawler.platforms.lists.candidates import Candidate
from crawler.platforms.lists.index_words import FAVOURITES
from crawler.platforms.lists.link_groups import LinkGroup, climb, one_a_row, rows_of
from crawler.platforms.lists.links import folder_of
from crawler.platforms.lists.list_evidence import Found, heading_over
from crawler.platforms.lists.rows import Row, days_of

if TYPE_CHECKING:
    from crawler.extract.markup.page import Page

_FEWEST = 3  # rows whose days tell that they go on
# Of a class of one of two columns.
_SIDE = re.compile(r"(?:left|right|first|second|last|odd|even|[lr]|\d{1,2})(?![a-z])", re.IGNORECASE)
# Of a class that a row has because it is set off: "teaser--large", "is-featured".
_SET_OFF = re.compile(
    r"(?<!\S)(?:[^\s-]{1,60}(?:-[^\s-]{1,60}){0,9}--\S{1,60}"
    r"|(?:is-)?(?:featured?|highlight(?:ed)?|sticky|pinned|promoted|large|hero))(?!\S)"
)


def with_those_alike(found: Found, candidates: Sequence[Candidate]) -> Sequence[Row]:
    """Return the rows of *found* with those that stand beside them and differ in their classes alone."""
    if found.rows[0].labelled:  # those of other labels lead to the same articles
        return found.rows
    group = _widened(found, candidates)
    return found.rows if group.links == [row.link for row in found.rows] else rows_of(group)


def _widened(found: Found, candidates: Sequence[Candidate]) -> LinkGroup:
    """Return the links of *found* with those of its containers that differ in their classes alone."""
    first = found.rows[0]
    tags = [str(element.tag) for element in _up_to(first.link, first.element)]
    containers = {row.element.getparent() for row in found.rows}
    taken, elements = {row.link for row in found.rows}, {row.element for row in found.rows}
    group = LinkGroup()
    for each in candidates:
        beside = len(found.rows) > 1 and (
            _stands_like(each.link, tags, containers) or _is_in_another_row(each, first, elements)
        )
        if each.link in taken or beside:
            group.add(each.link, each.url, each.weight)
    return one_a_row(group)


def _is_in_another_row(each: Candidate, first: Row, taken: Collection[etree._Element]) -> bool:
    """Tell whether *each* is like the link of *first* and in a row beside it that is not *taken*."""
    container = first.element.getparent()
    row = next((element for element in climb(each.link) if element.getparent() is container), None)
    return (
        row is not None
        and row not in taken
        and row.tag == first.element.tag
        and each.weight > 0
        and _name_of(each.link) == _name_of(first.link)
    )


def _name_of(link: etree._Element) -> tuple[object, str | None]:
    parent = link.getparent()
    return (parent.tag if parent is not None else None, link.get("class"))


def continued(page: Page, best: Found, found: Sequence[Found], listed: Collection[str]) -> Iterator[Row]:
    """Yield the rows of those *found*, not *listed* yet, that go on with *best* in another container.

    It is built like that of *best*, or a column beside it, or its rows are those of the days before: "More".
    """
    of_best = _build(best.rows[0])
    for other in found if all(best.dated) else ():
        if other is best or not all(other.dated):
            continue
        if _build(other.rows[0]) == of_best or _is_the_rest(page, best, other):
            yield from (row for row in other.rows if row.url not in listed)


def _is_the_rest(page: Page, first: Found, second: Found) -> bool:
    """Tell whether *second* has more rows of the folder of *first*: a column beside it or older ones."""
    if min(len(first.rows), len(second.rows)) < _FEWEST:
        return False
    folders = {_folder_of_most(first.rows), _folder_of_most(second.rows)}
    if len(folders) > 1 or any(FAVOURITES.match(heading_over(each)) for each in (first, second)):
        return False
    return _are_columns(first.rows[0], second.rows[0]) or _goes_on(page, first, second)


def _folder_of_most(rows: Sequence[Row]) -> str:
    """Return the folder of more than half of *rows*, else what is that of no other rows."""
    folder, count = Counter(folder_of(row.url) for row in rows).most_common(1)[0]
    return folder if count * 2 > len(rows) else rows[0].url


def _are_columns(row: Row, other: Row) -> bool:
    """Tell whether *row* and *other* stand alike in two columns of what is around both."""
    around = {element: height for height, element in enumerate(climb(row.link))}
    ours, theirs = [*around], []
    for element in climb(other.link):
        if element in around:
            ours = ours[: around[element]]
            break
        theirs.append(element)
    else:
        return False
    return len(ours) > 1 and list(map(_side_aside, ours)) == list(map(_side_aside, theirs))


def _side_aside(element: etree._Element) -> tuple[str, str]:
    """Return the tag and the classes of *element* without what says at which side it is."""
    return str(element.tag), _SIDE.sub("", element.get("class", ""))


def _goes_on(page: Page, first: Found, second: Found) -> bool:
    """Tell whether the days of *second* go on where those of *first*, the newest before others, end."""
    days = [day for found in (first, second) for day in days_of(page, found.rows) if day is not None]
    complete = len(days) == len(first.rows) + len(second.rows)
    return complete and all(later >= day for later, day in pairwise(days)) and days[0] > days[-1]


def set_off(
    page: Page, best: Found, found: Sequence[Found], candidates: Sequence[Candidate]
) -> Iterator[Row]:
    """Yield the dated rows before those of *best*: built alike, but "featured", or newer ones."""
    places = {each.link: place for place, each in enumerate(candidates)}
    listed = {row.url for row in best.rows}
    first = places.get(best.rows[0].link, 0)
    for other in found if len(best.rows) > 1 and all(best.dated) else ():
        if other is best or not all(other.dated) or places.get(other.rows[-1].link, first) >= first:
            continue
        if _is_featured(other, best) or _is_the_rest(page, other, best):
            yield from (row for row in other.rows if row.url not in listed)


def _is_featured(found: Found, best: Found) -> bool:
    pairs = list(zip(_looks(found.rows[0]), _looks(best.rows[0]), strict=False))
    return any(name[1] for name, _ in pairs[1:]) and all(name == of_one for name, of_one in pairs)


def _looks(row: Row) -> list[tuple[str, frozenset[str]]]:
    """Return how *row* is built from its link up, without what sets one of several apart."""
    return [
        (str(element.tag), frozenset(_SET_OFF.sub("", element.get("class", "")).split()))
        for element in _up_to(row.link, row.element)
    ]


def _build(row: Row) -> object:
    """Return how *row* is built, and the name of the container that it stands in, or what equals no other."""
    container = row.element.getparent()
    name = container.get("class") if container is not None else None
    inside = [(element.tag, element.get("class")) for element in _up_to(row.link, row.element)]
    return (name, inside) if name else object()


def _stands_like(link: etree._Element, tags: Sequence[str], containers: set[etree._Element | None]) -> bool:
    element: etree._Element | None = link
    for tag in tags:
        if element is None or element.tag != tag:
            return False
        element = element.getparent()
    return element in containers


def _up_to(link: etree._Element, row: etree._Element) -> Iterator[etree._Element]:
    for element in climb(link):
        yield element
        if element is row:
            return
