"""The last payload of a page that is kept, so that the same one is not kept again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from sqlalchemy import Connection, func, select

from storage.database.bulk import is_wanted, select_rows
from storage.evidence.parts import parts_of_fetches
from storage.evidence.pointers import pointer_in
from storage.models import fetch
from storage.records import DuePage, FetchKind, KeptPayload
from storage.writing.pages import page_numbers

_KEPT = (
    fetch.c.kind == FetchKind.ARTICLE.value,
    fetch.c.status == 200,
    fetch.c.digest.is_not(None),
    fetch.c.warc_file.is_not(None),
)

_LATEST = select(func.max(fetch.c.id)).where(is_wanted(fetch.c.page_id), *_KEPT).group_by(fetch.c.page_id)
_LAST_KEPT = select(fetch).where(fetch.c.id.in_(_LATEST))


def with_payloads(connection: Connection, due: Sequence[tuple[int, DuePage]]) -> list[DuePage]:
    """Return the pages of *due*, which carries the row number of each, with the payload they gave last."""
    payloads = _payloads(connection, [number for number, page in due if page.is_revisit])
    return [_with(page, payloads.get(number)) for number, page in due]


def _with(page: DuePage, kept: KeptPayload | None) -> DuePage:
    if kept is None:
        return page
    return replace(page, digest=kept.digest, evidence=kept.evidence, parts=kept.parts)


def payloads_of_urls(connection: Connection, urls: Iterable[str]) -> dict[str, KeptPayload]:
    """Return what the page of each URL gave last, where it is kept."""
    numbers = page_numbers(connection, urls)
    payloads = _payloads(connection, set(numbers.values()))
    return {url: payloads[number] for url, number in numbers.items() if number in payloads}


def _payloads(connection: Connection, page_ids: Iterable[int]) -> dict[int, KeptPayload]:
    rows = list(select_rows(connection, _LAST_KEPT, page_ids))
    parts = parts_of_fetches(connection, [row.id for row in rows])
    return {
        row.page_id: KeptPayload(
            url=row.url,
            digest=row.digest,
            evidence=pointer_in(row),
            parts=tuple(
                KeptPayload(url=part.url, digest=part.digest, evidence=part.pointer)
                for part in parts.get(row.id, ())
                if part.status == 200 and part.digest is not None and part.pointer is not None
            ),
        )
        for row in rows
    }
