"""The number of a document of the search index: its place in newest-first order."""

from __future__ import annotations

from datetime import date

DAY_BITS = 28  # row numbers to 268 million
LAST_PLACE = 1 << 50  # above every document number


def document_number(day: date | None, article_id: int) -> int:
    """Return the number of an article's document; undated ones come before every dated one."""
    return ((day.toordinal() if day else 0) << DAY_BITS) | article_id


def place_of(number: int) -> int:
    """Return the place of the document *number* in the index of SQLite, which counts from the newest on.

    FTS5 reads what ascends in half of the time that it takes for what descends.
    """
    return LAST_PLACE - number


def article_of(number: int) -> int:
    """Return the row number of the article whose document is *number*."""
    return number & ((1 << DAY_BITS) - 1)
