"""Row numbers of sites and sections, known after the first visit that names them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, select

from storage.models import section
from storage.records import SectionRecord, SiteRecord
from storage.writing.runs import Run, ensure_section, ensure_site

UNNAMED = "list"  # the section of a list page that names none


class SiteNumbers:
    """The sites and sections a run writes to.

    What a transaction adds is kept by `kept_if_written` only: after a rollback its numbers mean nothing.
    """

    def __init__(self, run: Run) -> None:
        self._sites: dict[str, int] = {}
        self._sections: dict[tuple[int, str], int] = {}
        if run.site is not None and run.site_id is not None:
            self._sites[run.site.key] = run.site_id
            self._sections = {(run.site_id, slug): number for slug, number in run.section_ids.items()}
        self._added_sites: dict[str, int] = {}
        self._added_sections: dict[tuple[int, str], int] = {}

    def site(self, connection: Connection, record: SiteRecord) -> int:
        """Return the row number of a site, made if it is new."""
        number = self._sites.get(record.key) or self._added_sites.get(record.key)
        if number is None:
            number = self._added_sites[record.key] = ensure_site(connection, record)
        return number

    def section(self, connection: Connection, site_id: int, slug: str | None) -> int | None:
        """Return the row number of a section, made if it is new; None for no section."""
        if slug is None:
            return None
        place = (site_id, slug)
        number = self._sections.get(place) or self._added_sections.get(place)
        if number is None:
            number = self._added_sections[place] = _find_or_make(connection, site_id, slug)
        return number

    @contextmanager
    def kept_if_written(self) -> Iterator[None]:
        """Keep what the transaction within adds, if it is committed."""
        try:
            yield
            self._sites |= self._added_sites
            self._sections |= self._added_sections
        finally:
            self._added_sites, self._added_sections = {}, {}


def _find_or_make(connection: Connection, site_id: int, slug: str) -> int:
    found = connection.scalar(
        select(section.c.id).where(section.c.site_id == site_id, section.c.slug == slug)
    )
    return found or ensure_section(connection, site_id, SectionRecord(slug=slug, title=slug, url=""))
