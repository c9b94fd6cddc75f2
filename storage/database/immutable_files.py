"""SQLite files that may be read and not written: on read-only media, or another user's.

SQLite keeps a file of shared memory beside an archive that anybody reads. Where it may not make one, or
would make one that the archive's owner may not write, the file is opened as one that nothing changes.
Should its owner write to it all the same, a connection that was opened before is not used again, and an
answer that the change may have reached is an error.
"""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import DisconnectionError

from storage.errors import ArchiveBusy, ArchiveNotWritable

if TYPE_CHECKING:
    from sqlalchemy.engine.interfaces import DBAPIConnection, Dialect
    from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection

CONTENT = "hotnews_content"  # what the file was when a connection took it for immutable


class Content(NamedTuple):
    """What changes when a file is written to."""

    modified: int
    size: int

    @classmethod
    def of(cls, path: Path) -> Content:
        """Return what the file at *path* is now."""
        stored = path.stat()
        return cls(stored.st_mtime_ns, stored.st_size)


def read_immutable_files(engine: Engine) -> None:
    """Let connections of *engine* read a SQLite file that may not be written."""
    path = Path(str(engine.url.database))
    event.listen(engine, "do_connect", partial(_connect, path))
    event.listen(engine, "checkout", partial(_leave_if_written, path))
    event.listen(engine, "commit", partial(_refuse_if_written, path))


def is_immutable(path: Path) -> bool:
    """Return whether the file at *path* can only be read as one that nothing changes.

    :raises ArchiveNotWritable: if its journal holds what is not in it, and can be read in no way
    """
    folder_is_ours = os.access(path.parent, os.W_OK | os.X_OK)
    if not path.exists() or (folder_is_ours and os.access(path, os.W_OK)) or _beside(path, "-shm").exists():
        return False
    if not _has_journal(path):
        return True
    if folder_is_ours:
        return False
    raise ArchiveNotWritable(
        f"{path}: its journal ({path.name}-wal) holds what is not in the file yet, and its folder is"
        " read-only; copy both to a folder that may be written to, and read them there"
    )


def _has_journal(path: Path) -> bool:
    journal = _beside(path, "-wal")
    return journal.exists() and journal.stat().st_size > 0


def _beside(path: Path, ending: str) -> Path:
    return path.with_name(path.name + ending)


def _connect(
    path: Path,
    _dialect: Dialect,
    entry: ConnectionPoolEntry,
    arguments: list[object],
    named: dict[str, object],
) -> None:
    if is_immutable(path):
        entry.info[CONTENT] = Content.of(path)
        arguments[0] = f"file:{quote(str(path))}?mode=ro&immutable=1"
        named["uri"] = True


def _leave_if_written(
    path: Path, _opened: DBAPIConnection, entry: ConnectionPoolEntry, _connection: PoolProxiedConnection
) -> None:
    """Have a new connection made where somebody writes, or wrote, to what was taken for immutable."""
    content = entry.info.get(CONTENT)
    if content and (content != Content.of(path) or _beside(path, "-shm").exists()):
        raise DisconnectionError("the file was written to since it was opened")


def _refuse_if_written(path: Path, connection: Connection) -> None:
    content = connection.info.get(CONTENT)
    if content and content != Content.of(path):
        raise ArchiveBusy(f"{path}: it was written to while it was read; ask again")
