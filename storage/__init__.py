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
    LeaseLost,
    NoSuchArticle,
    NotAnArchive,
)
from storage.verdicts import Verdict, worst

if TYPE_CHECKING:
    from storage.archive import Archive
    from storage.rows import ArticleFilter, ArticleRow, CoverageRow, RevisionRow, RunRow, SearchHit, StoryRow
    from storage.writing.runs import Run
    from storage.writing.writer import GroupCommit

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
    "CoverageRow",
    "GroupCommit",
    "LeaseLost",
    "NoSuchArticle",
    "NotAnArchive",
    "RevisionRow",
    "Run",
    "RunRow",
    "SearchHit",
    "StoryRow",
    "Verdict",
    "worst",
]

_LAZY = {
    "Archive": "storage.archive",
    "GroupCommit": "storage.writing.writer",
    "Run": "storage.writing.runs",
} | dict.fromkeys(
    ("ArticleFilter", "ArticleRow", "CoverageRow", "RevisionRow", "RunRow", "SearchHit", "StoryRow"),
    "storage.rows",
)


def __getattr__(name: str) -> Any:
    """Import the heavier names when they are first used."""
    if name not in _LAZY:
        raise AttributeError(f"module 'storage' has no attribute {name!r}")
    from importlib import import_module

    value = globals()[name] = getattr(import_module(_LAZY[name]), name)
    return value
