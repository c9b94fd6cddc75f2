"""Questions in SQL are answered, anything else is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from storage import Archive
from storage.commands.command_line import write_json
from storage.commands.rendering import show_answer
from storage.errors import BadQuery
from storage.queries.sql import records
from tests.storage.samples import article, start, visit

NUMBERS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n"
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
        "SELECT 1; SELECT 2",
        "SET TRANSACTION READ WRITE; DELETE FROM article",
        "COMMIT; DELETE FROM article",
        "SELECT 1; COMMIT; DELETE FROM article",
        "COPY article TO PROGRAM 'cat'",
        "COPY (SELECT 1) TO STDOUT",
        "WITH gone AS (DELETE FROM article RETURNING id) SELECT * FROM gone",
        "SELECT 1 INTO TEMP TABLE kept",
        "",
        ";",
    ],
)
def test_anything_but_a_select_is_refused_and_changes_nothing(archive_url: str, statement: str) -> None:
    with Archive(archive_url) as written:
        written.record(start(written), visit(1, article()))
    with Archive.read_only(archive_url, seconds=10) as archive:
        with pytest.raises(BadQuery):
            archive.select(statement)

        assert archive.select("SELECT count(*) FROM article").rows == [(1,)]


def test_sqlite_neither_attaches_files_nor_changes_its_settings(sqlite_url: str, tmp_path: Path) -> None:
    with Archive.read_only(sqlite_url, seconds=10) as archive:
        for statement in (f"ATTACH DATABASE '{tmp_path}/other.db' AS other", "PRAGMA query_only = OFF"):
            with pytest.raises(BadQuery, match="not authorized; one SELECT is answered"):
                archive.select(statement)

    assert not (tmp_path / "other.db").exists()


def test_a_question_that_takes_too_long_is_ended(archive_url: str) -> None:
    with Archive.read_only(archive_url, seconds=0.2) as archive, pytest.raises(BadQuery, match="--timeout"):
        archive.select(FOREVER)


@pytest.mark.parametrize(
    ("statement", "rows"),
    [
        ("SELECT value FROM json_each('[1, 2]')", [(1,), (2,)]),
        ("SELECT count(*) FROM runs, json_each(counts) WHERE key = 'none'", [(0,)]),
        ("SELECT count(*) FROM search_index WHERE search_index MATCH 'harbour'", [(1,)]),
    ],
)
def test_sqlite_answers_by_table_functions_and_the_index(
    sqlite_url: str, statement: str, rows: list[tuple[int]]
) -> None:
    with Archive(sqlite_url) as written:
        written.record(start(written), visit(1, article("The harbour opens")))

    with Archive.read_only(sqlite_url, seconds=10) as archive:
        assert archive.select(statement).rows == rows


def test_sqlite_changes_no_schema_by_what_it_may_declare(sqlite_url: str) -> None:
    with Archive.read_only(sqlite_url, seconds=10) as archive:
        for statement in (
            "UPDATE sqlite_master SET sql = ''",
            "WITH x AS (SELECT 1) DELETE FROM sqlite_master",
            "CREATE VIRTUAL TABLE temp.words USING fts5vocab(main, search_index, row)",
            "SELECT * FROM pragma_table_info('run')",
            "PRAGMA data_version = 1",
        ):
            with pytest.raises(BadQuery):
                archive.select(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT hex(zeroblob(400000000))",
        "SELECT replace(hex(zeroblob(2000000)), '0', printf('%0100d', 0))",
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT randomblob(10000000) FROM n",
    ],
)
def test_no_answer_of_sqlite_fills_the_memory(sqlite_url: str, statement: str) -> None:
    with Archive.read_only(sqlite_url, seconds=30) as archive:
        with pytest.raises(BadQuery, match=r"too big|larger than 512 MB"):
            archive.select(statement)

        assert archive.select("SELECT length(zeroblob(1000))").rows == [(1000,)]


@pytest.mark.postgres
def test_postgresql_keeps_nothing_that_a_question_did(postgres_url: str) -> None:
    with Archive.read_only(postgres_url, seconds=10) as archive:
        archive.select("SELECT lo_create(0), set_config('statement_timeout', '0', false)")

        assert archive.select("SELECT count(*) FROM pg_largeobject_metadata").rows == [(0,)]
        assert archive.select("SELECT current_setting('statement_timeout')").rows == [("10s",)]


def test_a_table_cuts_a_value_that_nobody_reads(archive_url: str, capsys: pytest.CaptureFixture[str]) -> None:
    with Archive.read_only(archive_url, seconds=10) as archive:
        answer = archive.select("SELECT replace('" + "a" * 1_000 + f"', 'a', '{'b' * 1_000}') AS long")

    show_answer(answer)

    shown = capsys.readouterr().out
    assert shown.count("b") == 100_000
    assert "…" in shown


@pytest.mark.parametrize("statement", ["SELECT * FROM nowhere", "SELECT nowhere FROM articles"])
def test_a_wrong_name_is_answered_with_the_names_of_the_views(archive_url: str, statement: str) -> None:
    names = r"nowhere.*; the views are articles, revisions, stories"

    with Archive.read_only(archive_url, seconds=10) as archive, pytest.raises(BadQuery, match=names):
        archive.select(statement)


@pytest.mark.parametrize(
    ("question", "row"),
    [
        (
            "SELECT 100 % 7 AS rest, 'a%s' AS text WHERE 'harbour' LIKE '%arb%' -- 5 %",
            {"rest": 2, "text": "a%s"},
        ),
        ("SELECT ':name' AS text, 1 AS a, 2 AS a, 3 AS a_2", {"text": ":name", "a": 1, "a_2": 2, "a_2_2": 3}),
        ("VALUES (1)", {"column1": 1}),
    ],
)
def test_a_question_is_asked_as_it_is_written_and_no_column_is_lost(
    archive_url: str, question: str, row: dict[str, object]
) -> None:
    with Archive.read_only(archive_url, seconds=10) as archive:
        assert list(records(archive.select(question, limit=1))) == [row]


@pytest.mark.parametrize(
    ("engine", "values", "shown"),
    [
        ("sqlite", "x'00ff', 1e999, 0.5, NULL", ["00ff", None, 0.5, None]),
        ("postgresql", "'\\x00ff'::bytea, 'NaN'::float, 0.5, 2.0::numeric", ["00ff", None, 0.5, 2]),
        ("postgresql", "'Infinity'::numeric, 10::numeric ^ 30, '{1,2}'::int[]", [None, 1e30, [1, 2]]),
        ("postgresql", "interval '1 hour', time '08:00', 'a=>1'::text", ["1:00:00", "08:00:00", "a=>1"]),
        ("postgresql", "timestamp '2024-05-06 08:00', int8range(1, 2)", ["2024-05-06T08:00:00", "[1, 2)"]),
    ],
)
def test_any_value_of_an_engine_is_strict_json(
    archive_url: str, capsys: pytest.CaptureFixture[str], engine: str, values: str, shown: list[object]
) -> None:
    if not archive_url.startswith(engine):
        return
    with Archive.read_only(archive_url, seconds=10) as archive:
        answer = archive.select(f"SELECT {values}")

    write_json(records(answer))
    show_answer(answer)

    (line, *_) = capsys.readouterr().out.splitlines()
    assert list(json.loads(line, parse_constant=pytest.fail).values()) == shown


def test_no_more_rows_are_fetched_than_are_asked_for(archive_url: str) -> None:
    with Archive.read_only(archive_url, seconds=10) as archive:
        answer = archive.select(NUMBERS, limit=3)

    assert (answer.rows, answer.cut) == ([(1,), (2,), (3,)], True)
