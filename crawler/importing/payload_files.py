"""Files of one document: saved pages in each form that browsers have, and text dumps."""

from __future__ import annotations

import re

from crawler.importing.saved_pages import (
    SavedPage,
    is_mhtml,
    is_safari,
    saved_at,
    unwrapped,
    unwrapped_safari,
)
from crawler.importing.suffixes import HTML_SUFFIXES, MHTML_SUFFIXES, SAFARI_SUFFIXES, TEXT_SUFFIXES
from crawler.importing.types import LARGEST_DOCUMENT, UTF_16_OR_32, Document, UnreadableDocument, fetch_time
from crawler.network.addresses import is_well_formed

LOOKS_LIKE_MARKUP = re.compile(
    rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype|!--|html|head|body|\?xml|%@)", re.IGNORECASE
)
_NEITHER = "neither a page nor a text"
# What other files begin with, what they are, and what to do with them.
_OTHERS = {
    b"%PDF-": "a PDF file; make a text of it (pdftotext) and import that",
    b"SQLite format 3\0": "a database; of an archive of hotnews, import what `hotnews export` writes",
    b" CDX ": "an index of WARC files; import those",
}


def read_payload(payload: bytes, origin: str, suffix: str = "") -> Document:
    """Return *payload* as a saved page or, where neither suffix nor content says so, as a text dump.

    :raises UnreadableDocument: if it is too large, or no text.
    """
    if len(payload) > LARGEST_DOCUMENT:
        raise UnreadableDocument(f"{origin}: larger than {LARGEST_DOCUMENT >> 20} MB")
    is_text = suffix in TEXT_SUFFIXES
    if suffix in MHTML_SUFFIXES or (not is_text and is_mhtml(payload)):
        return _document_of(unwrapped(payload), origin, "MHTML file")
    if suffix in SAFARI_SUFFIXES or (not is_text and is_safari(payload)):
        return _document_of(unwrapped_safari(payload), origin, "web archive of Safari")
    if suffix in HTML_SUFFIXES or (not is_text and LOOKS_LIKE_MARKUP.match(payload)):
        return Document(origin=origin, html=payload, fetched_at=fetch_time(saved_at(payload)))
    for beginning, what in _OTHERS.items():
        if payload.startswith(beginning):
            raise UnreadableDocument(f"{origin}: {_NEITHER} but {what}")
    if not is_text and is_no_text(payload):
        raise UnreadableDocument(f"{origin}: {_NEITHER}")
    return Document(origin=origin, dump=payload)


def _document_of(page: SavedPage | None, origin: str, what: str) -> Document:
    """Return the page that was unwrapped. :raises UnreadableDocument: if there is none, or half of one."""
    if page is None:
        raise UnreadableDocument(f"{origin}: no page in this {what}")
    if page.is_torn:
        raise UnreadableDocument(f"{origin}: the {what} ends within its page; save it again")
    known = page.url is not None and is_well_formed(page.url)
    return Document(
        origin=origin,
        html=page.html,
        url=page.url if known else None,
        http_charset=page.charset,
        fetched_at=fetch_time(page.at),
    )


def is_no_text(payload: bytes) -> bool:
    """Return whether *payload* is no text in any encoding: pictures, PDF and archives of files are not."""
    return b"\0" in payload and not payload.startswith(UTF_16_OR_32)
