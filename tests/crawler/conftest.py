"""Servers on loopback, for the tests of everything that talks to the web."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.crawler.probing import Loopback, running_servers


@pytest.fixture
def new_server() -> Iterator[Callable[[], Loopback]]:
    """Yield a function that starts a server of its own origin."""
    with running_servers() as start:
        yield start


@pytest.fixture
def server(new_server: Callable[[], Loopback]) -> Loopback:
    """Return a server."""
    return new_server()
