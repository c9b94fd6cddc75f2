"""Pages in WARC files, and in the WACZ files that hold some."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlsplit
from zipfile import ZipFile

from fastwarc.warc import ArchiveIterator, WarcRecordType

from crawler.importing.payloads import TornPayload, page_in
from crawler.importing.types import LARGEST_DOCUMENT, Document, UnreadableDocument, fetch_time
from crawler.importing.zip_files import opened
from crawler.network.addresses import address_in_header, is_well_formed
from storage.safe_text import harmless

HTML_TYPES = ("text/html", "application/xhtml")


def read_wacz(path: Path) -> Iterator[Document | UnreadableDocument]:
    """Yield the pages among the records of the WARC files in a WACZ file."""
    with ZipFile(path) as package:
        files = [
            name
            for name in sorted(package.namelist())
            if name.startswith("archive/") and name.endswith((".warc", ".warc.gz"))
        ]
        for name in files:
            origin = f"{path}:{name}"
            with opened(package, name, origin) as stream:
                yield from read_warc(stream, origin)
    if not files:
        raise UnreadableDocument(f"{path}: no WARC file in it")


def read_warc(stream: IO[bytes], origin: str) -> Iterator[Document | UnreadableDocument]:
    """Yield the pages among the records of a WARC file, gzipped or not."""
    kinds = WarcRecordType.response | WarcRecordType.resource
    for record in ArchiveIterator(stream, record_types=kinds, parse_http=True):
        place = f"{origin}@{record.stream_pos}"
        url = harmless(record.headers.get("WARC-Target-URI") or "").strip("<>")
        if not is_well_formed(url):
            yield UnreadableDocument(f"{place}: {url[:200]} is no URL")
            continue
        if urlsplit(url).scheme not in {"http", "https", "urn"}:
            continue
        document = warc_document(record, url, place)
        if document is not None:
            yield document


def warc_document(record: Any, url: str, origin: str) -> Document | UnreadableDocument | None:
    """Return the page of one record, or None where it holds something else than a page."""
    http = record.http_headers
    media_type = record.headers.get("Content-Type") if http is None else record.http_content_type
    status = http.status_code if http is not None else 200
    # Servers that name no type send pages too; what a page is not is rejected by name.
    if status == 200 and media_type and not media_type.lower().startswith(HTML_TYPES):
        return None
    if status is None:
        return UnreadableDocument(f"{origin}: the record holds no HTTP response")
    try:
        html = page_in(whole_payload(record), list(http or ()), limit=LARGEST_DOCUMENT)
    except TornPayload as error:
        return UnreadableDocument(f"{origin}: the recorded response is torn: {error}")
    return Document(
        origin=origin,
        html=html,
        url=url,
        status=status,
        location=address_in_header(http.get("Location")) if http is not None else None,
        http_charset=record.http_charset,
        fetched_at=fetch_time(record.record_date),
    )


def whole_payload(record: Any) -> bytes:
    """Return the payload of *record*. :raises TornPayload: if it is not all there."""
    if reason := record.headers.get("WARC-Truncated"):
        raise TornPayload(f"whoever recorded it cut it ({reason})")
    promised = min(record.content_length, LARGEST_DOCUMENT)
    payload: bytes = record.reader.read(LARGEST_DOCUMENT)
    if len(payload) < promised:
        raise TornPayload(f"{len(payload)} of {promised} bytes are there")
    return payload
