"""The frontier: pages to fetch that no list page of the run will necessarily name."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, and_, bindparam, func, or_, select

from storage.database.bulk import is_wanted, select_rows
from storage.evidence.payloads import with_payloads
from storage.models import fetch, listing, page, section
from storage.records import DuePage, FailureCause, Listed, PageState, Revisit
from storage.rows import Unfetched
from storage.writing.listings import due_page
from storage.writing.page_states import FORBIDDEN, REFUSALS, is_due
from storage.writing.pages import SELECT, entry_of
from storage.writing.revisits import FARTHEST

if TYPE_CHECKING:
    from storage.writing.page_states import PageEntry
    from storage.writing.runs import Run

LONGEST_MOVE = 5  # redirects that a crawl follows one after the other
NEVER_ARCHIVED = (PageState.LISTED.value, PageState.LOST.value)
_MOVED_HERE = select(page.c.moved_to, page.c.id).where(is_wanted(page.c.moved_to)).order_by(page.c.id.desc())
_LISTINGS = (
    select(listing.c.page_id, listing.c.title, listing.c.day, section.c.slug)
    .join(section, section.c.id == listing.c.section_id)
    .where(is_wanted(listing.c.page_id), section.c.site_id == bindparam("site"))
    .order_by(section.c.id.desc())
)


def due_pages(
    connection: Connection, run: Run, *, revisit: Revisit, now: datetime, sections: Collection[str] | None
) -> list[DuePage]:
    """Return the site's pages that are due, in the order they were first seen."""
    conditions = [page.c.site_id == run.site_id]
    if revisit is Revisit.DUE:
        too_far = page.c.next_visit > now + FARTHEST
        conditions.append(or_(page.c.next_visit <= now, too_far, page.c.state.in_(NEVER_ARCHIVED)))
    elif revisit is Revisit.NONE:
        conditions.append(page.c.state.in_(NEVER_ARCHIVED))
    pages = [entry_of(row) for row in connection.execute(SELECT.where(*conditions).order_by(page.c.id))]
    due = [entry for entry in pages if is_due(entry, revisit, now=now, run_id=run.id)]
    listings = _listings_of(connection, run, {entry.id for entry in due})
    wanted = [
        (entry.id, _due_page(entry, listings.get(entry.id)))
        for entry in due
        if sections is None or entry.id not in listings or listings[entry.id].slug in sections
    ]
    return with_payloads(connection, wanted)


def unfetched_pages(connection: Connection, run: Run) -> Unfetched:
    """Return how many listed pages of the run's site were neither archived nor rejected yet."""
    is_listed = select(listing.c.page_id).where(listing.c.page_id == page.c.id).exists()
    waiting = (
        select(page.c.state, func.count().label("pages"))
        .where(page.c.site_id == run.site_id, page.c.state.in_(NEVER_ARCHIVED), is_listed)
        .group_by(page.c.state)
    )
    pages = {row.state: row.pages for row in connection.execute(waiting)}
    return Unfetched(lost=pages.get(PageState.LOST, 0), waiting=pages.get(PageState.LISTED, 0))


def denied_pages(connection: Connection, run: Run) -> dict[str, int]:
    """Return how many listed pages the site of the run refused when they were last asked for, by section."""
    lost = and_(page.c.state == PageState.LOST.value, page.c.reason.in_([each.value for each in REFUSALS]))
    rejected = and_(page.c.state == PageState.REJECTED.value, page.c.reason.in_(FORBIDDEN))
    statement = (
        select(section.c.slug, func.count().label("pages"))
        .join_from(listing, section, section.c.id == listing.c.section_id)
        .join(page, page.c.id == listing.c.page_id)
        .where(section.c.site_id == run.site_id, or_(lost, rejected))
        .group_by(section.c.slug)
    )
    return {row.slug: row.pages for row in connection.execute(statement)}


def lost_errors(connection: Connection, run: Run, cause: FailureCause) -> set[str]:
    """Return the errors of the visits to pages of the run's site that are lost for that *cause*."""
    lost = (page.c.site_id == run.site_id, page.c.state == PageState.LOST.value, page.c.reason == cause.value)
    errors = select(fetch.c.error).join(page, page.c.id == fetch.c.page_id).where(*lost).distinct()
    return set(filter(None, connection.scalars(errors)))


def _listings_of(connection: Connection, run: Run, page_ids: set[int]) -> dict[int, Any]:
    """Return the listing of each page; no list names one that a listed page moved to: it has that page's."""
    found = _listings(connection, run, page_ids)
    came_from = {number: number for number in page_ids - found.keys()}  # wanted page -> what led to it
    for _ in range(LONGEST_MOVE):
        came_from = _one_move_back(connection, came_from)
        if not came_from:
            break
        of_sources = _listings(connection, run, set(came_from.values()))
        found |= {wanted: of_sources[source] for wanted, source in came_from.items() if source in of_sources}
        came_from = {wanted: source for wanted, source in came_from.items() if source not in of_sources}
    return found


def _one_move_back(connection: Connection, came_from: dict[int, int]) -> dict[int, int]:
    places = set(came_from.values())
    sources = {row.moved_to: row.id for row in select_rows(connection, _MOVED_HERE, places)}
    return {wanted: sources[place] for wanted, place in came_from.items() if place in sources}


def _listings(connection: Connection, run: Run, page_ids: set[int]) -> dict[int, Any]:
    """Return the earliest listing of each page in the run's site."""
    return {row.page_id: row for row in select_rows(connection, _LISTINGS, page_ids, site=run.site_id)}


def _due_page(entry: PageEntry, listed: Any) -> DuePage:
    if listed is None:
        return due_page(entry, Listed(url=entry.url), None)
    return due_page(entry, Listed(url=entry.url, title=listed.title, day=listed.day), listed.slug)
