"""What an archive URL may lead to: each thing that is no archive of this version is one clear line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from storage.archive import Archive
from storage.database.engine import make_engine, reading, writing
from storage.errors import ArchiveDamaged, ArchiveNotFound, ArchiveOutOfDate, NotAnArchive
from storage.locations import parse_url
from storage.schema.revisions import HEAD
from storage.schema.views import drop_views
from tests.storage.conftest import set_revision
from tests.storage.samples import article, start, visit


@pytest.mark.parametrize(
    ("stored", "words"),
    [
        ("9999", f"newer than this version's {HEAD}; install a newer hotnews"),
        ("0001", f"is at schema 0001, this version needs {HEAD}; run `hotnews upgrade`"),
    ],
)
def test_another_schema_is_never_changed_silently(archive_url: str, stored: str, words: str) -> None:
    set_revision(archive_url, stored)

    for door in (Archive, Archive.create):
        with pytest.raises(ArchiveOutOfDate) as raised:
            door(archive_url)
        assert words in str(raised.value)
        assert raised.value.exit_code == 2


@pytest.mark.parametrize(
    ("change", "missing"),
    [
        ("ALTER TABLE page DROP COLUMN etag", "column page.etag"),
        ("ALTER TABLE run RENAME TO walk", "table run"),
    ],
)
def test_an_archive_of_an_unreleased_build_is_one_clear_line(
    archive_url: str, change: str, missing: str
) -> None:
    engine = make_engine(parse_url(archive_url))
    with writing(engine) as connection:
        drop_views(connection)
        connection.execute(text(change))
    engine.dispose()

    with Archive(archive_url) as archive, pytest.raises(ArchiveOutOfDate) as raised:
        archive.record(start(archive), visit(1, article()))
    assert f"has no {missing}: a build between two releases made it" in str(raised.value)
    assert raised.value.exit_code == 2


def test_a_wrong_statement_of_ours_is_no_fault_of_the_archive(archive: Archive) -> None:
    with pytest.raises(DBAPIError), reading(archive._engine) as connection:
        connection.execute(text("SELECT nothing_of_ours FROM page"))


def test_an_absent_archive_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(ArchiveNotFound, match="there is no archive yet"):
        Archive(f"sqlite:///{tmp_path}/none.db")

    assert not (tmp_path / "none.db").exists()


def test_an_empty_database_is_an_absent_archive(empty_url: str) -> None:
    with pytest.raises(ArchiveNotFound, match="there is no archive yet"):
        Archive(empty_url)


@pytest.mark.parametrize("content", [b"<html>not a database</html>" * 100, b"x"])
def test_a_file_that_is_no_database_is_no_archive_and_stays_as_it_is(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "page.db"
    path.write_bytes(content)

    for door in (Archive, Archive.create):
        with pytest.raises(NotAnArchive, match="no SQLite database"):
            door(f"sqlite:///{path}")
    assert path.read_bytes() == content


@pytest.mark.parametrize("content", [b"<html>not a database</html>" * 100, b"x", b""])
def test_an_archive_that_was_written_over_is_damaged_and_no_new_one_takes_its_place(
    tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "page.db"
    path.write_bytes(content)
    (tmp_path / "page-evidence" / "ningbo").mkdir(parents=True)

    for door in (Archive, Archive.create):
        with pytest.raises(ArchiveDamaged, match="page-evidence"):
            door(f"sqlite:///{path}")
    assert path.read_bytes() == content


def test_a_database_of_somebody_else_is_no_archive(empty_url: str) -> None:
    engine = make_engine(parse_url(empty_url))
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE customer (id INTEGER)"))
    engine.dispose()

    for door in (Archive, Archive.create):
        with pytest.raises(NotAnArchive, match="holds other tables"):
            door(empty_url)


def test_a_folder_is_no_archive(tmp_path: Path) -> None:
    with pytest.raises(NotAnArchive, match="is a folder"):
        Archive.create(f"sqlite:///{tmp_path}")


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("mysql://host/db", "mysql archives are not supported"),
        ("sqlite://", "names no file"),
        ("sqlite:///:memory:", "names no file"),
        ("post gres://", "no archive URL"),
    ],
)
def test_a_url_that_leads_nowhere_says_why(address: str, words: str) -> None:
    with pytest.raises(ArchiveNotFound, match=words):
        Archive(address)


def test_an_unknown_database_of_a_server_says_so(postgres_url: str) -> None:
    missing = parse_url(postgres_url).set(database="no_such_database", password="secret")

    with pytest.raises(ArchiveNotFound, match="there is no such database") as raised:
        Archive(missing.render_as_string(hide_password=False))
    assert "secret" not in str(raised.value)


def test_a_path_is_a_sqlite_archive(tmp_path: Path) -> None:
    with Archive.create(str(tmp_path / "archive.db")) as archive:
        assert archive.url == f"sqlite:///{tmp_path}/archive.db"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("elapsed FLOAT", "elapsdd FLOAT"),
        ("REFERENCES site", "REFERENCES sije"),
        ("TABLE story", "TABLE stony"),
    ],
)
def test_a_schema_in_which_a_letter_went_wrong_is_damage(sqlite_url: str, before: str, after: str) -> None:
    path = Path(sqlite_url.removeprefix("sqlite:///"))
    content = path.read_bytes()
    assert before.encode() in content
    path.write_bytes(content.replace(before.encode(), after.encode()))

    with pytest.raises(ArchiveDamaged):
        write_and_read(sqlite_url)


def write_and_read(archive_url: str) -> None:
    with Archive(archive_url) as archive:
        archive.record(start(archive), visit(1, article()))
        archive.stories()


def test_an_archive_that_lost_tables_is_damaged_and_no_new_one_takes_its_place(sqlite_url: str) -> None:
    path = Path(sqlite_url.removeprefix("sqlite:///"))
    content = bytearray(path.read_bytes())
    content[103:105] = bytes(2)  # the number of entries on the first page of the schema
    for tables in (bytes(content[:100]) + b"\r" + bytes(7) + bytes(content[108:]), bytes(content)):
        path.write_bytes(tables)

        for door in (Archive, Archive.create):
            with pytest.raises(ArchiveDamaged):
                door(sqlite_url)
        assert path.read_bytes() == tables


@pytest.mark.parametrize("door", [Archive, Archive.create])
def test_a_name_that_no_file_can_have_is_one_clear_line(
    tmp_path: Path, door: Callable[[str], Archive]
) -> None:
    path = tmp_path / f"{'港' * 100}.db"

    with pytest.raises(ArchiveNotFound) as raised:
        door(str(path))

    assert str(raised.value) == f"{path}: File name too long; name another with --archive"
