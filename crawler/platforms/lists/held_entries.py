"""Entries that JSON holds, in scripts of a page or as an answer: of these a browser would make the list."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, tzinfo
from itertools import chain
from typing import TYPE_CHECKING, Any, TypeAlias

from crawler.extract.countries import country_of
from crawler.extract.dates.written import conventions_of, read_epoch
from crawler.extract.dates.zones import zone_of_country
from crawler.extract.title import clean_title
from crawler.extract.types import ListEntry
from crawler.platforms.lists.headlines import headline_weight
from crawler.platforms.lists.links import absolute, base_of, host_of
from crawler.platforms.lists.list_evidence import reads_like_headlines
from crawler.platforms.lists.listed_dates import read_listed_date

if TYPE_CHECKING:
    from crawler.extract.markup.page import Page

Entries: TypeAlias = tuple[ListEntry, ...]

_LEAST_ENTRIES = 3
_DEEPEST = 2  # records inside of a record: JSON:API has `attributes`, and in these `path`
_WRAPPED = frozenset(("rendered", "value", "text", "href", "alias"))
_TITLE = re.compile(
    r"(?:doc|article|news|post|info|page|link)?_?(?:title|headline|heading|subject|name)", re.IGNORECASE
)
_TITLE_ELSEWHERE = re.compile(r"t[íi]tulo|titel|titre|titolo|tytul|judul|baslik", re.IGNORECASE)
_URL = re.compile(
    r"(?:doc|article|news|page|detail|link)?_?(?:pub)?(?:url|link|href|permalink|path)", re.IGNORECASE
)
_TOTAL = re.compile(
    r"total_?(?:count|records?|rows?|elements|hits|num|results?|items|matches|entries|articles|documents)?"
    r"|num_?found|row_?count|record_?count|records_?filtered",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"\w{0,20}(?:date|time|created|published)\w{0,5}|(?:fecha|datum|data|dt)(?:_?pub\w{0,12})?"
    r"|publi(?:e|cado|cacao|cacion|kace|kacja)\w{0,8}|tanggal|tarih|posted_?(?:on|at)",
    re.IGNORECASE,
)


def held_entries(page: Page, values: Iterable[Any]) -> Entries:
    """Return the longest list of titles with addresses on the host of *page* that *values* of JSON hold."""
    return max(filter(_are_many_headlines, _lists(page, values)), key=len, default=())


def answered_entries(page: Page, values: Sequence[Any], before: Iterable[Any]) -> Entries:
    """Return what an answer of an interface lists, which is a list by itself: a few dated rows are one, too.

    So are the last few, dated or not, behind a page with rows whose values *before* hold others.
    """
    known = {entry.url for each in _lists(page, before) for entry in each}
    few = (each for each in _lists(page, values) if _are_dated(each) or _are_last(page, each, known))
    return held_entries(page, values) or max(few, key=len, default=())


def _are_dated(entries: Entries) -> bool:
    return all(entry.date for entry in entries)


def _are_last(page: Page, entries: Entries, known: Collection[str]) -> bool:
    """Return whether *entries* stand behind a list, and not beside it on each page."""
    before = page.context.list_before
    return before is not None and any(each.url not in known or each.url in before.listed for each in entries)


def _lists(page: Page, values: Iterable[Any]) -> Iterator[Entries]:
    for records in values:
        if isinstance(records, list):
            yield tuple({entry.url: entry for entry in _entries(page, records)}.values())


def _are_many_headlines(entries: Entries) -> bool:
    weights = [headline_weight(entry.title, entry.url) for entry in entries]
    return len(entries) >= _LEAST_ENTRIES and reads_like_headlines(weights)


def stated_in(values: Iterable[Any]) -> int | None:
    """Return the number of entries that *values* of JSON state, if any."""
    return next(chain.from_iterable(map(_totals_of, values)), None)


def stated_beside(values: Iterable[Any], count: int) -> int | None:
    """Return the number of entries that one of *values* states beside its list of *count* or more."""
    beside = [value for value in values if isinstance(value, dict) and _holds_a_list(value, count)]
    totals = chain.from_iterable(map(_totals_of, beside))
    counts = (_whole(value.get("count")) for value in beside)  # as many as are shown may be those of a page
    return next(
        chain((each for each in totals if each >= count), (each for each in counts if each > count)), None
    )


def _totals_of(record: Any) -> Iterator[int]:
    for name, value in record.items() if isinstance(record, dict) else ():
        if _TOTAL.fullmatch(name) and type(value) is int:
            yield value


def _whole(value: Any) -> int:
    return value if type(value) is int else 0


def _holds_a_list(record: dict[str, Any], count: int) -> bool:
    return any(isinstance(value, list) and len(value) >= count for value in record.values())


def _entries(page: Page, records: list[Any]) -> Iterator[ListEntry]:
    base, zone = base_of(page), _zone_of(page)
    for record in records:
        fields = dict(_fields(record)) if isinstance(record, dict) else {}
        title = _named(_TITLE, fields) or _named(_TITLE_ELSEWHERE, fields)
        address = _named(_URL, fields)
        url = absolute(address, base)
        if title and url and url != page.url and host_of(url) == host_of(page.url):
            dates = (_day_of(value, zone) for name, value in fields.items() if _DATE.fullmatch(name))
            yield ListEntry(url=url, title=clean_title(title), date=next(filter(None, dates), None))


def _named(names: re.Pattern[str], fields: dict[str, str]) -> str:
    return next((value for name, value in fields.items() if names.fullmatch(name)), "")


def _day_of(value: str, zone: tzinfo | None) -> date | None:
    """Return the day that *value* states, that of an epoch time on the calendar of *zone*, if it is known."""
    moment = read_epoch(value)
    if moment is None:
        return read_listed_date(value)
    return moment.astimezone(zone).date() if zone else None


def _zone_of(page: Page) -> tzinfo | None:
    """Return the zone on whose calendar *page* puts its days, None where its country has several."""
    context, country = page.context, page.context.country or country_of(page.url, "") or ""
    conventions = conventions_of(country=country, language=context.language, zone=context.timezone)
    return conventions.zone or zone_of_country(country)


def _fields(record: dict[str, Any], depth: int = 0) -> Iterator[tuple[str, str]]:
    """Yield the texts of *record* and, behind them, of the records inside it.

    What an inner record only wraps goes by the outer name: `"title": {"rendered": "..."}`.
    """
    for name, value in record.items():
        if isinstance(value, str):
            yield name, value
        elif type(value) is int and read_epoch(str(value)):
            yield name, str(value)
    for name, inner in record.items():
        if isinstance(inner, dict) and depth < _DEEPEST:
            for inner_name, value in _fields(inner, depth + 1):
                yield name if inner_name in _WRAPPED else inner_name, value
