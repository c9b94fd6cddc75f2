"""Questions in SQL are answered, anything else is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from storage import Archive
from storage.errors import BadQuery
from storage.sql import records

FOREVER = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"


def test_a_select_over_the_views_is_answered_up_to_the_limit(archive_url: str) -> None:
    with Archive.read_only(archive_url, seconds=10) as archive:
        answer = archive.select("SELECT 1 AS one UNION ALL SELECT 2 ORDER BY 1;", limit=1)

        assert list(records(answer)) == [{"one": 1}]
        assert answer.cut
        assert archive.select("SELECT * FROM articles").rows == []


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM article",
        "DROP TABLE article",
        "CREATE TABLE x (y int)",
        "UPDATE run SET host = 'x'",
        "SELEC 1",
        "",
    ],
)
def test_anything_but_a_select_is_refused_and_changes_nothing(archive_url: str, statement: str) -> None:
    with Archive.read_only(archive_url, seconds=10) as archive:
        with pytest.raises(BadQuery):
            archive.select(statement)

        assert archive.select("SELECT count(*) FROM article").rows == [(0,)]


def test_sqlite_neither_attaches_files_nor_changes_its_settings(sqlite_url: str, tmp_path: Path) -> None:
    with Archive.read_only(sqlite_url, seconds=10) as archive:
        for statement in (f"ATTACH DATABASE '{tmp_path}/other.db' AS other", "PRAGMA query_only = OFF"):
            with pytest.raises(BadQuery, match="not authorized"):
                archive.select(statement)

    assert not (tmp_path / "other.db").exists()


def test_a_question_that_takes_too_long_is_ended(archive_url: str) -> None:
    with Archive.read_only(archive_url, seconds=0.2) as archive, pytest.raises(BadQuery, match="--timeout"):
        archive.select(FOREVER)


@pytest.mark.parametrize("statement", ["SELECT * FROM nowhere", "SELECT nowhere FROM articles"])
def test_a_wrong_name_is_answered_with_the_names_of_the_views(archive_url: str, statement: str) -> None:
    names = r"nowhere.*; the views are articles, revisions, stories"

    with Archive.read_only(archive_url, seconds=10) as archive, pytest.raises(BadQuery, match=names):
        archive.select(statement)
