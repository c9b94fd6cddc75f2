"""The records of a WARC file; behind a damaged one reading goes on at the next that is whole."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import IO, Any

from fastwarc.warc import ArchiveIterator

_MOST_TRIES = 1_000
_CHUNK, _OVERLAP = 1 << 20, 16  # bytes
_GZIP = b"\x1f\x8b"
_MEMBER = re.compile(rb"\x1f\x8b\x08[\x00-\x1f]")
_HEAD = re.compile(rb"WARC/\d\.\d{1,2}\r?\n[A-Za-z]")  # amid a line where the record before was cut
_BEGINS, _ENOUGH = b"WARC/", 4096  # bytes of a member that tell what it holds


class Damage(Exception):
    """A place of a WARC file where no record could be read; *after* is where the last one begins."""

    def __init__(self, after: int, reason: str, then: int | None) -> None:
        self.after = after
        goes_on = "nothing behind it could be read" if then is None else f"reading goes on at byte {then}"
        super().__init__(f"{reason}; {goes_on}")


def records_of(stream: IO[bytes]) -> Iterator[Any]:
    """Yield the records in *stream* with their HTTP headers read, and a `Damage` where there is none."""
    last = begin = 0
    reason = ""  # why there was none since the last record
    for _ in range(_MOST_TRIES):
        error_of_this = ""
        try:
            for record in ArchiveIterator(stream, parse_http=True):
                if reason:
                    yield Damage(last, reason, record.stream_pos)
                reason, last, begin = "", max(begin, record.stream_pos), max(begin, record.stream_pos)
                yield record
        except OSError as error:
            error_of_this = str(error)
        is_whole = not error_of_this and (reason or not stream.seekable() or _ends_whole(stream, last))
        if is_whole and not reason:
            return
        reason = reason or error_of_this or "the record is cut off, or its length is wrong"
        then = _next_record(stream, begin + 1) if stream.seekable() else None
        if then is None:
            break
        begin = then
        stream.seek(begin)
    yield Damage(last, reason, None)


def _ends_whole(stream: IO[bytes], place: int) -> bool:
    """Return whether the record at *place*, the last of *stream*, is as long as it says, if there is one."""
    stream.seek(place)
    try:
        record = next(ArchiveIterator(stream, parse_http=False), None)
        if record is None:
            return True
        length = 0
        while read := len(record.reader.read(_CHUNK)):
            length += read
    except OSError:
        return False
    return "Content-Length" in record.headers and length >= record.content_length


def _next_record(stream: IO[bytes], start: int) -> int | None:
    """Return where the first record at or behind *start* begins."""
    stream.seek(0)
    packed = stream.read(len(_GZIP)) == _GZIP
    mark = _MEMBER if packed else _HEAD
    stream.seek(start - 1)
    at, window = start - 1, stream.read(_CHUNK)
    while len(window) > 1:
        for found in mark.finditer(window, 1):
            if not packed or _is_member(stream, at + found.start()):
                return at + found.start()
        at += max(len(window) - _OVERLAP, 1)
        stream.seek(at)
        window = stream.read(_CHUNK)
        if len(window) <= _OVERLAP:
            return None
    return None


def _is_member(stream: IO[bytes], place: int) -> bool:
    """Return whether a gzip member that holds a record begins at *place*."""
    stream.seek(place)
    try:
        return zlib.decompressobj(31).decompress(stream.read(_ENOUGH), len(_BEGINS)) == _BEGINS
    except zlib.error:
        return False
