"""The parts of an article that has several pages: their fetches follow that of its first page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, func, select

from storage.database.bulk import is_wanted, select_rows
from storage.evidence.pointers import pointer_in
from storage.models import fetch
from storage.records import ArchivableVisit, EvidencePointer, FetchKind


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPart:
    """One further page of an article, as it was fetched; without evidence *pointer* is None."""

    url: str
    at: datetime
    status: int | None
    size_bytes: int | None
    digest: str | None
    pointer: EvidencePointer | None


# The fetches of a visit are written together, the page's own first: its parts are those up to the next.
_first = fetch.alias("first")
_OWNER = (
    select(func.max(_first.c.id))
    .where(
        _first.c.page_id == fetch.c.page_id,
        _first.c.kind == FetchKind.ARTICLE.value,
        _first.c.id < fetch.c.id,
    )
    .correlate(fetch)
    .scalar_subquery()
)
_OF_PAGES = select(_first.c.page_id).where(is_wanted(_first.c.id))
_PARTS = (
    select(fetch, _OWNER.label("owner"))
    .where(fetch.c.kind == FetchKind.PART.value, fetch.c.page_id.in_(_OF_PAGES))
    .order_by(fetch.c.id)
)


def parts_of_fetches(connection: Connection, fetch_ids: Iterable[int]) -> dict[int, tuple[StoredPart, ...]]:
    """Return the parts that belong to each of the fetches, in order; a fetch without any is left out."""
    wanted = set(fetch_ids)
    found: dict[int, list[StoredPart]] = defaultdict(list)
    for row in select_rows(connection, _PARTS, wanted):
        if row.owner in wanted:
            found[row.owner].append(_stored_part(row))
    return {owner: tuple(parts) for owner, parts in found.items()}


def _stored_part(row: Any) -> StoredPart:
    return StoredPart(
        url=row.url,
        at=row.at,
        status=row.status,
        size_bytes=row.bytes,
        digest=row.digest,
        pointer=pointer_in(row) if row.warc_file is not None else None,
    )


def whole_digest(digest: str | None, parts: Sequence[str | None]) -> str | None:
    """Return the digest of all bytes behind an article: its page's own, or one over those of its *parts*."""
    if digest is None or not parts:
        return digest
    return sha256("\n".join((digest, *(part or "" for part in parts))).encode()).hexdigest()


def as_a_whole(visit: ArchivableVisit) -> ArchivableVisit:
    """Return *visit* with the digest of all its bytes: an edit of any part is an edit of the article."""
    if not visit.parts:
        return visit
    digest = whole_digest(visit.fetch.digest, [part.digest for part in visit.parts])
    return replace(visit, fetch=replace(visit.fetch, digest=digest))
