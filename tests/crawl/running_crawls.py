"""Crawls of the demo site that go on while a test does something to them."""

from __future__ import annotations

import signal
import subprocess
import sys
import time

from storage import Archive
from tests.crawl.conftest import HOTNEWS, SECONDS, Workplace


def verdict_in_archive(workplace: Workplace) -> str | None:
    """Return how the last run ended."""
    with Archive(workplace.archive_url) as archive:
        return archive.runs(limit=1)[0].verdict


def hotnews_crawl(workplace: Workplace) -> subprocess.Popen[str]:
    """Return a slow crawl of the demo site that has made some requests."""
    slowly = ["-s", "DOWNLOAD_DELAY=0.1", "-s", "CONCURRENT_REQUESTS_PER_DOMAIN=1"]
    command = ["crawl", "demo", "-a", f"base_url={workplace.server.url}", *slowly]
    child = subprocess.Popen(
        [sys.executable, "-P", *HOTNEWS, *command],
        cwd=workplace.folder,
        env=workplace.environment(),
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        # A suite that runs in the background of a shell has Ctrl-C ignored, and would hand that on.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - one call, no lock
    )
    wait_for_requests(workplace, 12)
    return child


def wait_for_requests(workplace: Workplace, number: int) -> None:
    """Wait until the site was asked so many times."""
    deadline = time.monotonic() + SECONDS
    while len(workplace.server.log) < number and time.monotonic() < deadline:
        time.sleep(0.02)  # the server's log is the only sign of how far another process is
    assert len(workplace.server.log) >= number
