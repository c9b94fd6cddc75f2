"""The archive as a server sees it: opened once, for reading, and opened anew when it was exchanged."""

from __future__ import annotations

from pathlib import Path
from threading import Lock

from storage.archive import Archive
from storage.locations import parse_url
from storage.provenance import Explain

QUESTION_SECONDS = 10.0


class Door:
    """One open archive for all requests of a process; methods may be called from several threads."""

    def __init__(self, url: str, explain: Explain | None = None) -> None:
        self.explain = explain  # what reads pages again, where there is anything that can
        parsed = parse_url(url)
        self._url = url
        self._path = Path(str(parsed.database)) if parsed.get_backend_name() == "sqlite" else None
        self._lock = Lock()
        self._archive: Archive | None = None
        self._file: tuple[int, int] | None = None

    def archive(self) -> Archive:
        """Return the archive, checked to be there and of this version.

        :raises ArchiveError: if it is absent, no archive, or of another version
        """
        with self._lock:
            file = self._identity()
            if self._archive is None or file != self._file:
                self._close()
                self._archive = Archive.read_only(self._url, seconds=QUESTION_SECONDS)
                self._file = file
                return self._archive
            archive = self._archive
        archive.require_current()
        return archive

    def close(self) -> None:
        """Close the archive, if it is open."""
        with self._lock:
            self._close()

    def _close(self) -> None:
        if self._archive is not None:
            self._archive.close()
            self._archive = None

    def _identity(self) -> tuple[int, int] | None:
        """Return what tells the file apart from one that took its place."""
        if self._path is None or not self._path.exists():
            return None
        stat = self._path.stat()
        return stat.st_dev, stat.st_ino
