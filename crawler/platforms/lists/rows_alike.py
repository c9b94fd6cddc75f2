"""Rows that belong to a list and differ from its others in their classes, or stand in another container."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from lxml import etree

from crawler.platforms.lists.candidates import Candidate
from crawler.platforms.lists.link_groups import LinkGroup, climb, one_a_row, rows_of
from crawler.platforms.lists.list_evidence import Found
from crawler.platforms.lists.rows import Row

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


def continued(best: Found, found: Sequence[Found]) -> Iterator[Row]:
    """Yield the rows of those *found* that go on with *best* in another container like its own, "More"."""
    of_best = _build(best.rows[0])
    listed = {row.url for row in best.rows}
    for other in found:
        if other is not best and all(other.dated) and all(best.dated) and _build(other.rows[0]) == of_best:
            yield from (row for row in other.rows if row.url not in listed)


def set_off(best: Found, found: Sequence[Found], candidates: Sequence[Candidate]) -> Iterator[Row]:
    """Yield the dated rows that stand before those of *best* and are built alike, but "featured"."""
    places = {each.link: place for place, each in enumerate(candidates)}
    listed = {row.url for row in best.rows}
    of_best, first = _looks(best.rows[0]), places.get(best.rows[0].link, 0)
    for other in found if len(best.rows) > 1 and all(best.dated) else ():
        if other is best or not all(other.dated) or places.get(other.rows[-1].link, first) >= first:
            continue
        pairs = list(zip(_looks(other.rows[0]), of_best, strict=False))
        if any(name[1] for name, _ in pairs[1:]) and all(name == of_one for name, of_one in pairs):
            yield from (row for row in other.rows if row.url not in listed)


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
