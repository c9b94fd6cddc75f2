"""A search hit as JSON shows it."""

from __future__ import annotations

from typing import TypedDict

from storage.rows import SearchHit


class HitRecord(TypedDict):
    """An article that a query found; the marks are what matched in the snippet and title, as (start, end)."""

    id: str
    url: str
    title: str
    site: str
    section: str | None
    language: str | None
    published: str | None
    state: str
    duplicate_of: str | None
    snippet: str
    marks: tuple[tuple[int, int], ...]
    title_marks: tuple[tuple[int, int], ...]


def hit_record(hit: SearchHit) -> HitRecord:
    """Return a hit as JSON has it."""
    return HitRecord(
        id=hit.id,
        url=hit.url,
        title=hit.title,
        site=hit.site,
        section=hit.section,
        language=hit.language,
        published=hit.published_day.isoformat() if hit.published_day else None,
        state=hit.state,
        duplicate_of=hit.duplicate_of,
        snippet=hit.snippet,
        marks=hit.marks,
        title_marks=hit.title_marks,
    )
