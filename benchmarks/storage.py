"""Measure the write path: articles a CPU second, beside raw sqlite3 and the search index alone.

    python -m benchmarks.storage [--articles 5000] [--url sqlite:///...]

Articles carry 3 KB of text, half of them Chinese, 26 fingerprints each, in batches of 100, one
transaction a batch. Every figure is of this process's own CPU time, so that a busy machine shows
ratios that hold.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from time import process_time

from sqlalchemy import Connection

from storage import article_writes, fingerprints
from storage.archive import Archive
from storage.copies import CopyLink, StoredText
from storage.engine import PRAGMAS
from storage.records import (
    ArchivableVisit,
    EvidencePointer,
    Fetch,
    FetchKind,
    FingerprintedArticle,
    Listed,
    ListPage,
    RunKind,
    SectionRecord,
    SiteRecord,
    Visit,
)
from storage.search_index import CREATE, SQLITE_INSERT, Document, fts_row

BATCH = 100
BODY_CHARACTERS = {"en": 3_000, "zh": 1_000}  # 3 KB of UTF-8 each
SITE = SiteRecord(key="bench", title="Bench", base_url="http://bench.test/", timezone="Asia/Shanghai")
SECTION = SectionRecord(slug="news", title="News", url="http://bench.test/news/")
START = datetime(2024, 5, 6, 8, 0, tzinfo=UTC)


def main() -> None:
    """Print the figures."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--articles", type=int, default=5_000)
    options.add_argument("--url", help="an archive that does not exist yet; default a temporary file")
    chosen = options.parse_args()
    visits = list(sample_visits(chosen.articles))
    with tempfile.TemporaryDirectory() as folder:
        raw = measure_raw(visits, Path(folder) / "raw.db")
        index = measure_index(visits, Path(folder) / "index.db")
        url = chosen.url or f"sqlite:///{folder}/archive.db"
        ours, unchanged, lists = measure_archive(visits, url)
        with without_decision():
            plain, *_ = measure_archive(visits, f"sqlite:///{folder}/plain.db")
    rows = (
        ("raw sqlite3 executemany, one table, 3 indexes", raw),
        ("search index alone (tokens and FTS5)", index),
        ("archive: everything but the duplicate decision", plain),
        ("archive: everything, the duplicate decision too", ours),
        ("archive: the same again, unchanged", unchanged),
        ("archive: list entries, new", lists),
    )
    for name, rate in rows:
        print(f"{name:50} {rate:8.0f} articles per CPU second  {rate / raw:5.2f} of raw")


@contextmanager
def without_decision() -> Iterator[None]:
    """Keep fingerprints, but compare nothing."""

    def remember(connection: Connection, texts: Sequence[StoredText]) -> list[CopyLink]:
        fingerprints.add(
            connection, [(value, text.article_id) for text in texts for value in text.fingerprints]
        )
        return []

    decide = article_writes.link_copies
    article_writes.link_copies = remember
    try:
        yield
    finally:
        article_writes.link_copies = decide


def measure_archive(visits: Sequence[ArchivableVisit], url: str) -> tuple[float, float, float]:
    """Return the rates of new articles, of the same ones again, and of listing them first."""
    with Archive.create(url) as archive:
        run = archive.start_run(SITE, [SECTION], kind=RunKind.CRAWL, code_version="bench", options={})
        lists = measure(lambda batch: archive.record(run, list_page(batch)), visits)
        ours = measure(lambda batch: archive.record_all(run, batch), visits)
        unchanged = measure(lambda batch: archive.record_all(run, batch), visits)
    return ours, unchanged, lists


def list_page(visits: Sequence[ArchivableVisit]) -> ArchivableVisit:
    """Return the list page that names the pages of *visits*."""
    entries = tuple(Listed(url=visit.fetch.url, title="A title") for visit in visits)
    fetch = Fetch(url=SECTION.url, site=SITE, section="news", kind=FetchKind.LIST, at=START)
    return Visit(fetch=fetch, result=ListPage(entries=entries))


def measure(write: object, visits: Sequence[ArchivableVisit]) -> float:
    """Return how many visits a CPU second *write* takes in batches."""
    began = process_time()
    for start in range(0, len(visits), BATCH):
        write(visits[start : start + BATCH])  # type: ignore[operator]
    return len(visits) / (process_time() - began)


def measure_raw(visits: Sequence[ArchivableVisit], path: Path) -> float:
    """Return the rate of plain rows: one table of articles with three indexes beside its key."""
    connection = open_database(path)
    connection.execute(
        "CREATE TABLE article (id INTEGER PRIMARY KEY, url TEXT UNIQUE, title TEXT, body TEXT, day TEXT,"
        " digest TEXT, text_digest TEXT, first_seen TEXT)"
    )
    connection.execute("CREATE INDEX by_text ON article (text_digest)")
    connection.execute("CREATE INDEX by_day ON article (day)")

    def write(batch: Sequence[ArchivableVisit]) -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(
            "INSERT INTO article (url, title, body, day, digest, text_digest, first_seen)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            [raw_row(visit) for visit in batch],
        )
        connection.execute("COMMIT")

    return measure(write, visits)


def raw_row(visit: ArchivableVisit) -> tuple[str, ...]:
    """Return the plain row of a visit."""
    found = visit.result
    assert isinstance(found, FingerprintedArticle)
    day = str(found.published_day)
    return visit.fetch.url, found.title, found.body, day, found.digest, found.text_digest, str(visit.fetch.at)


def measure_index(visits: Sequence[ArchivableVisit], path: Path) -> float:
    """Return the rate of the search index alone, tokens included."""
    connection = open_database(path)
    connection.execute(CREATE["sqlite"][0])
    numbers = iter(range(1, len(visits) + 1))

    def write(batch: Sequence[ArchivableVisit]) -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(SQLITE_INSERT, [fts_row(document(visit, next(numbers))) for visit in batch])
        connection.execute("COMMIT")

    return measure(write, visits)


def document(visit: ArchivableVisit, number: int) -> Document:
    """Return the search document of a visit."""
    found = visit.result
    assert isinstance(found, FingerprintedArticle)
    return Document(article_id=number, day=found.published_day, title=found.title, body=found.body)


def open_database(path: Path) -> sqlite3.Connection:
    """Return a connection as the archive's own are."""
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in (*PRAGMAS, "PRAGMA journal_mode=WAL"):
        connection.execute(pragma)
    return connection


def sample_visits(count: int) -> Iterator[ArchivableVisit]:
    """Yield visits of made-up articles, English and Chinese in turn, always the same ones."""
    chance = random.Random(7)
    words = [
        "".join(chance.choices("abcdefghijklmnopqrstuvwxyz", k=chance.randint(2, 10))) for _ in range(8_000)
    ]
    weights = [1 / rank for rank in range(1, len(words) + 1)]
    characters = [chr(0x4E00 + 2 * place) for place in range(2_500)]
    character_weights = [1 / rank for rank in range(1, len(characters) + 1)]
    chinese = [
        "".join(chance.choices(characters, character_weights, k=chance.choice((1, 2, 2, 2, 3, 4))))
        for _ in range(8_000)
    ]
    for number in range(count):
        if number % 2:
            text = "".join(chance.choices(chinese, weights, k=BODY_CHARACTERS["zh"] // 2))[
                : BODY_CHARACTERS["zh"]
            ]
            pieces = [text[start : start + 200] for start in range(0, len(text), 200)]
        else:
            chosen = chance.choices(words, weights, k=BODY_CHARACTERS["en"] // 6)
            pieces = [" ".join(chosen[start : start + 80]) for start in range(0, len(chosen), 80)]
        yield sample_visit(number, tuple(pieces), chance)


def sample_visit(number: int, paragraphs: tuple[str, ...], chance: random.Random) -> ArchivableVisit:
    """Return the visit of one made-up article."""
    title = paragraphs[0][:40]
    found = FingerprintedArticle(
        title=title,
        paragraphs=paragraphs,
        published_day=date(2015, 1, 1) + timedelta(days=number % 3_000),
        published_from="meta:PubDate",
        source="Bench News",
        language="zh" if number % 2 else "en",
        extractor_version="1",
        digest=sha256(repr((title, paragraphs)).encode()).hexdigest(),
        text_digest=sha256(repr(paragraphs).encode()).hexdigest(),
        fingerprints=tuple(sorted(chance.randrange(-(2**31), 2**31) for _ in range(26))),
    )
    fetch = Fetch(
        url=f"http://bench.test/art/2024/5/6/art_{number % 97}_{number}.html",
        site=SITE,
        section="news",
        at=START + timedelta(seconds=number),
        status=200,
        elapsed_seconds=0.2,
        size_bytes=43_000,
        digest=sha256(str(number).encode()).hexdigest(),
        evidence=EvidencePointer(file="bench-0001.warc.gz", offset=number * 9_000, length=9_000),
    )
    return Visit(fetch=fetch, result=found)


if __name__ == "__main__":
    main()
