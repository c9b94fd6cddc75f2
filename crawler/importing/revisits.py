"""Records of a WARC file that only say whose page an answer was: that of another address, recorded before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

from crawler.importing.types import Document, UnreadableDocument, fetch_time
from crawler.network.addresses import is_well_formed
from storage.safe_text import harmless

HTML_TYPES = ("text/html", "application/xhtml")
_MOST = 100_000  # that are remembered


class _Revisit(NamedTuple):
    url: str
    first: str  # whose record holds the page
    at: datetime | None
    place: int


class Revisits:
    """The revisits of other addresses than their own; those of their own brought nothing new."""

    def __init__(self) -> None:
        self._waiting: dict[str, list[_Revisit]] = {}  # by the digest of the payload
        self._number = 0

    def __bool__(self) -> bool:
        return bool(self._waiting)

    def take(self, record: Any) -> None:
        """Remember the revisit *record* if it stands for a page of another address."""
        url, first = target_of(record), _address(record, "WARC-Refers-To-Target-URI")
        digest = record.headers.get("WARC-Payload-Digest")
        if not first or first == url or not digest or not is_well_formed(url) or self._number == _MOST:
            return
        if is_html(record.http_content_type or HTML_TYPES[0]):
            self._number += 1
            revisit = _Revisit(url, first, fetch_time(record.record_date), record.stream_pos)
            self._waiting.setdefault(digest, []).append(revisit)

    def are_of(self, record: Any) -> bool:
        """Return whether a revisit stands for the payload of *record*."""
        return record.headers.get("WARC-Payload-Digest") in self._waiting

    def resolved(self, record: Any, document: Document, origin: str) -> Iterator[Document]:
        """Yield *document*, the page of *record*, at each other address that had it."""
        for revisit in self._waiting.pop(record.headers.get("WARC-Payload-Digest")):
            yield replace(
                document, origin=f"{origin}@{revisit.place}", url=revisit.url, fetched_at=revisit.at
            )

    def unresolved(self, origin: str) -> Iterator[UnreadableDocument]:
        """Yield what is wrong with the revisits of pages that are not in their file."""
        for waiting in self._waiting.values():
            for revisit in waiting:
                yield UnreadableDocument(
                    f"{origin}@{revisit.place}: {revisit.url} had the page of {revisit.first}, "
                    "which another file holds"
                )


def is_html(media_type: str) -> bool:
    """Return whether *media_type* is that of a page."""
    return media_type.lower().startswith(HTML_TYPES)


def target_of(record: Any) -> str:
    """Return the address that *record* is about; some tools put it in brackets."""
    return _address(record, "WARC-Target-URI")


def _address(record: Any, header: str) -> str:
    return harmless(record.headers.get(header) or "").strip("<>")
