"""What a crawl measures of its pages, in words."""

from __future__ import annotations

from collections.abc import Mapping

MEASURES: Mapping[str, str] = {
    "first_listed": "rows of the first list page",
    "new": "new articles",
    "bodied": "share of articles with a body",
    "titled": "share of articles with a title",
    "dated": "share of articles with a date",
    "body_characters": "median characters of a body",
    "newest_age_days": "days since the newest article",
    "longest_pause_days": "longest pause between days of publication, in days",
    "agreement": "agreement of the platform's rules with a generic reading",
}
SHARES = frozenset({"bodied", "titled", "dated", "agreement"})


def measure_words(name: str) -> str:
    """Return what a measure is of, in words; one of a section names it behind a slash."""
    kind, _, section = name.partition("/")
    words = MEASURES.get(kind, kind)
    return f"{words}, {section}" if section else words


def measure_text(value: float | None, name: str) -> str:
    """Return a value of that measure as people write it, shares in percent; a dash where there is none."""
    if value is None:
        return "-"
    if name in SHARES:
        return f"{value:.1%}".replace(".0%", "%").replace("%", " %")
    return f"{value:,.2f}".rstrip("0").rstrip(".")
