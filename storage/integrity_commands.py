"""The commands that look after an archive: verify, backup."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from storage import Archive
from storage.command_line import archive_option, json_option, write_json
from storage.verdicts import Verdict
from storage.verification import Checked, Finding, Status

JOBS = click.option(
    "--jobs",
    type=click.IntRange(1),
    default=lambda: os.cpu_count() or 1,
    metavar="N",
    help="Processes that read the evidence, a WARC file each.  [default: one a processor]",
)


@click.command()
@JOBS
@click.option(
    "--evidence",
    type=click.Path(file_okay=False, path_type=Path),
    help="The evidence folder, where it is not the one that belongs to the archive.",
)
@archive_option
@json_option
def verify(jobs: int, evidence: Path | None, archive: str, **asked: bool) -> None:
    """Check that the archive is whole; name each damage, where it is and what to do.

    The database file, references between rows, the hash chains of revisions and runs, the search index,
    the fingerprints, and every WARC record: that it is there, as long as its row says, and the page
    whose digest the row keeps. A crawl may go on meanwhile.

    Ends with 0 where all is whole and with 7 where something is damaged. Records that no row points at
    are left by runs that were killed: they are reported and are no damage.

    \b
    hotnews verify
    hotnews verify --archive backups/monday/hotnews.db
    """
    damages = 0
    with Archive(archive) as opened:
        click.echo(f"archive: {opened.masked_url}, evidence: {evidence or opened.evidence_root}", err=True)
        for found in opened.verify(jobs=jobs, evidence=evidence):
            damages += isinstance(found, Finding) and found.status is Status.DAMAGED
            if asked["as_json"]:
                write_json([found])
            else:
                click.echo(described(found))
    click.echo(f"{damages} damages" if damages else "the archive is whole", err=True)
    sys.exit((Verdict.STORAGE if damages else Verdict.COMPLETE).exit_code)


def described(found: Finding | Checked) -> str:
    """Return a finding, or the end of a check, as a line or two."""
    if isinstance(found, Finding):
        return f"{found.status}: {found.subject}: {found.problem}\n  -> {found.remedy}"
    wrong = f"{found.damages} damaged" if found.damages else "whole"
    return f"{found.check}: {found.examined} examined, {wrong}"


@click.command()
@click.argument("destination", metavar="DEST", type=click.Path(file_okay=False, path_type=Path))
@archive_option
def backup(destination: Path, archive: str) -> None:
    """Copy the archive to the new folder DEST, consistently, even while a crawl writes.

    The copy is an archive of its own, with its evidence beside it: `hotnews verify` checks it and every
    command reads it. Of an archive on PostgreSQL the evidence alone is copied: dump the database first,
    by the command that is printed.

    \b
    hotnews backup backups/monday
    hotnews verify --archive backups/monday/hotnews.db
    """
    with Archive(archive) as opened:
        command = opened.dump_command(destination)
        if command:
            click.echo(f"PostgreSQL dumps the database itself; before this backup run: {command}", err=True)
        made = opened.back_up(destination)
    click.echo(f"database: {made.database or 'not copied'}", err=True)
    click.echo(f"evidence: {made.evidence}, {made.files} files, {made.size_bytes} bytes", err=True)
    for file in made.missing:
        click.echo(f"missing: {file}; restore it from an older backup", err=True)
    sys.exit((Verdict.STORAGE if made.missing else Verdict.COMPLETE).exit_code)
