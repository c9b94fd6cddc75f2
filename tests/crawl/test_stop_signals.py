"""Crawls that are told to stop store what they have and end with 3."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest

from tests.crawl.conftest import SECONDS, Place, Workplace
from tests.crawl.running_crawls import hotnews_crawl, verdict_in_archive, wait_for_requests
from tests.crawler.probing import Loopback, reply


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_3_incomplete_when_it_is_told_to_stop_and_what_was_fetched_is_stored(
    sqlite_workplace: Workplace, number: signal.Signals
) -> None:
    command = sqlite_workplace.scrapy(
        "demo",
        {"base_url": sqlite_workplace.server.url},
        DOWNLOAD_DELAY=0.1,
        CONCURRENT_REQUESTS_PER_DOMAIN=1,
    )
    child = subprocess.Popen(
        [sys.executable, "-P", *command], env=sqlite_workplace.environment(), stderr=subprocess.DEVNULL
    )
    wait_for_requests(sqlite_workplace, 12)
    child.send_signal(number)

    assert child.wait(timeout=SECONDS) == 3
    assert len(sqlite_workplace.rows()) > 3
    assert verdict_in_archive(sqlite_workplace) == "incomplete"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_3_incomplete_when_a_whole_group_is_told_to_stop_and_no_request_is_cut_off(
    sqlite_workplace: Workplace, number: signal.Signals
) -> None:
    child = hotnews_crawl(sqlite_workplace)
    os.killpg(child.pid, number)  # as Ctrl-C and `kill 0` do
    _, log = child.communicate(timeout=SECONDS)

    assert child.returncode == 3
    assert "stopped before the end (shutdown)" in log
    assert verdict_in_archive(sqlite_workplace) == "incomplete"


WAITS = {"DOWNLOAD_DELAY": 60, "CONCURRENT_REQUESTS_PER_DOMAIN": 1, "RETRY_TIMES": 0}
SOON = 40  # seconds: less than a delay takes


def test_what_waits_for_its_turn_holds_up_no_end_and_is_not_lost(workplace: Workplace) -> None:
    command = workplace.scrapy("demo", {"base_url": workplace.server.url}, **WAITS)
    child = subprocess.Popen(
        [sys.executable, "-P", *command], env=workplace.environment(), stderr=subprocess.PIPE, text=True
    )
    wait_for_requests(workplace, 1)
    child.send_signal(signal.SIGTERM)
    _, log = child.communicate(timeout=SOON)

    assert child.returncode == 3
    assert log.splitlines()[-1] == "demo: incomplete (exit 3): stopped before the end (shutdown)"
    assert "0 lost" in log
    assert len(workplace.requests()) <= 2  # robots.txt, and the first page, which needs not wait


@pytest.mark.parametrize("pause", [{"Crawl-delay": 60}, {"Retry-After": "60"}], ids=str)
def test_what_waits_for_its_turn_is_within_the_time_that_was_asked_for(
    place: Place, server: Loopback, pause: dict[str, str]
) -> None:
    delay = f"Crawl-delay: {pause['Crawl-delay']}" if "Crawl-delay" in pause else ""
    server.answers["/robots.txt"] = reply(200, f"User-agent: *\n{delay}\n".encode())
    server.otherwise = reply(503, headers=pause)
    began = time.monotonic()

    crawl = place.crawl_lists(server.url("/news/"), CLOSESPIDER_TIMEOUT=2)

    assert time.monotonic() - began < SOON
    assert crawl.exit_code == 0
    assert "within the time that was asked for" in crawl.log


def test_3_incomplete_when_it_is_told_to_stop_again_and_again(sqlite_workplace: Workplace) -> None:
    child = hotnews_crawl(sqlite_workplace)
    while child.poll() is None:
        os.killpg(child.pid, signal.SIGTERM)
        time.sleep(0.05)  # nobody is faster at the keyboard
    _, log = child.communicate(timeout=SECONDS)

    assert child.returncode == 3, log
    assert "Traceback" not in log
    assert verdict_in_archive(sqlite_workplace) == "incomplete"
