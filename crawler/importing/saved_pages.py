"""Pages that a browser saved: in one HTML file, or wrapped with all that they show (MHTML, Safari)."""

from __future__ import annotations

import plistlib
from dataclasses import dataclass
from datetime import datetime
from email.errors import CloseBoundaryNotFoundDefect
from email.message import Message
from email.parser import BytesParser
from xml.parsers.expat import ExpatError

from crawler.extract.markup.saved_notes import note_in, original
from crawler.reading.header_dates import read_header_date

_HEAD = 8192  # bytes in which a note, or the header of MHTML, stands


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedPage:
    """The markup of a saved page, its address, its encoding and when it was saved, as far as noted."""

    html: bytes
    url: str | None = None
    charset: str | None = None
    at: datetime | None = None
    is_torn: bool = False


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
        is_torn=_is_torn(message, root),
    )


def _is_torn(message: Message, page: Message) -> bool:
    """Return whether *message* ends before its end mark, within *page*."""
    parts = list(message.walk())
    return parts[-1] is page and any(
        isinstance(defect, CloseBoundaryNotFoundDefect) for part in parts for defect in part.defects
    )


def is_safari(payload: bytes) -> bool:
    """Return whether *payload* is a property list, as Safari wraps a page in."""
    return payload.startswith(b"bplist00")


def unwrapped_safari(payload: bytes) -> SavedPage | None:
    """Return the page in a web archive of Safari, None if it holds none."""
    try:
        archive = plistlib.loads(payload)
    except (plistlib.InvalidFileException, ExpatError, ValueError, OverflowError, RecursionError):
        return None
    main = archive.get("WebMainResource") if isinstance(archive, dict) else None
    html = main.get("WebResourceData") if isinstance(main, dict) else None
    if not isinstance(main, dict) or not isinstance(html, bytes):
        return None
    address, charset = main.get("WebResourceURL"), main.get("WebResourceTextEncodingName")
    is_known = isinstance(address, str) and address.startswith(("http://", "https://"))
    return SavedPage(
        html=html, url=address if is_known else None, charset=charset if isinstance(charset, str) else None
    )


def _is_root(part: Message, message: Message) -> bool:
    start = message.get_param("start")
    return start is not None and part.get("Content-ID") == start


def saved_at(payload: bytes) -> datetime | None:
    """Return when the page *payload* was fetched, if whoever saved it noted that."""
    note = note_in(payload[:_HEAD].decode("ascii", "replace"))
    return note.at if note else None
