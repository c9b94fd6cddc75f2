"""Writing from another process: the same outcomes, and a clear end whatever ends first."""

from __future__ import annotations

import io
import os
import signal
from datetime import UTC, datetime
from hashlib import sha256

import pytest

from storage import Archive
from storage.errors import ArchiveNotWritable
from storage.records import Change, Fetch, FingerprintedArticle, RunKind, SiteRecord, Visit
from storage.verdicts import Verdict
from storage.wording import kept_line
from storage.writer_process import WriterProcess, read_messages, serve, write_message

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


def test_the_tokens_that_come_with_an_article_are_not_made_again(archive: Archive) -> None:
    run = archive.start_run(SITE, [], kind=RunKind.CRAWL, code_version="test", options={})
    incoming, outgoing = io.BytesIO(), io.BytesIO()
    for message in ((archive.url, run), (1, visit(31_415), "as they came")):
        write_message(incoming, message)
    incoming.seek(0)

    serve(incoming, outgoing)

    outgoing.seek(0)
    ((answer,),) = read_messages(outgoing)
    assert answer[1].change is Change.NEW
    assert kept_line(visit(31_415).result.body) == "as they came"


def test_when_the_process_dies_nothing_waits_for_ever(archive: Archive, writer: WriterProcess) -> None:
    writer.submit(visit(1)).result(timeout=60)
    os.kill(writer._process.pid, signal.SIGKILL)
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
