"""Files that are there and closed to this user: said so, with what to do, and never taken for lost."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from storage import Archive
from storage.file_errors import LET_IN
from tests.powerless import powerless
from tests.storage.evidence_samples import fill

HOTNEWS = "from crawler.cli import main; main()"


@pytest.fixture
def archived(archive_url: str) -> Iterator[tuple[str, Path]]:
    """Return where an archive lies and its evidence, on SQLite and on PostgreSQL."""
    with Archive(archive_url) as archive:
        fill(archive)
        yield archive_url, archive.evidence_root


@contextmanager
def closed(path: Path) -> Iterator[None]:
    """Close a file or a folder to everybody."""
    mode = path.stat().st_mode
    path.chmod(0)
    yield
    path.chmod(mode)


def hotnews(*arguments: object, evidence: Path) -> tuple[int, str, str]:
    """Run a command as somebody to whom the modes of files apply."""
    with powerless(HOTNEWS, *arguments, environment={"HOTNEWS_EVIDENCE": str(evidence)}) as child:
        output, errors = child.communicate()
    return child.returncode, output, errors


@pytest.mark.parametrize("what", ["file", "folder"])
def test_evidence_that_may_not_be_read_is_no_damage(archived: tuple[str, Path], what: str) -> None:
    url, evidence = archived
    file = next(evidence.rglob("*.warc.gz"))

    with closed(file if what == "file" else file.parent):
        code, output, errors = hotnews("verify", "--archive", url, "--jobs", 1, evidence=evidence)

    assert (code, errors.splitlines()[-1]) == (7, "1 unread file")
    assert f"unread: {file.relative_to(evidence)}: Permission denied: nothing is known of its" in output
    assert f"-> {LET_IN}" in output
    assert "evidence: 0 examined, 1 unread" in output


def test_a_record_that_may_not_be_read_names_who_may(archived: tuple[str, Path]) -> None:
    url, evidence = archived
    file = next(evidence.rglob("*.warc.gz"))
    with Archive(url) as archive:
        article = next(archive.articles()).id

    with closed(file):
        code, _, errors = hotnews("evidence", article, "--archive", url, evidence=evidence)

    assert (code, errors) == (7, f"hotnews: {file.relative_to(evidence)}: Permission denied; {LET_IN}\n")


def test_a_backup_names_who_may_read_what_it_cannot(archived: tuple[str, Path], tmp_path: Path) -> None:
    url, evidence = archived
    file = next(evidence.rglob("*.warc.gz"))

    with closed(file):
        code, _, errors = hotnews("backup", tmp_path / "backup", "--archive", url, evidence=evidence)

    assert (code, errors.splitlines()[-1]) == (7, f"hotnews: {file}: Permission denied; {LET_IN}")


@pytest.mark.parametrize("what", ["file", "folder"])
@pytest.mark.parametrize(
    "command",
    [("runs",), ("crawl", "adhoc", "-a", "start=http://127.0.0.1:1/"), ("import", os.devnull)],
    ids=lambda command: command[0],
)
def test_an_archive_that_is_closed_to_us_is_one_line(
    sqlite_url: str, tmp_path: Path, command: tuple[str, ...], what: str
) -> None:
    folder = tmp_path / "closed"
    folder.mkdir()
    path = folder / "archive.db"
    Archive.create(str(path)).close()

    with closed(path if what == "file" else folder):
        code, _, errors = hotnews(*command, "--archive", path, evidence=tmp_path)

    assert code == 7
    assert f"{path} cannot be read: Permission denied; {LET_IN}\n" in errors
    assert "Traceback" not in errors


@pytest.mark.parametrize(("command", "code"), [("import", 3), ("extract", 2)])
def test_a_page_that_is_closed_to_us_is_one_line(tmp_path: Path, command: str, code: int) -> None:
    folder = tmp_path / "saved"
    folder.mkdir()
    page = folder / "page.html"
    page.write_text("<h1>Harbour opens</h1>")
    given = {"import": folder, "extract": page}[command]
    archive = ("--archive", tmp_path / "archive.db") if command == "import" else ()

    with closed(page):
        found, _, errors = hotnews(command, given, *archive, evidence=tmp_path)

    assert found == code
    assert f"{page}: Permission denied; {LET_IN}\n" in errors


def test_evidence_that_may_not_be_written_says_where_and_what_to_do(tmp_path: Path, sqlite_url: str) -> None:
    page, evidence = tmp_path / "page.html", tmp_path / "evidence"
    page.write_text("<h1>Harbour opens</h1><p>The new harbour was opened on Monday by the mayor.</p>")
    evidence.mkdir()

    with closed(evidence):
        code, _, errors = hotnews("import", page, "--archive", sqlite_url, evidence=evidence)

    assert code == 7
    assert f"cannot be written: {evidence}" in errors
    assert f"Permission denied; {LET_IN}" in errors
