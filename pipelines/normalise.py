"""Make a scraped article comparable: one Unicode form, one kind of space, one calendar.

Nothing a reader would see is changed: quotes, dashes and full-width letters stay as they were
published. What is folded for comparison alone is folded in `storage.digests`.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from pipelines.blanks import single_spaced
from pipelines.errors import EmptyBody, MissingTitle, RejectedArticle
from pipelines.items import ScrapedArticle
from storage.records import (
    Article,
    BodyKind,
    Fetch,
    Link,
    NoArticle,
    Precision,
    Rejected,
    Table,
    Visit,
)
from storage.url_keys import lasting_url

# Invisible: C0/C1 controls but tab and newlines, soft hyphen, zero-width marks, direction overrides
# (they let a title read backwards), byte order mark, lone surrogates (no database takes them),
# noncharacters.
INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u180e\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
)
CLOCK_SKEW = timedelta(days=1)  # a site's clock, or its zone, may be ahead of ours
EARLIEST_YEAR = 1900


def clean_line(text: str) -> str:
    """Return *text* as one line: NFC, nothing invisible, each run of white space one space."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", INVISIBLE.sub("", text))
    elif not text.isprintable():
        text = INVISIBLE.sub("", text)
    return single_spaced(text)


def normalise(scraped: ScrapedArticle, *, timezone: str | None, fetched_at: datetime) -> Article:
    """Return *scraped* with clean text and a typed date.

    *timezone* is the site's: `published_day` is the day on its calendar, or, where nobody declared one,
    the day as the page shows it; `published_at` is UTC.

    :raises MissingTitle: if no headline is left.
    :raises EmptyBody: if neither text nor anything that could stand for it is left.
    """
    if not (title := clean_line(scraped.title)):
        raise MissingTitle
    paragraphs = tuple(filter(None, map(clean_line, scraped.paragraphs)))
    if not paragraphs and not _has_another_body(scraped):
        raise EmptyBody(title)
    published = _published(scraped.published, timezone, fetched_at)
    return Article(
        title=title,
        paragraphs=paragraphs,
        body_kind=scraped.body_kind,
        published_day=published.day,
        published_at=published.at,
        published_offset=published.offset,
        published_precision=published.precision,
        published_from=published.reason or scraped.published_from,
        source=_clean_value(scraped.source),
        author=_clean_value(scraped.author),
        editor=_clean_value(scraped.editor),
        language=scraped.language,
        tables=tuple(map(_clean_table, scraped.tables)),
        attachments=tuple(map(_clean_document, scraped.attachments)),
        images=tuple(map(_clean_link, scraped.images)),
        mentions=scraped.mentions,
        extractor_version=scraped.extractor_version,
        template_version=scraped.template_version,
    )


def _has_another_body(scraped: ScrapedArticle) -> bool:
    return scraped.body_kind is not BodyKind.TEXT or any(any(map(any, table)) for table in scraped.tables)


def _clean_value(value: str | None) -> str | None:
    return clean_line(value) or None if value else None


def _clean_table(table: Table) -> Table:
    return tuple(tuple(map(clean_line, row)) for row in table)


def _clean_link(link: Link) -> Link:
    return replace(link, url=INVISIBLE.sub("", link.url), title=_clean_value(link.title))


def _clean_document(link: Link) -> Link:
    """Return the link of a document, whose address would otherwise be another at every visit."""
    cleaned = _clean_link(link)
    return replace(cleaned, url=lasting_url(cleaned.url))


class Published(NamedTuple):
    """A publication date as it is stored: day on the site's calendar, UTC time, or the reason of neither."""

    day: date | None = None
    at: datetime | None = None
    offset: int | None = None
    precision: Precision | None = None
    reason: str | None = None


def _published(value: datetime | date | None, timezone: str | None, fetched_at: datetime) -> Published:
    if value is None:
        return Published()
    if isinstance(value, datetime) and value.tzinfo is None:
        return Published(reason=f"none: {value.isoformat()} has no time zone")
    day = _day_on(value, ZoneInfo(timezone) if timezone else None)
    if day > (fetched_at + CLOCK_SKEW).date():
        return Published(reason=f"none: {day.isoformat()} lies in the future")
    if day.year < EARLIEST_YEAR:
        return Published(reason=f"none: {day.isoformat()} lies before {EARLIEST_YEAR}")
    if not isinstance(value, datetime):
        return Published(day=day, precision=Precision.DAY)
    precision = Precision.SECOND if value.second else Precision.MINUTE
    offset = int((value.utcoffset() or timedelta()).total_seconds() // 60)
    return Published(day=day, at=value.astimezone(UTC), offset=offset, precision=precision)


def _day_on(value: datetime | date, zone: ZoneInfo | None) -> date:
    if not isinstance(value, datetime):
        return value
    return (value.astimezone(zone) if zone else value).date()


class NormalisePipeline:
    """First stage."""

    def process_item(self, item: Visit[ScrapedArticle | NoArticle]) -> Visit[Article | NoArticle]:
        """Return the visit with its article normalised, or rejected with the reason."""
        if not isinstance(item.result, ScrapedArticle):
            return Visit(fetch=item.fetch, parts=item.parts, result=item.result)
        return Visit(fetch=item.fetch, parts=item.parts, result=_normalised(item.result, item.fetch))


def _normalised(scraped: ScrapedArticle, fetch: Fetch) -> Article | Rejected:
    try:
        return normalise(scraped, timezone=fetch.site.timezone, fetched_at=scraped.read_at or fetch.at)
    except RejectedArticle as error:
        return Rejected(reason=error.reason, detail=str(error))
