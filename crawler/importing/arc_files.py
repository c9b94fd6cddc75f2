"""ARC files, the form of web archives before WARC: a line about each record, and the answer of the server."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from io import BufferedReader
from typing import Any, NamedTuple

from crawler.importing.compressed import DAMAGED
from crawler.importing.payloads import TornPayload, page_in
from crawler.importing.types import GET_ANEW, LARGEST_DOCUMENT, Document, UnreadableDocument, fetch_time
from crawler.network.addresses import address_in_header, is_well_formed
from storage.safe_text import harmless

MAGIC = b"filedesc:"
_LONGEST_LINE = 1 << 16
_FIELDS = 5  # of a line: address, IP address, time, media type, length
_HTML = (b"text/html", b"application/xhtml")
_STATUS_LINE = b"HTTP/"


class _Head(NamedTuple):
    url: str
    at: datetime | None
    media_type: bytes
    length: int


def read_arc(stream: BufferedReader[Any], origin: str) -> Iterator[Document | UnreadableDocument]:
    """Yield the pages of an ARC file; what follows a record that is none cannot be found."""
    number = 0
    try:
        while line := _next_line(stream):
            head = _head_of(line)
            if head is None:
                yield UnreadableDocument(f"{origin}: no record of an ARC file behind record {number}")
                return
            number += 1
            yield from _page_of(stream, head, f"{origin}:{number}")
    except DAMAGED as error:
        yield UnreadableDocument(f"{origin}: damaged or cut off behind record {number} ({error}); {GET_ANEW}")


def _next_line(stream: BufferedReader[Any]) -> bytes:
    while (line := stream.readline(_LONGEST_LINE)) and not line.strip():
        pass
    return line


def _head_of(line: bytes) -> _Head | None:
    """Return what the *line* over a record says; the second version has five more fields amid it."""
    fields = line.split()
    if len(fields) < _FIELDS or not fields[-1].isdigit():
        return None
    try:
        at = datetime.strptime(fields[2].decode("ascii", "replace")[:14], "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        at = None
    return _Head(harmless(fields[0].decode("utf-8", "replace")), fetch_time(at), fields[3], int(fields[-1]))


def _page_of(
    stream: BufferedReader[Any], head: _Head, origin: str
) -> Iterator[Document | UnreadableDocument]:
    """Yield the page of the record below *head*, if it is one."""
    record = stream.read(min(head.length, LARGEST_DOCUMENT))
    left = head.length - len(record)
    while left > 0 and (passed := len(stream.read(min(left, LARGEST_DOCUMENT)))):
        left -= passed
    if not head.url.startswith(("http://", "https://")) or not head.media_type.lower().startswith(_HTML):
        return
    if left > 0:
        yield UnreadableDocument(f"{origin}: {head.length - left} of {head.length} bytes are there")
    elif not is_well_formed(head.url):
        yield UnreadableDocument(f"{origin}: {head.url[:200]} is no URL")
    else:
        yield _document_of(record, head, origin)


def _document_of(record: bytes, head: _Head, origin: str) -> Document | UnreadableDocument:
    first, _, rest = record.partition(b"\n")
    status = first.split()[1:2]
    if not first.startswith(_STATUS_LINE) or not status or not status[0].isdigit():
        return UnreadableDocument(f"{origin}: the record holds no HTTP response")
    below, body = _parted(rest)
    headers = [
        (name.strip().decode("latin-1"), value.strip().decode("latin-1"))
        for name, colon, value in (line.partition(b":") for line in below.splitlines())
        if colon
    ]
    named = {name.lower(): value for name, value in headers}
    try:
        html = page_in(body, headers, limit=LARGEST_DOCUMENT)
    except TornPayload as error:
        return UnreadableDocument(f"{origin}: the recorded response is torn: {error}")
    charset = named.get("content-type", "").lower().partition("charset=")[2].strip(" \"';")
    return Document(
        origin=origin,
        html=html,
        url=head.url,
        status=int(status[0]),
        location=address_in_header(named.get("location")),
        http_charset=charset or None,
        fetched_at=head.at,
    )


def _parted(rest: bytes) -> tuple[bytes, bytes]:
    """Return the headers and the body of a response."""
    ends = [(rest.find(mark), mark) for mark in (b"\r\n\r\n", b"\n\n")]
    place, mark = min(((place, mark) for place, mark in ends if place >= 0), default=(len(rest), b""))
    return rest[:place], rest[place + len(mark) :]
