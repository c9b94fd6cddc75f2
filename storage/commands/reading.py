"""The reading commands of `hotnews`: search, show, history, stories, coverage, runs, sql."""

from __future__ import annotations

import click

from storage import Archive
from storage.commands import rendering
from storage.commands.command_line import archive_option, json_option, name_unknown_site, write_json
from storage.export.rows import export_row
from storage.queries.sql import records
from storage.rows import Order
from storage.search.hit_records import hit_record

LIMIT = click.IntRange(1)
SQL_SECONDS = 30


@click.command()
@click.argument("query", nargs=-1, required=True)
@click.option("--limit", type=LIMIT, default=20, show_default=True, metavar="N", help="Show at most N rows.")
@click.option(
    "--sort",
    type=click.Choice([each.value for each in Order]),
    default=Order.NEWEST.value,
    show_default=True,
    help="What comes first.",
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
        is_empty = not hits and not opened.article_count()
    if asked["as_json"]:
        write_json(hit_record(hit) for hit in hits)
    elif is_empty:
        click.echo("nothing found: the archive is empty; `hotnews crawl` or `hotnews import` fills it")
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
    """List the revisions of an article: each distinct text, when it was first seen and what caused it.

    With --diff, removed words are shown as [-removed-] and new ones as {+added+}, on a terminal in
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
@click.option(
    "--limit", type=LIMIT, default=20, show_default=True, metavar="N", help="Show at most N stories."
)
@click.option("--diff", is_flag=True, help="Show what each copy of the one story changed, word by word.")
@archive_option
@json_option
def stories(story: str | None, limit: int, archive: str, **asked: bool) -> None:
    """List stories, the most republished first, or one of them with its copies in order of time.

    ID is that of a story or of any article in it. With --diff, words that a copy lacks are shown as
    [-words-] and those that it added as {+words+}, on a terminal in red and green.
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
@click.option("--run", metavar="RUN", help="Show that run, not the latest of each section.")
@archive_option
@json_option
def coverage(site: str | None, run: str | None, archive: str, **asked: bool) -> None:
    """Show the completeness certificates: what each section states, listed, archived, rejected, lost."""
    with Archive(archive) as opened:
        rows = opened.coverage(site, run=run)
        if not rows:
            name_unknown_site(opened, site)
    if asked["as_json"]:
        write_json(rows)
    else:
        rendering.show_coverage(rows, of=site)


@click.command()
@click.argument("which", required=False, metavar="[SITE|RUN]")
@click.option("--limit", type=LIMIT, default=20, show_default=True, metavar="N", help="Show at most N runs.")
@archive_option
@json_option
def runs(which: str | None, limit: int, archive: str, **asked: bool) -> None:
    """List the runs, the latest first, with their verdicts and counts, or show one in full.

    Below the list stand the runs that are not complete, each by its key with the reason; `--json` has the
    keys of all. Of one run it shows the verdict with its reason, the warnings, and each measure beside the
    band that earlier complete runs suggest.

    \b
    hotnews runs ningbo
    hotnews runs 20260521T060000Z-ningbo
    """
    with Archive(archive) as opened:
        one = opened.find_run(which) if which else None
        rows = [one] if one else opened.runs(which, limit=limit)
        if not rows:
            name_unknown_site(opened, which)
    if asked["as_json"]:
        write_json(rows)
    elif one:
        rendering.show_run(one)
    else:
        rendering.show_runs(rows, of=which)


@click.command("sql")
@click.argument("statement")
@click.option(
    "--limit", type=LIMIT, default=1000, show_default=True, metavar="N", help="Show at most N rows."
)
@click.option(
    "--timeout",
    type=LIMIT,
    default=SQL_SECONDS,
    show_default=True,
    metavar="SECONDS",
    help="Stop the query after that time.",
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
