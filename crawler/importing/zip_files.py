"""Files inside of a ZIP file."""

from __future__ import annotations

from typing import IO
from zipfile import ZipFile

from crawler.importing.types import UnreadableDocument


def opened(folder: ZipFile, name: str, origin: str) -> IO[bytes]:
    """Return the file called *name* in a ZIP file.

    :raises UnreadableDocument: if it has a password, or a compression that Python lacks
    """
    try:
        return folder.open(name)
    except RuntimeError as error:
        raise UnreadableDocument(f"{origin}: {error}") from error
