"""What the archive answers: frozen rows, safe to keep after the connection is gone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from storage.records import Link, Mention, Table


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRow:
    """The latest revision of an article, with what is known of its page and story."""

    id: str
    site: str
    section: str | None
    url: str
    title: str
    paragraphs: tuple[str, ...]
    body_kind: str
    published_day: date | None
    published_at: datetime | None
    published_offset: int | None  # minutes east of UTC, as the page gave it
    published_precision: str | None
    published_from: str | None
    timezone: str | None  # of the site
    source: str | None
    author: str | None
    editor: str | None
    language: str | None
    first_seen: datetime
    last_seen: datetime
    state: str
    gone_at: datetime | None
    revision: int
    revisions: int
    story: str | None
    duplicate_of: str | None
    duplicate_kind: str | None
    duplicate_score: float | None
    digest: str
    text_digest: str
    extractor_version: str
    template_version: str | None
    withheld: str | None
    tables: tuple[Table, ...]
    attachments: tuple[Link, ...]
    images: tuple[Link, ...]
    mentions: tuple[Mention, ...]

    @property
    def body(self) -> str:
        """Return the paragraphs joined by one newline."""
        return "\n".join(self.paragraphs)


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisionRow:
    """One text of an article, why it exists and where its evidence lies."""

    article: str
    number: int
    cause: str  # first, edited, reextracted
    seen_at: datetime
    title: str
    paragraphs: tuple[str, ...]
    published_day: date | None
    published_at: datetime | None
    published_precision: str | None
    published_from: str | None
    source: str | None
    author: str | None
    editor: str | None
    digest: str
    text_digest: str
    chain: str
    payload_digest: str | None
    extractor_version: str
    template_version: str | None
    run: str
    status: int | None
    warc_file: str | None
    warc_offset: int | None
    warc_length: int | None
    tables: tuple[Table, ...] = ()
    attachments: tuple[Link, ...] = ()

    @property
    def body(self) -> str:
        """Return the paragraphs joined by one newline."""
        return "\n".join(self.paragraphs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """What a run measured, and the band that earlier complete runs let it be expected in, if any."""

    value: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Warned:
    """A sign of change that decides no verdict: what kind, in which section, first on which page."""

    kind: str
    section: str
    url: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRow:
    """A run and how it ended; `verdict` is None while it works.

    One that was *interrupted* works no more: its process is gone, or silent for too long elsewhere. The next
    run of its site closes it.
    """

    run: str
    site: str | None
    kind: str
    started_at: datetime
    finished_at: datetime | None
    verdict: str | None
    reason: str | None
    counts: Mapping[str, int]
    measures: Mapping[str, Measure]
    warnings: tuple[Warned, ...]
    options: Mapping[str, object]
    code_version: str
    host: str
    digest: str | None
    interrupted: bool

    @property
    def ending(self) -> str:
        """Return the verdict; of a run that has none yet, whether it works."""
        return self.verdict or ("interrupted" if self.interrupted else "running")


@dataclass(frozen=True, slots=True, kw_only=True)
class Unfetched:
    """Listed pages that are neither archived nor rejected: asked for in vain, and not asked for yet."""

    lost: int = 0
    waiting: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageRow:
    """The completeness certificate of one section in one run."""

    run: str
    site: str
    section: str
    walked_to_end: bool
    full_walk: bool
    stated_total: int | None
    listed: int
    known: int
    repeated: int  # of what the site states: rows that name one of these once more
    archived: int
    rejected: Mapping[str, int]
    lost: int
    waiting: int
    vanished: int
    gaps: tuple[str, ...]
    verdict: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteRow:
    """A site and what the archive holds of it."""

    key: str
    title: str
    base_url: str
    country: str | None
    language: str | None
    timezone: str | None
    platform: str | None
    articles: int
    pages: int
    last_run: str | None
    last_verdict: str | None  # None while it works, or where it was interrupted
    last_interrupted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryMember:
    """One article of a story; `linked_to` is None for its first."""

    article: str
    site: str
    url: str
    title: str
    published_day: date | None
    first_seen: datetime
    linked_to: str | None
    kind: str | None
    score: float | None
    algorithm: str | None

    @property
    def day(self) -> date:
        """Return the day of publication, or of first sight where the page tells none."""
        return self.published_day or self.first_seen.date()


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationRow:
    """An article that contains another one without being its copy: a roundup, or a follow-up."""

    article: str
    other: str
    kind: str
    score: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryRow:
    """The articles that carry one text, the first publisher first, and what else they are part of."""

    id: str
    size: int
    first_article: str
    members: tuple[StoryMember, ...]
    relations: tuple[RelationRow, ...] = ()


class Order(StrEnum):
    """In which order hits come."""

    NEWEST = "newest"
    RELEVANCE = "relevance"


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchHit:
    """An article that a query found; the marks are what matched in the snippet and title, as (start, end).

    `id` continues the list: pass it as *after* for the hits that follow, however much is written since.
    """

    id: str
    url: str
    title: str
    site: str
    section: str | None
    language: str | None
    published_day: date | None
    state: str
    duplicate_of: str | None
    snippet: str
    marks: tuple[tuple[int, int], ...]
    title_marks: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HitCount:
    """How many articles match; where not exact, at least so many."""

    number: int
    exact: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Facets:
    """The hits by site, month (`2019-06`) and source, the most frequent first."""

    sites: tuple[tuple[str, int], ...]
    months: tuple[tuple[str, int], ...]
    sources: tuple[tuple[str, int], ...]
    count: HitCount  # of hits; where it is not exact, the facets speak of the newest so many


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleFilter:
    """Which articles: every given condition must hold."""

    site: str | None = None
    section: str | None = None
    source: str | None = None
    language: str | None = None
    state: str | None = None
    story: str | None = None
    published_from: date | None = None
    published_to: date | None = None  # that day included
    changed_since: datetime | None = None
    since_run: str | None = None  # revisions of later runs
    query: str | None = None  # in the query language of `search`


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionState:
    """How far earlier walks of a section came."""

    backfilled_at: datetime | None  # first walked to its end
    last_full_walk: datetime | None
    stated_total: int | None  # what the site claimed then
    known: int  # pages it ever listed
    repeated: int = 0  # entries that the site counts twice
    walk_open: bool = False  # the last walk was cut short, so that its end is unknown


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionEnd:
    """What the end of a section's walk showed."""

    listed: int  # entries that this run's list pages named
    known: int
    vanished: int  # known entries that a full walk no longer found
    drifted: bool  # so many of them that the list, not the articles, must have changed
    repeated: int = 0  # entries that the site counts twice, by the last walk that saw all of the list
