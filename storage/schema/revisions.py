"""At which revision an archive's schema is: made at the newest, checked on opening."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from storage.database.engine import keep_journal, reading, writing
from storage.errors import (
    ArchiveDamaged,
    ArchiveNotFound,
    ArchiveNotWritable,
    ArchiveOutOfDate,
    NotAnArchive,
)
from storage.file_errors import NAMING_ERRORS, told
from storage.locations import evidence_beside, masked

# Every revision ever released, oldest first; the last is ours.
REVISIONS = ("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008", "0009", "0010")
HEAD = REVISIONS[-1]
UNFILLED = " unfilled"  # after a revision: its full-text index is being made
OURS_ALONE = frozenset({"section_coverage", "site_template", "fingerprint_hot", "copy_link"})
SQLITE_MAGIC = b"SQLite format 3\x00"
# SQLite files that this process knows, by path, device and inode. To open such a file and close it again
# drops every lock that the process holds on it (POSIX), SQLite's own too: another process would then take
# itself for the last one and delete the journal under a writer. So each file is looked into once, before
# anything is connected to it.
_known: set[tuple[Path, int, int]] = set()


def require_current(engine: Engine) -> None:
    """Raise unless *engine* leads to an archive of this version's schema."""
    where = masked(engine.url)
    stored = stored_revision(engine)
    if stored is None:
        raise ArchiveNotFound(
            f"{where}: there is no archive yet;"
            " `hotnews crawl` or `hotnews import` makes it, --archive names another"
        )
    if stored == HEAD:
        return
    if stored.endswith(UNFILLED) and stored.removesuffix(UNFILLED) in REVISIONS:
        raise ArchiveOutOfDate(
            f"{where} is being upgraded: its full-text index is not whole yet;"
            " if nothing does it now, run `hotnews upgrade`, which goes on"
        )
    if stored in REVISIONS:
        raise ArchiveOutOfDate(
            f"{where} is at schema {stored}, this version needs {HEAD};"
            " run `hotnews upgrade` (it backs up first)"
        )
    raise ArchiveOutOfDate(
        f"{where} is at schema {stored}, newer than this version's {HEAD}; install a newer hotnews"
    )


def stored_revision(engine: Engine) -> str | None:
    """Return the revision of the archive, None where there is nothing at all.

    :raises NotAnArchive: if there are tables, and they are not ours
    :raises ArchiveDamaged: if some of them are, or the file holds more than it has tables for
    """
    path = _sqlite_path(engine)
    if path is not None and not _is_database(path):
        return None
    with reading(engine) as connection:
        names = set(inspect(connection).get_table_names())
        if "alembic_version" in names and {"page", "revision"} <= names:
            return str(connection.scalar(text("SELECT version_num FROM alembic_version")))
        pages = _pages_in_use(connection)
    if OURS_ALONE & names or (pages > 1 and not names):
        raise ArchiveDamaged(
            f"{masked(engine.url)}: tables of the archive are missing; restore a backup, or move it away and"
            " import its evidence (WARC files) into a new one"
        )
    if names:
        raise NotAnArchive(
            f"{masked(engine.url)} holds other tables ({min(names)}, ...), not an archive; name another"
        )
    return None


def _pages_in_use(connection: Connection) -> int:
    """Return how many pages of a SQLite file hold something; the first one alone holds its schema."""
    if connection.dialect.name != "sqlite":
        return 0
    pages, free = (
        int(connection.exec_driver_sql(f"PRAGMA {name}").scalar_one())
        for name in ("page_count", "freelist_count")
    )
    return pages - free


def create(engine: Engine) -> bool:
    """Make the archive where there is none; return whether it was made."""
    from storage.schema.first_schema import create_schema

    if stored_revision(engine) is not None:
        return False
    path = _sqlite_path(engine)
    if path is not None:
        _make_folder(path)
        keep_journal(engine)
        _known.add(_identity(path))
    with writing(engine) as connection:
        if inspect(connection).has_table("alembic_version"):  # another process was faster
            return False
        _require_unicode(connection)
        create_schema(connection, HEAD)
    return True


def _require_unicode(connection: Connection) -> None:
    if connection.dialect.name != "postgresql":
        return
    encoding = connection.scalar(text("SHOW server_encoding"))
    if encoding != "UTF8":
        raise NotAnArchive(
            f"{masked(connection.engine.url)}: its encoding is {encoding}, which does not hold every script;"
            " make another: createdb --encoding=UTF8 --template=template0"
        )


def _sqlite_path(engine: Engine) -> Path | None:
    return Path(str(engine.url.database)) if engine.dialect.name == "sqlite" else None


def _is_database(path: Path) -> bool:
    """Return whether *path* is a SQLite file, False where nothing is there.

    :raises NotAnArchive: if it is anything else; SQLite itself would write over some of it
    :raises ArchiveDamaged: if it was an archive: its evidence lies beside it still
    :raises ArchiveNotWritable: if it cannot be read
    """
    try:
        if _identity(path) in _known:
            return True
        with path.open("rb") as file:
            start = file.read(len(SQLITE_MAGIC))
    except FileNotFoundError:
        return False
    except IsADirectoryError as error:
        raise NotAnArchive(f"{path} is a folder, not an archive; name a file in it") from error
    except OSError as error:
        if error.errno in NAMING_ERRORS:
            raise ArchiveNotFound(f"{path}: {error.strerror}; name another with --archive") from error
        raise ArchiveNotWritable(f"{path} cannot be read: {told(error, _RESTORE)}") from error
    if start == SQLITE_MAGIC:
        _known.add(_identity(path))
        return True
    _require_no_remains(path)
    if start:
        raise NotAnArchive(f"{path}: the file is no SQLite database; name another, or move it away")
    return False


_RESTORE = "restore a backup, or name another with --archive"


def _require_no_remains(path: Path) -> None:
    """Raise if an archive was where *path* is no database now: a new one must not take its place unseen."""
    evidence = evidence_beside(path)
    if evidence.is_dir() and any(evidence.iterdir()):
        raise ArchiveDamaged(
            f"{path}: this is no SQLite database any more, and evidence of an archive lies beside it"
            f" ({evidence.name}): restore a backup, or move the file away and import that folder"
        )


def _identity(path: Path) -> tuple[Path, int, int]:
    stored = path.stat()
    return path, stored.st_dev, stored.st_ino


def _make_folder(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ArchiveNotWritable(
            f"{path.parent}: the folder cannot be made: {told(error, 'name another with --archive')}"
        ) from error
