"""The `hotnews serve` command."""

from __future__ import annotations

from importlib.util import find_spec
from ipaddress import ip_address

import click

from storage.command_line import archive_option
from storage.errors import ArchiveError

NEEDED = ("starlette", "uvicorn", "jinja2")
LOOPBACK_NAMES = ("localhost", "127.0.0.1", "[::1]")


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True)
@click.option("--public-url", metavar="URL", help="What readers call this server, behind a proxy or by name.")
@archive_option
def serve(host: str, port: int, public_url: str | None, archive: str) -> None:
    """Show the archive in a browser, with a JSON API and feeds beside it; read-only.

    It listens on this machine only, unless --host says otherwise, and goes on while crawls write.
    """
    missing = [name for name in NEEDED if find_spec(name) is None]
    if missing:
        raise ArchiveError(f"{missing[0]} is missing; install the extra first: pip install 'hotnews[web]'")
    from storage.web.serving import run_server

    run_server(archive, host=host, port=port, public_url=public_url, names=names_of(host, public_url))


def names_of(host: str, public_url: str | None) -> frozenset[str]:
    """Return the names a server at *host* answers to; of none, to any."""
    from urllib.parse import urlsplit

    name = urlsplit(public_url).hostname if public_url else None
    if not is_loopback(host):
        return frozenset()
    return frozenset({*LOOPBACK_NAMES, host, *([name] if name else [])})


def is_loopback(host: str) -> bool:
    """Return whether only this machine reaches *host*."""
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
