"""The `hotnews` command: a table of its commands, each imported when it is called."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import NamedTuple

import click

from crawler.streams import (
    end_on_signals,
    forget_output,
    hear_no_more_signals,
    open_closed_streams,
    talk_to_whoever_listens,
    write_any_character,
)
from storage.errors import OUTPUT_ERRORS, ArchiveError
from storage.file_errors import NAMING_ERRORS, NO_PERMISSION, told
from storage.verdicts import Verdict


class Entry(NamedTuple):
    """Where a command lives, as module:function, and what `hotnews --help` says of it."""

    place: str
    summary: str


# What `hotnews --help` shows, heading by heading, in the order of a first visit.
SECTIONS = {
    "Fill the archive": {
        "demo": Entry(
            "crawler.demo.command:demo", "Crawl a small government site on this machine: start here."
        ),
        "crawl": Entry("crawler.crawling:crawl", "Crawl sites into the archive; what cron calls."),
        "import": Entry(
            "crawler.importing.command:import_", "Archive saved pages, text dumps, WARC files and JSON lines."
        ),
    },
    "Read it": {
        "search": Entry("storage.commands.reading:search", "Find articles, in English and Chinese."),
        "show": Entry("storage.commands.reading:show", "Show one article, by id or URL."),
        "history": Entry("storage.commands.reading:history", "List the revisions of one article."),
        "stories": Entry(
            "storage.commands.reading:stories", "List stories: the same text, wherever it was published."
        ),
        "stats": Entry(
            "storage.commands.statistics:stats", "Show what was published, edited and removed when."
        ),
        "serve": Entry("crawler.serving:serve", "Show the archive in a browser, with a JSON API and feeds."),
        "export": Entry(
            "storage.commands.exporting:export",
            "Write articles as JSON lines, CSV, Parquet or a data package.",
        ),
        "sql": Entry("storage.commands.reading:sql_", "Ask the archive in SQL, read-only."),
    },
    "Account for it": {
        "runs": Entry(
            "storage.commands.reading:runs", "List the runs with their verdicts, or show one in full."
        ),
        "coverage": Entry(
            "storage.commands.reading:coverage", "Show what each section states, listed, archived and lost."
        ),
        "politeness": Entry(
            "storage.commands.politeness:politeness",
            "Show what crawls asked of each host, and how long they waited.",
        ),
        "evidence": Entry(
            "storage.commands.integrity:evidence", "Show or save the response behind an article."
        ),
        "explain": Entry(
            "crawler.rereading.explain:explain", "Explain an article field by field, and its copies."
        ),
    },
    "Look after it": {
        "verify": Entry(
            "storage.commands.integrity:verify", "Check that the archive is whole; name each damage."
        ),
        "backup": Entry("storage.commands.integrity:backup", "Copy the archive, even while a crawl writes."),
        "upgrade": Entry(
            "storage.commands.integrity:upgrade", "Bring an older archive to this version's schema."
        ),
        "withhold": Entry(
            "storage.commands.integrity:withhold", "Hide an article without breaking its chain."
        ),
    },
    "Mend how pages are read": {
        "extract": Entry(
            "crawler.extracting:extract", "Show what extraction makes of one page; archive nothing."
        ),
        "fixture": Entry(
            "crawler.rereading.fixture:fixture", "Save the page of an article as a test of its site."
        ),
        "reextract": Entry(
            "crawler.rereading.reextract:reextract",
            "Read stored pages again by today's rules, without a request.",
        ),
        "rededup": Entry(
            "storage.commands.copies:rededup", "Decide again what is a copy; show what that changes."
        ),
    },
}
COMMANDS = {name: entry for section in SECTIONS.values() for name, entry in section.items()}
WIDEST = max(map(len, COMMANDS))  # so that the summaries of all sections begin in one column


class LazyGroup(click.Group):
    """A group that knows its commands by name and imports one only when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of the table, which is the order of a first visit."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command:
        """Return the command of that name, imported now.

        :raises NoSuchCommand: if there is none; it names those that are written alike
        """
        if cmd_name not in COMMANDS:
            raise click.NoSuchCommand(cmd_name, possibilities=COMMANDS, ctx=ctx)
        module, function = COMMANDS[cmd_name].place.split(":")
        with nothing_collected():
            command = getattr(import_module(module), function)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the tables without importing a single command."""
        for heading, section in SECTIONS.items():
            with formatter.section(heading):
                formatter.write_dl([(name.ljust(WIDEST), entry.summary) for name, entry in section.items()])


@contextmanager
def nothing_collected() -> Iterator[None]:
    """Keep the garbage collector from what is imported meanwhile, now and later.

    Modules stay until the end: to look for garbage among them is a tenth of what a reading command costs.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


@click.group(
    cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(package_name="hotnews", prog_name="hotnews")
@click.option("--archive", metavar="URL", help="The archive, for any command; also taken behind its name.")
@click.pass_context
def cli(ctx: click.Context, archive: str | None) -> None:
    """Crawl, clean, deduplicate and archive government Hot News, and ask the archive.

    The archive is the SQLAlchemy URL in HOTNEWS_ARCHIVE (or --archive), by default the SQLite file
    ./archive/hotnews.db. Exit codes are the same for every command: 0 complete, 1 crashed, 2 usage,
    3 incomplete, 4 drifted, 5 refused, 6 unreachable, 7 storage, 8 busy.
    """
    if archive is not None:
        ctx.default_map = {name: {"archive": archive} for name in COMMANDS}


def main() -> None:
    """Run the command line; errors that have a name become one line and their exit code."""
    exit_code = 0
    open_closed_streams()
    write_any_character()
    talk_to_whoever_listens()
    end_on_signals()
    try:
        # Not `cli.main`: it ends a command whose pipe was closed with 1, which is our word for a crash.
        with cli.make_context("hotnews", sys.argv[1:]) as context:
            cli.invoke(context)
        sys.stdout.flush()
    except click.exceptions.Exit as error:
        exit_code = error.exit_code
    except click.FileError as error:  # click's own exit code is our word for a crash
        click.echo(f"hotnews: {error.format_message()}", err=True)
        exit_code = Verdict.USAGE.exit_code
    except click.ClickException as error:
        error.show()
        exit_code = error.exit_code
    except ArchiveError as error:
        click.echo(f"hotnews: {error}", err=True)
        exit_code = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        hear_no_more_signals()
        click.echo("hotnews: interrupted", err=True)
        exit_code = Verdict.INCOMPLETE.exit_code
    except BrokenPipeError:  # `| head`: the reader has what it wanted
        forget_output()
    except OSError as error:
        if error.errno not in {*NAMING_ERRORS, *NO_PERMISSION, *OUTPUT_ERRORS}:
            raise
        exit_code = told_of(error).exit_code
    sys.exit(exit_code)


def told_of(error: OSError) -> Verdict:
    """Say what the system refused, a name or the output, and return how the command ends for it."""
    if error.errno in NAMING_ERRORS | NO_PERMISSION:
        click.echo(f"hotnews: {error.filename}: {told(error, 'name another')}", err=True)
        return Verdict.USAGE
    click.echo(f"hotnews: the output cannot be written: {error.strerror}", err=True)
    forget_output()
    return Verdict.STORAGE


if __name__ == "__main__":
    main()
