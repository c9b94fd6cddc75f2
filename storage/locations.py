"""Where an archive lies: its URL as people write it, as engines take it and as logs may show it."""

from __future__ import annotations

import os
from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from storage.errors import ArchiveNotFound

DEFAULT_URL = "sqlite:///archive/hotnews.db"


def archive_url() -> str:
    """Return the URL that `HOTNEWS_ARCHIVE` names, or that of `./archive/hotnews.db`."""
    return os.environ.get("HOTNEWS_ARCHIVE") or DEFAULT_URL


def parse_url(url: str) -> URL:
    """Return *url* as engines take it: SQLite paths absolute, PostgreSQL by psycopg.

    A text without `://` is the path of a SQLite file.

    :raises ArchiveNotFound: if it is no URL of an archive
    """
    try:
        parsed = make_url(url) if "://" in url else URL.create("sqlite", database=url)
    except (ArgumentError, ValueError) as error:
        raise ArchiveNotFound(f"{url!r} is no archive URL; write sqlite:///PATH or {_EXAMPLE}") from error
    if parsed.drivername in {"sqlite", "sqlite+pysqlite"}:
        return _sqlite_url(parsed, url)
    if parsed.drivername in {"postgresql", "postgres", "postgresql+psycopg"}:
        return parsed.set(drivername="postgresql+psycopg")
    raise ArchiveNotFound(
        f"{parsed.drivername} archives are not supported; write sqlite:///PATH or {_EXAMPLE}"
    )


_EXAMPLE = "postgresql+psycopg://USER@HOST/DATABASE"


def _sqlite_url(parsed: URL, url: str) -> URL:
    named = parsed.database or ""
    if not _may_be_shown(named):
        raise ArchiveNotFound(f"{url!r} is no name that can be shown; rename the file to text in UTF-8")
    try:
        path = Path(named).expanduser().absolute()
    except RuntimeError as error:  # `~nobody`
        raise ArchiveNotFound(f"{url!r}: there is no such user") from error
    except FileNotFoundError as error:  # of the folder that a relative path begins in
        raise ArchiveNotFound(f"{url!r}: the current folder is gone; change to one that is there") from error
    if named in {"", ":memory:"} or not path.name:
        raise ArchiveNotFound(f"{url!r} names no file; an archive is a file: write sqlite:///PATH")
    return parsed.set(drivername="sqlite", database=str(path))


def _may_be_shown(name: str) -> bool:
    """Return whether *name* is UTF-8 without a zero byte: engines and logs take nothing else."""
    try:
        return b"\0" not in name.encode()
    except UnicodeEncodeError:
        return False


def masked(url: URL) -> str:
    """Return *url* as it may be shown: the password hidden, a path as it is written wherever it can be."""
    if url.get_backend_name() == "sqlite" and not url.query:
        path = (url.database or "").replace("%", "%25").replace("?", "%3F")
        return f"{url.drivername}:///{path}"
    return url.render_as_string(hide_password=True)


def evidence_root(url: URL) -> Path:
    """Return the folder of the archive's evidence: `HOTNEWS_EVIDENCE`, or one beside the archive."""
    named = os.environ.get("HOTNEWS_EVIDENCE")
    if named:
        return Path(named).expanduser().absolute()
    if url.get_backend_name() == "sqlite":
        return evidence_beside(Path(str(url.database)))
    return Path("archive").absolute() / f"{url.database or 'hotnews'}-evidence"


def evidence_beside(path: Path) -> Path:
    """Return the folder beside a SQLite file, or beside what a link leads to, that holds its evidence."""
    beside = path.with_name(f"{path.stem}-evidence")
    try:
        is_elsewhere = path.is_symlink() and not beside.exists()
    except OSError:  # who opens the archive will say so
        return beside
    if is_elsewhere:
        return evidence_beside(path.resolve())
    return beside
