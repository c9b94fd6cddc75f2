"""What the pipelines accept."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from storage.records import BodyKind, Link, Mention, Table


@dataclass(frozen=True, slots=True, kw_only=True)
class ScrapedArticle:
    """One article as extraction found it: boilerplate gone, text not yet normalised.

    `published` is aware when it carries a time; `published_from` names the rule that gave it, or,
    where it is None, why there is none.
    """

    title: str
    paragraphs: tuple[str, ...]
    published: datetime | date | None = None
    published_from: str | None = None
    source: str | None = None
    author: str | None = None
    editor: str | None = None
    language: str | None = None
    tables: tuple[Table, ...] = ()
    attachments: tuple[Link, ...] = ()
    images: tuple[Link, ...] = ()
    mentions: tuple[Mention, ...] = ()
    body_kind: BodyKind = BodyKind.TEXT
    extractor_version: str = ""
    template_version: str | None = None
    # Aware: the time against which its dates were read, where that is another than of the fetch.
    read_at: datetime | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivedArticle:
    """One article after it was archived, as a feed export shows it."""

    id: str | None
    change: str
    copy_of: str | None
    site: str
    section: str | None
    url: str
    title: str
    body: str
    published: str | None
    published_from: str | None
    source: str | None
    language: str | None
    digest: str | None
