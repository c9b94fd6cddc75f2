"""kill -9 at any moment, a full disk, a database that goes away: the next run makes up for it.

One point of every kind of commit and of evidence; `make crash` goes through all of them.
"""

from __future__ import annotations

import os
import sqlite3
import time
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from sqlalchemy import create_engine, make_url, text

from crawler.demo.site import DemoSite
from tests.crawl.conftest import Crawled, Workplace, workplace_at
from tests.crawl.crashes import (
    FIRST_CRAWL,
    SCENARIOS,
    comparable,
    crawling,
    makes_up,
    run_until,
    undisturbed_rows,
)
from tests.postgres_server import PROGRAMS, own_server

KILLED, STORAGE = -9, 7


@pytest.fixture(scope="module")
def undisturbed(sqlite_crawl: Crawled) -> dict[str, dict[str, Any]]:
    return comparable(sqlite_crawl.workplace)


@pytest.mark.parametrize(
    ("point", "ended"),
    [
        ("crawl commit 1 before", KILLED),  # the start of the run
        ("writer commit 1 before", KILLED),  # the first list page
        ("writer commit 4 after", KILLED),  # articles
        ("crawl commit 2 before", KILLED),  # the end of a section
        ("crawl evidence 5 torn", KILLED),
        ("crawl evidence 6 after", KILLED),
        ("crawl evidence 4 full", STORAGE),
        ("crawl roll 1 before", KILLED),  # a file that is full
    ],
)
def test_what_a_crawl_did_not_store_is_made_up_for_by_the_next_one(
    workplace: Workplace, undisturbed: dict[str, dict[str, Any]], point: str, ended: int
) -> None:
    assert run_until(workplace, FIRST_CRAWL, point) == ended
    assert makes_up(workplace, undisturbed) == ""


@pytest.mark.parametrize(
    ("work", "point"),
    [("import", "crawl evidence 2 torn"), ("reextract", "crawl commit 2 after")],
)
def test_what_other_work_did_not_store_is_made_up_for_when_it_is_done_again(
    archive_url: str, tmp_path: Path, work: str, point: str
) -> None:
    scenario = SCENARIOS[work]
    for workplace in workplace_at(archive_url, tmp_path, scenario.site()):
        scenario.begin(workplace)

        assert run_until(workplace, scenario, point) == KILLED
        assert makes_up(workplace, undisturbed_by(work), scenario) == ""


@pytest.mark.parametrize(
    ("work", "point"),
    [
        ("later crawl", "writer commit 5 before"),
        ("rededup", "crawl commit 6 after"),  # some articles are decided, others are not
    ],
)
def test_what_work_after_a_crawl_did_not_store_is_made_up_for_when_it_is_done_again(
    crawled: Workplace, work: str, point: str
) -> None:
    scenario = SCENARIOS[work]
    scenario.prepare(crawled)

    assert run_until(crawled, scenario, point) == KILLED
    assert makes_up(crawled, undisturbed_by(work), scenario) == ""


@cache
def undisturbed_by(work: str) -> dict[str, dict[str, Any]]:
    with TemporaryDirectory() as folder:
        return undisturbed_rows(Path(folder), SCENARIOS[work])


def test_a_crawl_that_is_killed_alone_leaves_its_writer_to_store_what_it_has(
    workplace: Workplace, undisturbed: dict[str, dict[str, Any]]
) -> None:
    with crawling(workplace, until=60) as child:
        child.kill()

    assert makes_up(workplace, undisturbed) == ""


@pytest.mark.postgres
def test_a_database_server_that_crashes_and_comes_back_costs_at_most_the_run(
    tmp_path: Path, undisturbed: dict[str, dict[str, Any]]
) -> None:
    if not PROGRAMS:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)("no PostgreSQL server is installed")
    with own_server() as server:
        for workplace in workplace_at(server.url, tmp_path, DemoSite()):
            with crawling(workplace, until=40) as child:
                server.control("restart", "-m", "immediate")

            assert child.returncode in (0, STORAGE)  # 0: nothing was being asked of it just then
            assert makes_up(workplace, undisturbed) == ""


def test_connections_that_a_server_ends_cost_at_most_the_run(
    postgres_workplace: Workplace, undisturbed: dict[str, dict[str, Any]]
) -> None:
    with crawling(postgres_workplace, until=30) as child:
        url = make_url(postgres_workplace.archive_url)
        server = create_engine(url.set(database="postgres"), isolation_level="AUTOCOMMIT")
        with server.connect() as connection:
            connection.execute(TERMINATE, {"database": url.database})
        server.dispose()

    assert child.returncode in (0, STORAGE)  # 0: nothing was being asked of it just then
    assert makes_up(postgres_workplace, undisturbed) == ""


TERMINATE = text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :database")


def test_a_crawl_waits_while_another_process_writes(
    sqlite_workplace: Workplace, undisturbed: dict[str, dict[str, Any]]
) -> None:
    with crawling(sqlite_workplace, until=30) as child:
        other = sqlite3.connect(
            sqlite_workplace.archive_url.removeprefix("sqlite:///"), timeout=60, isolation_level=None
        )
        other.execute("BEGIN IMMEDIATE")
        time.sleep(2)
        other.execute("ROLLBACK")
        other.close()

    assert child.returncode == 0
    assert comparable(sqlite_workplace) == undisturbed
