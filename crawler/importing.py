"""`hotnews import`: saved pages, text dumps, WARC files and JSON lines through the pipelines of a crawl."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from importlib import import_module
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

import click

from crawler.documents import read_document
from crawler.evidence import EvidenceWriter, SavedPage
from crawler.extract import PageContext
from crawler.sites import Site, undeclared_site
from crawler.sources import Document, UnreadableDocument, find_files, read_documents
from pipelines.fingerprint import fingerprinted
from pipelines.normalise import NormalisePipeline
from storage import Archive
from storage.command_line import archive_option
from storage.records import ArchivableVisit, Change, EvidencePointer, Fetch, Outcome, RunKind, Visit
from storage.runs import Run
from storage.verdicts import Verdict

BATCH = 100
Entry = TypeVar("Entry")


@dataclass(slots=True)
class Report:
    """What became of the documents of one import."""

    changes: Counter[Change] = field(default_factory=Counter)
    copies: int = 0
    problems: list[str] = field(default_factory=list)  # could not be read at all

    def count(self, origin: str, outcome: Outcome) -> None:
        """Count one outcome; what was not archived is named at once."""
        self.changes[outcome.change] += 1
        self.copies += outcome.change is Change.NEW and outcome.copy_of is not None
        if outcome.change not in {Change.NEW, Change.REVISED, Change.UNCHANGED, Change.REEXTRACTED}:
            click.echo(f"{origin}: {outcome.change} ({outcome.reason})", err=True)

    def problem(self, message: str) -> None:
        """Count and name a document that could not be read."""
        self.problems.append(message)
        click.echo(message, err=True)

    @property
    def verdict(self) -> Verdict:
        """Return complete where every document was archived or rejected for a reason."""
        return Verdict.INCOMPLETE if self.problems else Verdict.COMPLETE

    def counts(self) -> dict[str, int]:
        """Return the counts of the run row."""
        changes = {change.value: number for change, number in self.changes.items()}
        return {**changes, "copies": self.copies, "unreadable": len(self.problems)}

    def __str__(self) -> str:
        changes = [f"{number} {change.value}" for change, number in sorted(self.changes.items())]
        if self.problems:
            changes.append(f"{len(self.problems)} unreadable")
        copies = f"; {self.copies} of the new ones are copies" if self.copies else ""
        return f"{sum(self.changes.values())} documents: {', '.join(changes) or 'nothing'}{copies}"


@click.command("import")
@click.argument(
    "paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path), metavar="PATH..."
)
@click.option("--url", help="The page's URL, where one file is imported that does not tell.")
@click.option("--site", help="The site's name, where the documents do not tell.")
@click.option("--platform", help="The platform, for markup of which it is not detected.")
@archive_option
def import_(
    paths: tuple[Path, ...], archive: str, url: str | None, site: str | None, platform: str | None
) -> None:
    """Archive saved pages (.html), text dumps (.txt), WARC files (.warc, .warc.gz), JSON lines (.jsonl).

    Data packages of `hotnews export` (a folder or .zip) are read too. Folders are searched for all of them.
    Rows need url, title and text (or html), and may have published, site and fetched_at. A page's
    URL comes from --url, the row, the WARC record, its canonical link or the browser's 'saved from' note;
    without any the document is known as urn:sha256: of its bytes.
    Importing a document again changes nothing.

    \b
    hotnews import press-release.txt
    hotnews import --url https://www.example.gov/news/1.html page.html
    hotnews import crawl.warc.gz saved-pages/ rows.jsonl
    """
    files = list(find_files(paths))
    if url and len(files) != 1:
        raise click.UsageError(f"--url names one page, but there are {len(files)} files")
    importer = Importer(url=url, site=site, platform=platform)
    report = import_files(files, archive, importer)
    click.echo(str(report), err=True)
    sys.exit(report.verdict.exit_code)


def import_files(files: Iterable[Path], archive_url: str, importer: Importer) -> Report:
    """Import *files* in batches, each stored in one transaction, and return what became of them."""
    report = Report()
    with Archive.create(archive_url) as archive:
        created = " (created)" if archive.created else ""
        click.echo(f"archive: {archive.masked_url}{created}", err=True)
        run = archive.start_run(None, [], kind=RunKind.IMPORT, code_version=version("hotnews"), options={})
        with closing(evidence_writer(archive, run)) as evidence:
            for batch in in_batches(readable(files, report), BATCH):
                visits = [importer.visit(document) for document in batch]
                outcomes = archive.record_all(run, with_evidence(archive, evidence, batch, visits))
                for document, outcome in zip(batch, outcomes, strict=True):
                    report.count(document.origin, outcome)
        archive.finish_run(run, verdict=report.verdict, reason=str(report), counts=report.counts())
    return report


def evidence_writer(archive: Archive, run: Run) -> EvidenceWriter:
    """Return the writer of what a run imports; it makes no file before there is something to keep."""
    software = f"hotnews/{version('hotnews')}"
    return EvidenceWriter(archive.evidence_root, site="import", run=run.key, software=software, settings={})


def with_evidence(
    archive: Archive, writer: EvidenceWriter, documents: Sequence[Document], visits: Sequence[ArchivableVisit]
) -> list[ArchivableVisit]:
    """Return *visits* with the evidence of their *documents*, on disk: one that is there is not kept again.

    The whole batch is written before it is waited for, so that it costs one sync.
    """
    known = archive.last_payloads(visit.fetch.url for visit in visits)
    waiting: list[Future[EvidencePointer] | EvidencePointer] = []
    for document, visit in zip(documents, visits, strict=True):
        kept = known.get(visit.fetch.url)
        if kept is not None and kept.digest == visit.fetch.digest:
            waiting.append(kept.evidence)
        else:
            waiting.append(writer.append(saved_page(document, visit)))
    places = [each.result() if isinstance(each, Future) else each for each in waiting]
    return [
        replace(visit, fetch=replace(visit.fetch, evidence=place))
        for visit, place in zip(visits, places, strict=True)
    ]


def saved_page(document: Document, visit: ArchivableVisit) -> SavedPage:
    """Return *document* as evidence of what was imported."""
    return SavedPage(
        url=visit.fetch.url, at=visit.fetch.at, media_type=document.media_type, body=document.payload
    )


def readable(files: Iterable[Path], report: Report) -> Iterator[Document]:
    """Yield the documents of *files*; what cannot be read is reported and the rest goes on."""
    for file in files:
        try:
            for document in read_documents(file):
                if isinstance(document, UnreadableDocument):
                    report.problem(str(document))
                else:
                    yield document
        except UnreadableDocument as error:
            report.problem(str(error))


def in_batches(entries: Iterable[Entry], size: int) -> Iterator[list[Entry]]:
    """Yield *entries* in lists of *size*, the last one shorter."""
    remaining = iter(entries)
    while batch := list(islice(remaining, size)):
        yield batch


class Importer:
    """Makes visits of documents, by the same stages as a crawl."""

    def __init__(self, *, url: str | None, site: str | None, platform: str | None) -> None:
        self.url = url
        self.site = site
        self.platform = platform
        self._normalise = NormalisePipeline()

    def visit(self, document: Document) -> ArchivableVisit:
        """Return *document* as the visit that a crawl of its page would have made."""
        url = self.url or document.url or ""
        named = document.site or self.site
        at = document.fetched_at or datetime.now(UTC)
        site = site_of(url, named)
        context = PageContext(
            http_charset=document.http_charset,
            fetched_at=document.fetched_at,
            timezone=site.timezone,
            country=site.country,
            language=site.language,
        )
        result, canonical = read_document(
            document, url, platform=self.platform or site.platform, context=context
        )
        fetch = Fetch(
            url=url or canonical or document.urn,
            site=(site if url else site_of(canonical or "", named)).record(),
            section=document.section,
            at=at,
            status=document.status,
            size_bytes=len(document.payload),
            digest=sha256(document.payload).hexdigest(),
        )
        return fingerprinted(self._normalise.process_item(Visit(fetch=fetch, result=result)))


@cache
def site_of(url: str, named: str | None) -> Site:
    """Return the declared site of that name or of the URL's host, else one known by name or host alone."""
    host = urlsplit(url).netloc.rpartition("@")[2].lower()
    if not named and not host:
        return Site(name="import", title="Imported documents", base_url="urn:hotnews:import", sections=())
    registry = import_module("crawler.registry")  # imports Scrapy, so only where a site may be declared
    declared = registry.declared_sites().get(named) if named else registry.site_of_host(host)
    return declared or undeclared_site(url, named)
