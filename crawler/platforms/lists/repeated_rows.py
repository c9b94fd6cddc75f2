"""The news rows of any list page: the repeated links that read like headlines, best with a day beside them.

Links that stand at the same place of the page's structure form a group; the group whose links read most
like the headlines of a list is the list, else one whose rows all state a day, or are as many as the page
says. A page without such a group is no list.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from lxml import etree

from crawler.platforms.lists.beside import texts_beside
from crawler.platforms.lists.headlines import (
    headline_of,
    headline_weight,
    is_front_page,
    is_in_prose,
    is_sign_of_its_line,
)
from crawler.platforms.lists.links import absolute, base_of
from crawler.platforms.lists.list_evidence import Found, is_list, reads_like_headlines
from crawler.platforms.lists.outline import Outline, outline_of
from crawler.platforms.lists.row_titles import heading_in, says_more
from crawler.platforms.lists.rows import Row, are_dated, days_of, title_of
from crawler.platforms.lists.script_links import Clicks
from crawler.platforms.lists.text import text_of

if TYPE_CHECKING:
    from crawler.extract.page import Page

_BEST = 8  # groups that are looked at closely
_LEAST_ROWS = 4  # that tell where the articles of a list are filed
_HEADLINE = 0.4  # the weight from which a link with a heading reads like a headline
_MOST_BESIDE = 3  # links of a row whatever they say: a picture, a title, a category
_WHOLE = 12  # characters of what is a title, no category, where another link repeats it
_DIGITS = re.compile(r"\d+")
_LONGEST_LABEL = 40  # characters of what the links of all rows say
_CLIMB = 30  # elements between a link and the row it stands in, at most
_LISTS = frozenset(("ul", "ol", "dl", "table"))
_ROW_TAGS = frozenset(("li", "tr", "article", "dl"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A link that may be a row: where it leads, where it stands, how much it reads like a headline."""

    link: etree._Element
    url: str
    place: int
    weight: float


@dataclass(slots=True, kw_only=True)
class _Group:
    """Links at one place of the structure, in page order, one an address in a row."""

    links: list[etree._Element] = field(default_factory=list)
    urls: list[str] = field(default_factory=list)
    weights: list[float] = field(default_factory=list)
    labelled: bool = False  # whether all links say the same

    def add(self, link: etree._Element, url: str, weight: float) -> None:
        """Take *link*, or the better worded of two links to one address side by side."""
        if self.urls and url == self.urls[-1]:
            if _is_better_worded(text_of(link), text_of(self.links[-1])):
                self.links[-1], self.weights[-1] = link, weight
            return
        self.links.append(link)
        self.urls.append(url)
        self.weights.append(weight)


def _is_better_worded(text: str, other: str) -> bool:
    """Tell whether *text* says more than *other*, and not only "Read on: " before it."""
    return len(text) > len(other) and not (len(other) >= _WHOLE and text.endswith(other))


def repeated_rows(page: Page) -> list[Row]:
    """Return the rows of the list that *page* shows, in page order; empty where it shows none."""
    outline = outline_of(page.tree, strict=True)
    return _rows_of(page, outline) or (_rows_of(page, outline_of(page.tree)) if outline.doubtful else [])


def _rows_of(page: Page, outline: Outline) -> list[Row]:
    candidates = candidates_in(page, outline)
    groups = sorted(_groups(page, candidates), key=lambda group: -sum(group.weights))[:_BEST]
    found = [_found(page, group) for group in groups if reads_like_headlines(group.weights)]
    best = _best(page, outline, [each for each in found if len(each.rows) > 1])
    if best is None or not any(best.dated):
        others = [_found(page, group) for group in groups if not reads_like_headlines(group.weights)]
        found += others
        best = _best(page, outline, [*filter(None, [best]), *(each for each in others if len(each.rows) > 1)])
    best = best or _best(page, outline, found)
    if best is None:
        return []
    rows = [*_with_those_alike(best, candidates), *_continued(best, found)]
    return [*_featured(candidates, rows), *rows]


def _best(page: Page, outline: Outline, found: Sequence[Found]) -> Found | None:
    likeliest = sorted(found, key=lambda each: -each.score)
    return next((each for each in likeliest if is_list(page, outline, each)), None)


def _featured(candidates: Sequence[Candidate], rows: Sequence[Row]) -> list[Row]:
    """Return the article that is set off before *rows*: headed, and filed where most of them are."""
    folders = Counter(_folder(row.url) for row in rows)
    folder, count = folders.most_common(1)[0]
    if len(rows) < _LEAST_ROWS or count * 2 <= len(rows):
        return []
    listed = {row.url for row in rows}
    before = takewhile(lambda each: each.link is not rows[0].link, candidates)
    set_off = {
        each.url: each
        for each in before
        if each.url not in listed and each.weight >= _HEADLINE and _folder(each.url) == folder
    }
    if len(set_off) != 1:  # several are a list of their own
        return []
    (only,) = set_off.values()
    element = _set_off(only.link)
    row = Row(link=only.link, url=only.url, element=element, beside=texts_beside([element])[0])
    return [row] if heading_in(element) else []


def _folder(url: str) -> str:
    """Return what the addresses of a list's articles share: the path without its name and its numbers."""
    parts = urlsplit(url)
    return f"{parts.netloc}{re.sub('[0-9]+', '#', parts.path.rpartition('/')[0])}"


def _set_off(link: etree._Element) -> etree._Element:
    """Return the widest element around *link* that leads nowhere else."""
    widest = link
    for element in _climb(link):
        if any(other.get("href") != link.get("href") for other in element.iter("a")):
            break
        widest = element
    return widest


def are_the_list(page: Page, rows: Sequence[Row]) -> bool:
    """Tell whether *rows*, found by a family's rule, are what *page* is for, not links beside an article."""
    if not rows:
        return False
    weights = tuple(headline_weight(title_of(row), row.url, page.url) for row in rows)
    found = Found(rows=tuple(rows), weights=weights, dated=are_dated(page, rows))
    return is_list(page, outline_of(page.tree), found)


def candidates_in(page: Page, outline: Outline) -> list[Candidate]:
    """Return the links that may be rows."""
    base, clicks = base_of(page), Clicks(page=page)
    candidates = []
    headed: dict[etree._Element, str] = {}
    for placed in outline.links:
        url = absolute(placed.link.get("href"), base) or clicks.destination(placed.link)
        if url is None or url == page.url or is_front_page(url):
            continue
        heading = placed.heading
        # "Read more" behind a summary leads to what the heading over it says.
        leads = heading is not None and says_more(text_of(placed.link))
        if is_in_prose(placed.link) and not leads and not is_sign_of_its_line(placed.link):
            continue
        if heading is not None and headed.setdefault(heading, url) != url:
            heading = None  # it heads another row
        weight = headline_weight(headline_of(placed.link, heading), url, page.url)
        candidates.append(Candidate(link=placed.link, url=url, place=placed.place, weight=weight))
    return candidates


def _groups(page: Page, candidates: Sequence[Candidate]) -> list[_Group]:
    groups: dict[int, _Group] = defaultdict(_Group)
    for each in candidates:
        groups[each.place].add(each.link, each.url, each.weight)
    weighed = [_by_labels(page, group) for group in groups.values()]
    return [_one_a_row(group) for group in weighed if any(group.weights)]


def _by_labels(page: Page, group: _Group) -> _Group:
    """Return *group*, or the links of it that say one thing, weighed by what their rows say beside them.

    So it is where links say but few things: "download", "read more", in each row the same languages.
    """
    labels = [_DIGITS.sub("#", text_of(link)) for link in group.links]
    counts = Counter(labels)
    label, count = counts.most_common(1)[0]
    if count < 2 or len(counts) * 2 > len(labels) or max(map(len, counts)) > _LONGEST_LABEL:
        return group
    alike = _Group(labelled=True)
    for link, url, said in zip(group.links, group.urls, labels, strict=True):
        if said == label:
            alike.add(link, url, 0.0)
    titles = [title_of(row) for row in _rows(alike)]
    if len(set(titles)) == 1:  # not even their rows tell them apart
        return group
    alike.weights = [
        headline_weight(title, url, page.url) for title, url in zip(titles, alike.urls, strict=True)
    ]
    return alike if sum(alike.weights) > sum(group.weights) else group


def _one_a_row(group: _Group) -> _Group:
    """Return *group* with the best link of each row, where rows hold several (a category, a title, files)."""
    rows: dict[etree._Element | None, list[int]] = defaultdict(list)
    for index, link in enumerate(group.links):
        row = next((element for element in _climb(link) if element.tag in _ROW_TAGS), link.getparent())
        rows[row].append(index)
    if len(rows) < 2 or len(rows) == len(group.links) or _have_several_headlines(group, rows.values()):
        return group
    single = _Group(labelled=group.labelled)
    for indexes in rows.values():
        best = max(indexes, key=group.weights.__getitem__)
        single.add(group.links[best], group.urls[best], group.weights[best])
    return single


def _have_several_headlines(group: _Group, rows: Collection[Sequence[int]]) -> bool:
    """Tell whether *rows*, the indexes of links, hold several articles each: they are a grid of a layout."""
    counts = Counter(group.urls)
    headlines = [
        sum(group.weights[index] >= _HEADLINE and counts[group.urls[index]] == 1 for index in row)
        for row in rows
    ]
    if max(map(len, rows)) <= _MOST_BESIDE:  # a title with its category, a picture or a file
        return sum(count > 1 for count in headlines) * 2 > len(headlines)
    return max(headlines) > 1


def _found(page: Page, group: _Group) -> Found:
    rows = _rows(group)
    dated = are_dated(page, rows)
    apart = _without_menus(page, group, rows, dated)
    if len(apart.links) < len(group.links):
        rows = _rows(apart)
        dated = are_dated(page, rows)
    return Found(rows=tuple(rows), weights=tuple(apart.weights), dated=dated)


def _without_menus(page: Page, group: _Group, rows: Sequence[Row], dated: Sequence[bool]) -> _Group:
    """Return *group* without what stands like its dated rows in other lists and reads like no headline.

    Old pages name nothing: the items of their menus stand like the rows of their lists. Where each row
    of a list states its day, several in another list that state none, or none with its year, are
    recommended beside it.
    """
    lists = [_list_around(link) for link in group.links]
    counts, with_days = Counter(lists), {listed for listed, day in zip(lists, dated, strict=True) if day}
    beside = _beside_dated(page, rows, lists) if len(counts) > 1 and with_days else set()
    apart = _Group(labelled=group.labelled)
    for link, url, weight, listed in zip(group.links, group.urls, group.weights, lists, strict=True):
        told = listed in with_days or weight >= _HEADLINE
        if not with_days or (told and listed not in beside):
            apart.add(link, url, weight)
    return apart


def _beside_dated(
    page: Page, rows: Sequence[Row], lists: Sequence[etree._Element | None]
) -> set[etree._Element | None]:
    """Return those of *lists*, of several rows, that state no whole day beside one that states each."""
    counts = Counter(lists)
    days = Counter(listed for listed, day in zip(lists, days_of(page, rows), strict=True) if day)
    if not any(days[listed] == counts[listed] >= _LEAST_ROWS for listed in days):
        return set()
    return {listed for listed, count in counts.items() if count > 1 and not days[listed]}


def _list_around(link: etree._Element) -> etree._Element | None:
    return next((element for element in _climb(link) if element.tag in _LISTS), None)


def _with_those_alike(found: Found, candidates: Sequence[Candidate]) -> Sequence[Row]:
    """Return the rows of *found* with those that stand beside them and differ in their classes alone."""
    if found.rows[0].labelled:  # those of other labels lead to the same articles
        return found.rows
    group = _widened(found, candidates)
    return found.rows if group.links == [row.link for row in found.rows] else _rows(group)


def _widened(found: Found, candidates: Sequence[Candidate]) -> _Group:
    """Return the links of *found* with those of its containers that differ in their classes alone."""
    first = found.rows[0]
    tags = [str(element.tag) for element in _up_to(first.link, first.element)]
    containers = {row.element.getparent() for row in found.rows}
    taken, elements = {row.link for row in found.rows}, {row.element for row in found.rows}
    group = _Group()
    for each in candidates:
        beside = len(found.rows) > 1 and (
            _stands_like(each.link, tags, containers) or _is_in_another_row(each, first, elements)
        )
        if each.link in taken or beside:
            group.add(each.link, each.url, each.weight)
    return _one_a_row(group)


def _is_in_another_row(each: Candidate, first: Row, taken: Collection[etree._Element]) -> bool:
    """Tell whether *each* is like the link of *first* and in a row beside it that is not *taken*."""
    container = first.element.getparent()
    row = next((element for element in _climb(each.link) if element.getparent() is container), None)
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


def _continued(best: Found, found: Sequence[Found]) -> Iterator[Row]:
    """Yield the rows of those *found* that go on with *best* in another container like its own, "More"."""
    of_best = _build(best.rows[0])
    listed = {row.url for row in best.rows}
    for other in found:
        if other is not best and all(other.dated) and all(best.dated) and _build(other.rows[0]) == of_best:
            yield from (row for row in other.rows if row.url not in listed)


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
    for element in _climb(link):
        yield element
        if element is row:
            return


def _rows(group: _Group) -> list[Row]:
    inside: dict[etree._Element, int] = defaultdict(int)
    for link in group.links:
        for element in _climb(link):
            inside[element] += 1
    alone = len(group.links) == 1
    elements = [_lone_row(link) if alone else row_element(link, inside) for link in group.links]
    return [
        Row(link=link, url=url, element=element, beside=beside, labelled=group.labelled)
        for link, url, element, beside in zip(
            group.links, group.urls, elements, texts_beside(elements), strict=True
        )
    ]


def _climb(link: etree._Element) -> Iterator[etree._Element]:
    element: etree._Element | None = link
    for _ in range(_CLIMB):
        if element is None or element.tag == "body":
            return
        yield element
        element = element.getparent()


def row_element(link: etree._Element, inside: Mapping[etree._Element, int]) -> etree._Element:
    """Return the widest element around *link* that holds no other link of its group."""
    row = link
    for element in _climb(link):
        if inside[element] > 1:
            break
        row = element
    return row


def _lone_row(link: etree._Element) -> etree._Element:
    """Return the row around the only link of a list: nothing else bounds it than its tag."""
    return next((element for element in _climb(link) if element.tag in _ROW_TAGS), link)
