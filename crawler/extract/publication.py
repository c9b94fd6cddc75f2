"""When an article was published: what a page states, by trust, and what lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from crawler.extract.dates import Conventions, DateReading, read_compact, read_date
from crawler.extract.head import Head

_META_NAMES = (
    "pubdate", "publishdate", "publish_date", "publishtime", "firstpublishedtime", "article:published_time",
    "og:published_time", "datepublished", "date_published", "publish-date", "publication_date", "citation_publication_date",
    "dc.date.issued", "dcterms.issued", "dc.date.created", "dcterms.created", "dc.date", "dcterms.date", "sailthru.date",
    "parsely-pub-date", "bt:pubdate", "rnews:datepublished", "cxenseparse:recs:publishtime", "date",
)  # fmt: skip
_LABEL = re.compile(
    r"(?:发布日期|发布时间|发表时间|发表日期|发稿时间|发佈日期|發布日期|公開日|掲載日|发文日期|成文日期|时间|日期"
    r"|date published|published(?: on)?|publication date|posted(?: on)?|release date|datum|veröffentlicht am|erschienen am"
    r"|publié le|fecha|publicado (?:el|em))\s?[:：]?\s{0,3}",
    re.IGNORECASE,
)
_URL_FORMS = (
    re.compile(r"/(?P<year>(?:19|20)\d\d)[/_-](?P<month>[01]?\d)[/_-](?P<day>[0-3]?\d)(?:[/_-]|$)"),
    re.compile(r"/(?P<year>(?:19|20)\d\d)-(?P<month>[01]?\d)/(?P<day>[0-3]\d)/"),
)
_URL_COMPACT = re.compile(r"(?:/t?|_)((?:19|20)\d\d[01]\d[0-3]\d)(?=[_/.-]|$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class DateOffer:
    """A date that a rule offers."""

    reading: DateReading
    rule: str


def offers_of(
    head: Head, url: str, lines: list[str], ruled: str | None, conventions: Conventions
) -> Iterator[DateOffer]:
    """Yield the dates that a page offers, the most trusted first."""
    if ruled and (reading := read_date(ruled, conventions)):
        yield DateOffer(reading=reading, rule="platform rule")
    for name in _META_NAMES:
        value = head.metas.get(name)
        if value and (reading := read_date(value, conventions) or _compact_reading(value)):
            yield DateOffer(reading=reading, rule=f"meta {name}")
    for item in head.schema:
        value = item.get("datePublished") or item.get("dateCreated")
        if isinstance(value, str) and (reading := read_date(value, conventions)):
            yield DateOffer(reading=reading, rule="schema datePublished")
    for line in lines:
        if len(line) <= 200 and (label := _LABEL.search(line)):
            reading = read_date(line[label.end() :], conventions)
            if reading and reading.start <= 3:
                yield DateOffer(reading=reading, rule=f"label {label[0].strip(' :：')}")
    if (day := date_in_url(url)) is not None:
        yield DateOffer(reading=DateReading(value=day, start=0, end=0), rule="url")


def date_in_url(url: str) -> date | None:
    """Return the day that an address states."""
    for form in _URL_FORMS:
        if match := form.search(url):
            try:
                return date(int(match["year"]), int(match["month"]), int(match["day"]))
            except ValueError:
                continue
    match = _URL_COMPACT.search(url)
    return read_compact(match[1]) if match else None


def _compact_reading(value: str) -> DateReading | None:
    day = read_compact(value)
    return DateReading(value=day, start=0, end=len(value)) if day else None


def in_time(value: date | datetime, now: datetime | None) -> bool:
    """Return whether *value* is no later than a day after the fetch."""
    if now is None:
        return True
    day = value.date() if isinstance(value, datetime) else value
    return day <= (now + timedelta(days=1)).date()
