"""What an export shows of articles: names, order and meaning of its fields are a contract.

`published` is the day as the site's calendar has it, or, where an hour is known, a time with the
offset of the site's zone (of the page's own where the site declares none); every other time is ISO 8601
in UTC. Articles go through by columns: to make an object of each would be most of an export's work.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from storage.export.data_dictionary import FIELDS, REVISION_FIELDS
from storage.queries.articles import TIMES
from storage.rows import ArticleRow

if TYPE_CHECKING:
    from storage.export.data_dictionary import ArticleRecord
    from storage.records import Link, Mention

Columns = Mapping[str, Sequence[Any]]  # name -> the values of some rows; as many of each

COLUMNS, REVISION_COLUMNS = [*FIELDS], [*REVISION_FIELDS]
_PUBLICATION = ("published_day", "published_at", "published_precision", "timezone", "published_offset")
_OF_A_ROW = (*(each.name for each in fields(ArticleRow)), "body")


def export_row(row: ArticleRow) -> ArticleRecord:
    """Return one article as an export shows it."""
    found = {name: getattr(row, name) for name in _OF_A_ROW}
    found |= {name: time_text(found[name]) for name in TIMES}
    columns = export_columns({name: (value,) for name, value in found.items()})
    return cast("ArticleRecord", {name: values[0] for name, values in columns.items()})


def export_columns(articles: Columns) -> dict[str, Sequence[Any]]:
    """Return *articles*, as `queries.article_columns` has them, as an export shows them."""
    published = [*map(_published, *(articles[name] for name in _PUBLICATION))]
    rules = articles["published_from"]
    made = _lists(articles) | {"published": published}
    made["published_reason"] = [None if known else why for known, why in zip(published, rules, strict=True)]
    return {name: made[name] if name in made else articles[name] for name in COLUMNS}


def export_revisions(revisions: Columns) -> dict[str, Sequence[Any]]:
    """Return *revisions*, as `queries.revision_columns` has them, as a data package shows them."""
    made = _lists(revisions) | {
        "seen_at": [*map(time_text, revisions["seen_at"])],
        "published": [*map(_published, *(revisions[name] for name in _PUBLICATION))],
    }
    return {name: made[name] if name in made else revisions[name] for name in REVISION_COLUMNS}


def _lists(found: Columns) -> dict[str, Sequence[Any]]:
    return {name: [show(each) if each else () for each in found[name]] for name, show in _LISTS.items()}


def _links(links: Iterable[Link]) -> tuple[Any, ...]:
    return tuple({"url": link.url, "title": link.title, "media_type": link.media_type} for link in links)


def _mentions(mentions: Iterable[Mention]) -> tuple[Any, ...]:
    return tuple({"text": mention.text, "day": mention.day.isoformat()} for mention in mentions)


_LISTS: dict[str, Callable[[Iterable[Any]], tuple[Any, ...]]] = {
    "attachments": _links,
    "images": _links,
    "mentions": _mentions,
}


def published_text(row: ArticleRow) -> str | None:
    """Return when an article was published, as exactly as it is known."""
    return _published(*(getattr(row, name) for name in _PUBLICATION))


def _published(
    day: date | None, at: datetime | None, precision: str | None, zone: str | None, offset: int | None
) -> str | None:
    if at is None:
        return day.isoformat() if day else None
    local = at.astimezone(zone_of(zone, offset))
    return local.isoformat(timespec="seconds" if precision == "second" else "minutes")


def time_text(time: datetime | None) -> str | None:
    """Return *time* as ISO 8601 in UTC."""
    return time.astimezone(UTC).isoformat() if time else None


@lru_cache(maxsize=256)
def zone_of(name: str | None, offset_minutes: int | None = None) -> tzinfo:
    """Return the zone of that IANA name; where there is none, that of the offset; else UTC."""
    try:
        if name:
            return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        pass
    return timezone(timedelta(minutes=offset_minutes)) if offset_minutes is not None else UTC
