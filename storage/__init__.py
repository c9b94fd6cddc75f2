"""Remember and answer: the archive, its write side and its read side.

`archive` is the door. `writing` writes; `queries`, `search` and `stories` answer; `database` and `schema` are
what they stand on. `Archive` is imported on first use, so that the records alone cost nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from storage.errors import (
    ArchiveBusy,
    ArchiveDamaged,
    ArchiveError,
    ArchiveNotFound,
    ArchiveNotWritable,
    ArchiveOutOfDate,
    ArchiveUnreachable,
    BadQuery,
    LeaseLost,
    NoSuchArticle,
    NotAnArchive,
)
from storage.verdicts import Verdict

if TYPE_CHECKING:
    from storage.archive import Archive
    from storage.queries.changes import ChangeKind, ChangeRow
    from storage.rows import (
        ArticleFilter,
        ArticleRow,
        CoverageRow,
        Order,
        RevisionRow,
        RunRow,
        SearchHit,
        StoryRow,
    )

__all__ = [
    "Archive",
    "ArchiveBusy",
    "ArchiveDamaged",
    "ArchiveError",
    "ArchiveNotFound",
    "ArchiveNotWritable",
    "ArchiveOutOfDate",
    "ArchiveUnreachable",
    "ArticleFilter",
    "ArticleRow",
    "BadQuery",
    "ChangeKind",
    "ChangeRow",
    "CoverageRow",
    "LeaseLost",
    "NoSuchArticle",
    "NotAnArchive",
    "Order",
    "RevisionRow",
    "RunRow",
    "SearchHit",
    "StoryRow",
    "Verdict",
]

_LAZY = {
    "Archive": "storage.archive",
    **dict.fromkeys(("ChangeKind", "ChangeRow"), "storage.queries.changes"),
    **dict.fromkeys(
        (
            "ArticleFilter",
            "ArticleRow",
            "CoverageRow",
            "Order",
            "RevisionRow",
            "RunRow",
            "SearchHit",
            "StoryRow",
        ),
        "storage.rows",
    ),
}


def __getattr__(name: str) -> Any:
    """Import the heavier names when they are first used."""
    if name not in _LAZY:
        raise AttributeError(f"module 'storage' has no attribute {name!r}")
    from importlib import import_module

    value = globals()[name] = getattr(import_module(_LAZY[name]), name)
    return value
