"""What the archive accepts and answers: frozen records, no database in sight.

A `Visit` is one fetch and what it meant. Its result changes type from stage to stage
(`pipelines.items.ScrapedArticle` -> `Article` -> `FingerprintedArticle`); everything else about it,
including the visits that found no article, travels unchanged.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Generic, TypeVar


class FetchKind(StrEnum):
    """What was asked for."""

    ARTICLE = "article"
    PART = "part"  # a further page of an article that has several
    LIST = "list"
    ROBOTS = "robots"


class RunKind(StrEnum):
    """Why a run was started."""

    CRAWL = "crawl"
    IMPORT = "import"
    REEXTRACT = "reextract"
    REDEDUP = "rededup"


class Revisit(StrEnum):
    """Which known pages a run fetches again."""

    DUE = "due"  # those whose revisit time has come
    ALL = "all"
    NONE = "none"  # only what was never fetched


class Precision(StrEnum):
    """How exactly a publication time is known."""

    DAY = "day"
    MINUTE = "minute"
    SECOND = "second"


class BodyKind(StrEnum):
    """What carries the body of an article."""

    TEXT = "text"
    PDF = "pdf"
    IMAGES = "images"


class PageState(StrEnum):
    """Where a page stands; `lost` pages were listed and could not be fetched yet."""

    LISTED = "listed"
    ARCHIVED = "archived"
    REJECTED = "rejected"
    LOST = "lost"
    SUSPECTED = "suspected"
    GONE = "gone"
    MOVED = "moved"


STATES_OF_ARTICLES = tuple(state.value for state in PageState if state is not PageState.LISTED)


class FailureCause(StrEnum):
    """Why a page could not be fetched; the run's verdict is decided from these words."""

    DNS = "dns"
    CONNECTION = "connection"
    TLS = "tls"
    TIMEOUT = "timeout"
    TRUNCATED = "truncated"
    TOO_LARGE = "too-large"
    SERVER_ERROR = "server-error"
    NOT_FOUND = "not-found"  # of a list page; an article page that is not there is `Missing`
    REFUSED = "refused"
    CHALLENGE = "challenge"
    ROBOTS = "robots"
    ADDRESS = "address"
    CRASHED = "crashed"


class Change(StrEnum):
    """What a visit changed in the archive."""

    NEW = "new"
    REVISED = "revised"
    REEXTRACTED = "reextracted"
    UNCHANGED = "unchanged"
    REJECTED = "rejected"
    MISSING = "missing"
    MOVED = "moved"
    FAILED = "failed"
    LISTED = "listed"


NEW_TEXT = frozenset({Change.NEW, Change.REVISED, Change.REEXTRACTED})


class Cause(StrEnum):
    """Why a revision exists."""

    FIRST = "first"
    EDITED = "edited"  # by the publisher
    REEXTRACTED = "reextracted"  # by a change of ours


class CopyKind(StrEnum):
    """How an article is a copy of another."""

    COPY = "copy"
    EXCERPT = "excerpt"
    EXTENDED = "extended"
    REVISED = "revised"


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteRecord:
    """A site as values: what every stage may need to know of it."""

    key: str
    title: str
    base_url: str
    country: str | None = None  # ISO 3166-1 alpha-2
    language: str | None = None  # BCP 47
    timezone: str | None = None  # IANA name; None where nobody declared it
    platform: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionRecord:
    """A section of a site."""

    slug: str
    title: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidencePointer:
    """Where the raw response lies: a WARC file, its record's offset and length in bytes.

    What stands there is another response, where its decoded body has another *digest*.
    """

    file: str
    offset: int
    length: int
    digest: str | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetch:
    """One response (or failure) of one URL in a run."""

    url: str  # the page as it was asked for; redirects stand in `Moved`
    site: SiteRecord
    section: str | None = None  # slug of the section that led here
    kind: FetchKind = FetchKind.ARTICLE
    at: datetime  # aware
    status: int | None = None
    etag: str | None = None
    last_modified: str | None = None
    elapsed_seconds: float | None = None
    waited_seconds: float | None = None
    rule: str | None = None  # the robots.txt or throttle rule it waited for
    size_bytes: int | None = None
    digest: str | None = None  # sha256 of the decoded payload, hex
    evidence: EvidencePointer | None = None
    last_seen: datetime | None = None  # when the page still answered, where an export knows a later time


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """An attachment or image of an article."""

    url: str
    title: str | None = None
    media_type: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A date inside the text, resolved against the publication date."""

    text: str
    day: date


Table = tuple[tuple[str, ...], ...]  # rows of cells


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One clean article: normalised text, typed date, nothing guessed."""

    title: str
    paragraphs: tuple[str, ...]
    body_kind: BodyKind = BodyKind.TEXT
    published_day: date | None = None  # on the site's calendar
    published_at: datetime | None = None  # UTC; None without an hour
    published_offset: int | None = None  # of `published_at` as the page gave it, in minutes east of UTC
    published_precision: Precision | None = None
    published_from: str | None = None  # the rule that gave the date, or why there is none
    source: str | None = None
    author: str | None = None
    editor: str | None = None
    language: str | None = None
    tables: tuple[Table, ...] = ()
    attachments: tuple[Link, ...] = ()
    images: tuple[Link, ...] = ()
    mentions: tuple[Mention, ...] = ()
    extractor_version: str = ""
    template_version: str | None = None

    @property
    def body(self) -> str:
        """Return the paragraphs joined by one newline."""
        return "\n".join(self.paragraphs)


@dataclass(frozen=True, slots=True, kw_only=True)
class FingerprintedArticle(Article):
    """An article that can be compared: what the archive stores."""

    digest: str  # title, paragraphs, tables, attachments; decides *revised*
    text_digest: str  # the normalised paragraphs; finds exact copies
    fingerprints: tuple[int, ...] = ()  # signed 32-bit, ascending as unsigned


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One entry of a list page."""

    url: str
    title: str | None = None
    day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    """What a list page said; `stated_total` is the number of entries the site claims."""

    entries: tuple[Listed, ...]
    stated_total: int | None = None
    number: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Unmodified:
    """The site answered 304: the page is as it was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """Not archived on purpose, with a named reason ('empty-body', 'not-found', ...)."""

    reason: str
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """The site says the page is not there (404, 410)."""

    status: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """The page redirects to another one, which is visited for itself."""

    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """The page could not be fetched; it counts as lost until a later run succeeds."""

    cause: FailureCause
    detail: str = ""


NoArticle = Unmodified | Rejected | Missing | Moved | Failed | ListPage
ResultT_co = TypeVar("ResultT_co", covariant=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """What a page said before, read by today's rules; *article* is None where it cannot be read again."""

    article: FingerprintedArticle | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit(Generic[ResultT_co]):
    """One fetch and what it meant; *before* once an `Outcome` asked for it.

    *parts* are the fetches of the further pages of an article that has several, in order. Where the
    visit *may_wait*, its outcome may ask for another page to be visited first.
    """

    fetch: Fetch
    result: ResultT_co
    parts: tuple[Fetch, ...] = ()
    before: Before | None = None
    may_wait: bool = False


ArchivableVisit = Visit[FingerprintedArticle | NoArticle]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptPayload:
    """The last payload of a page, or of a part of an article, that is kept; *parts* are those of a page."""

    url: str
    digest: str
    evidence: EvidencePointer
    parts: tuple[KeptPayload, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DuePage:
    """A page the archive wants fetched now, with what a conditional request needs."""

    url: str
    section: str | None = None
    title: str | None = None
    day: date | None = None
    etag: str | None = None
    last_modified: str | None = None
    attempts: int = 0
    is_revisit: bool = False  # it was archived before
    digest: str | None = None  # of the last payload that is kept, and where that lies
    evidence: EvidencePointer | None = None
    parts: tuple[KeptPayload, ...] = ()  # what the further pages of the article gave with it


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What `Archive.record` did with a visit."""

    change: Change
    article_id: str | None = None  # public id
    copy_of: str | None = None  # public id of the earliest article with this text
    copy_kind: CopyKind | None = None
    reason: str | None = None  # of a rejection or failure
    state: PageState | None = None
    again: bool = False  # the page failed, was rejected or led away from its article before, too
    unshown: bool = False  # what is archived of the page was shown at the last visit, and is no more
    found_again: bool = False  # what this run missed at another page is shown here
    digest: str | None = None  # of the article as it was compared
    reread: bool = False  # nothing was written: the visit is to come again with what the page said `before`
    look_first: DuePage | None = None  # nor here: the visit is to come again once that page was visited
    due: tuple[DuePage, ...] = ()  # of a list page: entries to fetch now, in list order
    new_entries: int = 0  # of a list page: pages never listed before in this section

    @property
    def comes_again(self) -> bool:
        """Return whether nothing was written, and the visit is to come again."""
        return self.reread or self.look_first is not None
