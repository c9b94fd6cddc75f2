"""What cannot be stored ends a crawl with 7, and what was stored stays."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from crawler.crawling import due_sites
from storage import Archive
from tests.crawl.conftest import SECONDS, Workplace
from tests.crawl.running_crawls import hotnews_crawl
from tests.postgres_server import free_port


def test_7_storage_when_the_archive_cannot_be_made(sqlite_workplace: Workplace) -> None:
    sqlite_workplace.archive_url = "sqlite:////proc/no/archive.db"

    crawl = sqlite_workplace.crawl()

    assert crawl.exit_code == 7
    assert "/proc/no" in crawl.log.splitlines()[-1]
    assert sqlite_workplace.requests() == []


def test_7_storage_is_told_of_each_site_that_was_asked_for(sqlite_workplace: Workplace) -> None:
    sqlite_workplace.archive_url = "sqlite:////proc/no/archive.db"

    crawl = sqlite_workplace.hotnews("crawl", "ningbo", "ndrc")

    assert crawl.exit_code == 7
    assert [line[: line.index(":", 7)] for line in crawl.log.splitlines()] == [
        "ningbo: storage (exit 7)",
        "ndrc: storage (exit 7)",
    ]


def test_7_storage_when_the_server_of_the_archive_is_down(sqlite_workplace: Workplace) -> None:
    sqlite_workplace.archive_url = f"postgresql://me:secret@127.0.0.1:{free_port()}/news"

    crawl = sqlite_workplace.hotnews("crawl", "demo")

    assert crawl.exit_code == 7
    assert len(crawl.log.splitlines()) == 1, crawl.log
    assert "me:***@127.0.0.1" in crawl.log
    assert "the server cannot be reached" in crawl.log
    assert due_sites(["demo", "ningbo"], sqlite_workplace.archive_url) == [
        "demo",
        "ningbo",
    ]  # each reports it


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        ({"DISK_LEAST_FREE_MB": 10**9}, "MB are free, a run begins with 1000000000 or more"),
        ({"DISK_BUDGET_MB": 1}, "MB of the 1 that DISK_BUDGET_MB allows"),
    ],
)
def test_7_storage_when_there_is_no_room_for_a_run(
    sqlite_workplace: Workplace, setting: dict[str, int], words: str
) -> None:
    evidence = sqlite_workplace.folder / "archive-evidence" / "demo"
    evidence.mkdir(parents=True)
    (evidence / "earlier.warc.gz").write_bytes(bytes(1_000_000))

    crawl = sqlite_workplace.crawl(**setting)

    assert crawl.exit_code == 7
    assert words in crawl.log.splitlines()[-1]
    assert sqlite_workplace.requests() == []


def test_7_storage_when_the_disk_is_full_and_what_was_stored_stays(sqlite_workplace: Workplace) -> None:
    sqlite_workplace.crawl({"limit": "20"})
    before = set(sqlite_workplace.rows())
    size = Path(sqlite_workplace.archive_url.removeprefix("sqlite:///")).stat().st_size
    limited = ["-c", f"{LIMIT_FILES.format(size=size + 200_000)}"]

    crawl = sqlite_workplace.run(
        *limited, *sqlite_workplace.scrapy("demo", {"base_url": sqlite_workplace.server.url})[2:]
    )

    assert crawl.exit_code == 7, crawl.log
    assert before <= set(sqlite_workplace.rows())


def test_7_storage_when_the_evidence_is_moved_away_in_mid_crawl(
    sqlite_workplace: Workplace,
) -> None:
    child = hotnews_crawl(sqlite_workplace)
    evidence = next(sqlite_workplace.folder.glob("*-evidence"))
    evidence.rename(evidence.with_name("elsewhere"))
    _, log = child.communicate(timeout=SECONDS)

    assert child.returncode == 7
    assert "the open file was moved or deleted" in log.splitlines()[-1]


# No file may grow beyond a size: what a full disk looks like to SQLite, without filling one.
LIMIT_FILES = """
import resource, signal, runpy
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, {size}))
runpy.run_module("scrapy", run_name="__main__", alter_sys=True)
"""


def test_7_storage_when_the_disk_of_the_server_is_full_and_what_was_stored_stays(
    postgres_workplace: Workplace,
) -> None:
    Archive.create(postgres_workplace.archive_url).close()
    engine = create_engine(postgres_workplace.archive_url)
    with engine.begin() as connection:
        connection.execute(text(FULL_AFTER_40))

    postgres_workplace.crawl({"limit": "20"})
    before = set(postgres_workplace.rows())
    full = postgres_workplace.crawl()
    stored = set(postgres_workplace.rows())
    with engine.begin() as connection:
        connection.execute(text("DROP TRIGGER full_disk ON article"))
    engine.dispose()
    again = postgres_workplace.crawl()

    assert full.exit_code == 7
    assert "the server's disk is full" in full.log.splitlines()[-1]
    assert "Traceback" not in full.log
    assert before <= stored
    assert len(before) <= len(stored) <= 40
    assert again.exit_code == 0, again.log
    assert len(postgres_workplace.rows()) > 90


# What a server answers whose disk takes no more: class 53, `disk_full`.
FULL_AFTER_40 = """
CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF NEW.id > 40 THEN
        RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER full_disk BEFORE INSERT ON article FOR EACH ROW EXECUTE FUNCTION full_disk()
"""
