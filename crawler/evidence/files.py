"""Opens WARC files so that none is ever overwritten, and appends to them so that what is there is whole."""

from __future__ import annotations

import contextlib
import errno
import os
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from crawler.evidence.records import new_record_id, warcinfo_record
from storage.evidence.warc import open_mark

UNSAFE_NAME = re.compile(r"[^A-Za-z0-9._-]+")
DEVICE_NAME = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")
MOST_NAME_CHARACTERS = 80


def safe_name(name: str) -> str:
    """Return *name* as a file name of its own: no folder, no dot file, no device, of bounded length.

    A name that had to be changed carries a digest, so that no two names fall together.
    """
    safe = UNSAFE_NAME.sub("_", name).strip("._-")[:MOST_NAME_CHARACTERS]
    if safe and safe == name and not DEVICE_NAME.fullmatch(safe):
        return safe
    return f"{safe or 'unnamed'}-{sha256(name.encode(errors='surrogatepass')).hexdigest()[:12]}"


class WarcFile:
    """A new WARC file that grows by whole, synced batches."""

    def __init__(self, folder: Path, stem: str, facts: Mapping[str, str]) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.path, self._descriptor = _create(folder, stem)
        self.size = 0
        self.warcinfo_id = new_record_id()
        open_mark(self.path).touch()
        self.append(warcinfo_record(self.path.name, self.warcinfo_id, datetime.now(UTC), facts))
        _sync_folder(folder)

    def append(self, content: bytes) -> None:
        """Write *content* and wait until it is on disk; after an OSError the file ends where it did.

        :raises OSError: if it cannot be written, or the file is no longer where rows will look for it
        """
        try:
            _require_in_place(self.path, self._descriptor)
            _write_all(self._descriptor, content)
            os.fsync(self._descriptor)
        except OSError:
            with contextlib.suppress(OSError):
                os.ftruncate(self._descriptor, self.size)
            raise
        self.size += len(content)

    def close(self) -> None:
        """Close the file for good."""
        os.close(self._descriptor)
        open_mark(self.path).unlink(missing_ok=True)


def _create(folder: Path, stem: str) -> tuple[Path, int]:
    number = len(list(folder.glob(f"{stem}-*.warc.gz")))
    while True:
        number += 1
        path = folder / f"{stem}-{number:05}.warc.gz"
        with contextlib.suppress(FileExistsError):
            return path, os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)


def _require_in_place(path: Path, descriptor: int) -> None:
    """Raise FileNotFoundError if *path* was deleted or moved: an open file takes bytes all the same."""
    try:
        if os.path.samestat(path.stat(), os.fstat(descriptor)):
            return
    except FileNotFoundError:
        pass
    raise FileNotFoundError(errno.ENOENT, "the open file was moved or deleted", str(path))


def _write_all(descriptor: int, content: bytes) -> None:
    view = memoryview(content)
    while view:
        view = view[os.write(descriptor, view) :]


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
