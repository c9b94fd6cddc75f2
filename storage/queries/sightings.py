"""What was seen of an article's pages: where they were listed, how they answered, whether they are gone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, case, or_, select

from storage.models import article as a
from storage.models import fetch, listing, page, run, section, site
from storage.queries.articles import article_number

MOST_VISITS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRow:
    """One URL that shows the article, and what its site says of it."""

    url: str
    state: str
    reason: str | None
    first_seen: datetime
    last_seen: datetime
    misses: int  # removal checks in a row
    suspected_at: datetime | None
    gone_at: datetime | None
    next_visit: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingRow:
    """One section that lists the article; `delisted_at` says since when it no longer does."""

    site: str
    section: str
    title: str | None
    day: date | None
    first_listed: datetime
    last_listed: datetime
    delisted_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitRow:
    """One fetch of a page of the article."""

    at: datetime
    run: str
    url: str
    status: int | None
    result: str
    error: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sightings:
    """Everything seen of an article's pages; of visits the latest, newest first."""

    pages: tuple[PageRow, ...]
    listings: tuple[ListingRow, ...]
    visits: tuple[VisitRow, ...]


def sightings(connection: Connection, id_or_url: str) -> Sightings:
    """Return what was seen of an article. :raises NoSuchArticle: if there is none."""
    number = article_number(connection, id_or_url)
    shown = [column for column in page.c if column.name in PageRow.__dataclass_fields__]
    cited = select(a.c.page_id).where(a.c.id == number).scalar_subquery()
    pages = connection.execute(
        select(page.c.id, *shown).where(or_(page.c.id == cited, page.c.moved_to == cited)).order_by(page.c.id)
    ).all()
    ids = [row.id for row in pages]
    return Sightings(
        pages=tuple(PageRow(**{c.name: row._mapping[c.name] for c in shown}) for row in pages),
        listings=_listings(connection, ids),
        visits=_visits(connection, ids),
    )


def _listings(connection: Connection, pages: list[int]) -> tuple[ListingRow, ...]:
    v = listing.c
    rows = connection.execute(
        select(
            site.c.key.label("site"),
            section.c.slug.label("section"),
            case((a.c.withheld.is_(None), v.title)).label("title"),
            v.day,
            v.first_listed,
            v.last_listed,
            v.delisted_at,
        )
        .join_from(listing, section, section.c.id == v.section_id)
        .join(site, site.c.id == section.c.site_id)
        .join(page, page.c.id == v.page_id)
        .join(a, a.c.id == page.c.article_id)
        .where(v.page_id.in_(pages))
        .order_by(v.first_listed, site.c.key, section.c.slug)
    )
    return tuple(ListingRow(**row._mapping) for row in rows)


def _visits(connection: Connection, pages: list[int]) -> tuple[VisitRow, ...]:
    v = fetch.c
    rows = connection.execute(
        select(v.at, run.c.key.label("run"), v.url, v.status, v.result, v.error)
        .join_from(fetch, run, run.c.id == v.run_id)
        .where(v.page_id.in_(pages))
        .order_by(v.id.desc())
        .limit(MOST_VISITS)
    )
    return tuple(VisitRow(**row._mapping) for row in rows)
