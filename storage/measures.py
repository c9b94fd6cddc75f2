"""What a crawl measures of its pages, in words."""

from __future__ import annotations

from collections.abc import Mapping

MEASURES: Mapping[str, str] = {
    "first_listed": "rows of the first list page",
    "new": "new articles",
    "bodied": "articles with a body",
    "titled": "articles with a title",
    "dated": "articles with a date",
    "body_characters": "median characters of a body",
    "newest_age_days": "days since the newest article",
    "longest_pause_days": "longest pause between days of publication",
    "agreement": "agreement of the platform's rules with a generic reading",
}


def measure_words(name: str) -> str:
    """Return what a measure is of, in words; one of a section names it behind a slash."""
    kind, _, section = name.partition("/")
    words = MEASURES.get(kind, kind)
    return f"{words}, {section}" if section else words


def measure_text(value: float | None) -> str:
    """Return a measured value as people write it, a dash where there is none."""
    return "-" if value is None else f"{value:,.2f}".rstrip("0").rstrip(".")
