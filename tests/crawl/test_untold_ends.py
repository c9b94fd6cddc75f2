"""A crawl that loses its database server is told of as what it was, once the server is back."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from crawler.demo.site import DemoSite
from storage import Archive
from tests.crawl.conftest import SECONDS, workplace_at
from tests.crawl.running_crawls import hotnews_crawl
from tests.postgres_server import PROGRAMS, own_server


@pytest.mark.postgres
def test_a_crawl_whose_server_goes_away_is_no_killed_one_once_it_is_back(tmp_path: Path) -> None:
    if not PROGRAMS:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)("no PostgreSQL server is installed")
    with own_server() as server:
        for workplace in workplace_at(server.url, tmp_path, DemoSite()):
            child = hotnews_crawl(workplace)
            server.control("stop", "-m", "immediate")
            _, log = child.communicate(timeout=SECONDS)
            server.control("start")
            shown = workplace.hotnews("runs")
            again = workplace.crawl()
            with Archive(workplace.archive_url) as archive:
                lost = archive.runs()[1]

    assert child.returncode == 7, log
    assert "storage" in shown.output
    assert again.exit_code == 0, again.log
    assert (lost.verdict, lost.finished_at is None) == ("storage", False)
    assert log.splitlines()[-1].endswith(f"storage (exit 7): {lost.reason}")
