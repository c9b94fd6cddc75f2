"""Writing from another process: the same outcomes, and a clear end whatever ends first."""

from __future__ import annotations

import os
import signal
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from storage import Archive
from storage.errors import ArchiveNotFound, ArchiveNotWritable
from storage.records import Article, Change, Fetch, FingerprintedArticle, RunKind, SiteRecord, Visit
from storage.verdicts import Verdict
from storage.writing.writer_process import WriterProcess

SITE = SiteRecord(key="harbour", title="Harbour", base_url="https://harbour.example.gov/")
NOW = datetime(2026, 5, 22, 12, tzinfo=UTC)


def digest(number: int) -> str:
    return sha256(str(number).encode()).hexdigest()


def visit(number: int) -> Visit[FingerprintedArticle]:
    text = f"The harbour office published its report number {number} on Monday."
    article = FingerprintedArticle(
        title=f"Report {number}", paragraphs=(text,), digest=digest(number), text_digest=digest(-number)
    )
    return Visit(
        fetch=Fetch(url=f"{SITE.base_url}{number}.html", site=SITE, at=NOW, status=200), result=article
    )


@pytest.fixture
def writer(archive: Archive) -> WriterProcess:
    run = archive.start_run(SITE, [], kind=RunKind.CRAWL, code_version="test", options={})
    return WriterProcess(archive.url, run)


def test_every_visit_is_answered_once_it_is_stored(archive: Archive, writer: WriterProcess) -> None:
    futures = [writer.submit(visit(number)) for number in range(250)]
    again = writer.submit(visit(7))

    outcomes = [future.result(timeout=60) for future in futures]
    writer.close()

    assert {outcome.change for outcome in outcomes} == {Change.NEW}
    assert again.result().change is Change.UNCHANGED
    assert archive.counts()["articles"] == 250


def numbered(bare: Visit[Article]) -> Visit[FingerprintedArticle]:
    """Return *bare* with a digest of its address."""
    found = FingerprintedArticle(
        title=bare.result.title,
        paragraphs=bare.result.paragraphs,
        digest=digest(len(bare.fetch.url)),
        text_digest=digest(-1),
    )
    return replace(bare, result=found)


def refusing(bare: Visit[Article]) -> Visit[FingerprintedArticle]:
    """Return *bare* with a digest, unless it is number 2."""
    if bare.fetch.url.endswith("/2.html"):
        raise ValueError("two is no article")
    return numbered(bare)


def bare_visit(number: int) -> Visit[Article]:
    made = visit(number)
    return replace(made, result=Article(title=made.result.title, paragraphs=made.result.paragraphs))


def test_an_article_is_prepared_where_it_is_written(archive: Archive) -> None:
    run = archive.start_run(SITE, [], kind=RunKind.CRAWL, code_version="test", options={})
    writer = WriterProcess(archive.url, run, prepare=numbered)

    outcome = writer.submit(bare_visit(1)).result(timeout=60)
    writer.close()

    assert (outcome.change, outcome.digest) == (Change.NEW, digest(len(f"{SITE.base_url}1.html")))


def test_one_that_cannot_be_prepared_fails_alone(archive: Archive) -> None:
    run = archive.start_run(SITE, [], kind=RunKind.CRAWL, code_version="test", options={})
    writer = WriterProcess(archive.url, run, prepare=refusing)

    futures = [writer.submit(bare_visit(number)) for number in (1, 2, 3)]
    errors = [future.exception(timeout=60) for future in futures]
    writer.close()

    assert [type(error).__name__ for error in errors] == ["NoneType", "VisitNotStored", "NoneType"]
    assert archive.counts()["articles"] == 2


def test_when_the_process_dies_nothing_waits_for_ever(archive: Archive, writer: WriterProcess) -> None:
    writer.submit(visit(1)).result(timeout=60)
    os.kill(writer.counterpart.pid, signal.SIGKILL)
    writer._receiver.join(timeout=60)

    with pytest.raises(ArchiveNotWritable, match="has ended"):
        writer.submit(visit(2)).result(timeout=60)
    writer.close()
    assert archive.counts()["articles"] == 1


def test_an_archive_that_cannot_be_written_is_said_by_its_own_error(archive: Archive) -> None:
    run = archive.start_run(SITE, [], kind=RunKind.CRAWL, code_version="test", options={})
    archive.finish_run(run, verdict=Verdict.COMPLETE, reason="over", counts={})
    writer = WriterProcess(archive.url, run)

    error = writer.submit(visit(1)).exception(timeout=60)
    writer.close()

    assert type(error).__name__ == "LeaseLost"


def test_an_archive_that_went_away_before_the_writer_opened_it_is_what_every_visit_is_told(
    archive: Archive, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    run = archive.start_run(SITE, [], kind=RunKind.CRAWL, code_version="test", options={})
    writer = WriterProcess(f"sqlite:///{tmp_path}/none.db", run)

    told = [writer.submit(visit(number)) for number in range(3)]
    writer.close()

    assert {type(each.exception()) for each in told} == {ArchiveNotFound}
    assert capfd.readouterr().err == ""
