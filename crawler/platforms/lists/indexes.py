"""Whether undated rows are news, or lead through a site: to services, questions, parts of a law, people."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from lxml import etree

from crawler.extract.lines.han_lines import is_han
from crawler.platforms.lists.addresses import number_in
from crawler.platforms.lists.index_words import (
    INDEX,
    INDEX_NAMES,
    LISTED,
    NEWS,
    NEWS_CLASS,
    PART,
    PART_NAME,
    SEARCH_NAMES,
)
from crawler.platforms.lists.link_groups import climb
from crawler.platforms.lists.listed_dates import is_a_period
from crawler.platforms.lists.outline import width
from crawler.platforms.lists.paging import next_pages
from crawler.platforms.lists.rows import Row, title_of
from crawler.platforms.lists.text import text_of
from crawler.platforms.lists.totals import stated_total

if TYPE_CHECKING:
    from crawler.extract.markup.page import Page

_OF_A_YEAR = re.compile(r"/(?:19|20)\d{2}(?:[/-]|\d{2,4}/)")
_LONG, _LONG_HAN = 50, 36  # width of the titles of news, most of which are longer
_MOST_AROUND = 8  # elements from a link up whose classes may say what it is in
_QUESTION = ("?", "？", "؟", "\u037e")
_YEAR = re.compile(r"(?:1[5-9]|20)\d{2}s?")
_LONG_AGO = 25  # years that a history spans, and no list of news without days
_PHONE = re.compile(r"(?:[^\W\d]{1,20}\.?\s?[:：]\s?)?[+0(][\d\s()/.-]{7,22}")
_FEWEST_DIGITS = 7  # of a telephone number
_REACHES = re.compile(r"\s{0,9}(?:mailto:[^?\s]|tel:)", re.IGNORECASE)  # not what shares a row by mail
_LISTS = ("ul", "ol")
_PARTED = re.compile(r"\s[|–—·-]\s|[|_]")  # a page from its site, in a title
_LONGEST_HEADING = 100
_MOST_LINKS = _MOST_TEXTS = 20  # of a row that are looked at
_UP = 3  # elements from a list to what it is under


def is_index(page: Page, rows: Sequence[Row]) -> bool:
    """Tell whether the undated *rows* of *page* lead to its services, its people or parts of a document."""
    titles = [title_of(row) for row in rows]
    return (
        _most(title.endswith(_QUESTION) for title in titles)
        or _most(map(_is_part, titles, rows))
        or _most(_leads_to_search(row.url) for row in rows)
        or _is_history(rows)
        or _are_to_reach(rows)
        or _is_tree(rows)
        or _is_called_an_index(page, rows)
    )


def are_news(page: Page, rows: Sequence[Row], heading: str) -> bool:
    """Tell whether *page* says that its undated *rows*, below *heading*, are news, or shows it otherwise."""
    return (
        _is_called_news(page, rows, heading)
        or _most(_OF_A_YEAR.search(row.url) is not None or _year_of(row) is not None for row in rows)
        or _are_long([title_of(row) for row in rows])
        or _is_one_of_several(page, rows)
    )


def _is_called_news(page: Page, rows: Sequence[Row], heading: str) -> bool:
    names = [_heading_of(page), heading, *_names_in(page.url), *_folder_of_most(rows)]
    said = " ".join(names)
    if NEWS.search(said) or LISTED.search(said):
        return True
    return NEWS_CLASS.search(_classes_around(rows[0])) is not None


def _is_one_of_several(page: Page, rows: Sequence[Row]) -> bool:
    """Tell whether *page* has others before or after it, or counts more than it shows."""
    listed = frozenset(row.url for row in rows)
    return (
        number_in(page.url) > 0 or stated_total(page, len(rows)) is not None or bool(next_pages(page, listed))
    )


def _classes_around(row: Row) -> str:
    around = islice(climb(row.link), _MOST_AROUND)
    return " ".join(f"{element.get('class', '')} {element.get('id', '')}" for element in around)


def _are_long(titles: Sequence[str]) -> bool:
    least = _LONG_HAN if _most(map(is_han, titles)) else _LONG
    return sum(width(title) for title in titles) >= least * len(titles)


def _most(signs: Iterable[bool]) -> bool:
    each = [*signs]
    return sum(each) * 2 > len(each)


def _is_part(title: str, row: Row) -> bool:
    return PART.match(title) is not None or PART_NAME.fullmatch(_names_in(row.url)[-1]) is not None


def _is_history(rows: Sequence[Row]) -> bool:
    """Tell whether most of *rows* state a year, and these are those of a life of an office."""
    years = [_year_of(row) for row in rows]
    stated = [year for year in years if year is not None]
    return len(stated) * 2 > len(years) and max(stated) - min(stated) >= _LONG_AGO


def _year_of(row: Row) -> int | None:
    texts = (text.strip(" -–—:.()[]") for text in islice(row.texts, _MOST_TEXTS))
    return next((int(text[:4]) for text in texts if _YEAR.fullmatch(text)), None)


def _are_to_reach(rows: Sequence[Row]) -> bool:
    """Tell whether most of *rows* say how somebody is reached: by mail, by telephone."""
    return len(rows) > 1 and _most(map(_is_to_reach, rows))


def _is_to_reach(row: Row) -> bool:
    links = islice(row.element.iter("a"), _MOST_LINKS)
    if any(_REACHES.match(link.get("href") or "") for link in links):
        return True
    return any(
        _PHONE.fullmatch(text) and sum(map(str.isdecimal, text)) >= _FEWEST_DIGITS
        for text in islice(row.texts, _MOST_TEXTS)
    )


def _is_tree(rows: Sequence[Row]) -> bool:
    """Tell whether *rows* stand in several lists, each below a link in another list."""
    lists = Counter(next((each for each in climb(row.link) if each.tag in _LISTS), None) for row in rows)
    below = [count for each, count in lists.items() if each is not None and _is_below_a_link(each)]
    return len(below) > 1 and sum(below) * 2 > len(rows)


def _is_below_a_link(listed: etree._Element) -> bool:
    """Tell whether a link stands before *listed* in the item of a list around it: no year, no month."""
    for element in islice((listed, *listed.iterancestors()), _UP):
        if element.tag == "li":
            return False
        before = element.getprevious()
        if before is not None and isinstance(before.tag, str):
            link = next(before.iter("a"), None)
            if link is not None and link.get("href") and not is_a_period(text_of(link)):
                return any(each.tag == "li" for each in climb(listed))
    return False


def _leads_to_search(url: str) -> bool:
    return "?" in url and _names_in(url)[-1].lower() in SEARCH_NAMES


def _is_called_an_index(page: Page, rows: Sequence[Row]) -> bool:
    """Tell whether *page* or the folder of its *rows* is called an index, and neither is called news."""
    heading = _heading_of(page)
    names = [_names_in(page.url)[-1], *_folder_of_most(rows)]
    if NEWS.search(f"{heading} {' '.join(names)}"):
        return False
    return INDEX.match(heading) is not None or any(map(_is_named_an_index, names))


def _is_named_an_index(name: str) -> bool:
    name = name.lower()
    return name in INDEX_NAMES or name.rpartition("-")[2] in INDEX_NAMES


def _heading_of(page: Page) -> str:
    """Return the first main heading of *page* that says anything, else what its title begins with."""
    headings = (text_of(heading) for heading in islice(page.tree.iter("h1"), 3))
    title = next(page.tree.iter("title"), None)
    named = next(filter(None, headings), "") or (text_of(title) if title is not None else "")
    return _PARTED.split(named[:_LONGEST_HEADING])[0].strip()


def _folder_of_most(rows: Sequence[Row]) -> list[str]:
    """Return the name of the folder of most of *rows* in a list, which is empty where there is none."""
    folders = Counter((_names_in(row.url)[-2:-1] or [""])[0] for row in rows)
    folder, count = folders.most_common(1)[0]
    return [folder] if count * 2 > len(rows) else []


def _names_in(url: str) -> list[str]:
    """Return the names in the path of *url*, without the suffixes of files."""
    try:
        path = unquote(urlsplit(url).path).rstrip("/")
    except ValueError:  # an ill-formed address names nothing
        return [""]
    return [name.partition(".")[0] or name for name in path.split("/")]
