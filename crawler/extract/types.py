"""What extraction takes and gives; every type is a plain frozen value."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

from crawler.extract.version import extractor_version
from pipelines.items import ScrapedArticle

if TYPE_CHECKING:
    from crawler.extract.body.template import SiteTemplate


class ExtractionError(Exception):
    """A page that could not be read as what it was asked to be."""


class NotAnArticle(ExtractionError):
    """The page is no article; *kind* says what it is.

    Kinds: 'challenge', 'not-found', 'unavailable', 'login', 'list', 'shell', 'empty-body', 'missing-title',
    'not-html'.
    """

    def __init__(self, kind: str, url: str = "", detail: str = "") -> None:
        self.kind = kind
        self.url = url
        self.detail = detail
        super().__init__(f"{url or 'page'}: not an article ({kind}){': ' + detail if detail else ''}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ListBefore:
    """A page of the list that the next one continues: its bytes, and the addresses it listed."""

    html: bytes
    url: str
    listed: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageContext:
    """What is known of a page beside its bytes; everything is optional.

    Without `fetched_at` (aware) a relative date is null, with its reason.
    """

    http_charset: str | None = None
    fetched_at: datetime | None = None
    listed_title: str | None = None
    listed_date: date | None = None
    timezone: str | None = None  # IANA name
    country: str | None = None  # ISO 3166-1 alpha-2
    language: str | None = None
    template: SiteTemplate | None = None
    part_of: str | None = None  # URL of the article's first part, where the page is known to be a later one
    list_before: ListBefore | None = None  # the list page that led to this one


@dataclass(frozen=True, slots=True, kw_only=True)
class RemovedLine:
    """A line that was taken off, the rule that did it and where it stood (top, body, end, foot)."""

    text: str
    rule: str
    position: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A value that a rule offered for a field; the first of a field's candidates won."""

    field: str
    value: str
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractedArticle(ScrapedArticle):
    """A scraped article with the account of how it was read."""

    extractor_version: str = field(default_factory=extractor_version)
    platform: str | None = None  # given or detected
    platform_evidence: str | None = None  # the sign that gave it away
    encoding: str = "utf-8"
    canonical_url: str | None = None
    next_page: str | None = None  # URL of the part that follows, where the article has several pages
    removed: tuple[RemovedLine, ...] = ()
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ListEntry:
    """One row of a list page: absolute URL, whole title, listed day."""

    url: str
    title: str
    date: date | None = None
    asked: str = ""  # the address to ask for, where it is another one: with the session of this visit


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRequest:
    """Another list page to ask for; a plain value, so that platforms know no Scrapy."""

    url: str
    method: str = "GET"
    form: tuple[tuple[str, str], ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    number: int | None = field(default=None, compare=False)  # by which the site names that page, from 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractedList:
    """The entries of a list page in page order, the further list pages in order, the stated total."""

    entries: tuple[ListEntry, ...] = ()
    next: tuple[ListRequest, ...] = ()
    named: tuple[ListRequest, ...] = ()  # behind the next one, by the numbers of the pager
    frames: tuple[ListRequest, ...] = ()  # of a page without entries; each may hold a list of its own
    unread: str = ""  # the script that leads to the next list page, where it cannot be read
    unopened: tuple[str, ...] = ()  # titles of rows that only such a script opens
    total: int | None = None
    platform: str | None = None
    removed: tuple[RemovedLine, ...] = field(default=())
    repeats: int = 0  # rows that name an entry of this page once more
    is_cut: bool = False  # the answer breaks off before its end: more may have been listed
    newest_first: bool = True  # if not, a page that brings nothing new tells nothing of the next
