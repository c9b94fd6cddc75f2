"""What the commands that look after an archive print, and how they end."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from crawler.cli import cli
from storage.archive import Archive
from storage.errors import ArchiveError
from storage.records import Rejected
from storage.safe_text import printable
from tests.storage.evidence_samples import body_of, evidence_of, fill, keep, real
from tests.storage.samples import start, url, visit


@pytest.fixture
def filled(sqlite_url: str) -> str:
    """Name an archive with three articles and their evidence."""
    with Archive(sqlite_url) as archive:
        fill(archive)
    return sqlite_url


def hotnews(*arguments: object) -> Result:
    return CliRunner().invoke(cli, [*map(str, arguments)])


def refusal(*arguments: object) -> ArchiveError:
    """Return the error that `main` prints as one line, of which it takes the exit code."""
    error = hotnews(*arguments).exception
    assert isinstance(error, ArchiveError)
    return error


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
    assert "1 damage\n" in result.stderr


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


# evidence


def test_evidence_shows_where_the_record_lies_and_its_headers(filled: str) -> None:
    result = hotnews("evidence", url("b"), "--archive", filled)

    assert result.exit_code == 0
    assert f"url: {url('b')}" in result.stdout
    assert f"file: {evidence_file(filled)}" in result.stdout
    assert "Content-Type: text/html" in result.stdout
    assert "as it was received" not in result.stdout


def test_evidence_saves_the_bytes_of_the_revision_that_is_asked_for(filled: str, tmp_path: Path) -> None:
    asked = ("evidence", url("a"), "--archive", filled, "-o", tmp_path / "page.html")

    first = hotnews(*asked, "--revision", 1)
    saved = (tmp_path / "page.html").read_bytes()
    hotnews(*asked)

    assert first.exit_code == 0
    assert saved == body_of("a")
    assert (tmp_path / "page.html").read_bytes() == b"v2"


def test_evidence_is_one_json_record(filled: str) -> None:
    (line,) = hotnews("evidence", url("b"), "--archive", filled, "--json").stdout.splitlines()

    record = json.loads(line)
    assert record["digest"] == sha256(body_of("b")).hexdigest()
    assert record["headers"] == [["Content-Type", "text/html"]]


def test_a_page_that_was_no_article_has_evidence_too(filled: str, tmp_path: Path) -> None:
    with Archive(filled) as archive:
        run = start(archive)
        with evidence_of(archive, run) as writer:
            pointer = keep(writer, "empty", b"an empty page")
        digest = sha256(b"an empty page").hexdigest()
        archive.record(run, visit("empty", Rejected(reason="empty-body"), digest=digest, evidence=pointer))

    result = hotnews("evidence", url("empty"), "--archive", filled, "-o", tmp_path / "page")

    assert result.exit_code == 0
    assert (tmp_path / "page").read_bytes() == b"an empty page"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["http://nowhere.test/"], "holds no article"),
        ([url("b"), "--revision", 9], "has no revision 9"),
        ([url("bare")], "no evidence was kept"),
    ],
)
def test_evidence_that_is_not_there_ends_with_2(filled: str, arguments: list[object], words: str) -> None:
    with Archive(filled) as archive:
        archive.record(start(archive), visit("bare", real("Bare")))

    error = refusal("evidence", *arguments, "--archive", filled)

    assert error.exit_code == 2
    assert words in str(error)


def test_no_header_speaks_to_the_terminal() -> None:
    assert printable("X: \x1b]0;title\x07\r\n 宁波") == "X: \\x1b]0;title\\x07\\r\\n 宁波"


# withhold


def test_a_withheld_article_shows_its_reason_and_no_evidence_until_it_is_undone(filled: str) -> None:
    withheld = hotnews("withhold", url("b"), "--reason", "court order", "--archive", filled)

    shown = json.loads(hotnews("show", url("b"), "--json", "--archive", filled).stdout)
    refused = refusal("evidence", url("b"), "--archive", filled)
    whole = hotnews("verify", "--archive", filled, "--jobs", 1)
    undone = hotnews("withhold", url("b"), "--undo", "--archive", filled)

    assert (withheld.exit_code, undone.exit_code, whole.exit_code) == (0, 0, 0)
    assert (shown["title"], shown["body"], shown["withheld"]) == ("", "", "court order")
    assert "withheld: court order" in str(refused)
    assert hotnews("evidence", url("b"), "--archive", filled).exit_code == 0


@pytest.mark.parametrize("options", [[], ["--undo", "--reason", "x"]])
def test_withhold_wants_a_reason_or_an_undo(filled: str, options: list[str]) -> None:
    assert hotnews("withhold", url("b"), *options, "--archive", filled).exit_code == 2
