"""Writes WARC 1.1 records as bytes, each a gzip member of its own."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from urllib.parse import quote, urlsplit
from uuid import uuid4

from storage.records import EvidencePointer

# Level 3 costs 15 % more time than level 1 and saves 5 % of the bytes; level 6 costs twice as much time.
COMPRESSION_LEVEL = 3
GZIP = 31  # zlib's word for the largest window, with the header of gzip
REVISIT_PROFILE = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
SECRET_HEADERS = frozenset({b"authorization", b"cookie", b"proxy-authorization"})
ENCODING_HEADERS = frozenset({b"content-encoding", b"content-length"})
UNSAFE = re.compile(rb"[\r\n\0]+")
UNSAFE_URL = re.compile(r"[\s\0]")

HeaderPairs = tuple[tuple[bytes, bytes], ...]
Fields = Iterable[tuple[str, str | None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """A request and the response to it, as they went over the wire.

    With *original*, a full record of the same URL whose payload has the same digest once decoded, only
    the headers are kept.
    """

    url: str
    at: datetime  # aware
    method: str = "GET"
    request_headers: HeaderPairs = ()
    request_body: bytes = b""
    status: int
    protocol: str = "HTTP/1.1"
    reason: bytes = b""
    headers: HeaderPairs = ()  # as received, without that of the transfer encoding
    body: bytes = b""  # under its content encoding, without transfer encoding
    digest: str | None = None  # of the body, where it is known already
    address: str | None = None  # of the server
    original: EvidencePointer | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedPage:
    """A file that was imported, not fetched."""

    url: str
    at: datetime  # aware
    media_type: str
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """What a revisit record says of the full record that holds its payload."""

    pointer: EvidencePointer
    record_id: str
    url: str
    date: str
    payload_digest: str
    encoding: HeaderPairs  # the headers that say how its payload is encoded


def warcinfo_record(name: str, record_id: str, at: datetime, facts: Mapping[str, str]) -> bytes:
    """Return the record that opens the file *name* and tells *facts* of the run."""
    lines = (f"{key}: {' '.join(value.split())}\r\n" for key, value in facts.items())
    fields = (
        ("WARC-Type", "warcinfo"),
        ("WARC-Record-ID", record_id),
        ("WARC-Date", warc_date(at)),
        ("WARC-Filename", name),
        ("Content-Type", "application/warc-fields"),
    )
    return _member(fields, "".join(lines).encode(errors="replace"))


def response_record(exchange: Exchange, record_id: str, warcinfo_id: str) -> bytes:
    """Return the full record of the response."""
    fields = (
        ("WARC-Type", "response"),
        ("WARC-Record-ID", record_id),
        *_of(exchange, warcinfo_id),
        ("WARC-Payload-Digest", _labelled(exchange.digest) if exchange.digest else _digest(exchange.body)),
        ("Content-Type", "application/http; msgtype=response"),
    )
    return _member(fields, _response_head(exchange), exchange.body)


def revisit_record(exchange: Exchange, record_id: str, warcinfo_id: str, original: Original) -> bytes:
    """Return the record of a response whose payload lies in *original*.

    Its headers are those received, but for the encoding, which is that of the payload that replay tools
    put under them.
    """
    received = tuple(pair for pair in exchange.headers if pair[0].lower() not in ENCODING_HEADERS)
    fields = (
        ("WARC-Type", "revisit"),
        ("WARC-Record-ID", record_id),
        *_of(exchange, warcinfo_id),
        ("WARC-Profile", REVISIT_PROFILE),
        ("WARC-Refers-To", original.record_id),
        ("WARC-Refers-To-Target-URI", original.url),
        ("WARC-Refers-To-Date", original.date),
        ("WARC-Refers-To-Filename", original.pointer.file),
        ("WARC-Refers-To-File-Offset", str(original.pointer.offset)),
        ("WARC-Payload-Digest", original.payload_digest),
        ("Content-Type", "application/http; msgtype=response"),
    )
    return _member(fields, _response_head(replace(exchange, headers=received + original.encoding)))


def request_record(exchange: Exchange, response_id: str, warcinfo_id: str) -> bytes:
    """Return the record of the request, without anything secret."""
    fields = (
        ("WARC-Type", "request"),
        ("WARC-Record-ID", new_record_id()),
        *_of(exchange, warcinfo_id),
        ("WARC-Concurrent-To", response_id),
        ("Content-Type", "application/http; msgtype=request"),
    )
    return _member(fields, _request_head(exchange), exchange.request_body)


def resource_record(page: SavedPage, record_id: str, warcinfo_id: str) -> bytes:
    """Return the record of an imported file."""
    fields = (
        ("WARC-Type", "resource"),
        ("WARC-Record-ID", record_id),
        ("WARC-Date", warc_date(page.at)),
        ("WARC-Target-URI", _url(page.url)),
        ("WARC-Warcinfo-ID", warcinfo_id),
        ("WARC-Payload-Digest", _digest(page.body)),
        ("Content-Type", " ".join(page.media_type.split()) or None),
    )
    return _member(fields, page.body)


def new_record_id() -> str:
    """Return an identifier that no other record has."""
    return f"<urn:uuid:{uuid4()}>"


def warc_date(at: datetime) -> str:
    """Return *at* as WARC writes it, to the second, by which replay tools look records up."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _of(exchange: Exchange, warcinfo_id: str) -> Fields:
    return (
        ("WARC-Date", warc_date(exchange.at)),
        ("WARC-Target-URI", _url(exchange.url)),
        ("WARC-IP-Address", exchange.address),
        ("WARC-Warcinfo-ID", warcinfo_id),
    )


def _response_head(exchange: Exchange) -> bytes:
    line = b"%s %d %s" % (exchange.protocol.encode(), exchange.status, UNSAFE.sub(b" ", exchange.reason))
    return _head(line, exchange.headers)


def _request_head(exchange: Exchange) -> bytes:
    parts = urlsplit(_url(exchange.url))
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    public = tuple(
        (name, value) for name, value in exchange.request_headers if name.lower() not in SECRET_HEADERS
    )
    host = (b"Host", parts.netloc.rpartition("@")[2].encode())
    return _head(f"{exchange.method} {target} HTTP/1.1".encode(), (host, *public))


def _head(line: bytes, headers: HeaderPairs) -> bytes:
    lines = (b"%s: %s\r\n" % (UNSAFE.sub(b" ", name), UNSAFE.sub(b" ", value)) for name, value in headers)
    return line + b"\r\n" + b"".join(lines) + b"\r\n"


def _member(fields: Fields, head: bytes, body: bytes = b"") -> bytes:
    named = "".join(f"{name}: {value}\r\n" for name, value in fields if value is not None)
    named += f"WARC-Block-Digest: {_digest(head, body)}\r\nContent-Length: {len(head) + len(body)}\r\n"
    start = f"WARC/1.1\r\n{named}\r\n".encode(errors="replace")
    # In one call: between two of them the thread would wait for its turn.
    return zlib.compress(b"".join((start, head, body, b"\r\n\r\n")), COMPRESSION_LEVEL, GZIP)


def _digest(*parts: bytes) -> str:
    digest = sha256()
    for part in parts:
        digest.update(part)
    return _labelled(digest.hexdigest())


def _labelled(digest: str) -> str:
    return f"sha256:{digest}"


def _url(url: str) -> str:
    return UNSAFE_URL.sub(lambda match: quote(match[0]), url)
