"""The sections of a site with what the archive holds of each."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from storage.models import article as a
from storage.models import listing, section, site
from storage.safe_text import storable


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionRow:
    """A section, how far it was walked and what came of it."""

    site: str
    slug: str
    title: str
    url: str
    backfilled_at: datetime | None  # first walked to its end
    last_full_walk: datetime | None
    stated_total: int | None  # what the site claims
    listed: int  # pages it ever listed
    articles: int  # articles that came from it


def section_rows(connection: Connection, site_key: str | None) -> list[SectionRow]:
    """Return the sections of a site, or of all."""
    listed = select(func.count()).where(listing.c.section_id == section.c.id).scalar_subquery()
    articles = (
        select(func.count())
        .where(a.c.site_id == section.c.site_id, a.c.section_id == section.c.id)
        .scalar_subquery()
    )
    statement = select(
        site.c.key.label("site"),
        section.c.slug,
        section.c.title,
        section.c.url,
        section.c.backfilled_at,
        section.c.last_full_walk,
        section.c.stated_total,
        listed.label("listed"),
        articles.label("articles"),
    ).join_from(section, site, site.c.id == section.c.site_id)
    if site_key is not None:
        statement = statement.where(site.c.key == storable(site_key))
    rows = connection.execute(statement.order_by(site.c.key, section.c.slug))
    return [SectionRow(**row._mapping) for row in rows]


def section_titles(connection: Connection, sites: Collection[str]) -> Mapping[tuple[str, str], str]:
    """Return what the sections of *sites* are called, by site and slug; none without a title."""
    statement = (
        select(site.c.key, section.c.slug, section.c.title)
        .join_from(section, site, site.c.id == section.c.site_id)
        .where(site.c.key.in_([*map(storable, sites)]), section.c.title != "")
    )
    return {(key, slug): title for key, slug, title in connection.execute(statement)}
