"""A backup is an archive of its own: consistent while a crawl writes, whole when it is verified."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import make_url, update

from crawler.cli import cli
from storage.archive import Archive
from storage.database.engine import writing
from storage.errors import ArchiveNotWritable, BackupExists
from storage.export.rows import export_row
from storage.models import fetch
from storage.verification import Finding
from tests.storage.evidence_samples import evidence_of, fill, long_text, real, store
from tests.storage.samples import article, finish, start, url, visit
from tests.storage.verification.damages import garble_a_page


def damages(archive: Archive) -> list[Finding]:
    return [found for found in archive.verify() if isinstance(found, Finding)]


def test_a_backup_holds_what_the_archive_holds_and_passes_verification(
    sqlite_url: str, tmp_path: Path
) -> None:
    with Archive(sqlite_url) as archive:
        fill(archive)

        made = archive.back_up(tmp_path / "is 50% of it, #1, whole?")

        rows = [export_row(row) for row in archive.articles()]
    assert (made.files, made.missing) == (1, ())
    with Archive(str(made.database)) as copy:
        assert copy.evidence_root == made.evidence
        assert [export_row(row) for row in copy.articles()] == rows
        assert damages(copy) == []


def test_a_backup_of_a_damaged_database_says_so(sqlite_url: str, tmp_path: Path) -> None:
    with Archive(sqlite_url) as archive:
        run = start(archive)
        archive.record_all(run, [visit(n, article(f"T{n}", "y" * 5_000)) for n in range(50)])
        finish(archive, run)
    garble_a_page("revision", Path(sqlite_url.removeprefix("sqlite:///")))

    done = CliRunner().invoke(cli, ["backup", "--archive", sqlite_url, str(tmp_path / "copy")])

    assert done.exit_code == 7
    assert "damaged: " in done.stderr.splitlines()[-1]
    assert (tmp_path / "copy" / "archive.db").exists()  # what can be saved of it


def test_a_backup_made_while_a_crawl_writes_is_whole(sqlite_url: str, tmp_path: Path) -> None:
    begun, ended = threading.Event(), threading.Event()

    def crawl() -> None:
        with Archive(sqlite_url) as writer_side:
            run = start(writer_side)
            with evidence_of(writer_side, run) as writer:
                number = 0
                while not ended.is_set():
                    store(
                        writer_side, run, writer, number, real(f"Article {number}", long_text(f"a{number}"))
                    )
                    number += 1
                    if number == 3:
                        begun.set()
            finish(writer_side, run)

    thread = threading.Thread(target=crawl)
    thread.start()
    try:
        assert begun.wait(60)
        with Archive(sqlite_url) as archive:
            made = archive.back_up(tmp_path / "copy")
    finally:
        ended.set()
        thread.join()

    with Archive(f"sqlite:///{made.database}") as copy:
        assert copy.counts()["articles"] >= 3
        assert damages(copy) == []


def test_evidence_of_no_row_is_not_copied(sqlite_url: str, tmp_path: Path) -> None:
    with Archive(sqlite_url) as archive:
        fill(archive)
        (file,) = archive.evidence_root.rglob("*.warc.gz")
        file.write_bytes(file.read_bytes() + b"torn")

        made = archive.back_up(tmp_path / "copy")
        history = archive.history(url("a"))

    last = max(row.warc_offset + row.warc_length for row in history)  # type: ignore[operator]
    assert made.size_bytes == last


def test_a_backup_is_never_written_over(sqlite_url: str, tmp_path: Path) -> None:
    with Archive(sqlite_url) as archive:
        fill(archive)
        made = archive.back_up(tmp_path / "copy")
        assert made.database is not None
        before = made.database.read_bytes()

        with pytest.raises(BackupExists, match="new folder"):
            archive.back_up(tmp_path / "copy")

        assert made.database.read_bytes() == before


def test_what_a_killed_backup_left_is_named_and_not_taken_for_one(sqlite_url: str, tmp_path: Path) -> None:
    (tmp_path / "copy").mkdir()
    (tmp_path / "copy" / "archive.db.part").touch()

    with Archive(sqlite_url) as archive, pytest.raises(BackupExists, match="a backup that was killed"):
        archive.back_up(tmp_path / "copy")


@pytest.mark.parametrize("most_bytes", [50_000, 3_000_000])  # not even the database; not the evidence
def test_half_a_backup_is_left_nowhere(sqlite_url: str, tmp_path: Path, most_bytes: int) -> None:
    with Archive(sqlite_url) as archive:
        fill(archive)
        (file,) = archive.evidence_root.rglob("*.warc.gz")
        with file.open("ab") as evidence:  # zeros that some row points at the end of
            evidence.truncate(4_000_000)
        with writing(archive._engine) as connection:
            connection.execute(
                update(fetch).where(fetch.c.warc_file.is_not(None)).values(warc_offset=3_900_000)
            )
    folder = tmp_path / "copy"
    command = [
        sys.executable,
        "-c",
        ON_A_FULL_DISK.format(most=most_bytes),
        "backup",
        f"{folder}",
        "--archive",
        sqlite_url,
    ]

    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert done.returncode == 7
    assert done.stderr.startswith(f"hotnews: {folder}")
    assert list(folder.iterdir()) == []


def test_half_a_backup_before_an_upgrade_is_left_nowhere(sqlite_url: str) -> None:
    with Archive(sqlite_url) as archive:
        fill(archive)
        with writing(archive._engine) as connection:
            connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0001'")
    folder = Path(make_url(sqlite_url).database or "").parent
    command = [sys.executable, "-c", ON_A_FULL_DISK.format(most=50_000), "upgrade", "--archive", sqlite_url]

    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert done.returncode == 7
    assert not [path.name for path in folder.iterdir() if "before" in path.name]


# No file may grow beyond a size: what a full disk looks like, without filling one.
ON_A_FULL_DISK = """
import resource, signal
from crawler.cli import main
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, ({most}, {most}))
main()
"""


def test_evidence_that_is_lost_is_named(sqlite_url: str, tmp_path: Path) -> None:
    with Archive(sqlite_url) as archive:
        fill(archive)
        (file,) = archive.evidence_root.rglob("*.warc.gz")
        file.unlink()

        made = archive.back_up(tmp_path / "copy")

    assert made.missing == (file.relative_to(archive.evidence_root).as_posix(),)


def test_evidence_that_ends_too_early_is_named(sqlite_url: str, tmp_path: Path) -> None:
    with Archive(sqlite_url) as archive:
        fill(archive)
        (file,) = archive.evidence_root.rglob("*.warc.gz")
        file.write_bytes(file.read_bytes()[:600])

        made = archive.back_up(tmp_path / "copy")

    assert (made.missing, made.cut) == ((), (file.relative_to(archive.evidence_root).as_posix(),))


def test_a_destination_that_cannot_be_written_is_an_error_with_a_name(
    sqlite_url: str, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")

    with Archive(sqlite_url) as archive, pytest.raises(ArchiveNotWritable, match="file"):
        archive.back_up(tmp_path / "file" / "copy")


@pytest.mark.postgres
def test_postgresql_dumps_itself_and_its_evidence_is_copied(postgres_url: str, tmp_path: Path) -> None:
    with Archive(postgres_url) as archive:
        archive.evidence_root = tmp_path / "evidence"
        fill(archive)

        command = archive.dump_command(tmp_path / "copy")
        made = archive.back_up(tmp_path / "copy")

        assert command is not None
        assert command.startswith(f"pg_dump --format=custom --file={tmp_path / 'copy'}/")
        assert (made.database, made.files) == (None, 1)
        assert not [found for found in archive.verify(evidence=made.evidence) if isinstance(found, Finding)]
