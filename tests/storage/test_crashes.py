"""What is committed stays and what is not leaves nothing, whenever the process is killed."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from storage.archive import Archive
from storage.export.rows import export_row
from storage.writing.leases import UNTOLD
from tests.storage.crawling import crawl

ROOT = Path(__file__).parents[2]
PAGES = 160
TIMES = {"first_seen", "last_seen"}


def crawler(url: str, site: str, pages: int = PAGES) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.storage.crawling", url, site, str(pages)]
    return subprocess.Popen(command, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def content(url: str) -> list[str]:
    """Return the export in order of id, without times; stories as the set of their members."""
    with Archive(url) as archive:
        rows = [export_row(row) for row in archive.articles()]
    members: dict[object, list[str]] = {}
    for row in rows:
        members.setdefault(row["story"], []).append(str(row["id"]))
    for row in rows:
        row["story"] = row["story"] and sorted(members[row["story"]])
        row["duplicate_of"] = None  # which copy came first depends on the order of answers
        row["duplicate_kind"] = row["duplicate_score"] = None
    kept = [{name: value for name, value in row.items() if name not in TIMES} for row in rows]
    return [json.dumps(row, ensure_ascii=False, sort_keys=True) for row in kept]


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    url = f"sqlite:///{tmp_path_factory.mktemp('undisturbed') / 'archive.db'}"
    crawl(url, "ningbo", PAGES)
    return content(url)


@pytest.mark.parametrize("seed", range(2))
def test_kill_9_at_any_moment_and_another_run_equal_an_undisturbed_run(
    archive_url: str, undisturbed: list[str], seed: int
) -> None:
    chance = random.Random(seed)
    for _ in range(3):
        process = crawler(archive_url, "ningbo")
        _wait_for_pages(archive_url, process, at_least=chance.randrange(PAGES))
        process.kill()
        process.communicate()

    last = crawler(archive_url, "ningbo")
    _, errors = last.communicate()

    assert (last.returncode, errors) == (0, "")
    assert content(archive_url) == undisturbed
    with Archive(archive_url) as archive:
        killed = [row for row in archive.runs() if row.reason == UNTOLD]
        assert len(killed) <= 3
        assert archive.runs()[0].verdict == "complete"


def _wait_for_pages(url: str, process: subprocess.Popen[str], *, at_least: int) -> None:
    """Let the process write until the archive holds so many articles, or until it ends."""
    with Archive(url) as archive:
        deadline = time.monotonic() + 60
        while process.poll() is None and time.monotonic() < deadline:
            if archive.counts()["articles"] > at_least:
                return
            time.sleep(0.01)  # the archive is the only sign of how far another process is


def test_an_undisturbed_second_run_fetches_nothing(archive_url: str) -> None:
    assert crawl(archive_url, "ningbo", 60) > 0
    before = content(archive_url)

    assert crawl(archive_url, "ningbo", 60) == 0
    assert content(archive_url) == before


def test_two_processes_write_one_archive_and_neither_finds_it_locked(
    archive_url: str, tmp_path: Path
) -> None:
    processes = [crawler(archive_url, site) for site in ("ningbo", "shaoxing")]
    results = [process.communicate(timeout=120) for process in processes]

    assert [process.returncode for process in processes] == [0, 0], results
    expected = f"sqlite:///{tmp_path / 'one-after-another.db'}"
    for site in ("ningbo", "shaoxing"):
        crawl(expected, site, PAGES)
    assert content(archive_url) == content(expected)


def test_processes_that_make_the_same_archive_at_once_make_one(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'archive.db'}"
    code = f"from storage import Archive; print(Archive.create({url!r}).created)"
    command = [sys.executable, "-c", code]
    processes = [
        subprocess.Popen(command, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(4)
    ]

    answers = [process.communicate(timeout=120) for process in processes]

    assert sorted(answer for answer, _ in answers) == ["False\n", "False\n", "False\n", "True\n"], answers


def test_both_engines_hold_the_same(sqlite_url: str, postgres_url: str) -> None:
    for url in (sqlite_url, postgres_url):
        crawl(url, "ningbo", PAGES)

    assert content(sqlite_url) == content(postgres_url)
    with Archive(sqlite_url) as sqlite, Archive(postgres_url) as postgres:
        chains = [[r.chain for row in a.articles() for r in a.history(row.id)] for a in (sqlite, postgres)]
    assert chains[0] == chains[1]


def test_a_terminated_writer_leaves_no_lock_behind(sqlite_url: str) -> None:
    process = crawler(sqlite_url, "ningbo")
    _wait_for_pages(sqlite_url, process, at_least=10)
    process.send_signal(signal.SIGKILL)
    process.communicate()

    assert crawl(sqlite_url, "shaoxing", 20) > 0
