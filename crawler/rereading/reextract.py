"""`hotnews reextract`: today's rules over the evidence of the whole archive, without a single request."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib import import_module
from importlib.metadata import version

import click

from crawler.rereading.field_differences import Changes, changed_fields, lines
from crawler.rereading.pages import FileReading, Reading, reread_file
from crawler.site_templates import templates_of
from crawler.sites import Site
from storage import Archive
from storage.commands.command_line import archive_option, jobs_option, json_option, write_json
from storage.processes import in_processes, processes_for
from storage.records import Change, RunKind
from storage.safe_text import printable
from storage.verdicts import Verdict, worst
from storage.writing.runs import Run

BATCH = 100
PAGES_AT_ONCE = 1_000  # are read before any of them is stored: what memory holds, and what a kill costs
DAY = click.DateTime(["%Y-%m-%d"])


@dataclass(slots=True)
class Report:
    """What today's rules make of the evidence."""

    pages: int = 0
    changed: int = 0
    fields: Counter[str] = field(default_factory=Counter)
    files: set[str] = field(default_factory=set)  # that hold pages which are read otherwise
    unread: int = 0
    damages: int = 0
    outcomes: Counter[Change] = field(default_factory=Counter)

    @property
    def verdict(self) -> Verdict:
        """Return storage where evidence is damaged, drifted where articles are read no more."""
        found = [Verdict.STORAGE] * bool(self.damages) + [Verdict.DRIFTED] * bool(self.unread)
        return worst(found)

    def counts(self) -> dict[str, int]:
        """Return the counts of the run row."""
        return {change.value: number for change, number in self.outcomes.items()}

    def __str__(self) -> str:
        fields = ", ".join(f"{name} {number}" for name, number in self.fields.most_common())
        parts = [f"{self.pages} pages read", f"{self.changed} differ" + (f" ({fields})" if fields else "")]
        parts += [f"{self.unread} are articles no more, and stay as they are"] * bool(self.unread)
        parts += [f"{self.damages} could not be read; see `hotnews verify`"] * bool(self.damages)
        return "; ".join(parts)


@click.command()
@click.option("--site", help="Only pages of that site.")
@click.option("--since", type=DAY, metavar="DAY", help="Only pages fetched on that day or later.")
@click.option("--dry-run", is_flag=True, help="Show the differences and change nothing.")
@click.option("--yes", is_flag=True, help="Store them without asking.")
@jobs_option
@archive_option
@json_option
def reextract(
    site: str | None, since: datetime | None, jobs: int | None, archive: str, **asked: bool
) -> None:
    """Read the stored pages again by today's rules; show each field that differs, then store them.

    No request is made. An article that reads differently gets a revision whose cause is 'reextracted', never
    an edit of its publisher; pages that were no articles may become articles. An article that can no longer
    be read stays as it is and is named (exit code 4). Differences are stored 1,000 pages at a time: if a run
    was killed, start it again, and it continues where it stopped.

    \b
    hotnews reextract --dry-run
    hotnews reextract --site ningbo --yes
    """
    with Archive(archive) as opened:
        jobs = jobs or processes_for(opened.evidence_root)
        work = Reextraction(opened, site=site, since=since and since.replace(tzinfo=UTC), jobs=jobs)
        work.as_json = asked["as_json"]
        report = work.store() if asked["yes"] else work.preview()
        click.echo(str(report), err=True)
        without = opened.articles_without_evidence(site)
        if without:
            click.echo(f"{without} articles rest on no evidence and were not read", err=True)
        if report.changed and not (asked["yes"] or asked["dry_run"]):
            click.confirm(f"Store {report.changed} revisions?", abort=True, err=True)
            work.as_json = None
            work.store(only=report.files)
    sys.exit(report.verdict.exit_code)


class Reextraction:
    """Goes through the evidence of an archive, some files at a time."""

    def __init__(self, archive: Archive, *, site: str | None, since: datetime | None, jobs: int) -> None:
        self._archive = archive
        self._site = site
        self._since = since
        self._jobs = jobs
        self._sites = declared_sites(archive)
        self._templates = templates_of(archive.templates())
        self.as_json: bool | None = False  # None: show nothing

    def preview(self) -> Report:
        """Show what would change."""
        report = Report()
        for reading in self._readings(None):
            self._account(report, reading)
        return report

    def store(self, only: Collection[str] | None = None) -> Report:
        """Show and store what changes, some pages at a time; *only* in these files, where some are given."""
        report = Report()
        run: Run | None = None
        with ExitStack() as whole:
            for reading in self._readings(only):
                self._account(report, reading)
                if not reading.changed:
                    continue
                if run is None:
                    run = self._start()
                    whole.enter_context(self._archive.closed_early(run, report.counts))
                self._record(run, reading, report)
        if run:
            self._archive.finish_run(run, verdict=report.verdict, reason=str(report), counts=report.counts())
        return report

    def _start(self) -> Run:
        return self._archive.start_run(
            None, [], kind=RunKind.REEXTRACT, code_version=version("hotnews"), options={}
        )

    def _record(self, run: Run, reading: FileReading, report: Report) -> None:
        for start in range(0, len(reading.changed), BATCH):
            visits = [each.visit for each in reading.changed[start : start + BATCH]]
            outcomes = self._archive.record_all(run, visits)
            report.outcomes.update(outcome.change for outcome in outcomes)

    def _readings(self, only: Collection[str] | None) -> Iterator[FileReading]:
        """Yield what the pages of each file say today, in order; the next ones are read meanwhile."""
        root = self._archive.evidence_root
        stored = self._archive.stored_pages(site=self._site, since=self._since, only=only, most=PAGES_AT_ONCE)
        tasks = ((root, file, pages, self._sites, self._templates) for file, pages in stored)
        yield from in_processes(reread_file, tasks, jobs=self._jobs)

    def _account(self, report: Report, reading: FileReading) -> None:
        report.pages += reading.pages
        report.changed += len(reading.changed)
        report.files |= {reading.file} if reading.changed else set()
        report.unread += len(reading.unread)
        report.damages += len(reading.damages)
        if self.as_json is None:
            return
        for each in reading.changed:
            before = self._archive.article(each.article_id) if each.article_id else None
            changes = changed_fields(before, each.visit.result)
            report.fields.update("body" if name == "paragraphs" else name for name in changes)
            show(each, changes, as_json=self.as_json)
        for page in reading.unread:
            click.echo(f"{page.url} ({page.article_id}): no article today: {page.reason}", err=True)
        for damage in reading.damages:
            click.echo(damage, err=True)


def show(reading: Reading, changes: Changes, *, as_json: bool) -> None:
    """Print what one page's other reading changes."""
    url = reading.visit.fetch.url
    if as_json:
        pairs = {name: {"before": before, "after": after} for name, (before, after) in changes.items()}
        write_json([{"id": reading.article_id, "url": url, "changes": pairs}])
        return
    click.echo(printable(f"{reading.article_id or 'new'}  {url}"))
    for line in lines(changes):
        click.echo(line)


def declared_sites(archive: Archive) -> dict[str, Site]:
    """Return the declarations of the archive's sites: today's rules begin there."""
    known = {row.key for row in archive.sites()}
    registry = import_module("crawler.registry")  # imports Scrapy: here alone, never in the workers
    return {name: site for name, site in registry.declared_sites().items() if name in known}
