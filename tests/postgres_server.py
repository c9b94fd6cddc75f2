"""A PostgreSQL server of a test's own, which it may stop and start as it likes."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
OPTIONS = "-c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=20"


@dataclass(frozen=True)
class Server:
    """Where the server lies and listens."""

    folder: Path
    port: int

    @property
    def url(self) -> str:
        """Return the URL of its first database."""
        return f"postgresql+psycopg://postgres@127.0.0.1:{self.port}/postgres"

    def control(self, *command: str) -> None:
        """Have pg_ctl do something, and wait until it is done."""
        options = f"{OPTIONS} -p {self.port} -c unix_socket_directories={self.folder}"
        data, log = self.folder / "data", self.folder / "log"
        as_its_user(self.folder, "pg_ctl", "-D", f"{data}", "-w", "-l", f"{log}", "-o", options, *command)


@contextmanager
def own_server() -> Iterator[Server]:
    """Make a server, and take it away at the end."""
    folder = folder_of_its_user()
    as_its_user(folder, "initdb", "-D", f"{folder}/data", "-A", "trust", "-U", "postgres", "--no-sync")
    with running(Server(folder, free_port())) as server:
        yield server


@contextmanager
def standby_of(server: Server) -> Iterator[Server]:
    """Make a hot standby, which follows *server* and answers questions, and take it away at the end."""
    folder = folder_of_its_user()
    source = ["-h", "127.0.0.1", "-p", f"{server.port}", "-U", "postgres"]
    options = ["--write-recovery-conf", "--checkpoint=fast", "--no-sync"]
    as_its_user(folder, "pg_basebackup", "-D", f"{folder}/data", *options, *source)
    with running(Server(folder, free_port())) as standby:
        yield standby


def folder_of_its_user() -> Path:
    """Return a new folder that PostgreSQL's user may write to."""
    folder = Path(tempfile.mkdtemp(prefix="hotnews-postgres-"))
    if os.getuid() == 0:
        shutil.chown(folder, "postgres")
    return folder


@contextmanager
def running(server: Server) -> Iterator[Server]:
    """Start *server* while the context lasts, and delete its folder at the end."""
    server.control("start")
    try:
        yield server
    finally:
        server.control("stop", "-m", "immediate")
        shutil.rmtree(server.folder)


def as_its_user(folder: Path, program: str, *arguments: str) -> None:
    """Run one of PostgreSQL's programs, which refuse to run as root."""
    other_user = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
    subprocess.run(
        [*other_user, str(PROGRAMS[-1] / program), *arguments],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        check=True,
        timeout=60,
    )


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])
