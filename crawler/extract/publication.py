"""When an article was published: what a page states, by trust, and what lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from crawler.extract.body import Body
from crawler.extract.dates import Conventions, DateReading, conventions_of, read_compact, read_date
from crawler.extract.head import Head
from crawler.extract.page import Page
from crawler.extract.rules import Rules, values_of
from crawler.extract.types import Candidate

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """The publication date that won, its rule (or why there is none), and all that were offered."""

    value: date | datetime | None
    rule: str
    candidates: tuple[Candidate, ...] = ()


def read_publication(page: Page, head: Head, body: Body, rules: Rules | None) -> Publication:
    """Return when the article of *page* was published."""
    context = page.context
    conventions = conventions_of(
        country=context.country,
        language=context.language or head.language,
        zone=context.timezone,
        now=context.fetched_at,
    )
    ruled = next(values_of(page.tree, rules.date), None) if rules else None
    lines = [block.text for reading in body.readings for block in reading.blocks]
    offers = [
        offer
        for offer in offers_of(head, page.url, lines, ruled, conventions)
        if in_time(offer.reading.value, context.fetched_at)
    ]
    candidates = tuple(
        Candidate(field="published", value=str(offer.reading.value), rule=offer.rule) for offer in offers
    )
    if not offers:
        if context.listed_date is not None:
            return Publication(value=context.listed_date, rule="list row")
        return Publication(value=None, rule="none: no date in text, metas or URL")
    value = offers[0].reading.value
    if isinstance(value, datetime) and value.tzinfo is None:
        value = value.date()
    return Publication(value=value, rule=offers[0].rule, candidates=candidates)


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
