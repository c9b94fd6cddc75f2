"""In which section lists name a page: what tells how an imported page of a known site is to be read."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, select

from storage.database.bulk import is_wanted, select_rows
from storage.models import listing, section
from storage.writing.pages import page_numbers

_LISTINGS = (
    select(listing.c.page_id, section.c.slug)
    .join(section, section.c.id == listing.c.section_id)
    .where(is_wanted(listing.c.page_id))
    .order_by(section.c.id.desc())
)


def listed_sections(connection: Connection, urls: Iterable[str]) -> dict[str, str]:
    """Return the slug of the first section that lists the page of each URL, where one does."""
    numbers = page_numbers(connection, urls)
    slugs = {row.page_id: row.slug for row in select_rows(connection, _LISTINGS, set(numbers.values()))}
    return {url: slugs[number] for url, number in numbers.items() if number in slugs}
