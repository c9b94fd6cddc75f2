"""Documents into an archive's own duplicate decision, without crawling, searching or evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from time import process_time
from typing import TypeVar

from sqlalchemy import URL, Connection, Engine, event, insert, select

from benchmarks.story_documents import Document
from pipelines.fingerprint import fingerprint
from storage.database.engine import make_engine, writing
from storage.models import article, metadata, revision, story
from storage.records import Article, FingerprintedArticle
from storage.stories.copies import link_copies
from storage.stories.ids import STORY_ID, story_first
from storage.stories.links import StoredText

SEEN = datetime(2026, 6, 1, tzinfo=UTC)
BATCH = 100
ItemT = TypeVar("ItemT")


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """What the decision made of some documents, and what it cost."""

    stories: dict[str, str]
    cpu_seconds: float


def make_archive(path: Path) -> Engine:
    """Make an archive's tables in *path*; rows may stand alone, so that nothing but texts is needed."""
    engine = make_engine(URL.create("sqlite", database=str(path)))
    event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA foreign_keys=OFF"))
    with writing(engine) as connection:
        metadata.create_all(connection)
    return engine


def link_documents(engine: Engine, documents: Sequence[Document]) -> Linked:
    """Fingerprint, store and link *documents* in their order, a hundred to a transaction."""
    cpu_seconds = 0.0
    for first, batch in _numbered_batches(documents):
        articles = [_article(document) for document in batch]
        started = process_time()
        fingerprinted = [fingerprint(found) for found in articles]
        cpu_seconds += process_time() - started
        with writing(engine) as connection:
            store_texts(connection, first, [document.id for document in batch], fingerprinted)
            started = process_time()
            link_copies(connection, stored_texts(first, [document.id for document in batch], fingerprinted))
            cpu_seconds += process_time() - started
    return Linked(stories=_stories(engine), cpu_seconds=cpu_seconds)


def _numbered_batches(items: Iterable[ItemT]) -> Iterator[tuple[int, list[ItemT]]]:
    iterator, first = iter(items), 1
    while batch := list(islice(iterator, BATCH)):
        yield first, batch
        first += len(batch)


def _article(document: Document) -> Article:
    release = document.release
    return Article(title=release.title, paragraphs=release.paragraphs, published_day=document.day)


def store_texts(
    connection: Connection, first: int, names: Sequence[str], articles: Sequence[FingerprintedArticle]
) -> None:
    """Store the rows of *articles* that the decision reads, numbered from *first*."""
    numbered = list(enumerate(zip(names, articles, strict=True), first))
    connection.execute(
        insert(article),
        [
            {"id": number, "public_id": name, "page_id": number, "site_id": 1, "first_seen": SEEN}
            | {
                "latest_revision": number,
                "revisions": 1,
                "text_digest": found.text_digest,
                "document": number,
            }
            for number, (name, found) in numbered
        ],
    )
    connection.execute(
        insert(revision),
        [
            {"id": number, "article_id": number, "number": 1, "title": found.title, "body": found.body}
            | {"body_kind": "text", "published_day": found.published_day, "digest": found.digest}
            | {"text_digest": found.text_digest, "chain": "", "fetch_id": 1, "run_id": 1}
            | {"extractor_version": "", "cause": "first", "seen_at": SEEN}
            for number, (_, found) in numbered
        ],
    )


def stored_texts(
    first: int, names: Sequence[str], articles: Sequence[FingerprintedArticle]
) -> list[StoredText]:
    """Return *articles* as the decision takes them."""
    return [
        StoredText(
            article_id=number,
            public_id=name,
            revision=1,
            title=found.title,
            text_digest=found.text_digest,
            paragraphs=found.paragraphs,
            fingerprints=found.fingerprints,
        )
        for number, (name, found) in enumerate(zip(names, articles, strict=True), first)
    ]


def _stories(engine: Engine) -> dict[str, str]:
    with engine.connect() as connection:
        rows = connection.execute(
            select(article.c.public_id, STORY_ID)
            .outerjoin(story, story.c.id == article.c.story_id)
            .outerjoin(story_first, story_first.c.id == story.c.first_article)
        )
        return dict(map(tuple, rows))
