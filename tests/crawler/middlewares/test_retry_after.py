"""A host that asks for a pause gets it; one that asks for too long is left alone."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from crawler.middlewares.retry_after import pause_seconds
from tests.crawler.probing import Loopback, probe, reply

NOW = datetime(2026, 11, 24, 8, 0, 0, tzinfo=UTC)
PAGE = reply(200, b"<p>page</p>")


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        (" 5 ", 5),
        ("0", 0),
        ("Tue, 24 Nov 2026 08:01:00 GMT", 60),
        ("Tue, 24 Nov 2026 07:59:00 GMT", -60),
        ("Tue, 24 Nov 2026 16:01:00 +0800", 60),
        ("soon", None),
        ("-5", None),
        ("1.5", None),
        ("٣", None),
        ("", None),
        ("9" * 400, float("inf")),
        ("Tue, 24 Nov 2026 08:01:00 -0000", 60),
        ("Tue, 24 Nov 99999999999 08:01:00 GMT", None),
        ("Tue, 24 Nov 2026 99999999999:01:00 GMT", None),
        ("Fri, 31 Dec 9999 23:59:59 -2359", 251606879939.0),
    ],
)
def test_pause_seconds_reads_numbers_and_dates(value: str, seconds: float | None) -> None:
    assert pause_seconds(value, NOW) == seconds


@pytest.mark.parametrize("status", [429, 503])
def test_a_page_is_tried_again_after_the_pause_and_not_before(server: Loopback, status: int) -> None:
    answers: Iterator[bytes] = iter([reply(status, headers={"Retry-After": "1"}), PAGE])
    server.answers["/a"] = lambda _: next(answers)

    (result,) = probe(server.url("/a"), RETRY_TIMES=1).results

    assert result["status"] == 200
    assert server.asked[1].at - server.asked[0].at > 0.95
    assert result["meta"]["rule"] == "Retry-After"
    assert result["meta"]["waited"] > 0.9


def test_a_host_that_asks_for_too_long_is_left_alone(server: Loopback) -> None:
    server.answers |= {"/a": reply(503, headers={"Retry-After": "86400"}), "/b": PAGE}
    started = time.monotonic()

    first, second = probe(
        server.url("/a"), server.url("/b"), RETRY_TIMES=2, CONCURRENT_REQUESTS=1, SCHEDULER_MEMORY_QUEUE=FIFO
    ).results

    assert first["status"] == 503
    assert (second["error"], second["cause"]) == ("HostPaused", "refused")
    assert server.paths() == ["/a"]
    assert time.monotonic() - started < 60


FIFO = "scrapy.squeues.FifoMemoryQueue"
