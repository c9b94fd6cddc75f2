"""What list pages name: pages and listings, kept before any article is asked for."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, bindparam, select, update

from storage.database.bulk import insert_rows, is_wanted, select_rows
from storage.evidence.payloads import with_payloads
from storage.models import listing, section
from storage.records import Change, DuePage, Listed, ListPage, Outcome, PageState
from storage.safe_text import storable
from storage.writing.page_states import is_due

if TYPE_CHECKING:
    from storage.writing.page_states import PageEntry
    from storage.writing.pages import Pages
    from storage.writing.runs import Run

LEFT = frozenset({PageState.GONE, PageState.MOVED})
_BEFORE = select(listing.c.page_id, listing.c.delisted_at).where(
    listing.c.section_id == bindparam("section"), is_wanted(listing.c.page_id)
)
_OPEN_WALK = update(section).where(section.c.id == bindparam("opened")).values(walk_open=True)
UPDATE = (
    update(listing)
    .where(
        listing.c.section_id == bindparam("given_section_id"), listing.c.page_id == bindparam("given_page_id")
    )
    .values(
        title=bindparam("given_title"),
        day=bindparam("given_day"),
        last_listed=bindparam("given_last_listed"),
        run_id=bindparam("given_run_id"),
        delisted_at=None,
    )
)


def record_list_page(
    connection: Connection,
    pages: Pages,
    found: ListPage,
    *,
    run: Run,
    site_id: int,
    section_id: int,
    at: datetime,
    slug: str,
) -> Outcome:
    """Keep the entries of a list page; return which of them to fetch now."""
    entries: dict[int, tuple[Listed, PageEntry]] = {}
    for entry in found.entries:
        page = pages.at(entry.url, site_id=site_id, first_seen=at)
        entries.setdefault(page.id, (entry, page))
    before = _listed_before(connection, section_id, list(entries))
    due = []
    for entry, page in entries.values():
        came_back = page.state in LEFT and page.id in before and _was_absent(before[page.id], page)
        page.last_seen = max(page.last_seen, at)
        if came_back or is_due(page, run.revisit, now=max(at, run.started_at), run_id=run.id):
            due.append((page.id, due_page(page, entry, slug)))
    pages.write()  # listings refer to them
    if found.number == 1:
        connection.execute(_OPEN_WALK, {"opened": section_id})
    _write(connection, entries, before, section_id=section_id, run_id=run.id, at=at)
    return Outcome(
        change=Change.LISTED,
        due=tuple(with_payloads(connection, due)),
        new_entries=len(entries.keys() - before.keys()),
    )


def due_page(page: PageEntry, entry: Listed, slug: str | None) -> DuePage:
    """Return *page*, as *entry* names it, with what a conditional request needs."""
    fetched = page.article_id is not None
    is_conditional = fetched and not page.attempts  # some servers fail over a condition, again and again
    return DuePage(
        url=entry.url,
        section=slug,
        title=entry.title,
        day=entry.day,
        etag=page.etag if is_conditional else None,
        last_modified=page.last_modified if is_conditional else None,
        attempts=page.attempts,
        is_revisit=fetched,
    )


def _was_absent(delisted_at: datetime | None, page: PageEntry) -> bool:
    return delisted_at is not None or (page.gone_at is not None and page.last_seen < page.gone_at)


def _listed_before(
    connection: Connection, section_id: int, page_ids: list[int]
) -> dict[int, datetime | None]:
    rows = select_rows(connection, _BEFORE, page_ids, section=section_id)
    return {row.page_id: row.delisted_at for row in rows}


def _write(
    connection: Connection,
    entries: dict[int, tuple[Listed, PageEntry]],
    before: dict[int, datetime | None],
    *,
    section_id: int,
    run_id: int,
    at: datetime,
) -> None:
    new: list[dict[str, Any]] = []
    again: list[dict[str, Any]] = []
    for page_id, (entry, _page) in entries.items():
        place = {"section_id": section_id, "page_id": page_id}
        said = {"title": storable(entry.title), "day": entry.day, "last_listed": at, "run_id": run_id}
        if page_id in before:
            again.append({f"given_{name}": value for name, value in {**place, **said}.items()})
        else:
            new.append({**place, **said, "first_listed": at, "delisted_at": None})
    insert_rows(connection, listing, new)
    if again:
        connection.execute(UPDATE, again)
