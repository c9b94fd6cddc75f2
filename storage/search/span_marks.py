"""Marks that say in which spans of newest-first order a document stands, for the index of PostgreSQL.

That index knows no order, but it skips: where a span's mark is asked for together with a common word, only
the documents of that span are looked at. Days are marked by 1, 8, 64 and 512 together, undated articles,
which come before every dated one, by so many times two thousand. What arrived one after the other, whatever
day it was published, is marked by 512 articles, 4,096 and so on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from storage.search.document_numbers import DAY_BITS, article_of
from storage.search.folding import IN_SPAN

WIDTHS = (0, 3, 6, 9, 22)  # bits of a place that a mark leaves out; the last one is of all documents
MOST_WIDE = 9  # marks of one width; with more of them the next one is no worse
ARRIVAL_WIDTHS = (9, 12, 15, 18)
BLOCK = 1 << ARRIVAL_WIDTHS[0]  # articles of the narrowest mark of arrival
UNDATED_BITS = 11
FIRST_DAY = 1 << (DAY_BITS - UNDATED_BITS)  # the places before are those of undated articles


def span_marks(number: int) -> list[str]:
    """Return the marks of the document *number*."""
    place, arrival = _place(number), article_of(number)
    return [
        *(_mark(width, place >> width) for width in WIDTHS),
        *(_arrival_mark(width, arrival >> width) for width in ARRIVAL_WIDTHS),
    ]


def marks_between(first: int, end: int) -> list[str]:
    """Return some twenty marks of which every document from *first* to before *end* has one, and few others.

    They are of two widths, the narrower ones at both ends.
    """
    return _marks(_place(first), _place(end - 1), WIDTHS, _mark) or [OF_ALL]


def arrival_marks_between(first: int, end: int) -> list[str]:
    """Return the same for articles whose row numbers are from *first* to before *end*."""
    return _marks(first, end - 1, ARRIVAL_WIDTHS, _arrival_mark) or [OF_ALL]


def _marks(start: int, last: int, widths: Sequence[int], mark: Callable[[int, int], str]) -> list[str]:
    """Return the marks of places from *start* to *last*; none where they would be too many."""
    wide = next((width for width in widths if (last >> width) - (start >> width) < MOST_WIDE), None)
    if wide is None:
        return []
    narrow = widths[max(0, widths.index(wide) - 1)] if wide != WIDTHS[-1] else wide
    marks, place, start = [], ((last >> narrow) + 1) << narrow, start >> narrow << narrow
    while place > start:
        width = wide if place % (1 << wide) == 0 and place - (1 << wide) >= start else narrow
        place -= 1 << width
        marks.append(mark(width, place >> width))
    return marks


def _place(number: int) -> int:
    day = number >> DAY_BITS
    return FIRST_DAY + day if day else number >> UNDATED_BITS


def _mark(width: int, place: int) -> str:
    return f"{IN_SPAN}{width}{place:x}"


def _arrival_mark(width: int, place: int) -> str:
    return f"{IN_SPAN}n{width}{place:x}"


OF_ALL = _mark(WIDTHS[-1], 0)
