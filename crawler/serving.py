"""The `hotnews serve` command: the web pages of storage, with the rules that read a stored page again."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

import click

from crawler.network.addresses import refusal_of_url
from storage.commands.command_line import archive_option, port_option
from storage.errors import ArchiveError

if TYPE_CHECKING:
    from storage import Archive
    from storage.provenance import Explanation

NEEDED = ("starlette", "uvicorn", "jinja2")


@click.command()
@click.option(
    "--host", metavar="HOST", default="127.0.0.1", show_default=True, help="The address to listen at."
)
@port_option(default=8000)
@click.option("--public-url", metavar="URL", help="What readers call this server, behind a proxy or by name.")
@archive_option
def serve(host: str, port: int, public_url: str | None, archive: str) -> None:
    """Show the archive in a browser, with a JSON API and feeds beside it; read-only.

    It listens on this machine only, unless --host says otherwise, and may run while crawls write.
    """
    if public_url and refusal_of_url(public_url.lower()):
        raise click.UsageError(
            f"--public-url {public_url} is no http or https URL, such as https://news.example/"
        )
    missing = [name for name in NEEDED if find_spec(name) is None]
    if missing:
        raise ArchiveError(f"{missing[0]} is missing; install the extra first: pip install 'hotnews[web]'")
    from storage.web.names import names_of
    from storage.web.serving import run_server

    names = names_of(host, public_url)
    run_server(archive, host=host, port=port, public_url=public_url, names=names, explain=explain)


def explain(archive: Archive, article: str) -> Explanation:
    """Return where the fields of an article come from; the rules are loaded when somebody asks."""
    from crawler.rereading.provenance import explanation

    return explanation(archive, article)
