"""Where the fields of an article come from: what an explanation says, whoever reads the page for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from storage.archive import Archive
    from storage.rows import ArticleRow
    from storage.stories.explanations import CopyExplanation


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """A value that another rule offered for a field."""

    value: str
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldExplanation:
    """A stored field: the rule that won, where on the page it stands, the rules that lost."""

    field: str
    value: str | None
    rule: str | None
    path: str | None
    excerpt: str | None
    lost: tuple[Lost, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PartExplanation:
    """The evidence of a further page of the article."""

    url: str
    file: str | None
    offset: int | None
    length: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PageExplanation:
    """The evidence an article rests on, and how it is read; *differing* fields are read otherwise today."""

    url: str
    file: str
    offset: int
    length: int
    fetched_at: datetime
    status: int | None
    payload_digest: str | None
    encoding: str | None
    encoding_by_http: str | None
    encoding_by_page: str | None
    platform: str | None
    platform_evidence: str | None
    extractor_version: str
    template_version: str | None
    differing: tuple[str, ...]
    parts: tuple[PartExplanation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Removed:
    """A line that was taken off, the rule that did it and where it stood (top, body, end, foot)."""

    text: str
    rule: str
    position: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """All there is to say of an article; without evidence *page* is None and *missing* says why."""

    article: ArticleRow
    page: PageExplanation | None
    missing: str
    fields: tuple[FieldExplanation, ...]
    removed: tuple[Removed, ...]
    copies: Sequence[CopyExplanation]


# Reads the page of an article again: the rules of extraction stand outside of storage.
Explain = Callable[["Archive", str], Explanation]
