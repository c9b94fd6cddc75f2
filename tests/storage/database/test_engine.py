"""Connections to both engines: one writer at a time, readers that see one state."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from storage.archive import Archive
from storage.database.engine import PRAGMAS, reading
from storage.errors import ArchiveBusy, ArchiveDamaged, ArchiveNotWritable
from tests.storage.samples import article, start, url, visit

ROOT = Path(__file__).parents[3]


def path_of(archive: Archive) -> Path:
    return Path(str(archive._engine.url.database))


def test_sqlite_is_opened_as_measured(sqlite_url: str) -> None:
    with Archive(sqlite_url) as archive, reading(archive._engine) as connection:
        values = {
            name: connection.scalar(text(f"PRAGMA {name}"))
            for name in ("page_size", "journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }

    assert values == {
        "page_size": 16384,
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 60_000,
    }


def test_a_full_disk_is_a_storage_error_and_what_was_archived_stays(sqlite_url: str) -> None:
    with Archive(sqlite_url) as archive:
        run = start(archive)
        archive.record(run, visit(1, article()))
        pages = f"PRAGMA max_page_count={_pages(archive)}"
        archive._engine.dispose()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("storage.database.engine.PRAGMAS", (*PRAGMAS, pages))
            with pytest.raises(ArchiveNotWritable, match="the disk is full") as raised:
                archive.record_all(run, [visit(n, article(f"T{n}", "x" * 20_000)) for n in range(2, 30)])
        archive._engine.dispose()

        assert raised.value.exit_code == 7
        assert [row.title for row in archive.articles()] == ["Harbour opens"]
        archive.record(run, visit(2, article("Later")))


def _pages(archive: Archive) -> int:
    with reading(archive._engine) as connection:
        return int(connection.scalar(text("PRAGMA page_count")) or 0)


def test_a_damaged_file_is_named_as_such(sqlite_url: str) -> None:
    with Archive(sqlite_url) as archive:
        run = start(archive)
        archive.record_all(run, [visit(n, article(f"T{n}", "y" * 5_000)) for n in range(50)])
        path = path_of(archive)
    content = bytearray(path.read_bytes())
    content[16384:] = b"\xff" * (len(content) - 16384)
    path.write_bytes(content)

    with pytest.raises(ArchiveDamaged, match="damaged"):
        Archive(sqlite_url)


def test_an_archive_that_another_program_holds_is_busy(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.database.engine.PRAGMAS", (*PRAGMAS, "PRAGMA busy_timeout=10"))
    with Archive(sqlite_url) as archive:
        other = sqlite3.connect(path_of(archive), isolation_level=None)
        other.execute("BEGIN EXCLUSIVE")

        with pytest.raises(ArchiveBusy, match="another program held it") as raised:
            start(archive)

        other.execute("ROLLBACK")
        other.close()
        assert raised.value.exit_code == 8
        start(archive)


def test_a_read_only_server_is_a_storage_error(postgres_url: str) -> None:
    read_only = f"{postgres_url}?options=-cdefault_transaction_read_only%3Don"

    with Archive(read_only) as archive, pytest.raises(ArchiveNotWritable, match="the server is read-only"):
        start(archive)


def test_a_server_that_goes_away_is_a_storage_error_and_the_next_call_connects_again(
    postgres_url: str,
) -> None:
    with Archive(postgres_url) as archive, Archive(postgres_url) as admin:
        run = start(archive)
        archive.record(run, visit(1, article()))
        with admin._engine.connect() as connection:
            connection.execute(
                text(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
            )

        archive.record(run, visit(2, article("Later")))

        assert archive.article(url(2)).title == "Later"


def test_a_reader_that_leaves_takes_no_journal_from_under_a_writer(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'archive.db'}"
    code = f"from storage import Archive\nwith Archive({url!r}) as archive: archive.counts()"
    with Archive.create(url) as writer:
        writer.counts()
        Archive(url).close()

        subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)

        assert (tmp_path / "archive.db-wal").exists()


def test_an_archive_that_is_moved_while_it_is_open_takes_nothing_more(
    sqlite_url: str, tmp_path: Path
) -> None:
    path = Path(sqlite_url.removeprefix("sqlite:///"))
    with Archive(sqlite_url) as archive:
        run = start(archive)
        archive.record(run, visit(1, article("Before")))
        for each in list(tmp_path.glob(f"{path.name}*")):
            each.rename(each.with_name(f"moved-{each.name}"))

        with pytest.raises(ArchiveNotWritable, match="moved or replaced while it was open"):
            archive.record(run, visit(2, article("After")))

    with Archive(f"sqlite:///{tmp_path}/moved-{path.name}") as moved:
        assert [row.title for row in moved.articles()] == ["Before"]
