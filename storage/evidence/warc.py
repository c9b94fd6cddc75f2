"""Reads WARC files whose every record is a gzip member of its own, as ours are written."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

READ_BYTES = 65_536
GZIP_MAGIC = b"\x1f\x8b\x08"
OPEN_MARK = ".open"
Fields = tuple[tuple[str, str], ...]


def open_mark(path: Path) -> Path:
    """Return the path whose existence says that *path* is being written, or that its writer died."""
    return path.with_name(path.name + OPEN_MARK)


class DamagedRecord(ValueError):
    """Bytes that are no whole WARC record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WarcRecord:
    """One record: its named fields in file order, and its content block."""

    offset: int
    length: int  # of the gzip member
    fields: Fields
    block: bytes

    def field(self, name: str) -> str | None:
        """Return the value of the first field *name*, whatever its case."""
        wanted = name.lower()
        return next((value for field, value in self.fields if field.lower() == wanted), None)

    @property
    def kind(self) -> str:
        """Return the record's type: response, revisit, request, resource, warcinfo."""
        return self.field("WARC-Type") or ""


def read_record(file: BinaryIO, offset: int) -> WarcRecord:
    """Return the record whose gzip member begins at *offset* of *file*.

    :raises DamagedRecord: if no whole record begins there.
    """
    file.seek(offset)
    content, length = _inflate_member(file, offset)
    return _parse(content, offset, length)


def scan_records(file: BinaryIO) -> Iterator[WarcRecord]:
    """Yield the records of *file*.

    :raises DamagedRecord: at the first byte that begins no whole record.
    """
    offset, size = 0, file.seek(0, 2)
    while offset < size:
        record = read_record(file, offset)
        yield record
        offset += record.length


def split_http(block: bytes) -> tuple[str, Fields, bytes]:
    """Return the first line, the header fields and the payload of an HTTP message.

    :raises DamagedRecord: if *block* is none.
    """
    head, separator, payload = block.partition(b"\r\n\r\n")
    if not separator:
        raise DamagedRecord("no HTTP message")
    line, *lines = head.decode("latin-1").split("\r\n")
    return line, _fields(lines), payload


def _inflate_member(file: BinaryIO, offset: int) -> tuple[bytes, int]:
    stream = zlib.decompressobj(31)
    chunks: list[bytes] = []
    read = 0
    while not stream.eof:
        data = file.read(READ_BYTES)
        read += len(data)
        try:
            chunks.append(stream.decompress(data))
        except zlib.error as error:
            raise DamagedRecord(f"no gzip member at {offset}: {error}") from error
        if not data:
            raise DamagedRecord(f"the record at {offset} is cut short")
    return b"".join(chunks), read - len(stream.unused_data)


def _parse(content: bytes, offset: int, length: int) -> WarcRecord:
    head, separator, rest = content.partition(b"\r\n\r\n")
    if not separator or not head.startswith(b"WARC/1."):
        raise DamagedRecord(f"no WARC record at {offset}")
    fields = _fields(head.decode(errors="replace").split("\r\n")[1:])
    record = WarcRecord(offset=offset, length=length, fields=fields, block=rest.removesuffix(b"\r\n\r\n"))
    if record.field("Content-Length") != str(len(record.block)):
        raise DamagedRecord(f"the record at {offset} has another length than it says")
    return record


def _fields(lines: list[str]) -> Fields:
    pairs = (line.partition(":") for line in lines)
    return tuple((name.strip(), value.strip()) for name, colon, value in pairs if colon)
