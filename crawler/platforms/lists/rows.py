"""A row of a list page as an entry: whose link it is, its whole title, its day."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from lxml import etree

from crawler.extract.dates.dated_addresses import date_in_url
from crawler.extract.dates.relative_times import WEEK, ago_in
from crawler.extract.dates.visible_dates import CHANGED
from crawler.extract.dates.written import NARROW, conventions_of, read_relative
from crawler.extract.markup.page import parse
from crawler.extract.text import is_cut
from crawler.extract.types import ListEntry
from crawler.platforms.lists.columns import due_texts, published_cells, titled_cell
from crawler.platforms.lists.links import absolute, base_of
from crawler.platforms.lists.listed_dates import (
    DateOrder,
    Years,
    day_in_period,
    is_a_day,
    is_a_day_without_year,
    is_a_period,
    leading_day,
    month_and_day,
    order_for,
    read_listed_date,
    years_of,
)
from crawler.platforms.lists.row_titles import (
    completed,
    edge_date,
    heading_in,
    is_date,
    says_more,
    shown_title,
    texts_beside,
    whole_title,
)
from crawler.platforms.lists.text import text_of, tidy

if TYPE_CHECKING:
    from crawler.extract.markup.page import Page

_LINKS = etree.XPath("descendant-or-self::a[@href]")
_TEXTS = etree.XPath("descendant::text()[not(parent::script) and not(parent::style)]")
_TIMES = etree.XPath(
    "descendant-or-self::time/@datetime | descendant::meta[contains(@itemprop, 'datePublished')]/@content"
    " | descendant-or-self::*/@data-date"
)
_LABELLED = re.compile(
    r"(?:发布(?:日期|时间)|发文日期|成文日期|日期|时间|發布日期|發佈日期|published(?:\s+on)?|posted(?:\s+on)?"
    r"|date|datum|updated)\s?[:：]?\s?",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(
    r"(?:发布(?:日期|时间)|發[布佈]日期|published|posted)(?:\s+on)?\s?[:：]\s?", re.IGNORECASE
)
_AROUND = " -–—:|·[]()（）【】"
_SHORTEST_SUMMARY = 24  # characters: what is longer says more than when
_ONE_DAY = timedelta(days=1)
_SHORT = 60  # characters: a longer run of text is a summary, and the days in it are events


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row: the link that leads to the article, the element around it, the text beside that."""

    link: etree._Element
    url: str
    element: etree._Element
    beside: tuple[str, ...] = ()  # text that stands next to the element and belongs to the row
    labelled: bool = False  # whether its link says what the links of all rows say: PDF, English, read more

    @cached_property
    def shown(self) -> str:
        """Return the title that the link shows."""
        return shown_title(self.link)

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """Return the runs of text that are not the title."""
        texts = (*(tidy(str(text)) for text in _TEXTS(self.element)), *self.beside)
        return tuple(text for text in texts if text and text != self.shown)

    @cached_property
    def read_days(self) -> dict[object, date | None]:
        """Return the days that were read in it, each by what it was read from: a list asks several times."""
        return {}


def entries_of(page: Page, rows: Sequence[Row]) -> tuple[ListEntry, ...]:
    """Return the entries of *rows* in order; of rows with one address the first stands."""
    entries: dict[str, ListEntry] = {}
    for row, day in zip(rows, days_of(page, rows), strict=True):
        title = title_of(row)
        if any(letter.isalpha() for letter in title) and row.url not in entries:
            entries[row.url] = ListEntry(url=row.url, title=title, date=day or date_in_url(row.url))
    return tuple(entries.values())


def days_of(page: Page, rows: Sequence[Row]) -> list[date | None]:
    """Return the day that each of *rows* states, or None."""
    texts = [
        tuple(text for text in row.texts if text not in due) if due else row.texts
        for row, due in zip(rows, due_texts(rows), strict=True)
    ]
    order = order_for(page, (text for chunks in texts for text in chunks if len(text) <= _SHORT))
    years = years_of(page)
    days = [
        _day_in(row, cell, chunks, order, years=years)
        for row, chunks, cell in zip(rows, texts, published_cells(rows), strict=True)
    ]
    if page.context.fetched_at is None or all(days):
        return days
    return [day or _relative_day(page, chunks) for day, chunks in zip(days, texts, strict=True)]


def are_dated(page: Page, rows: Sequence[Row]) -> tuple[bool, ...]:
    """Return which of *rows* state a day, be it without its year or in an order that nothing tells."""
    return tuple(
        day is not None or any(is_a_day_without_year(text) or is_a_day(text) for text in _parts_of_days(row))
        for row, day in zip(rows, days_of(page, rows), strict=True)
    )


def _parts_of_days(row: Row) -> Iterator[str]:
    """Yield each text of *row*, and each with the one after it: a day and its month may stand apart."""
    texts = [text.strip(_AROUND) for text in row.texts if len(text) <= _SHORT]
    yield from texts
    yield from map(" ".join, pairwise(texts))
    yield from filter(None, map(month_and_day, texts))


def rows_in(page: Page, elements: Iterable[etree._Element]) -> list[Row]:
    """Return a row for each of *elements* that holds a link to a page."""
    base = base_of(page)
    rows = []
    for element in elements:
        link = _main_link(element, base)
        url = absolute(link.get("href"), base) if link is not None else None
        if link is not None and url is not None:
            rows.append(Row(link=link, url=url, element=element))
    return rows


def rows_in_fragments(page: Page, fragments: Iterable[str]) -> list[Row]:
    """Return a row for each of *fragments*, pieces of markup that came apart from the page."""
    return rows_in(page, (parse(f"<div>{fragment}</div>") for fragment in fragments))


def title_of(row: Row) -> str:
    """Return the whole title of *row*, empty where it has none."""
    shown = row.shown
    if not shown or row.labelled or says_more(shown):
        shown = heading_in(row.element) or tidy(row.link.get("title") or "") or _said_beside(row)
    if not any(letter.isalpha() for letter in shown):
        shown = titled_cell(row.element) or max(_other_texts(row), key=len, default="")
    whole = whole_title(shown, row.link.get("title"))
    return completed(whole, (row.link, *row.element.iter())) if is_cut(whole) else whole


def _said_beside(row: Row) -> str:
    """Return what another link of *row* to the same address says, none where it only asks to read on."""
    href = row.link.get("href")
    links = (link for link in row.element.iter("a") if link is not row.link and link.get("href") == href)
    texts = (shown_title(link) for link in links) if href else ()
    return max((text for text in texts if not says_more(text)), key=len, default="")


def longest_text_of(row: Row) -> str:
    """Return the longest of what *row* says: its title or what stands beside it."""
    return max((title_of(row), *_other_texts(row)), key=len)


def _other_texts(row: Row) -> list[str]:
    """Return the texts of *row* outside of its link that are no day."""
    texts = texts_beside(row.link, row.element)
    return [text for text in texts if 4 < len(text) <= 300 and not is_date(text)]


def _day_in(
    row: Row, cell: str, chunks: Sequence[str], order: DateOrder | None, *, years: Years
) -> date | None:
    """Return the day that *cell*, of publication, states, or else the *row* around it."""
    asked = (cell, chunks, order, years)
    if asked not in row.read_days:
        row.read_days[asked] = read_listed_date(cell, order, years=years) or _day_of(
            row, chunks, order, years=years
        )
    return row.read_days[asked]


def _day_of(row: Row, chunks: Sequence[str], order: DateOrder | None, *, years: Years) -> date | None:
    """Return the day that *row* states: in a time element, beside the title, before the summary."""
    for stamp in _TIMES(row.element):
        day = read_listed_date(str(stamp), order)
        if day:
            return _shown_for(stamp, day, order, years=years)
    short = [chunk for chunk in chunks if len(chunk) <= _SHORT]
    beside = " ".join(chunk.strip(_AROUND) for chunk in _published_first(short))
    return (
        _labelled_day(_PUBLISHED, chunks, order, years=years)
        or read_listed_date(beside, order, years=years)
        or _labelled_day(_LABELLED, chunks, order, years=years)
        or read_listed_date(edge_date(text_of(row.link)), order)
        or _day_in_period(row)
        or _summary_day(chunks, order)
    )


def _shown_for(stamp: Any, day: date, order: DateOrder | None, *, years: Years) -> date:
    """Return *day*, stated by a time element, often in UTC, or the day beside it that it shows to readers."""
    element = stamp.getparent()
    if element.tag != "time" or "T" not in stamp:
        return day
    shown = read_listed_date(tidy(text_of(element)), order, years=years)
    return shown if shown and abs(shown - day) == _ONE_DAY else day


def _published_first(chunks: Sequence[str]) -> Sequence[str]:
    """Return *chunks* with those last that say when a page was changed, be the day in a text of its own."""
    if not any(map(CHANGED.search, chunks)):
        return chunks
    published: list[str] = []
    changed: list[str] = []
    labelled = False  # whether the last text was a label of a change, without its day
    for chunk in chunks:
        says_changed = CHANGED.search(chunk) is not None
        (changed if says_changed or labelled else published).append(chunk)
        labelled = says_changed and not any(map(str.isdecimal, chunk))
    return [*published, *changed]


def _day_in_period(row: Row) -> date | None:
    """Return the day whose year, or whose month of one, stands in a heading over *row* or in it."""
    periods = [text for text in row.texts if len(text) <= _SHORT and is_a_period(text)]
    days = (day_in_period(text, period) for period in periods for text in _parts_of_days(row))
    return next(filter(None, days), None)


def _relative_day(page: Page, chunks: Sequence[str]) -> date | None:
    """Return the day that "3 days ago" beside a title means, counted from the fetch of *page*."""
    context = page.context
    conventions = conventions_of(
        country=context.country, language=context.language, zone=context.timezone, now=context.fetched_at
    )
    for chunk in chunks:
        ago = ago_in(chunk.translate(NARROW)) if len(chunk) <= _SHORTEST_SUMMARY else None
        moment = read_relative(chunk, conventions) if ago and ago.unit != WEEK else None
        if moment is not None:  # "2 weeks ago" means another day tomorrow
            return moment.date() if isinstance(moment, datetime) else moment
    return None


def _labelled_day(
    labels: re.Pattern[str], chunks: Sequence[str], order: DateOrder | None, *, years: Years
) -> date | None:
    for chunk in chunks:
        label = labels.search(chunk)
        if label:
            day = read_listed_date(chunk[label.end() : label.end() + 24], order, years=years)
            if day:
                return day
    return None


def _summary_day(chunks: Sequence[str], order: DateOrder | None) -> date | None:
    """Return the day that a summary begins with: "Mar 3, 2015 - The mayor ..."."""
    return next(filter(None, (leading_day(chunk, order) for chunk in chunks if len(chunk) > _SHORT)), None)


def _main_link(element: etree._Element, base: str) -> etree._Element | None:
    """Return the link of *element* that carries its title: the longest, the first of equals."""
    best, length = None, 0
    for link in _LINKS(element):
        if absolute(link.get("href"), base) is None:
            continue
        shown = text_of(link) or link.get("title") or ""
        if best is None or len(shown) > length:
            best, length = link, len(shown)
    return best
