"""The commands that look after an archive: verify, backup, withhold, evidence, upgrade."""

from __future__ import annotations

import shlex
import sys
from collections import Counter
from pathlib import Path

import click

from storage import Archive
from storage.commands import evidence_text
from storage.commands.command_line import (
    archive_option,
    counted,
    jobs_option,
    json_option,
    write_json,
    writing_to,
)
from storage.processes import processes_for
from storage.verdicts import Verdict
from storage.verification import Checked, Finding, Status


@click.command()
@jobs_option
@click.option(
    "--evidence",
    type=click.Path(file_okay=False, path_type=Path),
    help="The evidence folder, where it is not the one that belongs to the archive.",
)
@archive_option
@json_option
def verify(jobs: int | None, evidence: Path | None, archive: str, **asked: bool) -> None:
    """Check that the archive is whole; name each damage, where it is and what to do.

    The database file, the values of every column, references between rows, the hash chains of revisions
    and runs, the search index, the fingerprints, and every WARC record: that it is there, as long as its
    row says, and the page whose digest the row keeps. Crawls may go on meanwhile.

    Ends with 0 if everything is whole and with 7 if something is damaged, or is a file that you may not
    read. Records that no row points at are left by runs that were killed: they are reported, but are no
    damage.

    \b
    hotnews verify
    hotnews verify --archive backups/monday/hotnews.db
    """
    counts = Counter[Status]()
    with Archive(archive) as opened:
        folder = evidence or opened.evidence_root
        click.echo(f"archive: {opened.masked_url}, evidence: {folder}", err=True)
        for found in opened.verify(jobs=jobs or processes_for(folder), evidence=folder):
            counts.update([found.status] if isinstance(found, Finding) else [])
            if asked["as_json"]:
                write_json([found])
            else:
                click.echo(described(found))
    words = {Status.DAMAGED: "damage", Status.UNREAD: "unread file"}
    wrong = [counted(counts[status], word) for status, word in words.items() if counts[status]]
    click.echo(", ".join(wrong) or "the archive is whole", err=True)
    sys.exit((Verdict.STORAGE if wrong else Verdict.COMPLETE).exit_code)


def described(found: Finding | Checked) -> str:
    """Return a finding, or the end of a check, as a line or two."""
    if isinstance(found, Finding):
        return f"{found.status}: {found.subject}: {found.problem}\n  -> {found.remedy}"
    wrong = ", ".join(
        f"{count} {status}"
        for status, count in ((Status.DAMAGED, found.damages), (Status.UNREAD, found.unread))
        if count
    )
    return f"{found.check}: {found.examined} examined, {wrong or 'whole'}"


@click.command()
@click.argument("destination", metavar="DEST", type=click.Path(file_okay=False, path_type=Path))
@archive_option
def backup(destination: Path, archive: str) -> None:
    """Copy the archive to the new folder DEST, consistently, even while a crawl writes.

    The copy is an archive of its own, with its evidence beside it: `hotnews verify` checks it and every
    command reads it. For an archive on PostgreSQL only the evidence is copied: dump the database first,
    with the command that is printed.

    \b
    hotnews backup backups/monday
    hotnews verify --archive backups/monday/hotnews.db
    """
    with Archive(archive) as opened:
        command = opened.dump_command(destination)
        if command:
            folder = shlex.quote(str(destination))
            click.echo(
                "PostgreSQL dumps the database itself, and its evidence is copied after that; first run:"
                f" mkdir -p {folder} && {command}",
                err=True,
            )
        made = opened.back_up(destination)
    click.echo(f"database: {made.database or 'not copied'}", err=True)
    click.echo(f"evidence: {made.evidence}, {made.files} files, {made.size_bytes} bytes", err=True)
    for file in made.missing:
        click.echo(f"missing: {file}; restore it from an older backup", err=True)
    for file in made.cut:
        click.echo(f"cut short: {file}; restore it from an older backup", err=True)
    if made.damage:
        click.echo(
            f"damaged: {made.database}, as the archive is: {made.damage}; keep older backups", err=True
        )
    sys.exit((Verdict.STORAGE if made.missing or made.cut or made.damage else Verdict.COMPLETE).exit_code)


@click.command()
@click.argument("article", metavar="ID|URL")
@click.option("--reason", metavar="TEXT", help="Why; it is shown in place of the article.")
@click.option("--undo", is_flag=True, help="Show the article again.")
@archive_option
def withhold(article: str, reason: str | None, archive: str, **asked: bool) -> None:
    """Hide an article: its text and evidence are shown nowhere, and its hash chain stays valid.

    It leaves the search index; show, export, views and web pages give the reason in place of the text.
    Nothing is deleted: anyone who reads the tables or the WARC files themselves still finds it. What comes
    later with the same text is withheld, too; what is archived already and tells it is named.

    \b
    hotnews withhold bzm4rj5sjjaxlbn3kmm3 --reason "court order 12/2026"
    hotnews withhold bzm4rj5sjjaxlbn3kmm3 --undo
    """
    if asked["undo"] == (reason is not None):
        raise click.UsageError("say why with --reason, or show the article again with --undo")
    with Archive(archive) as opened:
        if reason is None:
            click.echo(f"{opened.release(article)} is shown again", err=True)
        else:
            withheld = opened.withhold(article, reason=reason)
            click.echo(f"{withheld} is withheld: {reason}", err=True)
            for other, url in opened.others_that_tell(withheld):
                click.echo(f"{other} is shown and tells its text, or a part of it: {url}", err=True)


@click.command()
@click.argument("article", metavar="ID|URL")
@click.option("--revision", type=click.IntRange(1), metavar="N", help="Show that revision, not the latest.")
@click.option(
    "--part",
    type=click.IntRange(1),
    default=1,
    show_default=True,
    metavar="N",
    help="Show that page of an article that has several.",
)
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Save the page's bytes there."
)
@archive_option
@json_option
def evidence(
    article: str, revision: int | None, part: int, output: Path | None, archive: str, **asked: bool
) -> None:
    """Show the response behind an article: its headers, its digest and its WARC record.

    With -o the bytes of the page are saved, decoded but otherwise as the site sent them. This is a
    stranger's HTML: do not open it in a browser under an address that you trust. For a page that was no
    article give its URL: its last answer is shown.

    \b
    hotnews evidence bzm4rj5sjjaxlbn3kmm3
    hotnews evidence bzm4rj5sjjaxlbn3kmm3 -o page.html
    hotnews evidence bzm4rj5sjjaxlbn3kmm3 --part 2
    """
    with Archive(archive) as opened:
        found = opened.evidence(article, revision=revision, part=part)
        parts = opened.evidence_parts(article, revision=revision)
        path = opened.evidence_root / found.pointer.file
    if output is not None:
        with writing_to(output):
            output.write_bytes(found.payload)
        click.echo(f"{output}: {len(found.payload)} bytes", err=True)
    elif asked["as_json"]:
        write_json([evidence_text.record(found, path) | {"part": part, "parts": parts}])
    else:
        click.echo("\n".join(evidence_text.lines(found, path)))
        if parts > 1:
            click.echo(f"page {part} of {parts} of the article; --part N shows another", err=True)


@click.command()
@archive_option
def upgrade(archive: str) -> None:
    """Bring an older archive to this version's schema; a SQLite archive is backed up first."""
    from storage.schema.upgrading import upgrade_archive

    click.echo(upgrade_archive(archive), err=True)
