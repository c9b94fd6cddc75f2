"""Mends the WARC files of runs that died: whole records stay, a torn end goes."""

from __future__ import annotations

import logging
import os
from pathlib import Path
from typing import BinaryIO

from storage.evidence.warc import GZIP_MAGIC, OPEN_MARK, DamagedRecord, read_record, scan_records

logger = logging.getLogger(__name__)


def repair_folder(folder: Path) -> int:
    """Mend every file in *folder* that a dead run left open; return the bytes that were cut."""
    cut = 0
    for mark in sorted(folder.glob(f"*{OPEN_MARK}")):
        path = mark.with_name(mark.name.removesuffix(OPEN_MARK))
        if path.exists():
            cut += repair(path)
        mark.unlink(missing_ok=True)
    return cut


def repair(path: Path) -> int:
    """Cut *path* to its last whole record and return how many bytes that took.

    Damage with whole records behind it is no torn end: it is left for `hotnews verify` to name.
    """
    with path.open("r+b") as file:
        whole = _whole_bytes(file)
        torn = file.seek(0, os.SEEK_END) - whole
        if not torn:
            return 0
        if _has_record(file, whole + 1):
            logger.warning("%s is damaged at %d, with whole records behind it: left as it is", path, whole)
            return 0
        file.truncate(whole)
        os.fsync(file.fileno())
    logger.warning("%s ended in a torn record of a run that died: %d bytes cut", path, torn)
    return torn


def _whole_bytes(file: BinaryIO) -> int:
    end = 0
    try:
        for record in scan_records(file):
            end = record.offset + record.length
    except DamagedRecord:
        return end
    return end


def _has_record(file: BinaryIO, start: int) -> bool:
    file.seek(start)
    tail = file.read()
    found = tail.find(GZIP_MAGIC)
    while found >= 0:
        if _is_record(file, start + found):
            return True
        found = tail.find(GZIP_MAGIC, found + 1)
    return False


def _is_record(file: BinaryIO, offset: int) -> bool:
    try:
        read_record(file, offset)
    except DamagedRecord:
        return False
    return True
