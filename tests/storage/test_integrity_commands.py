"""What the commands that look after an archive print, and how they end."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from crawler.cli import cli
from storage.archive import Archive
from tests.storage.evidence_samples import fill


@pytest.fixture
def filled(sqlite_url: str) -> str:
    """Name an archive with three articles and their evidence."""
    with Archive(sqlite_url) as archive:
        fill(archive)
    return sqlite_url


def hotnews(*arguments: object) -> Result:
    return CliRunner().invoke(cli, [*map(str, arguments)])


def evidence_file(archive_url: str) -> Path:
    with Archive(archive_url) as archive:
        return next(archive.evidence_root.rglob("*.warc.gz"))


def test_a_whole_archive_ends_with_0_and_says_what_was_examined(filled: str) -> None:
    result = hotnews("verify", "--archive", filled, "--jobs", 1)

    assert result.exit_code == 0
    assert "chain: 4 examined, whole" in result.stdout
    assert "the archive is whole" in result.stderr


def test_a_damaged_archive_ends_with_7_and_says_what_to_do(filled: str) -> None:
    evidence_file(filled).unlink()

    result = hotnews("verify", "--archive", filled, "--jobs", 1)

    assert result.exit_code == 7
    assert "the file cannot be read" in result.stdout
    assert "-> restore the file from a backup" in result.stdout
    assert "1 damages" in result.stderr


def test_json_is_one_object_a_line(filled: str) -> None:
    evidence_file(filled).unlink()

    result = hotnews("verify", "--archive", filled, "--jobs", 1, "--json")

    records = [json.loads(line) for line in result.stdout.splitlines()]
    (damage,) = [record for record in records if "subject" in record]
    assert (damage["check"], damage["status"]) == ("evidence", "damaged")
    assert [record["check"] for record in records if "examined" in record][-1] == "evidence"


def test_a_backup_can_be_verified_by_its_path(filled: str, tmp_path: Path) -> None:
    made = hotnews("backup", tmp_path / "copy", "--archive", filled)

    checked = hotnews("verify", "--archive", tmp_path / "copy" / "archive.db", "--jobs", 1)

    assert (made.exit_code, checked.exit_code) == (0, 0)
    assert "1 files" in made.stderr


def test_the_evidence_of_a_backup_can_be_named(
    filled: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hotnews("backup", tmp_path / "copy", "--archive", filled)
    monkeypatch.setenv("HOTNEWS_EVIDENCE", str(tmp_path / "elsewhere"))
    copy = ("verify", "--archive", tmp_path / "copy" / "archive.db", "--jobs", 1)

    assert hotnews(*copy).exit_code == 7
    assert hotnews(*copy, "--evidence", tmp_path / "copy" / "archive-evidence").exit_code == 0


def test_a_backup_without_some_evidence_ends_with_7(filled: str, tmp_path: Path) -> None:
    evidence_file(filled).unlink()

    result = hotnews("backup", tmp_path / "copy", "--archive", filled)

    assert result.exit_code == 7
    assert "missing: ningbo/" in result.stderr
