"""The shapes of the JSON API's answers; the OpenAPI document is made from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from storage.export.data_dictionary import ArticleRecord
from storage.queries.changes import ChangeRow
from storage.queries.run_visits import RunVisits
from storage.queries.sections import SectionRow
from storage.queries.statistics import Delay
from storage.rows import CoverageRow, Facets, HitCount, RevisionRow, RunRow, SiteRow, StoryRow
from storage.search.hit_records import HitRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchRecord:
    """A page of hits; `next` is the cursor of the page after it."""

    query: str
    order: str
    count: HitCount
    hits: list[HitRecord]
    next: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetsRecord:
    """The newest hits of a query by site, month and source."""

    query: str
    facets: Facets


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticlesRecord:
    """A page of articles in order of id."""

    articles: list[ArticleRecord]
    next: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisionsRecord:
    """The revisions of an article, oldest first."""

    revisions: list[RevisionRow]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangesRecord:
    """A page of changes, newest first."""

    changes: list[ChangeRow]
    next: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoriesRecord:
    """A page of stories, the most republished first."""

    stories: list[StoryRow]
    next: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SitesRecord:
    """Every site."""

    sites: list[SiteRow]


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteRecord:
    """One site with its sections and their latest certificates."""

    site: SiteRow
    sections: list[SectionRow]
    coverage: list[CoverageRow]


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageRecord:
    """Certificates of completeness."""

    coverage: list[CoverageRow]


@dataclass(frozen=True, slots=True, kw_only=True)
class RunsRecord:
    """A page of runs, newest first."""

    runs: list[RunRow]
    next: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRecord:
    """One run with its certificates and what its requests brought."""

    run: RunRow
    coverage: list[CoverageRow]
    visits: RunVisits


@dataclass(frozen=True, slots=True, kw_only=True)
class SpanCount:
    """A number for the days from `first` up to `end`, which is not one of them."""

    first: date
    end: date
    name: str
    articles: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SpanCountsRecord:
    """Numbers over time; spans without any are left out."""

    by: str
    counts: list[SpanCount]


@dataclass(frozen=True, slots=True, kw_only=True)
class DelaysRecord:
    """Days from publication to first sight, of the newest articles that were not backlog."""

    delays: list[Delay]


@dataclass(frozen=True, slots=True, kw_only=True)
class CountsRecord:
    """How much the archive holds, by what it is."""

    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemRecord:
    """Why there is no answer (RFC 9457)."""

    title: str
    status: int
    detail: str
