"""Brings an archive to this version's schema, after a backup: when it is asked for, never by opening."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from storage.backups import copy_database, remove_database
from storage.database.engine import make_engine
from storage.database.failures import translated
from storage.errors import ArchiveBusy, ArchiveNotWritable
from storage.file_errors import told
from storage.locations import masked, parse_url
from storage.schema.revisions import HEAD, REVISIONS, UNFILLED, require_current, stored_revision

if TYPE_CHECKING:
    from sqlalchemy import Engine


def upgrade_archive(url: str) -> str:
    """Upgrade the archive at *url* and return what was done, in one sentence.

    :raises ArchiveNotFound: if there is none.
    :raises ArchiveOutOfDate: if a newer version of hotnews made it.
    """
    parsed = parse_url(url)
    engine = make_engine(parsed)
    try:
        before = stored_revision(engine)
        backup = upgrade(engine)
    finally:
        engine.dispose()
    if before == HEAD:
        return f"{masked(parsed)} is at schema {HEAD} already; nothing to do"
    if before is not None and before.endswith(UNFILLED):
        return f"{masked(parsed)} is at schema {HEAD}; the upgrade that had been stopped is done"
    kept = f"; the archive as it was is {backup}" if backup else ""
    return f"{masked(parsed)} was brought from schema {before} to {HEAD}{kept}"


def upgrade(engine: Engine) -> Path | None:
    """Migrate the archive to `HEAD` after a backup beside it; return the backup's path.

    PostgreSQL is backed up by its own means: None. An upgrade that was stopped goes on where it stood.
    """
    from storage.migrations import migrate

    stored = stored_revision(engine)
    if stored == HEAD:
        return None
    known = stored is not None and stored.removesuffix(UNFILLED) in REVISIONS
    if not known:
        require_current(engine)
    # One that was stopped began with a backup, of an archive that could be searched.
    backs_up = engine.dialect.name == "sqlite" and stored in REVISIONS
    backup = _backed_up(engine) if backs_up else None
    with translated(engine.url):
        migrate(engine)
    return backup


def _backed_up(engine: Engine) -> Path:
    path = Path(str(engine.url.database))
    copy = path.with_name(f"{path.stem}-{datetime.now(UTC):%Y%m%dT%H%M%S}-before-{HEAD}{path.suffix}")
    unfinished = copy.with_name(f"{copy.name}.part")
    _claim(unfinished, copy)
    try:
        copy_database(engine, unfinished)
        return unfinished.rename(copy)  # what has that name is whole
    finally:
        remove_database(unfinished)


def _claim(unfinished: Path, copy: Path) -> None:
    """Make the empty file *unfinished*.

    :raises ArchiveBusy: if another upgrade makes that backup.
    :raises ArchiveNotWritable: if no file can be made there.
    """
    try:
        unfinished.touch(exist_ok=False)
        if not copy.exists():
            return
        unfinished.unlink()
    except FileExistsError:
        pass
    except OSError as error:
        raise ArchiveNotWritable(
            f"{unfinished}: no backup can be made there: {told(error, 'see whether its folder is there')}"
        ) from error
    raise ArchiveBusy(
        f"{copy}: another upgrade has just begun; wait for it, then run `hotnews upgrade` again"
    )
