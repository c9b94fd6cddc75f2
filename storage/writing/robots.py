"""The last good copy of a robots.txt, for when a site cannot give it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, select

from storage.evidence.pointers import pointer_in
from storage.models import fetch
from storage.records import EvidencePointer, FetchKind


def last_robots(connection: Connection, url: str, *, since: datetime) -> EvidencePointer | None:
    """Return where the robots.txt that *url* gave last lies, if it gave one at or after *since*."""
    row = connection.execute(
        select(fetch.c.warc_file, fetch.c.warc_offset, fetch.c.warc_length, fetch.c.digest)
        .where(
            fetch.c.kind == FetchKind.ROBOTS.value,
            fetch.c.url == url,
            fetch.c.status.between(200, 299),
            fetch.c.at >= since,
            fetch.c.warc_file.is_not(None),
        )
        .order_by(fetch.c.id.desc())
        .limit(1)
    ).first()
    return None if row is None else pointer_in(row)
