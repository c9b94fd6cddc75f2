"""In which section lists name a page: what tells how an imported page of a known site is to be read."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, select

from storage.database.bulk import is_wanted, select_rows
from storage.models import listing, section
from storage.safe_text import storable
from storage.url_keys import public_id, url_key
from storage.writing.pages import find_pages

_LISTINGS = (
    select(listing.c.page_id, section.c.slug)
    .join(section, section.c.id == listing.c.section_id)
    .where(is_wanted(listing.c.page_id))
    .order_by(section.c.id.desc())
)


def listed_sections(connection: Connection, urls: Iterable[str]) -> dict[str, str]:
    """Return the slug of the first section that lists the page of each URL, where one does."""
    identities = {url: public_id(storable(url_key(url))) for url in urls}
    numbers = {entry.public_id: entry.id for entry in find_pages(connection, set(identities.values()))}
    slugs = {row.page_id: row.slug for row in select_rows(connection, _LISTINGS, numbers.values())}
    places = {url: numbers.get(identity) for url, identity in identities.items()}
    return {url: slugs[number] for url, number in places.items() if number in slugs}
