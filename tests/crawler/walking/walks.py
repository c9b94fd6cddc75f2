"""Walks of a section's list pages, without a crawl."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from crawler.extract import ExtractedList, ListEntry, ListRequest
from crawler.options import RunOptions
from crawler.walking.walk import SectionWalk
from storage.records import Change, Outcome
from storage.rows import SectionState

NOW = datetime(2026, 5, 22, 12, tzinfo=UTC)


MOST = 100  # entries


FIRST = ListRequest(url="https://example.gov/news/")


def state(**fields: object) -> SectionState:
    """Return what earlier walks of a known section left, but for *fields*."""
    known = {"backfilled_at": NOW - timedelta(days=9), "last_full_walk": NOW - timedelta(days=9)}
    return SectionState(**{**known, "stated_total": None, "known": 40, **fields})


def page_request(number: int) -> ListRequest:
    """Return the request for the list page of that number."""
    return ListRequest(url=f"https://example.gov/news/?page={number}")


def list_page(
    number: int, *, last: int = 9, total: int | None = None, day: date | None = None
) -> ExtractedList:
    """Return a list page of three rows."""
    entries = tuple(
        ListEntry(url=f"https://example.gov/{number}/{row}", title=f"Row {row}", date=day) for row in range(3)
    )
    following = (page_request(number + 1),) if number < last else ()
    return ExtractedList(entries=entries, next=following, total=total)


def found(new: int) -> Outcome:
    """Return what storing a list page came to."""
    return Outcome(change=Change.LISTED, new_entries=new)


def walk(section: SectionState, options: RunOptions = RunOptions()) -> SectionWalk:
    """Return a walk that has begun."""
    started = SectionWalk(section, options, NOW, most=MOST)
    started.begin(FIRST)
    return started


def take(walked: SectionWalk, page: ExtractedList, outcome: Outcome) -> None:
    """Let the walk have a list page that was read and stored."""
    walked.read(page)
    walked.stored(page, outcome)
