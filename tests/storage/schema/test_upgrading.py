"""`hotnews upgrade`: what it says, and what it leaves alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from storage.archive import Archive
from storage.database.engine import writing
from storage.errors import ArchiveBusy, ArchiveOutOfDate
from storage.schema.revisions import HEAD, UNFILLED
from storage.schema.upgrading import upgrade_archive
from tests.storage.conftest import set_revision
from tests.storage.samples import article, finish, start, visit
from tests.storage.schema.test_revisions import go_back

SOON = 60  # seconds within which this test is over


def older(archive_url: str) -> None:
    """Let the archive hold an article, and be of the revision before."""
    with Archive(archive_url) as archive:
        run = start(archive)
        archive.record(run, visit(1, article()))
        finish(archive, run)
        with writing(archive._engine) as connection:
            go_back(connection, "0008")


@pytest.mark.parametrize("ending", [".part", ""])
def test_the_backup_of_another_upgrade_that_has_just_begun_is_left_alone(
    sqlite_url: str, tmp_path: Path, ending: str
) -> None:
    older(sqlite_url)
    now = datetime.now(UTC)
    moments = (now + timedelta(seconds=each) for each in range(SOON))
    others = [tmp_path / f"archive-{at:%Y%m%dT%H%M%S}-before-{HEAD}.db{ending}" for at in moments]
    for other in others:
        other.write_bytes(b"of another upgrade")

    with pytest.raises(ArchiveBusy, match="another upgrade has just begun"):
        upgrade_archive(sqlite_url)

    assert {other.read_bytes() for other in others} == {b"of another upgrade"}
    assert {*tmp_path.glob("*-before-*")} == set(others)
    with pytest.raises(ArchiveOutOfDate, match="is at schema 0008"):
        Archive(sqlite_url)


def test_an_upgrade_says_what_it_did(archive_url: str) -> None:
    older(archive_url)

    done, again = upgrade_archive(archive_url), upgrade_archive(archive_url)

    assert f"was brought from schema 0008 to {HEAD}" in done
    assert again.endswith("nothing to do")


def test_an_upgrade_that_was_stopped_is_said_to_be_done(sqlite_url: str) -> None:
    set_revision(sqlite_url, HEAD + UNFILLED)

    done = upgrade_archive(sqlite_url)

    assert done.endswith(f"is at schema {HEAD}; the upgrade that had been stopped is done")
