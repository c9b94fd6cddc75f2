"""Archives on read-only media, or of another user: read by everybody, written by nobody."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from storage.archive import Archive
from storage.verification import Checked
from tests.powerless import powerless
from tests.storage.samples import article, start, visit

OPEN = """
import json, os, sys
from pathlib import Path
from storage import Archive, ArchiveError

path = Path(sys.argv[1])
may_write = os.access(path.parent, os.W_OK)
def titles(archive):
    return [row.title for row in archive.articles()]
"""
READ = f"""{OPEN}
archive = Archive(str(path))
answers = [may_write, titles(archive), len(archive.search("harbour"))]
answers.append([found.damages for found in archive.verify(jobs=1) if hasattr(found, "damages")])
answers.append(titles(Archive(str(archive.back_up(Path(sys.argv[2])).database))))
with Archive.read_only(str(path), seconds=9) as asked:
    answers.append([*asked.select("select count(*) from articles").rows])
try:
    archive.withhold(next(archive.articles()).id, reason="x")
except ArchiveError as error:
    answers += [error.exit_code, str(error)]
print(json.dumps(answers))
"""
READ_TWICE = f"""{OPEN}
archive = Archive(str(path))
print(json.dumps([may_write, titles(archive)]), flush=True)
sys.stdin.readline()
print(json.dumps(sorted(titles(archive))), flush=True)
rows = archive.articles()
next(rows)
print(json.dumps("begun"), flush=True)
sys.stdin.readline()
try:
    print(len([*rows]), flush=True)
except ArchiveError as error:
    print(json.dumps(str(error)), flush=True)
"""


@pytest.fixture
def path(sqlite_url: str, tmp_path: Path) -> Path:
    """Return an archive of one article in a folder of its own."""
    with Archive(sqlite_url) as archive:
        archive.record(start(archive, None), visit(1, article()))
    folder = tmp_path / "media"
    folder.mkdir()
    return Path(shutil.move(tmp_path / "archive.db", folder / "archive.db"))


@contextmanager
def read_only(path: Path) -> Iterator[None]:
    """Forbid to write to the folder of *path* and to what is in it."""
    for each in (*path.parent.iterdir(), path.parent):
        each.chmod(0o555 if each.is_dir() else 0o444)
    yield
    path.parent.chmod(0o755)
    for each in path.parent.iterdir():
        each.chmod(0o644)


def test_an_archive_on_read_only_media_is_read_checked_and_copied_and_not_written(
    path: Path, tmp_path: Path
) -> None:
    with Archive(str(path)) as archive:
        damages = [found.damages for found in archive.verify(jobs=1) if isinstance(found, Checked)]

    with read_only(path), powerless(READ, path, tmp_path / "copy") as child:
        output, errors = child.communicate()

    assert errors == ""
    may_write, *answers, problem = json.loads(output)
    assert not may_write
    assert answers == [["Harbour opens"], 1, damages, ["Harbour opens"], [[1]], 7]
    assert "archive.db: the file or its folder is read-only; " in problem
    assert [each.name for each in path.parent.iterdir()] == ["archive.db"]


def test_what_a_journal_holds_that_cannot_be_read_is_not_passed_over(path: Path) -> None:
    with Archive(str(path)) as archive:
        archive.record(start(archive, None), visit(2, article("Later")))
        shutil.copy(f"{path}-wal", f"{path}-kept")
        kept = path.read_bytes()
    path.write_bytes(kept)
    Path(f"{path}-kept").rename(f"{path}-wal")  # as a machine leaves it that lost its power

    with read_only(path), powerless(READ, path) as child:
        _, errors = child.communicate()

    assert "ArchiveNotWritable" in errors
    assert "archive.db-wal) holds what is not in the file yet" in errors.splitlines()[-1]
    with Archive(str(path)) as archive:
        assert [row.title for row in archive.articles()] == ["Harbour opens", "Later"]


def test_what_the_owner_writes_meanwhile_is_read_or_said(path: Path) -> None:
    with read_only(path), powerless(READ_TWICE, path) as child:
        assert next_answer(child) == [False, ["Harbour opens"]]
        owner_writes(path, 2)
        assert next_answer(child, "\n") == ["Harbour opens", "Later"]
        assert next_answer(child) == "begun"
        owner_writes(path, 3)
        assert str(next_answer(child, "\n")).endswith("it was written to while it was read; ask again")


def next_answer(child: subprocess.Popen[str], said: str = "") -> object:
    """Say something to a child and return what it answers."""
    assert child.stdin
    assert child.stdout
    child.stdin.write(said)
    child.stdin.flush()
    line = child.stdout.readline()
    assert line, child.communicate()[1]
    return json.loads(line)


def owner_writes(path: Path, number: int) -> None:
    """Archive an article as the owner, who alone may write for that time."""
    path.parent.chmod(0o755)
    path.chmod(0o644)
    with Archive(str(path)) as archive:
        archive.record(start(archive, None), visit(number, article("Later")))
    path.chmod(0o444)
    path.parent.chmod(0o555)


def test_a_file_that_is_read_only_in_a_folder_that_is_not_leaves_nothing_beside_it(path: Path) -> None:
    path.chmod(0o444)

    with powerless(f"{OPEN}\nprint(titles(Archive(str(path))))", path) as child:
        output, errors = child.communicate()

    assert (output, errors) == ("['Harbour opens']\n", "")
    assert [each.name for each in path.parent.iterdir()] == ["archive.db"]


def test_sqlite_would_not_read_what_these_tests_read(path: Path) -> None:
    code = "import sqlite3, sys; sqlite3.connect(sys.argv[1]).execute('SELECT count(*) FROM article')"

    with read_only(path), powerless(code, path) as child:
        _, errors = child.communicate()

    assert sqlite3.OperationalError.__name__ in errors
