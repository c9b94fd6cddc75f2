"""The page inside of a recorded HTTP response: tools keep it as it was transferred, or as it was shown."""

from __future__ import annotations

import re
from collections.abc import Sequence

from storage.evidence.content_encoding import IncompleteBody, UndecodableBody, content_encodings, decode_body

_CHUNK = re.compile(rb"(?:\r?\n)?([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]{0,1000})?\r?\n")


class TornPayload(ValueError):
    """A recorded response that ends before its encoding does."""


def page_in(payload: bytes, headers: Sequence[tuple[str, str]], *, limit: int) -> bytes:
    """Return *payload* without the transfer and content encodings that its *headers* name.

    Where it is not what they say, the tool that recorded it has decoded it already, and it stays as it is.
    It may be *limit* bytes long.
    :raises TornPayload: if it ends too early.
    """
    named = {name.lower(): value.lower() for name, value in headers}
    length = named.get("content-length", "").strip()
    if "chunked" in named.get("transfer-encoding", ""):
        payload = _without_chunks(payload)
    elif length.isdecimal() and int(length) > len(payload):
        raise TornPayload(f"{len(payload)} of {length} bytes arrived")
    encodings = content_encodings([value for name, value in headers if name.lower() == "content-encoding"])
    if payload.lstrip()[:1] == b"<":  # markup already
        return payload
    try:
        return decode_body(payload, encodings, limit=limit)
    except IncompleteBody as error:
        raise TornPayload(str(error)) from error
    except UndecodableBody:
        return payload


def _without_chunks(payload: bytes) -> bytes:
    """Return what the chunks of *payload* hold (RFC 9112, 7.1), or *payload* where it is none of them."""
    pieces: list[bytes] = []
    chunk = _CHUNK.match(payload)
    while chunk is not None:
        size = int(chunk[1], 16)
        if size == 0:
            return b"".join(pieces)
        pieces.append(payload[chunk.end() : chunk.end() + size])
        chunk = _CHUNK.match(payload, chunk.end() + size)
    if pieces:
        raise TornPayload("its last chunk is missing")
    return payload
