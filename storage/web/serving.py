"""Runs the server until it is interrupted."""

from __future__ import annotations

import os
import socket
from collections.abc import Collection
from contextlib import closing, suppress

import click
import uvicorn
from starlette.types import ASGIApp

from storage.archive import Archive
from storage.errors import ArchiveError
from storage.provenance import Explain
from storage.web.application import make_application
from storage.web.bounded_connections import MOST_CONNECTIONS, BoundedConnection
from storage.web.door import Door

BACKLOG = 128
GRACE_SECONDS = 3
KEEP_ALIVE_SECONDS = 5


class CannotListen(ArchiveError):
    """The address is taken, or not this machine's."""


def run_server(
    archive: str,
    *,
    host: str,
    port: int,
    public_url: str | None,
    names: Collection[str],
    explain: Explain,
) -> None:
    """Serve *archive* at *host* and *port* until interrupted; port 0 takes any free one.

    :raises ArchiveError: if the archive is absent or of another version, or the address cannot be had
    """
    with Archive.read_only(archive, seconds=60) as opened:
        shown = opened.masked_url
    with (
        _listen(host, port) as listening,
        closing(Door(archive, explain)) as door,
        suppress(KeyboardInterrupt),
    ):
        app = make_application(door, public_url=public_url, names=names)
        name = f"[{host}]" if ":" in host else host
        bound = f"http://{name}:{listening.getsockname()[1]}/"
        click.echo(f"{shown} at {public_url or bound} (stop it with Ctrl-C)", err=True)
        uvicorn.Server(_config(app)).run(sockets=[listening])


def _config(app: ASGIApp) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        http=BoundedConnection,
        log_level="warning",
        lifespan="off",
        proxy_headers=False,
        server_header=False,
        limit_concurrency=MOST_CONNECTIONS,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=GRACE_SECONDS,
        h11_max_incomplete_event_size=64 * 1024,
    )


def _listen(host: str, port: int) -> socket.socket:
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        listening = socket.create_server((host, port), family=family, backlog=BACKLOG)
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno and error.errno > 0 else error.strerror
        raise CannotListen(
            f"{host}:{port} cannot be listened at ({reason}); choose another with --host or --port"
        ) from error
    # Its connections inherit it: else the end of an answer waits 40 ms until its head is acknowledged.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening
