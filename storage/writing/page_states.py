"""What a visit makes of a page: the states a page goes through, and when it is due again.

A `PageEntry` is a page's row while its transaction runs; the functions change it in place.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from storage.records import FailureCause, Fetch, PageState, Revisit
from storage.safe_text import storable
from storage.writing import revisits

UNFETCHABLE = "unfetchable"
NOT_FOUND = "not-found"
TOO_MANY_REDIRECTS = "too-many-redirects"
# Why a site is said to refuse pages: causes of those that are lost, reasons of those that are rejected.
REFUSALS = frozenset({FailureCause.REFUSED, FailureCause.CHALLENGE, FailureCause.ROBOTS})
FORBIDDEN = (FailureCause.ROBOTS.value, TOO_MANY_REDIRECTS)


@dataclass(slots=True, kw_only=True)
class PageEntry:
    """The row of one page, inside the transaction that changes it."""

    id: int
    public_id: str
    url: str
    url_key: str
    site_id: int
    article_id: int | None = None
    state: PageState = PageState.LISTED
    reason: str | None = None
    attempts: int = 0
    misses: int = 0
    next_visit: datetime | None = None
    etag: str | None = None
    last_modified: str | None = None
    first_seen: datetime
    last_seen: datetime
    suspected_at: datetime | None = None
    gone_at: datetime | None = None
    moved_to: int | None = None
    last_run_id: int | None = None
    changed_at: datetime | None = None

    def becomes(self, state: PageState, at: datetime, reason: str | None = None) -> None:
        """Let the page be in that *state*, for a *reason* where it is lost or rejected."""
        if self.state is not state:
            self.state, self.changed_at = state, at
        self.reason = reason


def is_due(page: PageEntry, revisit: Revisit, *, now: datetime, run_id: int) -> bool:
    """Return whether a run should fetch *page* now; it never does so twice."""
    if page.last_run_id == run_id:
        return False
    time_has_come = page.next_visit is None or revisits.has_come(page.next_visit, now)
    if page.state in {PageState.LISTED, PageState.LOST}:
        return time_has_come
    if revisit is Revisit.NONE:
        return False
    return revisit is Revisit.ALL or (page.next_visit is not None and time_has_come)


def has_article(page: PageEntry, fetch: Fetch, since: datetime) -> None:
    """Note that the page answered with an article, whose age counts from *since*."""
    page.etag, page.last_modified = storable(fetch.etag), storable(fetch.last_modified)
    _answered(page, fetch, since)


def is_read_anew(page: PageEntry, at: datetime) -> None:
    """Note that a new reading of old bytes found an article; nobody asked the site."""
    if page.state is PageState.REJECTED:
        page.becomes(PageState.ARCHIVED, at)


def is_unmodified(page: PageEntry, fetch: Fetch, since: datetime) -> None:
    """Note that the site called the page unchanged (304)."""
    page.etag = storable(fetch.etag) or page.etag
    page.last_modified = storable(fetch.last_modified) or page.last_modified
    _answered(page, fetch, since)


def _answered(page: PageEntry, fetch: Fetch, since: datetime) -> None:
    page.becomes(PageState.ARCHIVED, fetch.at)
    page.moved_to = None
    page.attempts = page.misses = 0
    page.suspected_at = page.gone_at = None
    page.last_seen = max(page.last_seen, fetch.at, fetch.last_seen or fetch.at)
    page.next_visit = revisits.next_visit(fetch.at, min(since, fetch.at))


def is_rejected(page: PageEntry, at: datetime, reason: str) -> None:
    """Note that we do not archive what the page showed; what is archived already stays."""
    page.attempts = 0
    page.last_seen = max(page.last_seen, at)
    page.next_visit = revisits.next_visit(at, min(page.first_seen, at))
    if page.article_id is None:
        page.becomes(PageState.REJECTED, at, reason)
        page.moved_to = None
    else:
        _keeps_its_article(page, at)


def is_missing(page: PageEntry, at: datetime, *, checks: int, days: float) -> None:
    """Note one more sign that an archived page was removed: suspected first, gone when confirmed."""
    page.attempts = 0
    page.misses += 1
    page.suspected_at = min(page.suspected_at or at, at)  # a clock that was ahead puts nothing off
    if page.state is PageState.GONE:
        page.next_visit = at + revisits.AT_REST
    elif page.misses >= checks and at - page.suspected_at >= timedelta(days=days):
        page.becomes(PageState.GONE, at)
        page.gone_at = at
        page.next_visit = at + revisits.AT_REST
    else:
        page.becomes(PageState.SUSPECTED, at)
        page.next_visit = revisits.next_check(at, checks=checks, days=days)


def is_absent(page: PageEntry, at: datetime) -> None:
    """Note that the list no longer names an archived page: no visit, but a reason for one now."""
    page.becomes(PageState.SUSPECTED, at)
    page.suspected_at = page.suspected_at or at
    page.next_visit = at


def has_failed(page: PageEntry, at: datetime, reason: str) -> None:
    """Note that the page could not be fetched: lost until a later try, rejected after the last one."""
    page.attempts += 1
    last = page.attempts >= revisits.LAST_TRY
    page.next_visit = at + revisits.AT_REST if last else revisits.next_try(at, page.attempts)
    if page.article_id is not None or page.state is PageState.MOVED:
        _keeps_its_article(page, at)
    elif last:
        page.becomes(PageState.REJECTED, at, UNFETCHABLE)
    else:
        page.becomes(PageState.LOST, at, reason)


def _keeps_its_article(page: PageEntry, at: datetime) -> None:
    """See to it that a page which shows an archived article does not pass for one never asked for."""
    if page.state in {PageState.LISTED, PageState.LOST}:
        page.becomes(PageState.ARCHIVED, at)


def waits_for(page: PageEntry, target: PageEntry, at: datetime) -> None:
    """Note that the page redirects to *target*, of which is not known yet whether it shows an article."""
    if page.state is PageState.MOVED:  # elsewhere, before
        page.becomes(PageState.LISTED if page.article_id is None else PageState.ARCHIVED, at, page.reason)
    page.moved_to = target.id
    page.last_seen = max(page.last_seen, at)
    page.next_visit = at + revisits.AT_REST


def has_moved(page: PageEntry, target: PageEntry, at: datetime) -> None:
    """Note that the page redirects to *target*, which shows the article from now on."""
    page.becomes(PageState.MOVED, at)
    page.moved_to = target.id
    page.attempts = page.misses = 0
    page.suspected_at = page.gone_at = None
    page.last_seen = max(page.last_seen, at)
    page.next_visit = at + revisits.AT_REST
    if page.article_id is not None and target.article_id is None:
        target.article_id, target.changed_at = page.article_id, at
