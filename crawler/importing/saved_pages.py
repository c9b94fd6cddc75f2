"""Pages that a browser saved: in one HTML file, or wrapped as MHTML (RFC 2557) with all that they show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from email.message import Message
from email.parser import BytesParser

from crawler.extract.markup.saved_notes import note_in, original
from crawler.reading.header_dates import read_header_date

MHTML_SUFFIXES = frozenset({".mhtml", ".mht"})
_HEAD = 8192  # bytes in which a note, or the header of MHTML, stands


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedPage:
    """The markup of a saved page, its address, its encoding and when it was saved, as far as noted."""

    html: bytes
    url: str | None = None
    charset: str | None = None
    at: datetime | None = None


def is_mhtml(payload: bytes) -> bool:
    """Return whether *payload* begins as the message does that browsers wrap a page in."""
    header = payload[:_HEAD].lower()
    return b"mime-version:" in header and b"multipart/related" in header and header[:1].isalpha()


def unwrapped(payload: bytes) -> SavedPage | None:
    """Return the page in the MHTML message *payload*, None if it holds none."""
    message = BytesParser().parsebytes(payload)
    pages = [
        part for part in message.walk() if part.get_content_type() in ("text/html", "application/xhtml+xml")
    ]
    if not pages:
        return None
    root = next((part for part in pages if _is_root(part, message)), pages[0])
    html = root.get_payload(decode=True)
    address = original(
        str(root.get("Content-Location") or message.get("Snapshot-Content-Location") or "").strip()
    )
    return SavedPage(
        html=html if isinstance(html, bytes) else b"",
        url=address.url if address.url.startswith(("http://", "https://")) else None,
        charset=root.get_content_charset(),
        at=address.at or read_header_date(str(message.get("Date", ""))),
    )


def _is_root(part: Message, message: Message) -> bool:
    start = message.get_param("start")
    return start is not None and part.get("Content-ID") == start


def saved_at(payload: bytes) -> datetime | None:
    """Return when the page *payload* was fetched, if whoever saved it noted that."""
    note = note_in(payload[:_HEAD].decode("ascii", "replace"))
    return note.at if note else None
