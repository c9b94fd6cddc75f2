"""Entries that a full walk of a section no longer finds: signs of removal or, in bulk, of a redesign."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import Connection, exists, func, select, update

from storage.models import listing, page
from storage.records import PageState
from storage.writing import page_states
from storage.writing.leases import now
from storage.writing.pages import SELECT, entry_of, update_pages

if TYPE_CHECKING:
    from storage.writing.runs import Run

DRIFT_SHARE = 0.2  # entries vanishing in bulk are drift, not removals
DRIFT_LEAST = 3  # but one or two of a short list are not 'in bulk'
BATCH = 1_000  # pages of a transaction: 0.05 s, where a fifth of a large section may have vanished


@dataclass(frozen=True, slots=True, kw_only=True)
class Vanished:
    """The pages that were listed at the last look and are not in this walk."""

    pages: tuple[int, ...] = ()
    drifted: bool = False  # so many of them that the list, not the articles, must have changed

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
    absent = select(listing.c.page_id).where(*listed, listing.c.run_id != run.id)
    pages = tuple(connection.scalars(absent.order_by(listing.c.page_id)))
    drifted = len(pages) >= DRIFT_LEAST and len(pages) > DRIFT_SHARE * known
    return Vanished(pages=pages, drifted=drifted) if surely or drifted else Vanished()


def suspect(connection: Connection, run: Run, section_id: int, page_ids: Sequence[int]) -> None:
    """Note that entries are absent; archived pages are suspected and due at once: a fetch decides."""
    if not page_ids:
        return
    at = now()
    connection.execute(
        update(listing)
        .where(listing.c.section_id == section_id, listing.c.page_id.in_(page_ids))
        .values(delisted_at=at)
    )
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
        page_states.is_absent(entry, at)
    update_pages(connection, suspects)
