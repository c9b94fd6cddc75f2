"""kill -9 at any moment, run again: the archive is that of an undisturbed run."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from crawler.demo.site import DemoSite
from tests.crawl.conftest import Workplace, workplace_at

# Of one run and not of the articles: when it was, and where the evidence of it lies.
OF_A_RUN = {"first_seen", "last_seen"}


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    folder: Path = tmp_path_factory.mktemp("undisturbed")
    for workplace in workplace_at(f"sqlite:///{folder}/archive.db", folder, DemoSite()):
        assert workplace.crawl().exit_code == 0
        return comparable(workplace)
    raise AssertionError("unreachable")


def comparable(workplace: Workplace) -> dict[str, dict[str, Any]]:
    # The site's port is part of every URL, and ids and stories are made of URLs.
    port_free = {}
    for path, row in workplace.rows().items():
        kept = {name: value for name, value in row.items() if name not in OF_A_RUN | OF_A_PORT}
        port_free[path] = {**kept, "copy": row["duplicate_of"] is not None}
    return port_free


OF_A_PORT = {"id", "url", "story", "duplicate_of", "attachments", "images", "digest"}


@pytest.mark.parametrize("requests", [3, 20, 60, 115])
def test_a_killed_crawl_is_made_up_for_by_the_next_one(
    workplace: Workplace, undisturbed: dict[str, dict[str, Any]], requests: int
) -> None:
    kill_after(workplace, requests)
    stored = set(workplace.rows())
    workplace.requests()

    again = workplace.crawl()

    assert again.exit_code == 0, again.log
    assert comparable(workplace) == undisturbed
    asked_again = {request.split()[1] for request in workplace.requests()}
    assert not stored & asked_again


def kill_after(workplace: Workplace, requests: int) -> None:
    command = workplace.scrapy("demo", {"base_url": workplace.server.url}, DOWNLOAD_DELAY=0.01)
    child = subprocess.Popen(
        [sys.executable, "-P", *command], env=workplace.environment(), stderr=subprocess.DEVNULL
    )
    deadline = time.monotonic() + 60
    while len(workplace.server.log) < requests and child.poll() is None and time.monotonic() < deadline:
        time.sleep(0.005)  # the server's log is the only sign of how far another process is
    child.kill()
    child.wait()
