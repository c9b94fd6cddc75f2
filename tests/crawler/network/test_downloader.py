"""No more requests are under way at a time than a site is to get."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from tests.crawler.probing import Asked, Loopback, Parts, probe, reply, running_servers


@pytest.fixture
def server() -> Iterator[Loopback]:
    with running_servers() as start:
        yield start()


@pytest.mark.parametrize("at_a_time", [1, 3])
def test_without_a_delay_a_site_gets_no_more_requests_at_a_time(server: Loopback, at_a_time: int) -> None:
    under_way: list[str] = []
    most: list[int] = []

    def answer(asked: Asked) -> Parts:
        under_way.append(asked.path)
        most.append(len(under_way))
        time.sleep(0.05)  # what a server needs; the others come meanwhile
        under_way.remove(asked.path)
        return reply(200, b"<html>page</html>")

    server.otherwise = answer
    wanted = [server.url(f"/{number}") for number in range(12)]

    results = probe(*wanted, CONCURRENT_REQUESTS_PER_DOMAIN=at_a_time, DOWNLOAD_DELAY=0).results

    assert len(results) == len(wanted)
    assert max(most) == at_a_time
