"""Exports: article rows as JSON lines or CSV, streamed in a stable order.

`published` is the day as the site's calendar has it, or, where an hour is known, a time with the
offset of the site's zone (of the page's own where the site declares none); every other time is ISO 8601
in UTC.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TextIO
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

if TYPE_CHECKING:
    from storage.records import Link
    from storage.rows import ArticleRow

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "'")
BYTE_ORDER_MARK = "\ufeff"  # spreadsheets take UTF-8 for what it is only with it


def export_row(row: ArticleRow) -> dict[str, Any]:
    """Return *row* as an export shows it; the names and their meaning are a contract."""
    published = published_text(row)
    return {
        "id": row.id,
        "site": row.site,
        "section": row.section,
        "url": row.url,
        "title": row.title,
        "body": row.body,
        "body_kind": row.body_kind,
        "published": published,
        "published_precision": row.published_precision,
        "published_from": row.published_from,
        "published_reason": row.published_from if published is None else None,
        "source": row.source,
        "author": row.author,
        "editor": row.editor,
        "language": row.language,
        "first_seen": time_text(row.first_seen),
        "last_seen": time_text(row.last_seen),
        "state": row.state,
        "gone_at": time_text(row.gone_at),
        "revision": row.revision,
        "revisions": row.revisions,
        "story": row.story,
        "duplicate_of": row.duplicate_of,
        "duplicate_kind": row.duplicate_kind,
        "duplicate_score": row.duplicate_score,
        "digest": row.digest,
        "text_digest": row.text_digest,
        "extractor_version": row.extractor_version,
        "template_version": row.template_version,
        "withheld": row.withheld,
        "attachments": [_link(link) for link in row.attachments],
        "images": [_link(link) for link in row.images],
        "tables": [[list(cells) for cells in table] for table in row.tables],
        "mentions": [{"text": mention.text, "day": mention.day.isoformat()} for mention in row.mentions],
    }


def _link(link: Link) -> dict[str, str | None]:
    return {"url": link.url, "title": link.title, "media_type": link.media_type}


def published_text(row: ArticleRow) -> str | None:
    """Return when an article was published, as exactly as it is known."""
    if row.published_at is None:
        return row.published_day.isoformat() if row.published_day else None
    local = row.published_at.astimezone(zone_of(row.timezone, row.published_offset))
    return local.isoformat(timespec="seconds" if row.published_precision == "second" else "minutes")


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


def json_lines(rows: Iterable[ArticleRow]) -> Iterator[str]:
    """Yield each row as a line of JSON, with its end of line."""
    for row in rows:
        yield json.dumps(export_row(row), ensure_ascii=False) + "\n"


def write_csv(rows: Iterable[ArticleRow], file: TextIO, *, mark_byte_order: str = "") -> None:
    """Write rows as CSV; pass `BYTE_ORDER_MARK` for spreadsheets that need it.

    Cells that a spreadsheet would run as a formula begin with an apostrophe; so do cells that begin
    with one already, so that taking one apostrophe off gives back every value. Lists are JSON.
    """
    file.write(mark_byte_order)
    writer = None
    for row in rows:
        cells = export_row(row)
        if writer is None:
            writer = csv.writer(file)
            writer.writerow(cells)
        writer.writerow([_cell(value) for value in cells.values()])
    if writer is None:
        csv.writer(file).writerow(COLUMNS)


def _cell(value: object) -> object:
    if isinstance(value, str):
        return f"'{value}" if value.startswith(FORMULA_STARTS) else value
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False) if value else ""
    return value


COLUMNS = (
    "id site section url title body body_kind published published_precision published_from published_reason"
    " source author editor language first_seen last_seen state gone_at revision revisions story duplicate_of"
    " duplicate_kind duplicate_score digest text_digest extractor_version template_version withheld"
    " attachments images tables mentions"
).split()
