"""A demo site on loopback and a small client that keeps its connection."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest

from crawler.demo.replies import Responder
from crawler.demo.server import RunningServer, serve


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back over the connection."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Client:
    """One kept connection."""

    def __init__(self, url: str) -> None:
        self.connection = HTTPConnection(urlsplit(url).netloc, timeout=10)

    def ask(self, method: str, target: str, *, body: str | None = None, **headers: str) -> Answer:
        """Return the answer to one request; names of *headers* are written with `_` for `-`."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.connection.request(method, target, body, named)
        response = self.connection.getresponse()
        return Answer(status=response.status, headers=response.headers, body=response.read())


@pytest.fixture
def serving() -> Iterator[Callable[[Responder], RunningServer]]:
    """Serve sites on free ports until the test ends."""
    with ExitStack() as stack:
        yield lambda site: stack.enter_context(serve(site, port=0))


@pytest.fixture
def client() -> Iterator[Callable[[RunningServer], Client]]:
    """Connect to servers until the test ends."""
    with ExitStack() as stack:

        def connect(server: RunningServer) -> Client:
            connected = Client(server.url)
            stack.callback(connected.connection.close)
            return connected

        yield connect
