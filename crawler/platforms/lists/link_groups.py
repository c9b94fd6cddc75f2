"""Links that stand at one place of a page's structure, and the rows around them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from lxml import etree

from crawler.platforms.lists.beside import texts_beside
from crawler.platforms.lists.candidates import Candidate
from crawler.platforms.lists.headlines import headline_weight
from crawler.platforms.lists.rows import Row, longest_text_of, title_of
from crawler.platforms.lists.text import text_of

if TYPE_CHECKING:
    from crawler.extract.markup.page import Page

HEADLINE = 0.4  # the weight from which a link with a heading reads like a headline
ROW_TAGS = frozenset(("li", "tr", "article", "dl"))
_ROW_NAME = re.compile(
    r"(?:^|\s)(?:tr|t-?row|tb-?row|table-?row)(?:$|\s)"
)  # of a table made of other elements
_MOST_BESIDE = 3  # links of a row whatever they say: a picture, a title, a category
_WHOLE = 12  # characters of what is a title, no category, where another link repeats it
_DIGITS = re.compile(r"\d+")
_LONGEST_LABEL = 40  # characters of what the links of all rows say
_CLIMB = 30  # elements between a link and the row it stands in, at most


@dataclass(slots=True, kw_only=True)
class LinkGroup:
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


def groups_of(page: Page, candidates: Sequence[Candidate]) -> list[LinkGroup]:
    """Return *candidates* by their places, the best link of each row, where any reads like a headline."""
    groups: dict[int, LinkGroup] = defaultdict(LinkGroup)
    for each in candidates:
        groups[each.place].add(each.link, each.url, each.weight)
    weighed = [_by_labels(page, group) for group in groups.values()]
    return [one_a_row(group) for group in weighed if any(group.weights)]


def _by_labels(page: Page, group: LinkGroup) -> LinkGroup:
    """Return *group*, or the links of it that say one thing, weighed by what their rows say beside them.

    So it is where links say but few things: "download", "read more", in each row the same languages.
    """
    labels = [_DIGITS.sub("#", text_of(link)) for link in group.links]
    counts = Counter(labels)
    label, count = counts.most_common(1)[0]
    if count < 2 or len(counts) * 2 > len(labels) or max(map(len, counts)) > _LONGEST_LABEL:
        return group
    alike = _one_of_each_row(group, [said == label for said in labels])
    rows = rows_of(alike)
    if len({title_of(row) for row in rows}) == 1:  # not even their rows tell them apart
        return group
    alike.weights = [headline_weight(longest_text_of(row), row.url, page.url) for row in rows]
    return alike if sum(alike.weights) > sum(group.weights) else group


def _one_of_each_row(group: LinkGroup, said: Sequence[bool]) -> LinkGroup:
    """Return the links of *group* that are *said* to be alike, of rows with several the first."""
    links = [(link, url) for link, url, alike in zip(group.links, group.urls, said, strict=True) if alike]
    first = {_row_around(link): (link, url) for link, url in reversed(links)}
    alike = LinkGroup(labelled=True)
    for link, url in links if len(first) < 2 else reversed(first.values()):
        alike.add(link, url, 0.0)
    return alike


def one_a_row(group: LinkGroup) -> LinkGroup:
    """Return *group* with the best link of each row, where rows hold several (a category, a title, files)."""
    rows: dict[etree._Element | None, list[int]] = defaultdict(list)
    for index, link in enumerate(group.links):
        rows[_row_around(link)].append(index)
    if len(rows) < 2 or len(rows) == len(group.links) or _have_several_headlines(group, rows.values()):
        return group
    single = LinkGroup(labelled=group.labelled)
    for indexes in rows.values():
        best = max(indexes, key=group.weights.__getitem__)
        single.add(group.links[best], group.urls[best], group.weights[best])
    return single


def _row_around(link: etree._Element) -> etree._Element | None:
    """Return the row that *link* stands in: of a list of several terms, what is said of one of them."""
    said: etree._Element | None = None
    for element in climb(link):
        if element.tag == "dl":
            return (
                said if said is not None and len(list(islice(element.iterchildren("dt"), 2))) > 1 else element
            )
        if element.tag in ROW_TAGS or _ROW_NAME.search(element.get("class", "")):
            return element
        if element.tag == "dd":
            said = element
    return link.getparent()


def _have_several_headlines(group: LinkGroup, rows: Collection[Sequence[int]]) -> bool:
    """Tell whether *rows*, the indexes of links, hold several articles each: they are a grid of a layout."""
    counts = Counter(group.urls)
    headlines = [
        sum(group.weights[index] >= HEADLINE and counts[group.urls[index]] == 1 for index in row)
        for row in rows
    ]
    if max(map(len, rows)) <= _MOST_BESIDE:  # a title with its category, a picture or a file
        return sum(count > 1 for count in headlines) * 2 > len(headlines)
    return max(headlines) > 1


def rows_of(group: LinkGroup) -> list[Row]:
    """Return a row for each link of *group*: the link with what stands around it."""
    inside: dict[etree._Element, int] = defaultdict(int)
    for link in group.links:
        for element in climb(link):
            inside[element] += 1
    alone = len(group.links) == 1
    elements = [_lone_row(link) if alone else row_element(link, inside) for link in group.links]
    return [
        Row(link=link, url=url, element=element, beside=beside, labelled=group.labelled)
        for link, url, element, beside in zip(
            group.links, group.urls, elements, texts_beside(elements), strict=True
        )
    ]


def climb(link: etree._Element) -> Iterator[etree._Element]:
    """Yield *link* and the elements around it, as far as a row may reach."""
    element: etree._Element | None = link
    for _ in range(_CLIMB):
        if element is None or element.tag == "body":
            return
        yield element
        element = element.getparent()


def row_element(link: etree._Element, inside: Mapping[etree._Element, int]) -> etree._Element:
    """Return the widest element around *link* that holds no other link of its group."""
    row = link
    for element in climb(link):
        if inside[element] > 1:
            break
        row = element
    return row


def _lone_row(link: etree._Element) -> etree._Element:
    """Return the row around the only link of a list: nothing else bounds it than its tag."""
    return next((element for element in climb(link) if element.tag in ROW_TAGS), link)
