"""What changed between two revisions of an article: title, paragraphs, and the facts beside the text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

from storage.differences import Kind, Row, changed_words, differences
from storage.rows import RevisionRow

FACTS = ("published_day", "published_at", "source", "author", "editor", "published_from")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedFact:
    """A fact beside the text that is another in the later revision."""

    name: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisionDifference:
    """Two revisions of an article, paragraph by paragraph; `cause` is why the later one exists."""

    article: str
    before: int
    after: int
    cause: str
    seen_at: datetime
    title: Row
    paragraphs: list[Row]
    tables: list[Row]  # their rows, cell by cell
    attachments: list[Row]  # title and address
    facts: tuple[ChangedFact, ...]


def difference(before: RevisionRow, after: RevisionRow) -> RevisionDifference:
    """Return what changed from the one revision to the other."""
    old, new = changed_words(before.title, after.title)
    kind = Kind.SAME if before.title == after.title else Kind.CHANGED
    pairs = ((name, _text(getattr(before, name)), _text(getattr(after, name))) for name in FACTS)
    return RevisionDifference(
        article=after.article,
        before=before.number,
        after=after.number,
        cause=after.cause,
        seen_at=after.seen_at,
        title=Row(kind=kind, before=old, after=new),
        paragraphs=differences(before.paragraphs, after.paragraphs),
        tables=differences(_table_lines(before), _table_lines(after)),
        attachments=differences(_attachment_lines(before), _attachment_lines(after)),
        facts=tuple(ChangedFact(name=name, before=was, after=now) for name, was, now in pairs if was != now),
    )


def _table_lines(revision: RevisionRow) -> list[str]:
    return [" | ".join(row) for table in revision.tables for row in table]


def _attachment_lines(revision: RevisionRow) -> list[str]:
    return [f"{link.title or ''} {link.url}".strip() for link in revision.attachments]


def _text(value: str | date | None) -> str | None:
    return value.isoformat() if isinstance(value, date) else value


def successive(revisions: Sequence[RevisionRow]) -> list[RevisionDifference]:
    """Return what each of *revisions*, oldest first, changed of the one before it."""
    return [difference(before, after) for before, after in pairwise(revisions)]
