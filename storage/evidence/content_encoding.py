"""Takes the content encodings of HTTP off a body: strictly, and in bounded memory."""

from __future__ import annotations

import sys
import zlib
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

CHUNK_BYTES = 262_144
MOST_MEMBERS = 100  # a body of many tiny members costs time by the square of their number


class UndecodableBody(ValueError):
    """A body that is not what its Content-Encoding says."""


class IncompleteBody(UndecodableBody):
    """A body that ends before its encoding does."""


class OversizedBody(UndecodableBody):
    """A body that is larger than the limit once it is inflated."""


class Inflater(Protocol):
    """What the decoders of all encodings have in common."""

    def inflate(self, data: bytes) -> bytes:
        """Return at most about a chunk of output, given *data* and what is left of earlier data."""

    @property
    def finished(self) -> bool:
        """Return whether the encoding's own end was seen."""

    @property
    def rest(self) -> bytes:
        """Return what followed that end: another member, or rubbish."""


def decode_body(body: bytes, encodings: Sequence[str], *, limit: int) -> bytes:
    """Return *body* without its *encodings*, given in the order in which the server applied them.

    An encoding that is not known ends the decoding: the body is returned as it stands there.
    :raises UndecodableBody: if the body is damaged, incomplete or larger than *limit* bytes inflated.
    """
    for encoding in reversed(encodings):
        if encoding not in INFLATERS or not body:
            return body
        body = _inflated(body, encoding, limit)
    return body


def content_encodings(values: Sequence[str]) -> tuple[str, ...]:
    """Return the encodings that Content-Encoding *values* name, without the one that does nothing."""
    names = (name.strip().lower() for value in values for name in value.split(","))
    return tuple(name for name in names if name not in {"", "identity"})


def _inflated(body: bytes, encoding: str, limit: int) -> bytes:
    """Return what all members of *body* inflate to; what follows them and is no member is ignored."""
    chunks: list[bytes] = []
    rest = body
    for _ in range(MOST_MEMBERS):
        stream = INFLATERS[encoding](rest)
        _inflate_member(stream, rest, chunks, limit)
        if not stream.finished:
            raise IncompleteBody(f"the {encoding} body of {len(body)} bytes ends early")
        rest = stream.rest
        if rest[:2] != body[:2]:
            return b"".join(chunks)
    raise OversizedBody(f"the {encoding} body has more than {MOST_MEMBERS} members")


def _inflate_member(stream: Inflater, member: bytes, chunks: list[bytes], limit: int) -> None:
    size = sum(map(len, chunks))
    chunk = stream.inflate(member)
    while chunk:
        chunks.append(chunk)
        size += len(chunk)
        if size > limit:
            chunks.clear()  # the traceback would keep them alive for as long as the error is
            raise OversizedBody(f"a body of {len(member)} bytes inflates to more than {limit}")
        chunk = b"" if stream.finished else stream.inflate(b"")


class _Zlib:
    """Inflates gzip and deflate, raw deflate too, which old servers send under the same name."""

    def __init__(self, wbits: int) -> None:
        self._stream = zlib.decompressobj(wbits)

    def inflate(self, data: bytes) -> bytes:
        try:
            return self._stream.decompress(data or self._stream.unconsumed_tail, CHUNK_BYTES)
        except zlib.error as error:
            raise UndecodableBody(str(error)) from error

    @property
    def finished(self) -> bool:
        return self._stream.eof

    @property
    def rest(self) -> bytes:
        return self._stream.unused_data


def _gzip(_: bytes) -> Inflater:
    return _Zlib(31)


def _deflate(body: bytes) -> Inflater:
    is_wrapped = len(body) > 1 and body[0] & 0x0F == 8 and int.from_bytes(body[:2], "big") % 31 == 0
    return _Zlib(15 if is_wrapped else -15)


class _Brotli:
    """Inflates Brotli."""

    def __init__(self, _: bytes) -> None:
        import brotli  # type: ignore[import-untyped]

        self._stream = brotli.Decompressor()
        self._error: type[Exception] = brotli.error

    def inflate(self, data: bytes) -> bytes:
        try:
            chunk: bytes = self._stream.process(data, output_buffer_limit=CHUNK_BYTES)
        except self._error as error:
            raise UndecodableBody(f"not Brotli: {error}") from error
        return chunk

    @property
    def finished(self) -> bool:
        return bool(self._stream.is_finished())

    @property
    def rest(self) -> bytes:
        return b""


class _Zstandard:
    """Inflates Zstandard, whose window is bounded as browsers bound it (RFC 9659: 8 MB)."""

    def __init__(self, _: bytes) -> None:
        if sys.version_info >= (3, 14):
            from compression import zstd
        else:
            from backports import zstd

        self._stream = zstd.ZstdDecompressor(options={zstd.DecompressionParameter.window_log_max: 23})
        self._error: type[Exception] = zstd.ZstdError

    def inflate(self, data: bytes) -> bytes:
        try:
            return self._stream.decompress(data, CHUNK_BYTES)
        except self._error as error:
            raise UndecodableBody(f"not Zstandard: {error}") from error

    @property
    def finished(self) -> bool:
        return bool(self._stream.eof)

    @property
    def rest(self) -> bytes:
        return bytes(self._stream.unused_data)


INFLATERS: dict[str, Callable[[bytes], Inflater]] = {
    "gzip": _gzip,
    "x-gzip": _gzip,
    "deflate": _deflate,
    "br": _Brotli,
    "zstd": _Zstandard,
}
