"""Values that nobody wrote are found by `verify`, and end every reading command as the damage they are."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from crawler.cli import cli
from storage import Archive, ArchiveDamaged
from storage.database.engine import reading
from storage.verification import Check, Finding
from tests.storage.evidence_samples import fill
from tests.storage.samples import url
from tests.storage.verification.damages import sql

COMMANDS = ("show", "explain", "history", "stories", "runs", "coverage", "stats", "export", "search", "sql")
JSON_DAMAGES = (
    ("run", "warnings", "{}"),
    ("run", "warnings", "[null]"),
    ("run", "counts", '{"new": "x"}'),
    ("run", "counts", "[]"),
    ("run", "measures", '{"a": {"value": 1}}'),
    ("run", "measures", '{"a": 1}'),
    ("run", "options", "[3]"),
    ("revision", "mentions", '[{"text": "x"}]'),
    ("revision", "mentions", '[{"text": "x", "day": "2026-13-45"}]'),
    ("revision", "tables", '{"a": 1}'),
    ("revision", "tables", "[[1]]"),
)
WORD_DAMAGES = (("page", "state", "x"), ("revision", "cause", "x"), ("run", "kind", ""))
SQLITE_DAMAGES = (
    ("run", "counts", "'{'"),
    ("run", "started_at", "'yesterday'"),
    ("run", "started_at", "NULL"),
    ("run", "started_at", "'2026-13-01T00:00:00+00:00'"),
    ("revision", "title", "x'ff'"),
    ("revision", "title", "NULL"),
    ("revision", "body", "x'07'"),
    ("revision", "published_day", "'2026-02-30'"),
    ("revision", "published_offset", "9999999"),
    ("article", "revisions", "'many'"),
    ("fetch", "elapsed", "'long'"),
    ("section", "walk_open", "2"),
)


def values(archive: Archive) -> list[Finding]:
    return [each for each in archive.verify() if isinstance(each, Finding) and each.check is Check.VALUES]


@pytest.mark.parametrize(("table", "column", "value"), JSON_DAMAGES + WORD_DAMAGES)
def test_json_and_words_that_nobody_wrote_are_found_where_a_whole_archive_passes(
    whole: Archive, table: str, column: str, value: str
) -> None:
    sql(f"UPDATE {table} SET {column} = '{value}'")(whole)

    (found,) = values(whole)
    assert found.subject == f"table {table}"
    assert f" hold a {column} that nobody wrote" in found.problem


@pytest.mark.parametrize(("table", "column", "value"), SQLITE_DAMAGES)
def test_what_a_column_of_sqlite_may_not_hold_is_found(
    sqlite_url: str, table: str, column: str, value: str
) -> None:
    with Archive(sqlite_url) as archive:
        fill(archive)
        allow_null(archive, table)
        sql(f'UPDATE "{table}" SET {column} = {value} WHERE rowid = 1')(archive)

        (found,) = values(archive)

        assert found.subject == f"table {table}"
        assert found.problem.startswith(f"1 rows hold a {column} that")


def allow_null(archive: Archive, table: str) -> None:
    """Let the columns of a table of SQLite be null, as those of damaged rows are."""
    sql(
        "PRAGMA writable_schema=ON",
        f"UPDATE sqlite_master SET sql = replace(sql, ' NOT NULL', '') WHERE name = '{table}'",
    )(archive)


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE run SET warnings = '[null]', measures = '{\"a\": 1}'",
        "UPDATE revision SET mentions = '[{\"text\": \"x\"}]', tables = '[[1]]'",
        "UPDATE article SET page_id = 99",
    ],
)
def test_every_command_that_stumbles_over_damage_names_it_and_ends_with_7(
    archive_url: str, damage: str
) -> None:
    with Archive(archive_url) as archive:
        fill(archive)
        sql(damage)(archive)
    table = damage.split()[1]
    arguments = {
        "show": [url("b")],
        "explain": [url("b")],
        "history": [url("b")],
        "search": ["b"],
        "sql": ["SELECT 1"],
    }

    ended = [
        CliRunner().invoke(cli, [command, *arguments.get(command, []), "--archive", archive_url]).exception
        for command in COMMANDS
    ]

    damages = [error for error in ended if error is not None]
    assert {type(error) for error in damages} == {ArchiveDamaged}
    assert all(f"table {table}" in str(error) for error in damages)


def test_values_of_a_wrong_kind_end_the_command_that_shows_them_with_7(sqlite_url: str) -> None:
    with Archive(sqlite_url) as archive:
        fill(archive)
        sql("UPDATE revision SET title = x'ff'")(archive)

    ended = CliRunner().invoke(cli, ["export", "--archive", sqlite_url])

    assert isinstance(ended.exception, ArchiveDamaged)
    assert "table revision: " in str(ended.exception)


def test_a_bug_of_ours_stays_what_it_is(archive: Archive) -> None:
    fill(archive)

    with pytest.raises(KeyError, match="ours"), reading(archive._engine):
        raise KeyError("ours")
