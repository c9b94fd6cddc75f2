"""What is learned from a site's complete runs: templates and measures, and the pages they come from."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Connection, collate, delete, func, insert, or_, select

from storage.database.engine import reading
from storage.evidence.stored_pages import StoredPage, read_pages, rejected_pages
from storage.models import article, fetch, listing, page, revision, run, section, site, site_template
from storage.records import Cause, Listed, RunKind
from storage.rows import Measure
from storage.safe_text import storable
from storage.verdicts import Verdict

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from storage.writing.runs import Run

MOST_RUNS = 30  # that bands are learned from
LONGEST_BODY = 2**31 - 1  # no body has more characters
MOST_BROKEN = 20  # pages that a run rejected and a diagnosis may look at


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredTemplate:
    """A site's furniture by section, and the pages it was learned from: article and digest of its payload."""

    version: str
    learner: str  # another one learns anew from the same pages
    learned_from: Mapping[str, tuple[tuple[str, str], ...]]
    rules: Mapping[str, tuple[tuple[str, ...], ...]]  # the lines of each layout


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What a complete run measured."""

    started_at: datetime
    measures: Mapping[str, Measure]


def current_templates(connection: Connection, site_key: str | None = None) -> dict[str, StoredTemplate]:
    """Return what each site, or that of *site_key*, learned last."""
    statement = select(site.c.key, site_template).join(site, site.c.id == site_template.c.site_id)
    if site_key is not None:
        statement = statement.where(site.c.key == storable(site_key))
    rows = connection.execute(statement.order_by(site_template.c.run_id))
    return {row.key: _template(row) for row in rows}


def _template(row: Any) -> StoredTemplate:
    return StoredTemplate(
        version=row.version,
        learner=row.learner,
        learned_from={
            slug: tuple((name, digest) for name, digest in pages) for slug, pages in row.learned_from.items()
        },
        rules={slug: tuple(map(tuple, layouts)) for slug, layouts in row.rules.items()},
    )


def keep_template(connection: Connection, after: Run, learned: StoredTemplate) -> None:
    """Keep what was learned after a run; a version that is known becomes the current one again."""
    same = (site_template.c.site_id == after.site_id, site_template.c.version == learned.version)
    connection.execute(delete(site_template).where(*same))
    connection.execute(
        insert(site_template).values(
            site_id=after.site_id,
            version=learned.version,
            run_id=after.id,
            learner=learned.learner,
            learned_from={
                slug: [list(each) for each in pages] for slug, pages in learned.learned_from.items()
            },
            rules={
                slug: [[storable(line) for line in lines] for lines in layouts]
                for slug, layouts in learned.rules.items()
            },
        )
    )


class Learning:
    """What one run, and the complete ones before it, have to tell; each question reads for itself."""

    def __init__(self, engine: Engine, run: Run) -> None:
        self._engine = engine
        self._run = run

    def measured(self) -> list[Measured]:
        """Return what the latest complete crawls of the site measured, newest first, without bounded ones."""
        statement = (
            select(run.c.started_at, run.c.measures)
            .where(
                run.c.site_id == self._run.site_id,
                run.c.id < self._run.id,
                run.c.kind == RunKind.CRAWL.value,
                run.c.verdict == Verdict.COMPLETE.value,
            )
            .order_by(run.c.id.desc())
            .limit(MOST_RUNS)
        )
        with reading(self._engine) as connection:
            rows = connection.execute(statement).all()
        return [
            Measured(
                started_at=row.started_at,
                measures={name: Measure(**each) for name, each in row.measures.items()},
            )
            for row in rows
            if row.measures
        ]

    def pages_to_learn_from(self, *, each: int) -> list[StoredPage]:
        """Return the first pages by URL key of each section, so many of *each*, that rest on evidence."""
        with reading(self._engine) as connection:
            return _first_of_sections(connection, each, article.c.site_id == self._run.site_id)

    def newest_pages(self, *, each: int) -> list[StoredPage]:
        """Return the newest pages of each section by day and URL key, so many of *each*, as above."""
        newest = revision.c.published_day.desc().nulls_last()
        with reading(self._engine) as connection:
            return _first_of_sections(connection, each, article.c.site_id == self._run.site_id, newest=newest)

    def pages_of_run(self, *, each: int) -> list[StoredPage]:
        """Return the first pages by URL key of each section that the run fetched with a text to archive."""
        read_now = (revision.c.run_id == self._run.id, fetch.c.run_id == self._run.id)
        with reading(self._engine) as connection:
            return _first_of_sections(connection, each, *read_now)

    def pages_before(self, *, each: int) -> list[StoredPage]:
        """Return the first pages by URL key of each section whose latest text an earlier run archived."""
        earlier = (article.c.site_id == self._run.site_id, revision.c.run_id != self._run.id)
        with reading(self._engine) as connection:
            return _first_of_sections(connection, each, *earlier)

    def sections_before(self) -> frozenset[str]:
        """Return the sections of which an earlier run archived an article."""
        earlier = (
            select(article.c.id)
            .join(revision, revision.c.article_id == article.c.id)
            .where(article.c.section_id == section.c.id, revision.c.run_id != self._run.id)
        )
        statement = select(section.c.slug).where(
            section.c.site_id == self._run.site_id, earlier.correlate(section).exists()
        )
        with reading(self._engine) as connection:
            return frozenset(connection.scalars(statement))

    def first_edited(self) -> dict[str, str]:
        """Return the URL of the first page by URL key of each section whose article the run found edited."""
        edited = (revision.c.run_id == self._run.id, revision.c.cause == Cause.EDITED.value)
        with reading(self._engine) as connection:
            pages = _first_of_sections(connection, 1, *edited)
        return {each.section or "": each.url for each in pages}

    def pages_without_article(self, reasons: Collection[str]) -> list[StoredPage]:
        """Return the first pages that the run rejected for one of *reasons*, with what they showed before."""
        with reading(self._engine) as connection:
            return rejected_pages(connection, self._run.id, reasons, limit=MOST_BROKEN)

    def pages_without_date(self) -> list[StoredPage]:
        """Return the first page of which the run archived an article without a date."""
        return self._read(revision.c.published_day.is_(None))

    def pages_of_other_length(self, low: float, high: float) -> list[StoredPage]:
        """Return the first page of which the run archived a body outside of these numbers of characters."""
        length = func.length(revision.c.body)
        return self._read(or_(length < low, length > min(high, LONGEST_BODY)))

    def _read(self, condition: ColumnElement[bool]) -> list[StoredPage]:
        with reading(self._engine) as connection:
            return read_pages(connection, revision.c.run_id == self._run.id, condition, limit=1)

    def last_listed(self, slug: str, *, most: int) -> list[Listed]:
        """Return what the list of a section named last, the newest first."""
        statement = (
            select(page.c.url, listing.c.title, listing.c.day)
            .join_from(listing, page, page.c.id == listing.c.page_id)
            .where(listing.c.section_id == self._run.section_ids[slug], listing.c.delisted_at.is_(None))
            .order_by(listing.c.day.desc().nulls_last(), page.c.id)
            .limit(most)
        )
        with reading(self._engine) as connection:
            return [Listed(**row._mapping) for row in connection.execute(statement)]

    def longest_pause_days(self, *, most: int) -> int | None:
        """Return the longest time between two days of publication, of the site's latest *most* ones."""
        statement = (
            select(revision.c.published_day)
            .join(article, article.c.latest_revision == revision.c.id)
            .where(article.c.site_id == self._run.site_id, revision.c.published_day.is_not(None))
            .distinct()
            .order_by(revision.c.published_day.desc())
            .limit(most)
        )
        with reading(self._engine) as connection:
            days = connection.scalars(statement).all()
        return max(((later - earlier).days for later, earlier in pairwise(days)), default=None)


def _first_of_sections(
    connection: Connection,
    each: int,
    *conditions: ColumnElement[bool],
    newest: ColumnElement[Any] | None = None,
) -> list[StoredPage]:
    # Bytes in order, whatever the server's language sorts by: the same pages on every engine.
    key = collate(page.c.url_key, "BINARY" if connection.dialect.name == "sqlite" else "C")
    order = [key] if newest is None else [newest, key]
    place = func.row_number().over(partition_by=article.c.section_id, order_by=order).label("place")
    placed = (
        select(article.c.id, place)
        .join(page, page.c.id == article.c.page_id)
        .join(revision, revision.c.id == article.c.latest_revision)
        .join(fetch, fetch.c.id == revision.c.fetch_id)
        .where(fetch.c.warc_file.is_not(None), article.c.withheld.is_(None), *conditions)
        .subquery()
    )
    chosen = connection.scalars(select(placed.c.id).where(placed.c.place <= each)).all()
    pages = read_pages(connection, article.c.id.in_(chosen), limit=len(chosen)) if chosen else []
    return sorted(pages, key=lambda page: (page.section or "", page.url))
