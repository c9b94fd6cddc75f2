"""A request as endpoints see it: the archive, the parameters, and where the reader is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

if TYPE_CHECKING:
    from storage.archive import Archive
    from storage.web.door import Door
    from storage.web.parameters import Asked


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One request; `base_url` is that of this server as the reader knows it, without a slash at its end."""

    door: Door
    asked: Asked
    path: str
    base_url: str

    @property
    def archive(self) -> Archive:
        """Return the archive. :raises ArchiveError: if it cannot be asked."""
        return self.door.archive()


def address(path: str, parameters: Mapping[str, object | None]) -> str:
    """Return *path* with those *parameters* that have a value."""
    given = {name: str(value) for name, value in parameters.items() if value not in {None, ""}}
    return f"{path}?{urlencode(given)}" if given else path
