"""Where an article stood before: what is to be asked for again when its text turns up at another URL.

A site that moves lists the new URLs first. That the old ones lead there, or are gone, nobody knows before
they are asked: until then an article that moved and one that was copied look the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from sqlalchemy import Connection, bindparam, select

from storage.database.bulk import is_wanted, select_rows
from storage.evidence.payloads import with_payloads
from storage.models import article, listing, page, revision, section
from storage.models import run as runs
from storage.records import DuePage, FingerprintedArticle, Listed, PageState, Revisit, RunKind
from storage.writing.listings import due_page
from storage.writing.pages import SELECT, entry_of

if TYPE_CHECKING:
    from datetime import date

    from storage.records import ArchivableVisit
    from storage.writing.page_states import PageEntry
    from storage.writing.runs import Run

# A page that the last run visited before it was killed counts as one of this run.
_ANSWERED_BY_EARLIER_RUNS = (
    page.c.state == PageState.ARCHIVED.value,
    page.c.last_run_id != bindparam("run"),
    runs.c.digest.is_not(None),
)
_STANDING = (
    SELECT.add_columns(revision.c.digest, revision.c.published_day)
    .join_from(article, page, page.c.id == article.c.page_id)
    .join(revision, revision.c.id == article.c.latest_revision)
    .join(runs, runs.c.id == page.c.last_run_id)
    .where(is_wanted(article.c.text_digest), *_ANSWERED_BY_EARLIER_RUNS)
    .order_by(article.c.id)
)
_LISTING = (
    select(listing.c.title, listing.c.day, section.c.slug)
    .join(section, section.c.id == listing.c.section_id)
    .where(listing.c.page_id == bindparam("page"))
    .order_by(section.c.id)
    .limit(1)
)


class PlacesBefore:
    """The pages that showed the texts of some visits when they were visited last, before this run."""

    def __init__(self, connection: Connection, run: Run, visits: Sequence[ArchivableVisit]) -> None:
        self._connection = connection
        self._run = run
        self._found: dict[tuple[int, str, date | None], list[PageEntry]] = defaultdict(list)
        waiting = (visit.result for visit in visits if visit.may_wait) if self._asks else ()
        texts = {each.text_digest for each in waiting if isinstance(each, FingerprintedArticle)}
        for row in select_rows(connection, _STANDING, texts, run=run.id) if texts else ():
            self._found[row.site_id, row.digest, row.published_day].append(entry_of(row))

    @property
    def _asks(self) -> bool:
        return self._run.kind is RunKind.CRAWL and self._run.revisit is not Revisit.NONE

    def of(self, page: PageEntry, text: FingerprintedArticle) -> Iterable[PageEntry]:
        """Return the other pages of the site that showed *text*, of the same day, the oldest first."""
        found = self._found.get((page.site_id, text.digest, text.published_day), ())
        return (each for each in found if each.id != page.id)

    def is_open(self, page: PageEntry) -> bool:
        """Return whether what *page* shows today is to be seen yet."""
        return self._asks and page.state is PageState.ARCHIVED and page.last_run_id != self._run.id

    def due(self, page: PageEntry) -> DuePage:
        """Return *page* as one that is to be visited now."""
        row = self._connection.execute(_LISTING, {"page": page.id}).first()
        entry = Listed(url=page.url, title=row.title if row else None, day=row.day if row else None)
        (due,) = with_payloads(
            self._connection, [(page.id, due_page(page, entry, row.slug if row else None))]
        )
        return due
