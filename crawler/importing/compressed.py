"""Files as they are, or compressed: told by their first bytes, since their names are not always right."""

from __future__ import annotations

import bz2
import gzip
import lzma
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BufferedReader, BytesIO, RawIOBase
from pathlib import Path
from typing import IO, Any, cast

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

SUFFIXES = frozenset({".gz", ".bz2", ".xz", ".zst"})
CUT = (EOFError, gzip.BadGzipFile, zlib.error, lzma.LZMAError, zstd.ZstdError)
DAMAGED = (OSError, *CUT)  # what reading such a file may raise
_READERS: dict[bytes, Callable[[Any], Any]] = {
    b"\x1f\x8b": lambda file: gzip.GzipFile(fileobj=file),
    b"BZh": bz2.BZ2File,
    b"\xfd7zXZ\0": lzma.LZMAFile,
    b"\x28\xb5\x2f\xfd": zstd.ZstdFile,
}
_LOOKED_AT = 1 << 16  # bytes that `peek` can show


def opened_as_it_is(path: Path) -> BufferedReader[Any]:
    """Open *path*, which may be a pipe."""
    return cast("BufferedReader[Any]", path.open("rb", _LOOKED_AT))


@contextmanager
def opened_file(path: Path) -> Iterator[BufferedReader[Any]]:
    """Open *path* without its compression."""
    with opened_as_it_is(path) as file, inflated(file) as content:
        yield content


@contextmanager
def inflated(file: IO[bytes]) -> Iterator[BufferedReader[Any]]:
    """Open what *file* holds, without its compression."""
    raw: BufferedReader[Any] = file if isinstance(file, BufferedReader) else BufferedReader(cast("Any", file))
    head = raw.peek(_LOOKED_AT)
    reader = next((reader for magic, reader in _READERS.items() if head.startswith(magic)), None)
    if reader is None or not _inflates(reader, head):
        yield raw
        return
    with BufferedReader(_Inflated(reader(raw)), _LOOKED_AT) as content:
        yield content


def is_compressed(head: bytes) -> bool:
    """Return whether *head* is how compressed files begin."""
    return head.startswith(tuple(_READERS))


def _inflates(reader: Callable[[Any], Any], head: bytes) -> bool:
    """Return whether a file that begins with *head* is what its first bytes say."""
    try:
        reader(BytesIO(head)).read1(1)
    except EOFError:
        return True
    except DAMAGED:
        return False
    return True


class _Inflated(RawIOBase):
    """What a decompressor gives, as soon as it gives it: of a file that is cut off, all that is there."""

    def __init__(self, source: Any) -> None:
        self._source = source

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        read: bytes = self._source.read1(len(buffer))
        buffer[: len(read)] = read
        return len(read)
