"""A document to import, from whatever source, and the error of one that cannot be read."""

from __future__ import annotations

import codecs
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from crawler.reading.answers import TEXT_TYPE
from pipelines.normalise import CLOCK_SKEW

HTML_TYPE, JSON_TYPE = "text/html", "application/json"  # of what is kept as evidence
LARGEST_DOCUMENT = 50 * 1024 * 1024
UTF_16_OR_32 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)  # its LE begins as that of 16
# None of these is in a text; terminals and old word processors leave one here and there.
_CONTROLS, _MOST_CONTROLS = bytes({*range(32), 127} - set(b"\t\n\r\f\v\b\x1a\x1b")), 0.01
GET_ANEW = "get the file again and import it again: nothing is archived twice"  # where one is damaged
FIRST_FETCH = datetime(1991, 8, 6, tzinfo=UTC)  # the first web page


class UnreadableDocument(Exception):
    """A document, or a whole file, that cannot be read as what its name says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One document to import; exactly one of *html*, *dump* and *row* is there."""

    origin: str  # for messages: file, or file and record
    html: bytes | None = None
    dump: bytes | None = None
    row: dict[str, Any] | None = None
    url: str | None = None
    site: str | None = None
    section: str | None = None
    listed_section: str | None = None  # that lists the page, as the archive knows
    status: int = 200
    location: str | None = None
    http_charset: str | None = None
    fetched_at: datetime | None = None
    last_seen: datetime | None = None

    @property
    def payload(self) -> bytes:
        """Return the bytes the document is known by."""
        if self.row is not None:
            return json.dumps(self.row, ensure_ascii=True, sort_keys=True).encode()
        return self.html if self.html is not None else self.dump or b""

    @property
    def media_type(self) -> str:
        """Return what the payload is, with the encoding that somebody told."""
        if self.row is not None:
            return JSON_TYPE
        charset = f"; charset={self.http_charset}" if self.http_charset else ""
        return (HTML_TYPE if self.html is not None else TEXT_TYPE) + charset

    @property
    def urn(self) -> str:
        """Return the name of a document of which no URL is known."""
        return f"urn:sha256:{sha256(self.payload).hexdigest()}"


def is_no_text(payload: bytes) -> bool:
    """Return whether *payload* holds bytes that no text has, unless each character has two or four."""
    if payload.startswith(UTF_16_OR_32):
        return False
    controls = len(payload) - len(payload.translate(None, _CONTROLS))
    return controls > len(payload) * _MOST_CONTROLS and not _is_wide(payload)


def _is_wide(payload: bytes) -> bool:
    """Return whether every other byte of *payload* is zero as good as always: UTF-16 without its mark."""
    halves = payload[::2], payload[1::2]
    return (
        max(half.count(0) for half in halves) * 10 > len(payload) * 3
        and min(half.count(0) for half in halves) == 0
    )


def fetch_time(time: datetime | None) -> datetime | None:
    """Return *time* in UTC, None where nothing can have been fetched then: before the web, in the future."""
    if time is None:
        return None
    aware = time if time.tzinfo else time.replace(tzinfo=UTC)
    return aware.astimezone(UTC) if FIRST_FETCH <= aware <= datetime.now(UTC) + CLOCK_SKEW else None
