"""`hotnews demo`: a government site on this machine, crawled for real, and what came of it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from http.client import HTTPConnection, HTTPException

import click
from rich.text import Text

from crawler.crawling import crawl_command, crawl_environment
from crawler.demo.places import DEFAULT_PORT, HOT_NEWS
from crawler.demo.server import SERVER_NAME, serve
from crawler.demo.site import DemoSite
from storage import Archive
from storage.commands import rendering
from storage.commands.command_line import archive_option, port_option
from storage.rows import ArticleFilter, ArticleRow
from storage.verdicts import Verdict, verdict_of

# No manners are needed towards oneself: 110 pages in seconds instead of minutes.
SETTINGS = (
    "DOWNLOAD_DELAY=0",
    "AUTOTHROTTLE_ENABLED=0",
    "CONCURRENT_REQUESTS_PER_DOMAIN=8",
    "DOWNLOAD_TIMEOUT=10",
    "LOG_LEVEL=ERROR",
)
NOTHING_TO_SHOW = frozenset({Verdict.USAGE, Verdict.STORAGE, Verdict.BUSY})
NEXT = (
    ("hotnews search 澜海", "find articles, in Chinese too"),
    ("hotnews stories", "see what was published more than once"),
    ("hotnews serve", "look at it in a browser; needs the extra 'web'"),
    ("hotnews export --format csv -o news.csv", "take all of it along"),
)


@click.command()
@click.option(
    "--trouble", is_flag=True, help="Add sections that misbehave: challenges, dead links, a redesign."
)
@click.option("--serve", "only_serve", is_flag=True, help="Only serve the site, until interrupted.")
@port_option(default=DEFAULT_PORT)
@archive_option
def demo(port: int, archive: str, **asked: bool) -> None:
    """Crawl a small government site that is served on this machine, and show the result.

    Nothing leaves the machine. The second time nothing is new: the crawl ends after one list page per
    section. With --serve the site stays up for crawls of your own, and POST /advance publishes its next
    edition: an edit, a removal and new articles.

    \b
    hotnews demo
    hotnews demo --serve --port 8765
    curl -X POST http://127.0.0.1:8765/advance
    hotnews crawl demo --revisit all
    """
    site = DemoSite(trouble=asked["trouble"])
    if asked["only_serve"]:
        stay_up(site, port)
        return
    with served(site, port) as base_url:
        verdict = crawl(base_url, archive, trouble=asked["trouble"])
    if verdict not in NOTHING_TO_SHOW:
        show_result(archive)
    sys.exit(verdict.exit_code)


@contextmanager
def served(site: DemoSite, port: int) -> Iterator[str]:
    """Yield the URL of the site; one that is served on that port already is taken as it is."""
    if port and is_demo(port):
        yield f"http://127.0.0.1:{port}/"
        return
    try:
        server = serve(site, port=port)
    except OSError as error:
        raise port_taken(port, error) from error
    with server:
        yield server.url


def is_demo(port: int) -> bool:
    """Return whether a demo site answers on *port*."""
    connection = HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", "/robots.txt")
        return (connection.getresponse().headers.get("Server") or "").startswith(SERVER_NAME)
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def port_taken(port: int, error: OSError) -> click.UsageError:
    """Return what to say when the port cannot be had."""
    return click.UsageError(f"port {port} cannot be used ({error.strerror}); name another one with --port")


def stay_up(site: DemoSite, port: int) -> None:
    """Serve until interrupted."""
    try:
        with serve(site, port=port) as server:
            click.echo(welcome(server.url), err=True)
            server.wait()
    except OSError as error:
        raise port_taken(port, error) from error
    except KeyboardInterrupt:
        click.echo("the demo site is closed", err=True)


def welcome(base_url: str) -> str:
    """Return what a person can do with a served site."""
    elsewhere = "" if base_url.endswith(f":{DEFAULT_PORT}/") else f" -a base_url={base_url}"
    return (
        f"the demo site is at {base_url} (end it with Ctrl-C)\n"
        f"  crawl it:           hotnews crawl demo{elsewhere}\n"
        f"  its next edition:   curl -X POST {base_url}advance"
    )


def crawl(base_url: str, archive: str, *, trouble: bool) -> Verdict:
    """Crawl the site in a process of its own and return the verdict."""
    arguments = {"base_url": base_url, **({"trouble": "1"} if trouble else {})}
    settings = [*SETTINGS, "PROGRESS=1"] if sys.stderr.isatty() else SETTINGS
    command = crawl_command("demo", arguments, settings)
    child = subprocess.run(command, env=crawl_environment(HOTNEWS_ARCHIVE=archive), check=False)  # noqa: S603
    return verdict_of(child.returncode)


def show_result(archive_url: str) -> None:
    """Show the run, what it archived, and one clean article."""
    out = rendering.console()
    with Archive(archive_url) as archive:
        run = archive.runs("demo", limit=1)[0]
        sections = archive.coverage("demo", run=run.run)
        article = example(archive)
    out.print()
    out.print(Text(run.verdict or "running", style="bold").append(f": {run.reason}", style="not bold"))
    out.print()
    out.print(rendering.run_counts(run))
    out.print()
    rendering.show_coverage(sections)
    if article is not None:
        out.print("\nOne of the articles, as it is archived\n", style="bold")
        rendering.show_article(article)
    out.print("\nTry next", style="bold")
    for command, purpose in NEXT:
        out.print(f"  {command:<42}{purpose}")


def example(archive: Archive) -> ArticleRow | None:
    """Return the newest article of the section whose pages carry the most furniture."""
    articles = archive.articles(ArticleFilter(site="demo", section=HOT_NEWS))
    return max(articles, key=lambda row: (row.published_day or date.min, row.id), default=None)
