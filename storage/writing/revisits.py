"""When a page is visited again: pure arithmetic on times."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

# After publication (or first sight); a visit happens at the next of these that is still ahead.
AGES = (timedelta(hours=1), timedelta(days=1), timedelta(days=7), timedelta(days=30))
AT_REST = timedelta(days=90)
FARTHEST = timedelta(days=366)  # no visit is put off for so long
# After the first, second, ... failure in a row. The first two retry in the very next run, so that a
# run that was killed is made up for by the one after it.
BACK_OFF = (
    timedelta(0),
    timedelta(0),
    timedelta(minutes=10),
    timedelta(hours=1),
    timedelta(hours=6),
    timedelta(days=1),
    timedelta(days=3),
)
LAST_TRY = len(BACK_OFF) + 1


def next_visit(at: datetime, since: datetime) -> datetime:
    """Return when a page visited *at* is due again, counted from its publication, edit or first sight."""
    ahead = (since + age for age in AGES if since + age > at)
    return min([*ahead, at + AT_REST])


def has_come(visit: datetime, now: datetime) -> bool:
    """Return whether the time of a *visit* has come; one too far ahead was set by a clock that was wrong."""
    return visit <= now or visit > now + FARTHEST


def next_try(at: datetime, attempts: int) -> datetime:
    """Return when a page is tried again after its *attempts*-th failure in a row."""
    return at + BACK_OFF[min(attempts, len(BACK_OFF)) - 1]


def next_check(at: datetime, *, checks: int, days: float) -> datetime:
    """Return when a page that is suspected to be gone is checked again."""
    return at + timedelta(days=days) / max(checks - 1, 1)


def publication(published_at: datetime | None, published_day: date | None) -> datetime | None:
    """Return the moment that revisits count from: the hour where known, else the day's start in UTC."""
    if published_at is not None:
        return published_at
    return datetime.combine(published_day, time(), UTC) if published_day else None
