"""What re-extraction reads: the evidence of every article, and of every page that was no article."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, or_, select

from storage.database.bulk import is_wanted
from storage.evidence.parts import StoredPart, parts_of_fetches
from storage.evidence.pointers import pointer_in
from storage.models import article, fetch, listing, page, revision, run, section, site
from storage.records import Change, EvidencePointer, FetchKind, PageState, RunKind, SiteRecord
from storage.safe_text import storable
from storage.writing.revision_rows import ArticleHead, load_heads

BATCH = 1_000
SITE_COLUMNS = tuple(each.name for each in fields(SiteRecord))


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPage:
    """The evidence of one page and what was known of it; *head* is None where no article was found."""

    url: str
    site: SiteRecord
    section: str | None
    listed_title: str | None
    listed_day: date | None
    pointer: EvidencePointer
    digest: str | None
    size_bytes: int | None
    status: int | None
    at: datetime  # of the fetch, or of the import
    fetched_at: datetime | None  # None where an imported file does not tell
    parts: tuple[StoredPart, ...]  # the further pages of an article that has several
    head: ArticleHead | None


@dataclass(slots=True)
class PagesOfFile:
    """The pages whose latest reading rests on one WARC file, by row number: eight bytes each."""

    articles: array[int] = field(default_factory=lambda: array("q"))
    rejected: array[int] = field(default_factory=lambda: array("q"))

    def lots(self, most: int) -> Iterator[PagesOfFile]:
        """Yield the pages in the order of their evidence, articles first, up to *most* at a time."""
        articles = len(self.articles)
        for start in range(0, articles + len(self.rejected), most):
            end = start + most
            yield PagesOfFile(
                articles=self.articles[start:end],
                rejected=self.rejected[max(0, start - articles) : max(0, end - articles)],
            )


def pages_by_file(
    connection: Connection, *, site_key: str | None, since: datetime | None
) -> dict[str, PagesOfFile]:
    """Return which pages rest on each WARC file, without withheld ones."""
    conditions: list[ColumnElement[bool]] = [fetch.c.warc_file.is_not(None)]
    if site_key is not None:
        conditions.append(site.c.key == storable(site_key))
    if since is not None:
        conditions.append(fetch.c.at >= since)
    found: dict[str, PagesOfFile] = {}
    for file, number in _numbers(connection, _ARTICLES.where(*conditions), article.c.id):
        found.setdefault(file, PagesOfFile()).articles.append(number)
    for file, number in _numbers(connection, _REJECTED.where(*conditions), page.c.id):
        found.setdefault(file, PagesOfFile()).rejected.append(number)
    return found


def _numbers(
    connection: Connection, statement: Select[Any], number: ColumnElement[int]
) -> Iterator[tuple[str, int]]:
    only = statement.with_only_columns(fetch.c.warc_file, number)
    rows = connection.execution_options(yield_per=BATCH).execute(only)
    yield from ((row[0], row[1]) for row in rows)


def read_lot(connection: Connection, lot: PagesOfFile) -> list[StoredPage]:
    """Return the pages of *lot*, without those that are withheld or no longer rejected by now."""
    wanted = ((_THESE_ARTICLES, lot.articles), (_THESE_REJECTED, lot.rejected))
    return [
        each
        for statement, numbers in wanted
        if numbers
        for each in _pages(connection, statement, {"wanted": numbers.tolist()})
    ]


def stored_page(connection: Connection, number: int) -> StoredPage | None:
    """Return the page that an article rests on; None where no evidence was kept, or it is withheld."""
    statement = _ARTICLES.where(article.c.id == number, fetch.c.warc_file.is_not(None))
    return next(_pages(connection, statement), None)


def articles_without_evidence(connection: Connection, *, site_key: str | None) -> int:
    """Return how many articles rest on no evidence, so that nothing of them can be read again."""
    statement = (
        select(func.count())
        .select_from(article)
        .join(revision, revision.c.id == article.c.latest_revision)
        .join(fetch, fetch.c.id == revision.c.fetch_id)
        .join(site, site.c.id == article.c.site_id)
        .where(fetch.c.warc_file.is_(None))
    )
    if site_key is not None:
        statement = statement.where(site.c.key == storable(site_key))
    return connection.scalar(statement) or 0


def read_pages(connection: Connection, *conditions: ColumnElement[bool], limit: int) -> list[StoredPage]:
    """Return the first pages whose article, latest revision or fetch meets *conditions*."""
    statement = _ARTICLES.where(fetch.c.warc_file.is_not(None), *conditions).order_by(None)
    return list(_pages(connection, statement.order_by(fetch.c.id).limit(limit)))


def rejected_pages(
    connection: Connection, run_id: int, reasons: Collection[str], *, limit: int
) -> list[StoredPage]:
    """Return the first pages that a run rejected for one of *reasons*, those it knew articles of too."""
    reason = or_(*(fetch.c.error.startswith(each, autoescape=True) for each in sorted(reasons)))
    statement = _ANSWERS.where(
        fetch.c.run_id == run_id,
        fetch.c.result == Change.REJECTED.value,
        fetch.c.warc_file.is_not(None),
        reason,
    )
    return list(_pages(connection, statement.limit(limit)))


_listed = listing.alias("listed")
_first_listing = (
    select(func.min(_listed.c.section_id))
    .where(_listed.c.page_id == page.c.id)
    .correlate(page)
    .scalar_subquery()
)
_answer = fetch.alias("answer")
_last_answer = (
    select(func.max(_answer.c.id))
    .where(
        _answer.c.page_id == page.c.id,
        _answer.c.kind == FetchKind.ARTICLE.value,
        _answer.c.warc_file.is_not(None),
    )
    .correlate(page)
    .scalar_subquery()
)
# An earlier re-extraction points at the same record: what is told of it is told by who fetched it.
_same = fetch.alias("same_record")
_original = (
    select(func.min(_same.c.id))
    .where(
        _same.c.page_id == fetch.c.page_id,
        _same.c.warc_file == fetch.c.warc_file,
        _same.c.warc_offset == fetch.c.warc_offset,
    )
    .correlate(fetch)
    .scalar_subquery()
)
_told = fetch.alias("told")
_COLUMNS: tuple[Any, ...] = (
    fetch.c.id.label("fetch_id"),
    page.c.url,
    *(site.c[name].label(f"site_{name}") for name in SITE_COLUMNS),
    section.c.slug,
    listing.c.title,
    listing.c.day,
    *(fetch.c[name] for name in ("warc_file", "warc_offset", "warc_length", "digest", "bytes", "status")),
    _told.c.at,
    run.c.kind,
    run.c.started_at,
)
_IN_ORDER = (fetch.c.warc_file, fetch.c.warc_offset)
_ARTICLES: Select[Any] = (
    select(article.c.id.label("article_id"), *_COLUMNS)
    .join_from(article, revision, revision.c.id == article.c.latest_revision)
    .join(fetch, fetch.c.id == revision.c.fetch_id)
    .join(_told, _told.c.id == _original)
    .join(run, run.c.id == _told.c.run_id)
    .join(page, page.c.id == article.c.page_id)
    .join(site, site.c.id == article.c.site_id)
    .outerjoin(section, section.c.id == article.c.section_id)
    .outerjoin(listing, and_(listing.c.page_id == page.c.id, listing.c.section_id == section.c.id))
    .where(article.c.withheld.is_(None))
    .order_by(*_IN_ORDER)
)
_REJECTED: Select[Any] = (
    select(page.c.article_id, *_COLUMNS)
    .join_from(page, fetch, fetch.c.id == _last_answer)
    .join(_told, _told.c.id == _original)
    .join(run, run.c.id == _told.c.run_id)
    .join(site, site.c.id == page.c.site_id)
    .outerjoin(section, section.c.id == _first_listing)
    .outerjoin(listing, and_(listing.c.page_id == page.c.id, listing.c.section_id == section.c.id))
    .where(page.c.state == PageState.REJECTED.value, page.c.article_id.is_(None))
    .order_by(*_IN_ORDER)
)
_ANSWERS: Select[Any] = (
    select(page.c.article_id, *_COLUMNS)
    .join_from(page, fetch, and_(fetch.c.page_id == page.c.id, fetch.c.kind == FetchKind.ARTICLE.value))
    .join(_told, _told.c.id == fetch.c.id)
    .join(run, run.c.id == fetch.c.run_id)
    .join(site, site.c.id == page.c.site_id)
    .outerjoin(section, section.c.id == _first_listing)
    .outerjoin(listing, and_(listing.c.page_id == page.c.id, listing.c.section_id == section.c.id))
    .order_by(fetch.c.id)
)


_WITH_EVIDENCE = fetch.c.warc_file.is_not(None)
_THESE_ARTICLES = _ARTICLES.where(is_wanted(article.c.id), _WITH_EVIDENCE)
_THESE_REJECTED = _REJECTED.where(is_wanted(page.c.id), _WITH_EVIDENCE)


def _pages(
    connection: Connection, statement: Select[Any], values: Mapping[str, Any] = MappingProxyType({})
) -> Iterator[StoredPage]:
    rows = connection.execution_options(yield_per=BATCH).execute(statement, values)
    for batch in rows.partitions():
        heads = load_heads(connection, {row.article_id for row in batch if row.article_id is not None})
        parts = parts_of_fetches(connection, [row.fetch_id for row in batch])
        for row in batch:
            yield _stored_page(row, parts.get(row.fetch_id, ()), heads.get(row.article_id))


def _stored_page(row: Any, parts: tuple[StoredPart, ...], head: ArticleHead | None) -> StoredPage:
    # An import that knows no time of a file takes its own.
    untold = row.kind == RunKind.IMPORT.value and row.at >= row.started_at
    return StoredPage(
        url=row.url,
        site=SiteRecord(**{name: row._mapping[f"site_{name}"] for name in SITE_COLUMNS}),
        section=row.slug,
        listed_title=row.title,
        listed_day=row.day,
        pointer=pointer_in(row),
        digest=row.digest,
        size_bytes=row.bytes,
        status=row.status,
        at=row.at,
        fetched_at=None if untold else row.at,
        parts=parts,
        head=head,
    )
