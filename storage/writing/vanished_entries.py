"""Entries that a full walk of a section no longer finds: signs of removal or, in bulk, of a redesign."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Connection, and_, exists, func, or_, select, update

from storage.models import listing, page, section_coverage
from storage.records import PageState
from storage.writing import page_states
from storage.writing.leases import now
from storage.writing.pages import SELECT, entry_of, update_pages

if TYPE_CHECKING:
    from sqlalchemy import Row

    from storage.writing.runs import Run

DRIFT_SHARE = 0.2  # entries vanishing in bulk are drift, not removals
DRIFT_LEAST = 3  # but one or two of a short list are not 'in bulk'
BATCH = 1_000  # pages of a transaction: 0.05 s, where a fifth of a large section may have vanished


@dataclass(frozen=True, slots=True, kw_only=True)
class Vanished:
    """The pages that were listed at the last look and are not in this walk."""

    pages: tuple[int, ...] = ()
    drifted: bool = False  # so many of them that the list, not the articles, must have changed
    replaced: tuple[int, ...] = ()  # pages whose absence is no sign: newer entries took their place, or so

    def suspects(self) -> list[Sequence[int]]:
        """Return the pages to suspect, as many at once as one transaction takes; the last may be none."""
        pages = () if self.drifted else self.pages
        return [pages[start : start + BATCH] for start in range(0, max(len(pages), 1), BATCH)]


def vanished_entries(connection: Connection, run: Run, section_id: int, *, surely: bool) -> Vanished:
    """Return what the full walk of a section that *run* has ended no longer found.

    Nothing but a drift where it did not *surely* end at the end: what it did not list may stand behind it.
    """
    listed = (listing.c.section_id == section_id, listing.c.delisted_at.is_(None))
    known = connection.scalar(select(func.count()).select_from(listing).where(*listed)) or 0
    is_absent = and_(*listed, listing.c.run_id != run.id)
    absent = connection.execute(select(listing).where(is_absent)).all()
    if not absent:
        return Vanished()
    present = and_(*listed, listing.c.run_id == run.id)
    explained = _listed_elsewhere(connection, run, is_absent) | _accounted(connection, is_absent)
    explained |= _renamed(connection, present) & {row.page_id for row in absent}
    others = [row for row in absent if row.page_id not in explained]
    replaced = explained | _pushed_out(connection, present, others)
    pages = tuple(sorted({row.page_id for row in others} - replaced))
    drifted = len(pages) >= DRIFT_LEAST and len(pages) > DRIFT_SHARE * (known - len(replaced))
    if not (surely or drifted):
        return Vanished()
    return Vanished(pages=pages, drifted=drifted, replaced=tuple(sorted(replaced)))


def _listed_elsewhere(connection: Connection, run: Run, absent: ColumnElement[bool]) -> set[int]:
    """Return the pages that other sections list in this run: sections are split, and joined."""
    other = listing.alias("other")
    elsewhere = (other.c.run_id == run.id, other.c.section_id != listing.c.section_id)
    pages = select(other.c.page_id).join(listing, listing.c.page_id == other.c.page_id)
    return set(connection.scalars(pages.where(absent, *elsewhere)))


def _accounted(connection: Connection, absent: ColumnElement[bool]) -> set[int]:
    """Return the pages that were themselves found missing, or were visited since a drift told of them."""
    told = exists().where(
        section_coverage.c.section_id == listing.c.section_id,
        section_coverage.c.full_walk,
        section_coverage.c.vanished >= DRIFT_LEAST,
        section_coverage.c.run_id > listing.c.run_id,
        section_coverage.c.run_id < page.c.last_run_id,
    )
    is_known = or_(page.c.misses > 0, page.c.state == PageState.GONE.value, told)
    pages = select(page.c.id).join(listing, listing.c.page_id == page.c.id).where(absent, is_known)
    return set(connection.scalars(pages))


def _renamed(connection: Connection, present: ColumnElement[bool]) -> set[int]:
    """Return the pages that moved to URLs which the list names, and those that its URLs lead to."""
    is_named = select(listing.c.page_id).where(present)
    has_moved = page.c.state == PageState.MOVED.value
    moved = select(page.c.id).where(has_moved, page.c.moved_to.in_(is_named))
    reached = select(page.c.moved_to).where(has_moved, page.c.id.in_(is_named))
    return {*connection.scalars(moved), *connection.scalars(reached)}


def _pushed_out(connection: Connection, present: ColumnElement[bool], absent: Sequence[Row[Any]]) -> set[int]:
    """Return the pages at the old end of a list that holds a number of the newest entries, as feeds do.

    Older than all that is listed, by their days or by when and where the list first named them, and no more
    than came since: a list that only lost its end has lost its further pages.
    """
    if not absent:
        return set()
    when, number = listing.c.first_listed, listing.c.page_id
    oldest = connection.execute(select(when, number).where(present).order_by(when, number.desc())).first()
    if oldest is None:
        return set()
    first_day = connection.scalar(select(func.min(listing.c.day)).where(present))
    last_seen = min(row.last_listed for row in absent)
    came = connection.scalar(select(func.count()).where(present, when > last_seen)) or 0
    is_mixed = oldest.first_listed <= last_seen  # some were there before
    ends = {
        row.page_id
        for row in absent
        if (first_day and row.day and row.day < first_day)
        or (is_mixed and (row.first_listed, -row.page_id) < (oldest.first_listed, -oldest.page_id))
    }
    return ends if len(ends) <= came else set()


def delist(connection: Connection, section_id: int, page_ids: Sequence[int]) -> None:
    """Note that a list names these pages no more."""
    of_section = (listing.c.section_id == section_id, listing.c.page_id.in_(page_ids))
    connection.execute(update(listing).where(*of_section).values(delisted_at=now()))


def suspect(connection: Connection, run: Run, section_id: int, page_ids: Sequence[int]) -> None:
    """Note that entries are absent; archived pages are suspected and due at once: a fetch decides."""
    if not page_ids:
        return
    delist(connection, section_id, page_ids)
    rows = connection.execute(
        SELECT.where(
            page.c.id.in_(page_ids),
            page.c.state == PageState.ARCHIVED.value,
            page.c.last_run_id.is_distinct_from(run.id),  # its own answer is better evidence
            ~exists().where(listing.c.page_id == page.c.id, listing.c.run_id == run.id),
        )
    ).all()
    suspects = [entry_of(row) for row in rows]
    for entry in suspects:
        page_states.is_absent(entry, now())
    update_pages(connection, suspects)
