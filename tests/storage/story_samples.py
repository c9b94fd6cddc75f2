"""Releases, and what publishers make of them, as visits: short to write."""

from __future__ import annotations

from datetime import UTC, date, datetime
from random import Random

from benchmarks.story_bases import Release, write_release
from pipelines.fingerprint import fingerprint
from storage.archive import Archive
from storage.records import ArchivableVisit, Article, Outcome
from storage.stories.comparison import Wording
from storage.stories.wording import tokenise
from tests.storage.samples import finish, start, visit

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def release(seed: int, language: str = "en", paragraphs: int = 6) -> Release:
    """Return a release of exactly so many paragraphs."""
    random = Random(f"{language} {seed}")
    found = write_release(random, language)
    while len(found.paragraphs) < paragraphs:
        more = write_release(random, language)
        found = Release(title=found.title, paragraphs=found.paragraphs + more.paragraphs, language=language)
    return Release(title=found.title, paragraphs=found.paragraphs[:paragraphs], language=language)


def wording(found: Release) -> Wording:
    """Return *found* as it is compared."""
    return Wording(title=found.title, tokens=tokenise("\n".join(found.paragraphs)))


def published(name: object, found: Release, day: date | None = date(2026, 3, 1)) -> ArchivableVisit:
    """Return the visit of a page that shows *found*."""
    article = Article(
        title=found.title, paragraphs=found.paragraphs, published_day=day, language=found.language
    )
    return visit(name, fingerprint(article), NOON)


def record(archive: Archive, *visits: ArchivableVisit) -> list[Outcome]:
    """Record *visits* in one transaction, as a run of its own."""
    run = start(archive)
    outcomes = archive.record_all(run, list(visits))
    finish(archive, run)
    return outcomes


def stories(archive: Archive) -> set[frozenset[str]]:
    """Return the stories as sets of page names."""
    found: dict[str, set[str]] = {}
    for row in archive.articles():
        name = row.url.rsplit("/", 1)[1].removesuffix(".html")
        found.setdefault(row.story or row.id, set()).add(name)
    return {frozenset(names) for names in found.values()}
