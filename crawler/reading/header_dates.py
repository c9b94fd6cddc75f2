"""The dates of headers: of an answer over HTTP, or of the message that a page was saved in."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

LONGEST = 64  # characters


def read_header_date(value: str | None) -> datetime | None:
    """Return the time that a header states as its *value*, aware: in UTC where it names no zone.

    None where it is no date that there can be.
    """
    try:
        stated = parsedate_to_datetime((value or "")[:LONGEST])
    except (ValueError, TypeError, OverflowError):  # of words, of parts that are missing, of numbers
        return None
    return stated if stated.tzinfo else stated.replace(tzinfo=UTC)
