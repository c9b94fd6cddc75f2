"""Servers on loopback that answer what a test wants, and a crawler in a process of its own."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from socketserver import ThreadingTCPServer
from ssl import SSLContext
from typing import Any

from tests.warm_python import warm_python

Parts = bytes | Iterable[bytes]  # all at once, or one after the other until the client has enough
Answer = bytes | Callable[["Asked"], Parts]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request as the server saw it."""

    method: str
    path: str
    headers: dict[str, str]  # names in lower case
    body: bytes
    at: float
    over: threading.Event  # set when the test is

    def never(self) -> bytes:
        """Return nothing, and that only when the test is over: a server that hangs."""
        self.over.wait(60)
        return b""


def reply(status: int = 200, body: bytes = b"", headers: dict[str, str] | None = None) -> bytes:
    """Return an HTTP answer; *headers* may lie."""
    fields = {"Content-Type": "text/html", "Content-Length": str(len(body)), "Connection": "close"}
    fields |= headers or {}
    lines = "".join(f"{name}: {value}\r\n" for name, value in fields.items() if value)
    return f"HTTP/1.1 {status} Said\r\n{lines}\r\n".encode() + body


NOT_FOUND = reply(404)


@dataclass(slots=True)
class Loopback:
    """A server whose answers a test writes down."""

    port: int = 0
    answers: dict[str, Answer] = field(default_factory=dict)
    otherwise: Answer = NOT_FOUND
    asked: list[Asked] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        """Return the URL of *path*."""
        return f"http://{host}:{self.port}{path}"

    def answer(self, asked: Asked) -> Parts:
        """Return what *asked* gets; where nothing is written down, what it gets *otherwise*."""
        self.asked.append(asked)
        found = self.answers.get(asked.path, self.otherwise)
        return found if isinstance(found, bytes) else found(asked)

    def paths(self) -> list[str]:
        """Return what was asked for, in order."""
        return [asked.path for asked in self.asked]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def handle_one_request(self) -> None:
        self.raw_requestline = self.rfile.readline(65_537)
        asked_for_something = self.raw_requestline and self.parse_request()
        self.close_connection = True  # one request a connection
        if not asked_for_something:
            return
        assert isinstance(self.server, _Server)
        length = int(self.headers.get("Content-Length", 0))
        asked = Asked(
            method=self.command,
            path=self.path,
            headers={name.lower(): value for name, value in self.headers.items()},
            body=self.rfile.read(length),
            at=time.monotonic(),
            over=self.server.loopback.over,
        )
        answer = self.server.loopback.answer(asked)
        for part in [answer] if isinstance(answer, bytes) else answer:
            self.wfile.write(part)


class _Server(ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 64
    loopback: Loopback

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: clients that go away early are what the tests are about."""


@contextmanager
def running_servers(tls: SSLContext | None = None) -> Iterator[Callable[[], Loopback]]:
    """Yield a function that starts a server of its own origin; all end with the context."""
    servers: list[_Server] = []

    def start() -> Loopback:
        server = _Server(("127.0.0.1", 0), _Handler)
        if tls is not None:
            server.socket = tls.wrap_socket(server.socket, server_side=True)
        server.loopback = Loopback(port=server.server_address[1])
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        servers.append(server)
        return server.loopback

    yield start
    for server in servers:
        server.loopback.over.set()
        server.shutdown()
        server.server_close()


@dataclass(frozen=True, slots=True, kw_only=True)
class Probed:
    """What a crawl of some URLs came to, in the order in which they were asked for."""

    results: list[dict[str, Any]]
    end: dict[str, Any]
    log: str


def probe(
    *wanted: str | dict[str, Any],
    evidence: Path | None = None,
    environment: dict[str, str] | None = None,
    **settings: Any,
) -> Probed:
    """Fetch *wanted* with the crawler's own downloader; *settings* win over the quick ones of tests."""
    requests = [{"url": one} if isinstance(one, str) else one for one in wanted]
    task = {"wanted": requests, "settings": settings, "evidence": str(evidence) if evidence else None}
    done = warm_python().run(
        [str(Path(__file__).with_name("probe.py")), json.dumps(task)],
        cwd=Path.cwd(),
        env={"PYTHONPATH": str(Path(__file__).parents[2]), "PATH": "", **(environment or {})},
        timeout=300,  # what takes longer hangs, on a busy machine too
    )
    assert done.returncode == 0, done.stderr
    *results, end = [json.loads(line) for line in done.stdout.splitlines()]
    return Probed(results=sorted(results, key=lambda result: result["number"]), end=end, log=done.stderr)
