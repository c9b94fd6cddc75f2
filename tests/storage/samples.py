"""Sites, fetches and articles for storage tests: short to write, whole where it matters."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any

from storage.archive import Archive
from storage.records import (
    ArchivableVisit,
    Failed,
    FailureCause,
    Fetch,
    FetchKind,
    FingerprintedArticle,
    Listed,
    ListPage,
    NoArticle,
    RunKind,
    SectionRecord,
    SiteRecord,
    Visit,
)
from storage.verdicts import Verdict
from storage.writing.runs import Run

NINGBO = SiteRecord(
    key="ningbo",
    title="Ningbo",
    base_url="http://ningbo.test/",
    country="CN",
    language="en",
    timezone="Asia/Shanghai",
)
NEWS = SectionRecord(slug="news", title="Hot News", url="http://ningbo.test/news/")
NOTICES = SectionRecord(slug="notices", title="Notices", url="http://ningbo.test/notices/")
START = datetime(2024, 5, 6, 8, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def hexdigest(*parts: object) -> str:
    """Return a digest that equal *parts* share."""
    return sha256(repr(parts).encode("utf-8", "surrogatepass")).hexdigest()


def article(title: str = "Harbour opens", *paragraphs: str, **fields: Any) -> FingerprintedArticle:
    """Return an article of the first of May 2024; *fields* win over what is made up."""
    paragraphs = paragraphs or (f"{title}: the body.",)
    tables = fields.get("tables", ())
    defaults: dict[str, Any] = {
        "digest": hexdigest(title, paragraphs, tables, fields.get("attachments")),
        "text_digest": hexdigest(paragraphs),
        "published_day": date(2024, 5, 1),
        "published_from": "meta:PubDate",
        "language": "en",
        "extractor_version": "1",
    }
    return FingerprintedArticle(title=title, paragraphs=paragraphs, **(defaults | fields))


def url(name: object) -> str:
    """Return the URL of the page *name*."""
    return f"http://ningbo.test/news/{name}.html"


def fetch(name: object, at: datetime = START, **fields: Any) -> Fetch:
    """Return a fetch of the page *name*, or of a URL."""
    address = str(name) if "://" in str(name) else url(name)
    defaults: dict[str, Any] = {"site": NINGBO, "section": "news", "status": 200}
    return Fetch(url=address, at=at, **(defaults | fields))


def visit(
    name: object, result: FingerprintedArticle | NoArticle, at: datetime = START, **fields: Any
) -> ArchivableVisit:
    """Return a visit of the page *name* that found *result*."""
    return Visit(fetch=fetch(name, at, **fields), result=result)


def list_visit(
    *names: object, at: datetime = START, section: str = "news", total: int | None = None
) -> ArchivableVisit:
    """Return a visit of a list page that names the pages *names*."""
    entries = tuple(Listed(url=url(name), title=f"Title {name}", day=date(2024, 5, 1)) for name in names)
    return Visit(
        fetch=fetch(f"http://ningbo.test/{section}/", at, kind=FetchKind.LIST, section=section),
        result=ListPage(entries=entries, stated_total=total),
    )


def failed(cause: FailureCause = FailureCause.TIMEOUT, detail: str = "no answer") -> Failed:
    """Return why a page could not be had."""
    return Failed(cause=cause, detail=detail)


def start(archive: Archive, site: SiteRecord | None = NINGBO, **options: object) -> Run:
    """Start a crawl of *site*, or an import where it is None."""
    sections = (NEWS, NOTICES) if site is NINGBO else ()
    kind = RunKind.CRAWL if site else RunKind.IMPORT
    return archive.start_run(site, sections, kind=kind, code_version="1.0", options=options)


def finish(archive: Archive, run: Run, verdict: Verdict = Verdict.COMPLETE) -> None:
    """End *run* with a *verdict*."""
    archive.finish_run(run, verdict=verdict, reason="", counts={})


def next_run(archive: Archive, run: Run, **options: object) -> Run:
    """Finish *run* and start another one of the same site."""
    finish(archive, run)
    return start(archive, run.site, **options)


def edited(found: FingerprintedArticle, *paragraphs: str, **fields: Any) -> FingerprintedArticle:
    """Return an article of the same title that says something else."""
    return replace(article(found.title, *paragraphs), **fields)
