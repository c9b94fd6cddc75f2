"""`hotnews export`: articles as files for others."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import IO, Any, cast

import click

from storage import Archive
from storage.commands.command_line import (
    Day,
    Moment,
    archive_option,
    name_unknown_site,
    writing_to,
)
from storage.export.files import BYTE_ORDER_MARK, json_lines, write_csv
from storage.export.whole_files import replacing
from storage.records import STATES_OF_ARTICLES
from storage.rows import ArticleFilter

FORMS = ["jsonl", "csv", "parquet"]


@click.command()
@click.option(
    "--format",
    "form",
    type=click.Choice([*FORMS, "package"]),
    default=FORMS[0],
    show_default=True,
    help="What to write.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="Write to that file (package: a new folder or a .zip file), not to standard output.",
)
@click.option(
    "--data", type=click.Choice(FORMS), help="The format of the data in a package.  [default: jsonl]"
)
@click.option("--bom", is_flag=True, help="Begin CSV with a byte order mark, for spreadsheets that need it.")
@click.option("--site", metavar="NAME", help="Only articles of that site.")
@click.option("--section", metavar="NAME", help="Only articles of that section.")
@click.option("--language", metavar="CODE", help="Only articles in that language (en, zh, ...).")
@click.option(
    "--state", type=click.Choice(STATES_OF_ARTICLES), help="Only articles whose page is in that state."
)
@click.option(
    "--query", metavar="QUERY", help="Only articles that match, in the language of `hotnews search`."
)
@click.option("--since-run", metavar="RUN", help="Only articles that changed after that run.")
@click.option(
    "--changed-since",
    type=Moment(),
    help="Only articles that changed since that time (UTC, unless it names an offset).",
)
@click.option("--since", type=Day(), help="Only articles published on that day or later.")
@click.option("--until", type=Day(), help="Only articles published on that day or earlier.")
@archive_option
def export(form: str, output: Path | None, archive: str, **asked: Any) -> None:
    """Write the latest revision of each article, ordered by id.

    jsonl is one JSON object a line; csv neutralises what a spreadsheet would run as a formula; parquet
    needs the extra hotnews[parquet]. A package (a new folder, or a .zip file) holds the data with its
    dictionary, query, counts and digests; the same archive gives the same bytes. Until a file or folder is
    whole it is called NAME.part, and what stood there stays; what a killed export left of it is written over.

    \b
    hotnews export > articles.jsonl
    hotnews export --format package -o articles.zip
    hotnews export --format csv --site ningbo --since 2026-01-01 -o ningbo.csv
    """
    wanted = exported_articles(asked)
    require_days_in_order(wanted)
    if asked["bom"] and form != "csv":
        raise click.UsageError("--bom is for --format csv")
    if asked["data"] and form != "package":
        raise click.UsageError("--data is for --format package")
    if form == "parquet" and output is None and sys.stdout.isatty():
        raise click.UsageError("Parquet is nothing for a terminal: name a file with -o")
    if form == "package":
        with Archive(archive) as opened:
            name_what_is_unknown(opened, wanted)
            export_package(opened, wanted, output, asked["data"] or FORMS[0])
        return
    with Archive(archive) as opened, output_file(output) as file, closing(opened.exported(wanted)) as rows:
        name_what_is_unknown(opened, wanted)
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
        published_from=asked["since"],
        published_to=asked["until"],
    )


def require_days_in_order(wanted: ArticleFilter) -> None:
    """Refuse days that no article can have. :raises click.UsageError: with what to do."""
    first, last = wanted.published_from, wanted.published_to
    if first and last and first > last:
        raise click.UsageError(f"--since {first} is later than --until {last}: exchange them")


def name_what_is_unknown(opened: Archive, wanted: ArticleFilter) -> None:
    """Say so where the archive holds no such site or section: an empty file tells no mistake."""
    name_unknown_site(opened, wanted.site)
    slug = wanted.section
    if slug is not None and slug not in {section.slug for section in opened.sections(wanted.site)}:
        of_site = f" of {wanted.site!r}" if wanted.site else ""
        click.echo(f"the archive holds no section {slug!r}{of_site}", err=True)


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
