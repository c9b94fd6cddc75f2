"""How much was published, how late we saw it, and what was edited or removed: numbers for plots.

Counts by published day are ranges of document numbers, so that an index answers them alone.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    Connection,
    Date,
    Integer,
    Select,
    case,
    cast,
    func,
    literal,
    literal_column,
    select,
    true,
)

from storage.database.row_lists import as_list
from storage.models import article as a
from storage.models import listing, page, revision, run, section, site
from storage.queries.changes import gone_pages
from storage.records import Cause
from storage.search.document_numbers import DATED, day_of, first_number

OBSERVED = 10_000  # delays are of the newest so many articles
JULIAN_DAY_OF_ORDINAL_ZERO = 1721424.5


class Span(NamedTuple):
    """Days from `first` up to `end`, which is not one of them."""

    first: date
    end: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedCount:
    """How many articles of a site were published in a span."""

    span: Span
    site: str
    articles: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeCount:
    """How many articles were edited by their publishers, and how many removed, in a span."""

    span: Span
    edited: int
    removed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Delay:
    """How many articles we first saw so many whole days (UTC) after they were published."""

    days: int
    articles: int


def published_between(connection: Connection) -> Span | None:
    """Return the days of the first and the last dated article, None where there is none."""
    dated = a.c.document >= DATED
    first, last = (connection.scalar(select(f(a.c.document)).where(dated)) for f in (func.min, func.max))
    if first is None or last is None:
        return None
    return Span(day_of(first), day_of(last))


def published_counts(connection: Connection, spans: Sequence[Span]) -> list[PublishedCount]:
    """Return the articles of each site in each of *spans*, where there are any."""
    numbers = [list(map(first_number, span)) for span in spans]
    counted = _counted_by_site if connection.dialect.name == "sqlite" else _counted_by_span
    found = counted(numbers).subquery()
    keys, indices, counts = connection.execute(select(*(as_list(connection, one) for one in found.c))).one()
    return [
        PublishedCount(span=spans[index], site=key, articles=count)
        for key, index, count in sorted(zip(keys, indices, counts, strict=True))
        if count
    ]


def _counted_by_site(spans: Sequence[Sequence[int]]) -> Select[Any]:
    """Return what counts the articles of each site, one after the other, from and up to document numbers."""
    table = func.json_each(json.dumps(spans)).table_valued("key", "value", name="span", joins_implicitly=True)
    first, end = (func.json_extract(table.c.value, f"$[{place}]") for place in range(2))
    within = (a.c.site_id == site.c.id, a.c.document >= first, a.c.document < end)
    articles = select(func.count()).where(*within).scalar_subquery()
    return select(site.c.key.label("site"), table.c.key, articles.label("articles"))


def _counted_by_span(spans: Sequence[Sequence[int]]) -> Select[Any]:
    """Return the same for PostgreSQL, which sooner reads each span once than starts anew for each site."""
    firsts, ends = (literal([span[place] for span in spans], ARRAY(BigInteger)) for place in range(2))
    rows = func.unnest(firsts, ends).table_valued("first", "end", with_ordinality="number")
    table = rows.render_derived(name="span")
    inside = (a.c.document >= table.c.first, a.c.document < table.c.end)
    of_site = select(a.c.site_id, func.count().label("articles")).where(*inside).group_by(a.c.site_id)
    counted = of_site.lateral("counted")
    return (
        select(site.c.key.label("site"), table.c.number - 1, counted.c.articles)
        .join_from(table, counted, true())
        .join(site, site.c.id == counted.c.site_id)
    )


def published_outside(connection: Connection, drawn: Span) -> int:
    """Return how many articles are undated, or were published before or after the days of *drawn*."""
    first, end = map(first_number, drawn)
    dated_before = (a.c.document >= DATED, a.c.document < first)
    if connection.scalar(select(a.c.id).where(*dated_before).limit(1)) is None:
        return _number(connection, a.c.document < first) + _number(connection, a.c.document >= end)
    # Those before may be nearly all: all are sooner counted, by the smallest of the indexes, than many.
    return _number(connection) - _number(connection, a.c.document >= first, a.c.document < end)


def _number(connection: Connection, *conditions: ColumnElement[bool]) -> int:
    return connection.scalar(select(func.count()).select_from(a).where(*conditions)) or 0


def publication_delays(connection: Connection) -> list[Delay]:
    """Return the delays of the newest articles, least first.

    What was there when we first walked the section to its end is backlog and is left out, however long
    after it was fetched.
    """
    newest = select(func.max(a.c.id)).scalar_subquery()
    found = (
        select((_day_number(connection, a.c.first_seen) - a.c.document // DATED).label("days"))
        .join_from(a, section, section.c.id == a.c.section_id)
        .where(
            a.c.id > newest - OBSERVED,
            a.c.document >= DATED,
            section.c.backfilled_at < a.c.first_seen,
            ~_was_listed_by_then(),
            a.c.page_id.not_in(_led_to_by_then()),
        )
        .subquery()
    )
    is_ahead = found.c.days < 0  # by a day, of UTC
    delay = case((is_ahead, literal_column("0")), else_=found.c.days)
    counted = select(delay.label("days"), func.count().label("articles")).group_by(delay).order_by(delay)
    return [Delay(days=row.days, articles=row.articles) for row in connection.execute(counted)]


def _was_listed_by_then() -> ColumnElement[bool]:
    """Return whether the section of an article listed its page by the end of its first walk."""
    in_time = listing.c.first_listed <= section.c.backfilled_at
    is_it = (listing.c.section_id == a.c.section_id) & (listing.c.page_id == a.c.page_id)
    return select(listing.c.page_id).where(is_it, in_time).correlate(a, section).exists()


def _led_to_by_then() -> Select[Any]:
    """Return what selects the pages to which others moved that the first walk of a section listed."""
    walked = section.alias("walked")
    entry = select(listing.c.page_id).join_from(listing, walked, walked.c.id == listing.c.section_id)
    in_time = listing.c.first_listed <= walked.c.backfilled_at
    was_listed = entry.where(listing.c.page_id == page.c.id, in_time).correlate(page).exists()
    return select(page.c.moved_to).where(page.c.moved_to.is_not(None), was_listed)


def watched_since(connection: Connection) -> date | None:
    """Return the day (UTC) of the first run, None before it."""
    started = connection.scalar(select(run.c.started_at).order_by(run.c.id).limit(1))
    return started.astimezone(UTC).date() if started else None


def change_counts(connection: Connection, spans: Sequence[Span]) -> list[ChangeCount]:
    """Return what was edited and removed in each of *spans*."""
    edited = _per_span(_edits(connection), spans)
    removed = _per_span(_removals(connection), spans)
    return [ChangeCount(span=span, edited=edited[span], removed=removed[span]) for span in spans]


def _edits(connection: Connection) -> Iterator[tuple[date, int]]:
    """Yield the days on which publishers edited articles, and how many; an index has just these revisions."""
    # Written into the statement: by a value that is bound later, no engine knows that the index is of them.
    edited = revision.c.cause == literal(Cause.EDITED.value, literal_execute=True)
    return _by_day(connection, select(_day_number(connection, revision.c.seen_at).label("day")).where(edited))


def _removals(connection: Connection) -> Iterator[tuple[date, int]]:
    few = gone_pages().cte("few").prefix_with("MATERIALIZED")
    removals = select(_day_number(connection, few.c.gone_at).label("day")).join_from(
        few, a, (a.c.id == few.c.article_id) & (a.c.page_id == few.c.id)
    )
    return _by_day(connection, removals)


def _by_day(connection: Connection, moments: Select[int]) -> Iterator[tuple[date, int]]:
    days = moments.subquery()
    counted = select(days.c.day, func.count()).group_by(days.c.day)
    return ((date.fromordinal(row[0]), row[1]) for row in connection.execute(counted))


def _per_span(days: Iterable[tuple[date, int]], spans: Sequence[Span]) -> Counter[Span]:
    counts: Counter[Span] = Counter()
    firsts = [span.first for span in spans]
    for day, number in days:
        place = bisect_right(firsts, day) - 1
        if place >= 0 and day < spans[place].end:
            counts[spans[place]] += number
    return counts


def _day_number(connection: Connection, moment: ColumnElement[datetime]) -> ColumnElement[int]:
    """Return the ordinal of the day (UTC) of *moment*."""
    if connection.dialect.name == "sqlite":
        days = func.julianday(func.date(moment)) - JULIAN_DAY_OF_ORDINAL_ZERO
        return cast(days, Integer)
    day = cast(func.timezone("UTC", moment), Date)
    return cast(day - literal(date.min, Date), Integer) + 1
