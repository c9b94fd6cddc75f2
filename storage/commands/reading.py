"""The reading commands of `hotnews`: search, show, history, stories, coverage, runs, export, upgrade."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import IO, Any, cast

import click

from storage import Archive
from storage.commands import rendering
from storage.commands.command_line import (
    Moment,
    archive_option,
    json_option,
    replacing,
    write_json,
    writing_to,
)
from storage.export.files import BYTE_ORDER_MARK, json_lines, write_csv
from storage.export.rows import export_row
from storage.queries.sql import records
from storage.records import STATES_OF_ARTICLES
from storage.rows import ArticleFilter, Order
from storage.search.hit_records import hit_record

LIMIT = click.IntRange(1)
DAY = click.DateTime(["%Y-%m-%d"])
SQL_SECONDS = 30
FORMS = ["jsonl", "csv", "parquet"]


@click.command()
@click.argument("query", nargs=-1, required=True)
@click.option("--limit", type=LIMIT, default=20, show_default=True, metavar="N", help="Rows at most.")
@click.option(
    "--sort", type=click.Choice([each.value for each in Order]), default="newest", show_default=True
)
@archive_option
@json_option
def search(query: tuple[str, ...], limit: int, sort: str, archive: str, **asked: bool) -> None:
    """Find articles, the newest first or the most relevant; any text is a legal query.

    Words must all be there; "a phrase" in quotes, OR, NOT, prefix*, title:word, site:name, section:name,
    source:name, lang:zh, state:gone, story:id and published:2019-06..2019-07 narrow it. Chinese needs no
    spaces. Before a query that begins with a dash write `--`.

    \b
    hotnews search 宁波
    hotnews search '"counterpart cooperation" published:2019'
    hotnews search port OR harbour site:ningbo --json
    """
    words = " ".join(query)
    with Archive(archive) as opened:
        hits = opened.search(words, limit=limit, order=Order(sort))
        found = opened.count(words) if len(hits) == limit else None
    if asked["as_json"]:
        write_json(hit_record(hit) for hit in hits)
    else:
        rendering.show_hits(hits)
    if found and found.number > limit:
        number = f"{found.number:,}" if found.exact else f"more than {found.number:,}"
        click.echo(f"{limit} of {number} articles; --limit shows more", err=True)


@click.command()
@click.argument("article", metavar="ID|URL")
@archive_option
@json_option
def show(article: str, archive: str, **asked: bool) -> None:
    """Show one article by its id or URL: the clean text and what is known of it."""
    with Archive(archive) as opened:
        row = opened.article(article)
    if asked["as_json"]:
        write_json([export_row(row)])
    else:
        rendering.show_article(row)


@click.command()
@click.argument("article", metavar="ID|URL")
@click.option("--diff", is_flag=True, help="Show what each revision changed, word by word.")
@archive_option
@json_option
def history(article: str, archive: str, **asked: bool) -> None:
    """List the revisions of an article: every distinct text, when it was seen and why it is one.

    With --diff, words that were removed stand as [-removed-] and new ones as {+added+}, on a terminal in
    red and green; Chinese is compared by characters.
    """
    with Archive(archive) as opened:
        revisions = opened.history(article)
    if asked["diff"]:
        from storage.commands.difference_rendering import show_differences
        from storage.revision_differences import successive

        changes = successive(revisions)
        write_json(changes) if asked["as_json"] else show_differences(changes)
    elif asked["as_json"]:
        write_json(revisions)
    else:
        rendering.show_history(revisions)


@click.command()
@click.argument("story", required=False, metavar="[ID|URL]")
@click.option("--limit", type=LIMIT, default=20, show_default=True, metavar="N", help="Stories at most.")
@click.option("--diff", is_flag=True, help="Show what each copy of the one story changed, word by word.")
@archive_option
@json_option
def stories(story: str | None, limit: int, archive: str, **asked: bool) -> None:
    """List stories, the most republished first, or one of them with its copies in order of time.

    ID is a story's or that of any article in it. With --diff, words that a copy has not stand as
    [-words-] and its own as {+words+}, on a terminal in red and green.
    """
    if asked["diff"] and story is None:
        raise click.UsageError("--diff compares the copies of one story: name it")
    with Archive(archive) as opened:
        rows = opened.stories(story, limit=limit)
        if story is not None and not rows:
            rows = opened.stories(opened.article(story).id)
        copies = [copy for row in rows for copy in opened.copy_differences(row)] if asked["diff"] else []
    if asked["as_json"]:
        write_json(copies if asked["diff"] else rows)
    elif asked["diff"]:
        from storage.commands.difference_rendering import show_copy_differences

        show_copy_differences(copies)
    else:
        rendering.show_stories(rows)


@click.command()
@click.argument("site", required=False, metavar="[SITE]")
@click.option("--run", help="Of that run, not of the latest of each section.")
@archive_option
@json_option
def coverage(site: str | None, run: str | None, archive: str, **asked: bool) -> None:
    """Show the completeness certificates: what each section states, listed, archived, rejected, lost."""
    with Archive(archive) as opened:
        rows = opened.coverage(site, run=run)
    if asked["as_json"]:
        write_json(rows)
    else:
        rendering.show_coverage(rows, of=site)


@click.command()
@click.argument("which", required=False, metavar="[SITE|RUN]")
@click.option("--limit", type=LIMIT, default=20, show_default=True, metavar="N", help="Runs at most.")
@archive_option
@json_option
def runs(which: str | None, limit: int, archive: str, **asked: bool) -> None:
    """List the runs, the latest first, with their verdicts and counts, or show one of them whole.

    Of one run (its key is in `--json` and on the web page) it shows the verdict with its reason, the
    warnings, and what was measured beside the band that earlier complete runs let expect.
    """
    with Archive(archive) as opened:
        one = opened.find_run(which) if which else None
        rows = [one] if one else opened.runs(which, limit=limit)
    if asked["as_json"]:
        write_json(rows)
    elif one:
        rendering.show_run(one)
    else:
        rendering.show_runs(rows, of=which)


@click.command("sql")
@click.argument("statement")
@click.option("--limit", type=LIMIT, default=1000, show_default=True, metavar="N", help="Rows at most.")
@click.option(
    "--timeout",
    type=LIMIT,
    default=SQL_SECONDS,
    show_default=True,
    metavar="SECONDS",
    help="Ended after that.",
)
@archive_option
@json_option
def sql_(statement: str, limit: int, timeout: int, archive: str, **asked: bool) -> None:
    """Ask the archive in SQL: one SELECT, read-only.

    The views articles, revisions, stories, relations, changes, removals, coverage and runs keep their columns
    from version to version; docs/reference/schema.md describes them.

    \b
    hotnews sql "select site, count(*) from articles group by site"
    hotnews sql "select published_day, title from articles where state = 'gone'" --json
    """
    with Archive.read_only(archive, seconds=timeout) as opened:
        answer = opened.select(statement, limit=limit)
    if asked["as_json"]:
        write_json(records(answer))
    else:
        rendering.show_answer(answer)
    if answer.cut:
        click.echo(f"only the first {limit} rows; --limit shows more", err=True)


@click.command()
@click.option("--format", "form", type=click.Choice([*FORMS, "package"]), default="jsonl", show_default=True)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="A file (package: a new folder or a .zip file), not standard output.",
)
@click.option("--data", type=click.Choice(FORMS), help="Of a package: the form of its data (jsonl).")
@click.option("--bom", is_flag=True, help="Begin CSV with a byte order mark, for spreadsheets that need it.")
@click.option("--site", help="Of that site.")
@click.option("--section", help="Of that section.")
@click.option("--language", help="In that language (en, zh, ...).")
@click.option("--state", type=click.Choice(STATES_OF_ARTICLES), help="With a page in that state.")
@click.option("--query", help="That match, in the language of `hotnews search`.")
@click.option("--since-run", metavar="RUN", help="Whose text changed in a later run.")
@click.option(
    "--changed-since",
    type=Moment(),
    metavar="TIME",
    help="Whose text changed since that time (UTC, where it names no offset).",
)
@click.option("--since", type=DAY, metavar="DAY", help="Published on that day or later.")
@click.option("--until", type=DAY, metavar="DAY", help="Published on that day or earlier.")
@archive_option
def export(form: str, output: Path | None, archive: str, **asked: Any) -> None:
    """Write the latest revision of each article, ordered by id.

    jsonl is one JSON object a line; csv neutralises what a spreadsheet would run as a formula; parquet
    needs the extra hotnews[parquet]. A package (a new folder, or a .zip file) holds the data with its
    dictionary, query, counts and digests; the same archive gives the same bytes.

    \b
    hotnews export > articles.jsonl
    hotnews export --format package -o articles.zip
    hotnews export --format csv --site ningbo --since 2026-01-01 -o ningbo.csv
    """
    wanted = exported_articles(asked)
    if asked["bom"] and form != "csv":
        raise click.UsageError("--bom is for --format csv")
    if asked["data"] and form != "package":
        raise click.UsageError("--data is for --format package")
    if form == "parquet" and output is None and sys.stdout.isatty():
        raise click.UsageError("Parquet is nothing for a terminal: name a file with -o")
    if form == "package":
        with Archive(archive) as opened:
            name_unknown_site(opened, asked["site"])
            export_package(opened, wanted, output, asked["data"] or FORMS[0])
        return
    with Archive(archive) as opened, output_file(output) as file, closing(opened.exported(wanted)) as rows:
        name_unknown_site(opened, asked["site"])
        if form == "csv":
            write_csv(rows, file, mark_byte_order=BYTE_ORDER_MARK if asked["bom"] else "")
        elif form == "parquet":
            from storage.export.parquet import write_parquet

            write_parquet(rows, cast("IO[bytes]", file.buffer))
        else:
            file.writelines(json_lines(rows))


def exported_articles(asked: Mapping[str, Any]) -> ArticleFilter:
    """Return which articles the options of an export ask for."""
    return ArticleFilter(
        site=asked["site"],
        section=asked["section"],
        language=asked["language"],
        state=asked["state"],
        query=asked["query"],
        since_run=asked["since_run"],
        changed_since=asked["changed_since"],
        published_from=asked["since"] and asked["since"].date(),
        published_to=asked["until"] and asked["until"].date(),
    )


def name_unknown_site(opened: Archive, site: str | None) -> None:
    """Say so where the archive holds nothing of *site*: an empty file looks like a site without news."""
    if site is not None and not opened.sites(site):
        click.echo(f"the archive holds no site {site!r}", err=True)


def export_package(opened: Archive, wanted: ArticleFilter, output: Path | None, form: str) -> None:
    """Write a data package to the folder or zip file *output*."""
    from storage.export.data_package import write_package

    if output is None:
        raise click.UsageError("a package is a folder or a .zip file: name it with -o")
    with writing_to(output):
        write_package(opened, wanted, output, form=form)


@contextmanager
def output_file(path: Path | None) -> Iterator[TextIOWrapper]:
    """Yield the file at *path*, or standard output; both are UTF-8 with plain line ends."""
    if path is None:
        assert isinstance(sys.stdout, TextIOWrapper)
        sys.stdout.reconfigure(encoding="utf-8", newline="")
        yield sys.stdout
        sys.stdout.flush()
        return
    with writing_to(path), replacing(path) as part, part.open("w", encoding="utf-8", newline="") as file:
        yield file


@click.command()
@archive_option
def upgrade(archive: str) -> None:
    """Bring an older archive to this version's schema; a SQLite archive is backed up first."""
    from storage.schema.upgrading import upgrade_archive

    click.echo(upgrade_archive(archive), err=True)
