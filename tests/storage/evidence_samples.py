"""An archive with evidence, made by the stages of a crawl: what verification and backups are tested on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256

from crawler.evidence import EvidenceWriter, Exchange
from pipelines.fingerprint import fingerprint
from storage.archive import Archive
from storage.records import Article, EvidencePointer, FingerprintedArticle, Link
from storage.writing.runs import Run
from tests.storage.samples import START, finish, list_visit, start, url, visit

HAN = "宁波港口今年上半年的货物吞吐量比去年同期增长百分之五，创下历史新高，市长表示满意。"


def long_text(subject: str) -> str:
    """Return some hundred words that no other subject has."""
    return " ".join(f"{subject}{number} stands in the report on {subject}" for number in range(40))


def real(title: str, *paragraphs: str, **fields: object) -> FingerprintedArticle:
    """Return an article whose digests and fingerprints are made of its text."""
    made = Article(
        title=title,
        paragraphs=paragraphs or (f"{title}. {long_text(''.join(title.split()))}", HAN),
        published_day=date(2024, 5, 1),
        published_from="meta:PubDate",
        language="en",
        extractor_version="1",
        attachments=(Link(url=url("annex.pdf"), title="Annex"),),
        tables=((("Port", "Tons"), ("宁波", "1,000")),),
    )
    return fingerprint(replace(made, **fields))  # type: ignore[arg-type]


@contextmanager
def evidence_of(archive: Archive, run: Run) -> Iterator[EvidenceWriter]:
    """Yield the writer of the run's evidence."""
    writer = EvidenceWriter(
        archive.evidence_root, site="ningbo", run=run.key, software="hotnews/0", settings={}
    )
    try:
        yield writer
    finally:
        writer.close()


def keep(
    writer: EvidenceWriter,
    name: object,
    body: bytes,
    at: datetime = START,
    original: EvidencePointer | None = None,
) -> EvidencePointer:
    """Write the response that page *name* gave."""
    exchange = Exchange(
        url=url(name), at=at, status=200, headers=((b"Content-Type", b"text/html"),), body=body
    )
    return writer.append(replace(exchange, original=original)).result()


def body_of(name: object) -> bytes:
    """Return the bytes of page *name*."""
    return f"<html><title>{name}</title><p>The page {name}, as it was received.</p></html>".encode()


def fill(archive: Archive) -> Run:
    """Archive three articles with their evidence, one of them in two revisions; return the finished run."""
    run = start(archive)
    with evidence_of(archive, run) as writer:
        archive.record_all(run, [list_visit("a", "b", "c")])
        for name in ("a", "b", "c"):
            store(archive, run, writer, name, real(f"Harbour {name} opens", long_text(f"harbour{name}"), HAN))
        store(
            archive,
            run,
            writer,
            "a",
            real("Harbour a opens again", long_text("reopening"), HAN),
            b"v2",
        )
    finish(archive, run)
    return run


def store(
    archive: Archive,
    run: Run,
    writer: EvidenceWriter,
    name: object,
    found: FingerprintedArticle,
    body: bytes | None = None,
) -> EvidencePointer:
    """Archive *found* as page *name* after its evidence."""
    body = body_of(name) if body is None else body
    pointer = keep(writer, name, body)
    digest = sha256(body).hexdigest()
    archive.record(run, visit(name, found, digest=digest, evidence=pointer))
    return pointer
