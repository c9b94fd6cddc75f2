"""The last payload of a page that is kept, so that the same one is not kept again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from sqlalchemy import Connection, func, select

from storage.bulk import WANTED, select_rows
from storage.models import fetch
from storage.pages import find_pages
from storage.records import DuePage, EvidencePointer
from storage.safe_text import storable
from storage.url_keys import public_id, url_key

_KEPT = (fetch.c.status == 200, fetch.c.digest.is_not(None), fetch.c.warc_file.is_not(None))

_LATEST = select(func.max(fetch.c.id)).where(fetch.c.page_id.in_(WANTED), *_KEPT).group_by(fetch.c.page_id)
_LAST_KEPT = select(fetch).where(fetch.c.id.in_(_LATEST))


def with_payloads(connection: Connection, due: Sequence[tuple[int, DuePage]]) -> list[DuePage]:
    """Return the pages of *due*, which carries the row number of each, with the payload they gave last."""
    payloads = _payloads(connection, [number for number, page in due if page.is_revisit])
    return [
        replace(page, digest=payloads[number][0], evidence=payloads[number][1])
        if number in payloads
        else page
        for number, page in due
    ]


def payloads_of_urls(connection: Connection, urls: Iterable[str]) -> dict[str, tuple[str, EvidencePointer]]:
    """Return the digest and the place of what the page of each URL gave last, where it is kept."""
    identities = {url: public_id(storable(url_key(url))) for url in urls}
    numbers = {entry.public_id: entry.id for entry in find_pages(connection, set(identities.values()))}
    payloads = _payloads(connection, numbers.values())
    places = {url: numbers.get(identity) for url, identity in identities.items()}
    return {url: payloads[number] for url, number in places.items() if number in payloads}


def _payloads(connection: Connection, page_ids: Iterable[int]) -> dict[int, tuple[str, EvidencePointer]]:
    found = {}
    for row in select_rows(connection, _LAST_KEPT, page_ids):
        pointer = EvidencePointer(file=row.warc_file, offset=row.warc_offset, length=row.warc_length)
        found[row.page_id] = (row.digest, pointer)
    return found
