"""Upgrade an archive to this version's schema."""

from __future__ import annotations

from storage import schema
from storage.engine import make_engine
from storage.locations import masked, parse_url


def upgrade_archive(url: str) -> str:
    """Upgrade the archive at *url* and return what was done, in one sentence.

    :raises ArchiveNotFound: if there is none.
    :raises ArchiveOutOfDate: if a newer version of hotnews made it.
    """
    parsed = parse_url(url)
    engine = make_engine(parsed)
    try:
        before = schema.stored_revision(engine)
        backup = schema.upgrade(engine)
    finally:
        engine.dispose()
    if before == schema.HEAD:
        return f"{masked(parsed)} is at schema {schema.HEAD} already; nothing to do"
    kept = f"; the archive as it was is {backup}" if backup else ""
    return f"{masked(parsed)} was brought from schema {before} to {schema.HEAD}{kept}"
