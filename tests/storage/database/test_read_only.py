"""An archive opened for questions alone, on both engines."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import DBAPIError

from storage import Archive
from storage.errors import ArchiveError, ArchiveNotFound, QuestionTooLong
from tests.storage.samples import article, start, visit


def test_a_reader_sees_what_a_crawl_writes_meanwhile(archive_url: str, archive: Archive) -> None:
    with Archive.read_only(archive_url, seconds=30) as reader:
        archive.record(start(archive), visit("one", article("Harbour opens")))

        assert [hit.title for hit in reader.search("harbour")] == ["Harbour opens"]


def test_a_reader_cannot_write(archive_url: str) -> None:
    with Archive.read_only(archive_url, seconds=30) as reader, pytest.raises((ArchiveError, DBAPIError)):
        start(reader)


def test_a_question_ends_when_its_time_is_over(sqlite_url: str) -> None:
    with Archive.read_only(sqlite_url, seconds=30) as reader:
        slow = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
        from storage.database.engine import reading
        from storage.database.read_only import allow_questions_only

        allow_questions_only(reader._engine, 0.05)
        with pytest.raises(QuestionTooLong, match="took too long"), reading(reader._engine) as connection:
            connection.exec_driver_sql(slow).all()


def test_a_reader_of_an_absent_archive_gets_one_clear_line(tmp_path: object) -> None:
    with pytest.raises(ArchiveNotFound, match="there is no archive yet"):
        Archive.read_only(f"sqlite:///{tmp_path}/none.db", seconds=1)
