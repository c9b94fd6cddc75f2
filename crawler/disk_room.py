"""Whether there is room for a run: one that begins on a full disk only asks a site in vain."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import make_url

from storage.errors import ArchiveNotWritable

if TYPE_CHECKING:
    from storage import Archive

MB = 1_000_000


def require_room(archive: Archive, *, least_free_mb: int, budget_mb: int) -> None:
    """Check the disks of an archive and of its evidence, and what both take; 0 checks nothing.

    :raises ArchiveNotWritable: if less than *least_free_mb* are free, or more than *budget_mb* are taken.
    """
    places = (*(path.parent for path in database_files(archive)), archive.evidence_root)
    for folder in dict.fromkeys(existing(path) for path in places):
        free = shutil.disk_usage(folder).free // MB
        if free < least_free_mb:
            raise ArchiveNotWritable(
                f"{folder}: {free} MB are free, a run begins with {least_free_mb} or more;"
                " free some space, or say -s DISK_LEAST_FREE_MB=0"
            )
    if budget_mb and (taken := sum(sizes(archive)) // MB) >= budget_mb:
        raise ArchiveNotWritable(
            f"{archive.masked_url}: archive and evidence take {taken} MB of the {budget_mb} that"
            " DISK_BUDGET_MB allows; say more, or move evidence to another disk (HOTNEWS_EVIDENCE)"
        )


def existing(path: Path) -> Path:
    """Return *path*, or the first folder above it that is there."""
    return next(each for each in (path, *path.parents) if os.access(each, os.F_OK))


def database_files(archive: Archive) -> Iterator[Path]:
    """Yield the files of a database on this machine's disk: those of SQLite."""
    url = make_url(archive.url)
    if url.get_backend_name() == "sqlite":
        yield from (Path(f"{url.database}{end}") for end in ("", "-wal"))


def sizes(archive: Archive) -> Iterator[int]:
    """Yield the size of each file, as far as it is there."""
    for path in (*database_files(archive), *archive.evidence_root.rglob("*")):
        yield size_of(path)


def size_of(path: Path) -> int:
    """Return how large a file is; 0 for a folder, and where another run has just put a journal away."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return 0
    return found.st_size if stat.S_ISREG(found.st_mode) else 0
