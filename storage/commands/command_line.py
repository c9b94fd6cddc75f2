"""What the commands share: the archive option, JSON lines, the end of a command."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

from storage.database.engine import STUMBLES, make_engine, raise_damage
from storage.errors import OUTPUT_ERRORS, ArchiveNotWritable
from storage.json_values import plain
from storage.locations import archive_url, parse_url
from storage.safe_text import harmless_json

if TYPE_CHECKING:
    from storage import Archive

Command = TypeVar("Command", bound=Callable[..., Any])


def archive_option(command: Command) -> Command:
    """Give *command* the `--archive URL` option; the default is what HOTNEWS_ARCHIVE names.

    Where it stumbles over a value of a damaged archive, also while it shows what it read, it ends with the
    damage.
    """

    @wraps(command)
    def run(*arguments: Any, archive: str, **asked: Any) -> Any:
        parse_url(archive)  # `--archive "$UNSET"` is no archive, and not the default one either
        try:
            return command(*arguments, archive=archive, **asked)
        except STUMBLES as error:
            engine = make_engine(parse_url(archive))
            try:
                raise_damage(engine, error)
            finally:
                engine.dispose()

    return click.option(
        "--archive",
        metavar="URL",
        default=archive_url,
        help="The archive, as an SQLAlchemy URL or the path of a SQLite file.  [env: HOTNEWS_ARCHIVE]",
    )(cast("Command", run))


def json_option(command: Command) -> Command:
    """Give *command* the `--json` option: JSON lines on standard output, one record a line."""
    return click.option("--json", "as_json", is_flag=True, help="Write JSON lines.")(command)


def jobs_option(command: Command) -> Command:
    """Give *command* the `--jobs N` option; None leaves the number to `processes_for`."""
    return click.option(
        "--jobs",
        type=click.IntRange(1),
        metavar="N",
        help="Processes that read the evidence, a WARC file each.  [default: as many as make it faster]",
    )(command)


def port_option(*, default: int) -> Callable[[Command], Command]:
    """Return what gives a command the `--port N` option."""
    return click.option(
        "--port",
        type=click.IntRange(0, 65535),
        metavar="N",
        default=default,
        show_default=True,
        help="The port to listen at; 0 takes any free one.",
    )


class Day(click.ParamType[date]):
    """A day as ISO 8601 has it."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the day."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is no day like 2026-05-06")


class Moment(click.ParamType[datetime]):
    """A day or a time as ISO 8601 has it; UTC where it names no offset."""

    name = "time"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """Return the time, in UTC."""
        if isinstance(value, datetime):
            return value
        try:
            moment = datetime.fromisoformat(value)
            return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
        except (ValueError, OverflowError):
            self.fail(f"{value!r} is no time like 2026-05-06, 2026-05-06T08:00 or 2026-05-06T08:00+08:00")


def name_unknown_site(opened: Archive, site: str | None) -> None:
    """Say so where the archive holds nothing of *site*: an empty answer looks like a site without news."""
    if site is not None and not opened.sites(site):
        click.echo(f"the archive holds no site {site!r}", err=True)


def counted(number: int, what: str) -> str:
    """Return how many of *what*, a word in the singular, there are."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"


@contextmanager
def writing_to(path: Path) -> Iterator[None]:
    """Give what goes wrong with the file at *path* its name and exit code.

    :raises ArchiveNotWritable: if there is no room for it.
    :raises click.FileError: if it cannot be opened.
    """
    try:
        yield
    except OSError as error:
        if error.errno in OUTPUT_ERRORS:
            raise ArchiveNotWritable(f"{path} cannot be written: {error.strerror}") from error
        raise click.FileError(str(path), error.strerror or str(error)) from error


def write_json(records: Iterable[object]) -> None:
    """Write *records* as JSON lines, each as soon as it is there; in any encoding they can be read again."""
    is_unicode = sys.stdout.encoding.lower() in {"utf-8", "utf8"}
    for record in records:
        line = json.dumps(plain(record), ensure_ascii=not is_unicode)
        sys.stdout.write(f"{harmless_json(line)}\n")
