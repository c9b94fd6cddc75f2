"""`hotnews reextract`: today's rules over the evidence of the whole archive, without a single request."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from importlib import import_module
from importlib.metadata import version

import click

from crawler.rereading.field_differences import Changes, changed_fields, lines
from crawler.rereading.pages import FileReading, Reading, reread_file
from crawler.site_templates import templates_of
from crawler.sites import Site
from storage import Archive
from storage.commands.command_line import (
    Day,
    archive_option,
    counted,
    jobs_option,
    json_option,
    name_unknown_site,
    write_json,
)
from storage.processes import in_processes, processes_for
from storage.records import Change, RunKind
from storage.safe_text import printable
from storage.verdicts import Verdict, worst
from storage.writing.runs import Run

BATCH = 100
PAGES_AT_ONCE = 1_000  # are read before any of them is stored: what memory holds, and what a kill costs
Show = Callable[[Reading, Changes], None]


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

    def count(self, reading: FileReading) -> None:
        """Count what the pages of one file say today."""
        self.pages += reading.pages
        self.changed += len(reading.changed)
        self.files |= {reading.file} if reading.changed else set()
        self.unread += len(reading.unread)
        self.damages += len(reading.damages)

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
@click.option("--site", metavar="NAME", help="Only pages of that site.")
@click.option("--since", type=Day(), help="Only pages fetched on that day or later.")
@click.option("--dry-run", is_flag=True, help="Show the differences and change nothing.")
@click.option("--yes", is_flag=True, help="Store them without asking.")
@jobs_option
@archive_option
@json_option
def reextract(site: str | None, since: date | None, jobs: int | None, archive: str, **asked: bool) -> None:
    """Read the stored pages again by today's rules; show each field that differs, then store them.

    No request is made. An article that reads differently gets a revision whose cause is 'reextracted', never
    an edit of its publisher; pages that were no articles may become articles. An article that can no longer
    be read stays as it is and is named (exit code 4). Differences are stored 1,000 pages at a time: if a run
    was killed, start it again, and it continues where it stopped.

    \b
    hotnews reextract --dry-run
    hotnews reextract --site ningbo --yes
    """
    if asked["yes"] and asked["dry_run"]:
        raise click.UsageError("--dry-run changes nothing and --yes stores: say one of them")
    show = write_changes if asked["as_json"] else print_changes
    with Archive(archive) as opened:
        name_unknown_site(opened, site)
        jobs = jobs or processes_for(opened.evidence_root)
        work = Reextraction(opened, site=site, since=since, jobs=jobs)
        report = work.store(show) if asked["yes"] else work.preview(show)
        click.echo(str(report), err=True)
        without = opened.articles_without_evidence(site)
        if without:
            click.echo(f"without evidence, and so not read: {counted(without, 'article')}", err=True)
        if report.changed and not (asked["yes"] or asked["dry_run"]):
            click.confirm(f"Store {counted(report.changed, 'revision')}?", abort=True, err=True)
            work.store(only=report.files)
    sys.exit(report.verdict.exit_code)


class Reextraction:
    """Goes through the evidence of an archive, some files at a time."""

    def __init__(self, archive: Archive, *, site: str | None, since: date | None, jobs: int) -> None:
        self._archive = archive
        self._site = site
        self._since = datetime.combine(since, time(), UTC) if since else None
        self._jobs = jobs
        self._sites = declared_sites(archive)
        self._templates = templates_of(archive.templates())

    def preview(self, show: Show | None = None) -> Report:
        """Show what would change."""
        report = Report()
        for reading in self._readings(None):
            self._account(report, reading, show)
        return report

    def store(self, show: Show | None = None, *, only: Collection[str] | None = None) -> Report:
        """Store what changes, some pages at a time; *only* in these files, where some are given."""
        report = Report()
        run: Run | None = None
        with ExitStack() as whole:
            for reading in self._readings(only):
                self._account(report, reading, show)
                if not reading.changed:
                    continue
                if run is None:
                    run = self._start()
                    whole.enter_context(self._archive.closed_early(run, report.counts))
                self._record(run, reading, report)
            if run:
                self._archive.finish_run(
                    run, verdict=report.verdict, reason=str(report), counts=report.counts()
                )
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

    def _account(self, report: Report, reading: FileReading, show: Show | None) -> None:
        report.count(reading)
        for each in reading.changed:
            before = self._archive.article(each.article_id) if each.article_id else None
            changes = changed_fields(before, each.visit.result)
            report.fields.update("body" if name == "paragraphs" else name for name in changes)
            if show:
                show(each, changes)
        if show:
            name_unread(reading)


def print_changes(reading: Reading, changes: Changes) -> None:
    """Print what one page's other reading changes, for a person."""
    click.echo(printable(f"{reading.article_id or 'new'}  {reading.visit.fetch.url}"))
    for line in lines(changes):
        click.echo(line)


def write_changes(reading: Reading, changes: Changes) -> None:
    """Write what one page's other reading changes as a JSON line."""
    pairs = {name: {"before": before, "after": after} for name, (before, after) in changes.items()}
    write_json([{"id": reading.article_id, "url": reading.visit.fetch.url, "changes": pairs}])


def name_unread(reading: FileReading) -> None:
    """Name the pages of a file that are no articles today, and those that cannot be read."""
    for page in reading.unread:
        click.echo(f"{page.url} ({page.article_id}): no article today: {page.reason}", err=True)
    for damage in reading.damages:
        click.echo(damage, err=True)


def declared_sites(archive: Archive) -> dict[str, Site]:
    """Return the declarations of the archive's sites: today's rules begin there."""
    known = {row.key for row in archive.sites()}
    registry = import_module("crawler.registry")  # imports Scrapy: here alone, never in the workers
    return {name: site for name, site in registry.declared_sites().items() if name in known}
