"""`hotnews crawl`: one child process a site, one exit code for all of them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from importlib import import_module
from types import FrameType
from typing import Any

import click

from storage import Archive
from storage.commands.command_line import Day, archive_option
from storage.errors import ArchiveNotFound, ArchiveUnreachable
from storage.verdicts import Verdict, verdict_of, worst

# `--due` is called every hour; a call some minutes early still counts.
DUE_AFTER = timedelta(minutes=50)
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Assignment(click.ParamType[str]):
    """A name and its value, which Scrapy takes apart."""

    name = "name=value"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return *value* as it is."""
        name, separator, _ = value.partition("=")
        if not name or not separator:
            self.fail(f"{value!r}: say NAME=VALUE")
        return value


@dataclass(slots=True)
class Children:
    """The crawls that run now; a stop signal is handed on to each, which stores what it has and ends."""

    running: set[subprocess.Popen[bytes]] = field(default_factory=set)
    stopped: bool = False

    def stop(self, _number: int, _frame: FrameType | None) -> None:
        """Ask every child to end; none is started any more."""
        self.stopped = True
        for child in tuple(self.running):
            child.terminate()

    def run(self, site: str, command: Sequence[str], environment: dict[str, str]) -> Verdict:
        """Run the crawl of *site* to its end and return its verdict."""
        if self.stopped:
            return Verdict.INCOMPLETE
        # Ctrl-C reaches a whole group: a child of ours would be told twice, and cut its requests off.
        child = subprocess.Popen(command, env=environment, process_group=0)  # noqa: S603 - our own command
        self.running.add(child)
        try:
            code = child.wait()
            if self.stopped and code == -signal.SIGTERM:  # before it could be asked to store what it has
                click.echo(f"{site}: incomplete (exit 3): stopped before it began", err=True)
                return Verdict.INCOMPLETE
            if code < 0:  # it could not say so itself
                click.echo(
                    f"{site}: crashed (exit 1): killed by {signal.Signals(-code).name};"
                    " what it stored is kept, the next run goes on",
                    err=True,
                )
            return verdict_of(code)
        finally:
            self.running.discard(child)

    @contextmanager
    def stop_on_signals(self) -> Iterator[None]:
        """Hand stop signals on to the children while the context lasts, but those that `nohup` ignores."""
        heeded = [number for number in STOP_SIGNALS if signal.getsignal(number) is not signal.SIG_IGN]
        before = {number: signal.signal(number, self.stop) for number in heeded}
        try:
            yield
        finally:
            for number, handler in before.items():
                # Who asked for the end asks again until the process is gone, which has its verdict to say.
                signal.signal(number, signal.SIG_IGN if self.stopped else handler)


def crawl_command(spider: str, arguments: dict[str, str], settings: Sequence[str]) -> list[str]:
    """Return the command line of one crawl; `-P` keeps folders of the working directory out of it."""
    command = [sys.executable, "-P", "-m", "scrapy", "crawl", spider]
    for name, value in arguments.items():
        command += ["-a", f"{name}={value}"]
    for setting in settings:
        command += ["-s", setting]
    return command


def crawl_environment(**variables: str) -> dict[str, str]:
    """Return the environment of a child, in which `scrapy` works from any directory."""
    return {**os.environ, "SCRAPY_SETTINGS_MODULE": "crawler.settings", **variables}


@click.command()
@click.argument("sites", nargs=-1, metavar="[SITE]...")
@click.option("--all", "every", is_flag=True, help="Crawl every declared site.")
@click.option("--due", is_flag=True, help="Crawl the sites that are due; busy ones are skipped.")
@click.option(
    "--jobs",
    type=click.IntRange(1),
    metavar="N",
    default=1,
    show_default=True,
    help="How many sites to crawl at the same time.",
)
@click.option(
    "--revisit",
    type=click.Choice(["due", "all", "none"]),
    default="due",
    show_default=True,
    help="Which known articles to ask for again.",
)
@click.option("--full", is_flag=True, help="Read every list page, even if it brings nothing new.")
@click.option(
    "--limit", type=click.IntRange(1), metavar="N", help="Ask for at most N article pages per site."
)
@click.option("--since", type=Day(), help="Only what is listed since DAY.")
@click.option("--max-time", type=click.IntRange(1), metavar="SECONDS", help="Stop each site after that time.")
@click.option(
    "-a", "--argument", "named", type=Assignment(), multiple=True, help="A spider argument (repeat)."
)
@click.option("-s", "--set", "settings", type=Assignment(), multiple=True, help="A Scrapy setting (repeat).")
@click.option("-v", "--verbose", is_flag=True, help="Show the log of each crawl, not only its warnings.")
@archive_option
def crawl(sites: tuple[str, ...], archive: str, jobs: int, **asked: Any) -> None:
    """Crawl sites into the archive.

    Each site runs in a process of its own and ends with a verdict; the exit code is that of the worst:
    7 storage, 1 crashed, 2 usage, 6 unreachable, 5 refused, 4 drifted, 3 incomplete, 8 busy, 0 complete.

    \b
    hotnews crawl ningbo                  one site
    hotnews crawl --due --jobs 4          what cron calls every hour
    hotnews crawl ningbo --full           walk every list page, note what vanished
    hotnews crawl --all --revisit all     ask for every known article again
    hotnews crawl adhoc -a start=URL      any list page, without a declaration
    """
    names = chosen_sites(sites, archive, every=asked["every"], due=asked["due"])
    broken = {} if sites else import_module("crawler.registry").broken_files()
    for file, problem in broken.items():
        click.echo(f"{file}: not crawled (exit 2): {problem}", err=True)
    arguments, settings = crawl_arguments(asked), crawl_settings(asked)
    environment = crawl_environment(HOTNEWS_ARCHIVE=archive)
    children = Children()
    commands = {name: crawl_command(name, arguments, settings) for name in names}
    with children.stop_on_signals(), ThreadPoolExecutor(max_workers=jobs) as pool:
        verdicts = list(pool.map(lambda name: children.run(name, commands[name], environment), names))
    if asked["due"]:  # another run is doing the work
        verdicts = [verdict for verdict in verdicts if verdict is not Verdict.BUSY]
    verdicts += [Verdict.USAGE for _ in broken]
    sys.exit(worst(verdicts).exit_code)


def chosen_sites(named: Sequence[str], archive: str, *, every: bool, due: bool) -> list[str]:
    """Return the names of the sites to crawl; the demo site only if it is named."""
    if bool(named) + every + due != 1:
        raise click.UsageError("name sites, or say --all or --due (`scrapy list` shows the declared sites)")
    if named:
        return list(dict.fromkeys(named))
    declared_sites = import_module("crawler.registry").declared_sites  # imports Scrapy, so only now
    sites = [name for name, site in declared_sites().items() if not site.private_addresses]
    return due_sites(sites, archive) if due else sites


def due_sites(names: Sequence[str], archive: str) -> list[str]:
    """Return those whose last run began long enough ago, the longest ago first."""
    try:
        with Archive(archive) as opened:
            runs = {name: opened.runs(name, limit=1) for name in names}
    except (ArchiveNotFound, ArchiveUnreachable):  # each site's run makes it, or says and reports why not
        return list(names)
    long_ago = datetime.min.replace(tzinfo=UTC)
    begun = {name: runs[name][0].started_at if runs[name] else long_ago for name in names}
    now = datetime.now(UTC)
    # What began in the future began by a clock that was put right since: nobody is to wait for that time.
    waits = {name for name in names if now - DUE_AFTER < begun[name] <= now}
    return sorted((name for name in names if name not in waits), key=begun.__getitem__)


def crawl_arguments(asked: Mapping[str, Any]) -> dict[str, str]:
    """Return the spider arguments for what was asked on the command line."""
    arguments = {"revisit": asked["revisit"]}
    if asked["full"]:
        arguments["full"] = "1"
    if asked["limit"]:
        arguments["limit"] = str(asked["limit"])
    if asked["since"]:
        arguments["since"] = asked["since"].isoformat()
    return {**arguments, **dict(each.split("=", 1) for each in asked["named"])}


def crawl_settings(asked: Mapping[str, Any]) -> list[str]:
    """Return the Scrapy settings for what was asked on the command line; the caller's own come last."""
    settings = [] if asked["verbose"] else ["LOG_LEVEL=WARNING"]
    if asked["max_time"]:
        settings.append(f"CLOSESPIDER_TIMEOUT={asked['max_time']}")
    if sys.stderr.isatty():
        settings.append("PROGRESS=1")
    return [*settings, *asked["settings"]]
