"""`hotnews import`: saved pages, text dumps, WARC files and JSON lines through the pipelines of a crawl."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import closing
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

import click

from crawler.evidence import EvidenceWriter, SavedPage
from crawler.importing.articles import Assembly, Imported, Importer
from crawler.importing.folders import find_files, told
from crawler.importing.sources import read_documents
from crawler.importing.suffixes import SUFFIXES
from crawler.importing.types import Document, UnreadableDocument
from crawler.network.addresses import is_well_formed
from crawler.platform_option import platform_option
from crawler.site_templates import templates_of
from storage import Archive
from storage.commands.command_line import archive_option
from storage.records import ArchivableVisit, Change, EvidencePointer, Fetch, KeptPayload, Outcome, RunKind
from storage.url_keys import url_key
from storage.verdicts import Verdict
from storage.writing.runs import Run

BATCH = 100
Entry = TypeVar("Entry")


@dataclass(slots=True)
class Report:
    """What became of the documents of one import."""

    changes: Counter[Change] = field(default_factory=Counter)
    copies: int = 0
    further: int = 0  # documents that are further pages of articles
    partial: int = 0  # articles of which further pages are not among the documents
    problems: list[str] = field(default_factory=list)  # could not be read at all

    def count(self, imported: Imported, outcome: Outcome) -> None:
        """Count one outcome; what was not archived, or not whole, is named at once."""
        origin = imported.origin
        self.further += len(imported.documents) - 1
        if imported.lacks:
            self.partial += 1
            click.echo(f"{origin}: archived without its further page {imported.lacks}", err=True)
        self.changes[outcome.change] += 1
        self.copies += outcome.change is Change.NEW and outcome.copy_of is not None
        if outcome.change is Change.UNCHANGED and outcome.reason:
            click.echo(f"{origin}: older than what is archived of this page, which stays", err=True)
        if outcome.change not in {Change.NEW, Change.REVISED, Change.UNCHANGED, Change.REEXTRACTED}:
            reason = f" ({outcome.reason})" if outcome.reason else ""
            click.echo(f"{origin}: {outcome.change}{reason}", err=True)

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
        parts = {"further_pages": self.further, "partial": self.partial}
        told = {name: number for name, number in parts.items() if number}
        return {**changes, **told, "copies": self.copies, "unreadable": len(self.problems)}

    def __str__(self) -> str:
        changes = [f"{number} {change.value}" for change, number in sorted(self.changes.items())]
        if self.problems:
            changes.append(f"{len(self.problems)} unreadable")
        copies = f"; {self.copies} of the new ones are copies" if self.copies else ""
        further = f"; {self.further} are further pages of these articles" if self.further else ""
        partial = f"; {self.partial} lack further pages" if self.partial else ""
        number = sum(self.changes.values()) + self.further
        documents = "1 document" if number == 1 else f"{number} documents"
        return f"{documents}: {', '.join(changes) or 'nothing'}{further}{partial}{copies}"


@click.command("import")
@click.argument(
    "paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path), metavar="PATH..."
)
@click.option("--url", metavar="URL", help="The page's URL, if the one file imported does not give it.")
@click.option("--site", metavar="NAME", help="The site's name, if the documents do not give it.")
@platform_option
@archive_option
def import_(
    paths: tuple[Path, ...], archive: str, url: str | None, site: str | None, platform: str | None
) -> None:
    """Archive saved pages (.html, .mhtml), text dumps (.txt), WARC, WACZ and ARC files, JSON lines (.jsonl).

    Each may be compressed. What `hotnews export` wrote is read too, and so is what other tools wrote: JSON,
    .csv, .parquet, .xml, data packages (a folder or .zip). Folders are searched for all but .json, .csv,
    .parquet, .xml and .zip. Rows need url, title and text (or html), and may have published, site and
    fetched_at; usual other names of these are understood. A page's URL comes from --url, the row, the WARC
    record, its canonical link or the note of the program that saved it (a browser, SingleFile, HTTrack);
    without any it is known as urn:sha256: of its bytes.
    Importing a document again changes nothing.

    \b
    hotnews import press-release.txt
    hotnews import --url https://www.example.gov/news/1.html page.html
    hotnews import crawl.warc.gz saved-pages/ rows.jsonl
    """
    left_out: Counter[str] = Counter()
    files = list(find_files(paths, left_out))
    if url and len(files) != 1:
        raise click.UsageError(f"--url names one page, but there are {len(files)} files")
    if url and not (is_well_formed(url) and urlsplit(url).scheme):
        raise click.UsageError(f"--url {url} is no URL")
    if not files:
        searched = " ".join(sorted(SUFFIXES))
        click.echo(f"nothing to import is there: folders are searched for {searched} (and .gz)", err=True)
    elif left_out:
        click.echo(told(left_out), err=True)
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
        with archive.closed_early(run, report.counts):
            importer.templates = templates_of(archive.templates())
            store(archive, run, assembled(archive, readable(files, report), importer), report)
            warnings = archive.told_again(run)
            for each in warnings:
                click.echo(f"warning: {each.text}: {each.url}", err=True)
            archive.finish_run(
                run, verdict=report.verdict, reason=str(report), counts=report.counts(), warnings=warnings
            )
    return report


def store(archive: Archive, run: Run, found: Iterable[Imported], report: Report) -> None:
    """Store what was *found* with its evidence, and count what became of it."""
    with closing(evidence_writer(archive, run)) as evidence:
        for batch in in_batches(found):
            outcomes = archive.record_all(run, with_evidence(archive, evidence, batch))
            for imported, outcome in zip(batch, outcomes, strict=True):
                report.count(imported, outcome)


def evidence_writer(archive: Archive, run: Run) -> EvidenceWriter:
    """Return the writer of what a run imports; it makes no file before there is something to keep."""
    software = f"hotnews/{version('hotnews')}"
    return EvidenceWriter(archive.evidence_root, site="import", run=run.key, software=software, settings={})


def with_evidence(
    archive: Archive, writer: EvidenceWriter, batch: Sequence[Imported]
) -> list[ArchivableVisit]:
    """Return the visits of *batch* with the evidence of their documents, on disk.

    What is there already is not kept again. The whole batch is written before it is waited for, so that it
    costs one sync.
    """
    known = archive.last_payloads(imported.visit.fetch.url for imported in batch)
    waiting = [kept_or_written(imported, known.get(imported.visit.fetch.url), writer) for imported in batch]
    return [
        pointing(imported.visit, [each.result() if isinstance(each, Future) else each for each in places])
        for imported, places in zip(batch, waiting, strict=True)
    ]


Place = Future[EvidencePointer] | EvidencePointer


def kept_or_written(imported: Imported, known: KeptPayload | None, writer: EvidenceWriter) -> list[Place]:
    """Return where the documents of *imported* lie, or will lie once the writer has come to them."""
    kept = (
        {(url_key(each.url), each.digest): each.evidence for each in (known, *known.parts)} if known else {}
    )
    fetches = (imported.visit.fetch, *imported.visit.parts)
    return [
        kept.get((url_key(fetch.url), fetch.digest or "")) or writer.append(saved_page(document, fetch))
        for document, fetch in zip(imported.documents, fetches, strict=True)
    ]


def pointing(visit: ArchivableVisit, places: Sequence[EvidencePointer]) -> ArchivableVisit:
    """Return *visit* with the evidence of its page and of its parts at *places*."""
    first, *others = places
    parts = (replace(part, evidence=place) for part, place in zip(visit.parts, others, strict=True))
    return replace(visit, fetch=replace(visit.fetch, evidence=first), parts=tuple(parts))


def saved_page(document: Document, fetch: Fetch) -> SavedPage:
    """Return *document* as evidence of what was imported."""
    return SavedPage(url=fetch.url, at=fetch.at, media_type=document.media_type, body=document.payload)


def assembled(archive: Archive, documents: Iterable[Document], importer: Importer) -> Iterator[Imported]:
    """Yield *documents* as visits, those of one article together."""
    assembly = Assembly(importer)
    for batch in in_batches(documents):
        for document in located(archive, batch, importer) if importer.templates else batch:
            yield from assembly.add(document)
    yield from assembly.end()


def located(archive: Archive, documents: Sequence[Document], importer: Importer) -> Iterator[Document]:
    """Yield *documents* with the section that lists them, whose template they are read by."""
    sections = archive.listed_sections(filter(None, map(importer.url_of, documents)))
    for document in documents:
        yield replace(document, listed_section=sections.get(importer.url_of(document)))


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


def in_batches(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    """Yield *entries* in lists of `BATCH`, the last one shorter."""
    remaining = iter(entries)
    while batch := list(islice(remaining, BATCH)):
        yield batch
