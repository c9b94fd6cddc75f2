"""Measure the write path: articles a CPU second, beside raw sqlite3 and the search index alone.

    python -m benchmarks.archive [--articles 5000] [--batch 100] [--postgres postgresql://...]

Articles carry 3 KB of text, half of them Chinese, 26 fingerprints each, one transaction a batch. Every
figure is of this process's own CPU time, so that a busy machine shows ratios that hold; of PostgreSQL
it is the client's. Exports are set beside a scan of the same rows by the driver, and read three times.
"""

from __future__ import annotations

import argparse
import gc
import os
import random
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from itertools import accumulate
from pathlib import Path
from time import process_time
from uuid import uuid4

from sqlalchemy import Connection, create_engine, make_url, text

from storage.archive import Archive
from storage.database.engine import PRAGMAS, reading
from storage.export.files import json_lines
from storage.export.parquet import write_parquet
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
from storage.search.index import CREATE, SQLITE_INSERT, Document, quick_rows
from storage.stories import fingerprints
from storage.stories.copies import CopyLink
from storage.stories.links import StoredText
from storage.writing import article_writes

BATCH = 100
SCAN = (
    "SELECT * FROM article JOIN revision ON revision.id = article.latest_revision"
    " JOIN page ON page.id = article.page_id ORDER BY article.public_id"
)
BODY_CHARACTERS = {"en": 3_000, "zh": 1_000}  # 3 KB of UTF-8 each
SITE = SiteRecord(key="bench", title="Bench", base_url="http://bench.test/", timezone="Asia/Shanghai")
SECTION = SectionRecord(slug="news", title="News", url="http://bench.test/news/")
START = datetime(2024, 5, 6, 8, 0, tzinfo=UTC)


def main() -> None:
    """Print the figures."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--articles", type=int, default=5_000)
    options.add_argument("--batch", type=int, default=BATCH, help="visits of a transaction")
    options.add_argument("--postgres", metavar="URL", help="a server where databases may be made and dropped")
    chosen = options.parse_args()
    visits = list(sample_visits(chosen.articles))
    with tempfile.TemporaryDirectory() as folder:
        raw = measure_raw(visits, Path(folder) / "raw.db", chosen.batch)
        show("raw sqlite3 executemany, one table, 3 indexes", raw, raw)
        index = measure_index(visits, Path(folder) / "index.db", chosen.batch)
        show("search index alone (tokens and FTS5)", index, raw)
        for decides in (False, True):
            with new_archive(chosen.postgres, folder) as url:
                measure_archive(visits, url, raw, chosen.batch, decides=decides)


def show(name: str, rate: float, of: float) -> None:
    """Print one figure and what share it is of another."""
    print(f"{name:50} {rate:8.0f} articles per CPU second  {rate / of:5.2f}", flush=True)


@contextmanager
def new_archive(server: str | None, folder: str) -> Iterator[str]:
    """Name an archive that does not exist yet: a file, or a database that is dropped at the end."""
    name = f"hotnews_bench_{uuid4().hex[:12]}"
    if server is None:
        yield f"sqlite:///{folder}/{name}.db"
        return
    admin = create_engine(make_url(server), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
        try:
            yield make_url(server).set(database=name).render_as_string(hide_password=False)
        finally:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


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


def measure_archive(
    visits: Sequence[ArchivableVisit], url: str, raw: float, batch: int, *, decides: bool
) -> None:
    """Print the rates of listing articles, of new ones, and of what is asked of them afterwards."""
    with Archive.create(url) as archive:
        run = archive.start_run(SITE, [SECTION], kind=RunKind.CRAWL, code_version="bench", options={})

        def write(found: Sequence[ArchivableVisit]) -> None:
            archive.record_all(run, found)

        if not decides:
            show(
                "archive: list entries, new",
                measure(lambda found: archive.record(run, list_page(found)), visits, batch),
                raw,
            )
            with without_decision():
                show("archive: everything but the duplicate decision", measure(write, visits, batch), raw)
            show("archive: the same again, unchanged", measure(write, visits, batch), raw)
            measure_exports(archive, len(visits))
        else:
            show("archive: everything, the duplicate decision too", measure(write, visits, batch), raw)


def measure_exports(archive: Archive, articles: int) -> None:
    """Print how fast articles are read, beside a scan of the same rows."""

    def scan() -> None:
        with reading(archive._engine) as connection:
            cursor = connection.connection.cursor()
            cursor.execute(SCAN)
            while cursor.fetchmany(500):
                pass
            cursor.close()

    def lines() -> None:
        with Path(os.devnull).open("w", encoding="utf-8") as file:
            file.writelines(json_lines(archive.exported()))

    def parquet() -> None:
        with Path(os.devnull).open("wb") as file:
            write_parquet(archive.exported(), file)

    gc.freeze()  # the made-up visits are no part of what an export holds in memory
    scanned = best(scan, articles)
    show("scan of the same rows by the driver, in order", scanned, scanned)
    for name, read in (("export: JSON lines", lines), ("export: Parquet", parquet)):
        show(name, best(read, articles), scanned)


def best(work: Callable[[], None], articles: int) -> float:
    """Return how many articles a CPU second *work* takes, the best of three times."""
    spent = []
    for _ in range(3):
        began = process_time()
        work()
        spent.append(process_time() - began)
    return articles / min(spent)


def list_page(visits: Sequence[ArchivableVisit]) -> ArchivableVisit:
    """Return the list page that names the pages of *visits*."""
    entries = tuple(Listed(url=visit.fetch.url, title="A title") for visit in visits)
    fetch = Fetch(url=SECTION.url, site=SITE, section="news", kind=FetchKind.LIST, at=START)
    return Visit(fetch=fetch, result=ListPage(entries=entries))


def measure(
    write: Callable[[Sequence[ArchivableVisit]], object], visits: Sequence[ArchivableVisit], batch: int
) -> float:
    """Return how many visits a CPU second *write* takes in batches."""
    began = process_time()
    for start in range(0, len(visits), batch):
        write(visits[start : start + batch])
    return len(visits) / (process_time() - began)


def measure_raw(visits: Sequence[ArchivableVisit], path: Path, size: int) -> float:
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

    return measure(write, visits, size)


def raw_row(visit: ArchivableVisit) -> tuple[str, ...]:
    """Return the plain row of a visit."""
    found = visit.result
    assert isinstance(found, FingerprintedArticle)
    day = str(found.published_day)
    return visit.fetch.url, found.title, found.body, day, found.digest, found.text_digest, str(visit.fetch.at)


def measure_index(visits: Sequence[ArchivableVisit], path: Path, size: int) -> float:
    """Return the rate of the search index alone, tokens included."""
    connection = open_database(path)
    for statement in CREATE["sqlite"]:
        connection.execute(statement)
    numbers = iter(range(1, len(visits) + 1))

    def write(batch: Sequence[ArchivableVisit]) -> None:
        connection.execute("BEGIN IMMEDIATE")
        rows = quick_rows([document(visit, next(numbers)) for visit in batch])
        connection.executemany(SQLITE_INSERT, rows)
        connection.execute("COMMIT")

    return measure(write, visits, size)


def document(visit: ArchivableVisit, number: int) -> Document:
    """Return the search document of a visit."""
    found = visit.result
    assert isinstance(found, FingerprintedArticle)
    return Document(
        article_id=number,
        site_id=1,
        language=found.language,
        source=found.source,
        day=found.published_day,
        title=found.title,
        body=found.body,
    )


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
    weights = list(accumulate(1 / rank for rank in range(1, len(words) + 1)))
    characters = [chr(0x4E00 + 2 * place) for place in range(2_500)]
    character_weights = [1 / rank for rank in range(1, len(characters) + 1)]
    chinese = [
        "".join(chance.choices(characters, character_weights, k=chance.choice((1, 2, 2, 2, 3, 4))))
        for _ in range(8_000)
    ]
    for number in range(count):
        if number % 2:
            text = "".join(chance.choices(chinese, cum_weights=weights, k=BODY_CHARACTERS["zh"] // 2))[
                : BODY_CHARACTERS["zh"]
            ]
            pieces = [text[start : start + 200] for start in range(0, len(text), 200)]
        else:
            chosen = chance.choices(words, cum_weights=weights, k=BODY_CHARACTERS["en"] // 6)
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
