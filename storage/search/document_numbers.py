"""The number of a document of the search index: its place in newest-first order."""

from __future__ import annotations

from datetime import date

DAY_BITS = 28  # row numbers to 268 million
ARTICLE_MASK = (1 << DAY_BITS) - 1
DATED = 1 << DAY_BITS  # the numbers before are those of undated documents
LAST_PLACE = 1 << 50  # above every document number


def document_number(day: date | None, article_id: int) -> int:
    """Return the number of an article's document; undated ones come before every dated one."""
    return (first_number(day) if day else 0) | article_id


def first_number(day: date) -> int:
    """Return the number before which no document of *day* stands, and after which none of an earlier one."""
    return day.toordinal() << DAY_BITS


def day_of(number: int) -> date:
    """Return the day on which the article of a dated document was published."""
    return date.fromordinal(number >> DAY_BITS)


def place_of(number: int) -> int:
    """Return the place of the document *number* in the index of SQLite, which counts from the newest on.

    FTS5 reads what ascends in half of the time that it takes for what descends.
    """
    return LAST_PLACE - number


def article_of(number: int) -> int:
    """Return the row number of the article whose document is *number*."""
    return number & ARTICLE_MASK
