"""Pages in WARC files, and in the WACZ files that hold some."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any
from zipfile import ZipFile

from fastwarc.warc import WarcRecordType

from crawler.importing.payloads import TornPayload, page_in
from crawler.importing.revisits import Revisits, is_html, target_of
from crawler.importing.types import GET_ANEW, LARGEST_DOCUMENT, Document, UnreadableDocument, fetch_time
from crawler.importing.warc_records import Damage, records_of
from crawler.importing.zip_files import opened
from crawler.network.addresses import address_in_header, is_well_formed

_PAGES = (WarcRecordType.response, WarcRecordType.resource)
_TEXT_TYPE = "text/plain"  # of what Common Crawl converts a page to


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
    """Yield the pages among the records of a WARC file, compressed or not.

    :raises UnreadableDocument: if it is no WARC file
    """
    found, torn, revisits = 0, -1, Revisits()
    for record in records_of(stream):
        if isinstance(record, Damage):
            if not found:
                raise UnreadableDocument(f"{origin}: no WARC file ({record})")
            if record.after != torn:  # what is torn was told of
                yield UnreadableDocument(
                    f"{origin}: damaged behind byte {record.after}: {record}; {GET_ANEW}"
                )
            continue
        found += 1
        if record.record_type == WarcRecordType.revisit:
            revisits.take(record)
        elif (document := record_document(record, origin)) is not None:
            torn = record.stream_pos if isinstance(document, UnreadableDocument) else torn
            yield document
    if revisits and stream.seekable():
        stream.seek(0)
        for record in records_of(stream):
            if not isinstance(record, Damage) and revisits.are_of(record):
                document = record_document(record, origin)
                if isinstance(document, Document):
                    yield from revisits.resolved(record, document, origin)
    yield from revisits.unresolved(origin)


def record_document(record: Any, origin: str) -> Document | UnreadableDocument | None:
    """Return the page that *record* holds, or None where it holds something else than a page."""
    place = f"{origin}@{record.stream_pos}"
    is_text = record.record_type == WarcRecordType.conversion
    if not is_text and record.record_type not in _PAGES:
        return None
    url = target_of(record)
    if not is_well_formed(url):
        return UnreadableDocument(f"{place}: {url[:200]} is no URL")
    scheme, _, about = url.partition(":")
    # What browsertrix notes about a page: its picture, its text, what it needs.
    if scheme not in {"http", "https", "urn", "file"} or (scheme == "urn" and "://" in about):
        return None
    known = url if scheme != "file" else None
    return text_document(record, known, place) if is_text else warc_document(record, known, place)


def text_document(record: Any, url: str | None, origin: str) -> Document | UnreadableDocument | None:
    """Return the text that a page was converted to, or None where *record* holds something else."""
    if not (record.headers.get("Content-Type") or "").startswith(_TEXT_TYPE):
        return None
    try:
        dump = whole_payload(record)
    except TornPayload as error:
        return UnreadableDocument(f"{origin}: the text is torn: {error}")
    return Document(origin=origin, dump=dump, url=url, fetched_at=fetch_time(record.record_date))


def warc_document(record: Any, url: str | None, origin: str) -> Document | UnreadableDocument | None:
    """Return the page of one record, or None where it holds something else than a page."""
    http = record.http_headers
    media_type = record.headers.get("Content-Type") if http is None else record.http_content_type
    status = http.status_code if http is not None else 200
    # Servers that name no type send pages too; what a page is not is rejected by name.
    if status == 200 and media_type and not is_html(media_type):
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
    if "Content-Length" not in record.headers:
        raise TornPayload("the file ends in the head of the record")
    promised = min(record.content_length, LARGEST_DOCUMENT)
    try:
        payload: bytes = record.reader.read(LARGEST_DOCUMENT)
    except OSError as error:
        raise TornPayload(str(error)) from error
    if len(payload) < promised:
        raise TornPayload(f"{len(payload)} of {promised} bytes are there")
    return payload
