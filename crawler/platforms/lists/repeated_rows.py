"""The news rows of any list page: the repeated links that read like headlines, best with a day beside them.

Links that stand at the same place of the page's structure form a group; the group whose links read most
like the headlines of a list is the list, else one whose rows all state a day, or are as many as the page
says. A page without such a group is no list.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import takewhile
from typing import TYPE_CHECKING

from lxml import etree

from crawler.platforms.lists.beside import texts_beside
from crawler.platforms.lists.candidates import Candidate, candidates_in
from crawler.platforms.lists.headlines import headline_weight
from crawler.platforms.lists.link_groups import HEADLINE, LinkGroup, climb, groups_of, rows_of
from crawler.platforms.lists.links import folder_of
from crawler.platforms.lists.list_evidence import Found, is_list, reads_like_headlines
from crawler.platforms.lists.outline import Outline, outline_of
from crawler.platforms.lists.row_titles import heading_in
from crawler.platforms.lists.rows import Row, are_dated, days_of, title_of
from crawler.platforms.lists.rows_alike import continued, set_off, with_those_alike
from crawler.platforms.lists.totals import stated_total

if TYPE_CHECKING:
    from crawler.extract.markup.page import Page

_BEST = 8  # groups that are looked at closely
_FEWEST_FILED = 3  # rows that tell where the articles of a list are filed
_LEAST_ROWS = 4  # of a list beside which others are none
_LISTS = frozenset(("ul", "ol", "dl", "table"))


def repeated_rows(page: Page) -> list[Row]:
    """Return the rows of the list that *page* shows, in page order; empty where it shows none."""
    outline = outline_of(page.tree, strict=True)
    return _rows_of(page, outline) or (_rows_of(page, outline_of(page.tree)) if outline.doubtful else [])


def _rows_of(page: Page, outline: Outline) -> list[Row]:
    candidates = candidates_in(page, outline)
    groups = sorted(groups_of(page, candidates), key=lambda group: -sum(group.weights))[:_BEST]
    found = [_found(page, group) for group in groups if reads_like_headlines(group.weights)]
    best = _best(page, outline, [each for each in found if len(each.rows) > 1])
    if best is None or not any(best.dated):
        others = [_found(page, group) for group in groups if not reads_like_headlines(group.weights)]
        found += others
        best = _best(page, outline, [*filter(None, [best]), *(each for each in others if len(each.rows) > 1)])
    best = best or _best(page, outline, found)
    if best is None:
        return _only_result(page, candidates)
    rows = [*set_off(page, best, found, candidates), *with_those_alike(best, candidates)]
    rows += continued(page, best, found, {row.url for row in rows})
    return [*_featured(candidates, rows), *rows]


def _best(page: Page, outline: Outline, found: Sequence[Found]) -> Found | None:
    likeliest = sorted(found, key=lambda each: -each.score)
    return next((each for each in likeliest if is_list(page, outline, each)), None)


def _featured(candidates: Sequence[Candidate], rows: Sequence[Row]) -> list[Row]:
    """Return the article that is set off before *rows*: headed, and filed where most of them are."""
    folders = Counter(folder_of(row.url) for row in rows)
    folder, count = folders.most_common(1)[0]
    if len(rows) < _FEWEST_FILED or count * 2 <= len(rows):
        return []
    listed = {row.url for row in rows}
    before = takewhile(lambda each: each.link is not rows[0].link, candidates)
    set_off = {
        each.url: each
        for each in reversed([*before])
        if each.url not in listed and each.weight >= HEADLINE and folder_of(each.url) == folder
    }
    if len(set_off) != 1:  # several are a list of their own
        return []
    (only,) = set_off.values()
    element = _set_off(only.link)
    row = Row(link=only.link, url=only.url, element=element, beside=texts_beside([element])[0])
    return [row] if heading_in(element) else []


def _only_result(page: Page, candidates: Sequence[Candidate]) -> list[Row]:
    """Return the row of a list that says to have one: what its only headline leads to."""
    headlines = {each.url: each for each in candidates if each.weight >= HEADLINE}
    if len(headlines) != 1 or stated_total(page, 1) != 1:
        return []
    (only,) = headlines.values()
    element = _set_off(only.link, unless=("h1", "form"))
    row = Row(link=only.link, url=only.url, element=element, beside=texts_beside([element])[0])
    return [row] if heading_in(element) or any(are_dated(page, [row])) else []


def _set_off(link: etree._Element, *, unless: Sequence[str] = ()) -> etree._Element:
    """Return the widest element around *link* that leads nowhere else and holds nothing called *unless*."""
    widest = link
    for element in climb(link):
        if any(other.get("href") != link.get("href") for other in element.iter("a")):
            break
        if unless and next(element.iter(*unless), None) is not None:
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


def _found(page: Page, group: LinkGroup) -> Found:
    rows = rows_of(group)
    dated = are_dated(page, rows)
    apart = _without_menus(page, group, rows, dated)
    if len(apart.links) < len(group.links):
        rows = rows_of(apart)
        dated = are_dated(page, rows)
    return Found(rows=tuple(rows), weights=tuple(apart.weights), dated=dated)


def _without_menus(page: Page, group: LinkGroup, rows: Sequence[Row], dated: Sequence[bool]) -> LinkGroup:
    """Return *group* without what stands like its rows in other lists and reads like no headline.

    Old pages name nothing: the items of their menus stand like the rows of their lists. Where each row
    of a list states its day, several in another list that state none, or none with its year, are
    recommended beside it. Where none does, a menu has not one word that might be a headline.
    """
    lists = [_list_around(link) for link in group.links]
    counts, with_days = Counter(lists), {listed for listed, day in zip(lists, dated, strict=True) if day}
    beside = _beside_dated(page, rows, lists) if len(counts) > 1 and with_days else set()
    saying = with_days or {listed for listed, weight in zip(lists, group.weights, strict=True) if weight}
    apart = LinkGroup(labelled=group.labelled)
    for link, url, weight, listed in zip(group.links, group.urls, group.weights, lists, strict=True):
        told = listed in saying or weight >= HEADLINE
        if not saying or (told and listed not in beside):
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
    return next((element for element in climb(link) if element.tag in _LISTS), None)
