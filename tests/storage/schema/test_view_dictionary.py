"""The dictionary of the views says what the database says."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from storage.archive import Archive
from storage.schema.view_dictionary import VIEW_DICTIONARY
from storage.schema.views import VIEWS

SQLITE = {
    "TEXT": "text",
    "": "text",  # of an expression
    "DATE": "day",
    "VARCHAR": "time",
    "INTEGER": "integer",
    "FLOAT": "number",
    "BOOLEAN": "boolean",
    "JSON": "json",
}
POSTGRESQL = {
    "text": "text",
    "date": "day",
    "timestamp with time zone": "time",
    "integer": "integer",
    "bigint": "integer",
    "double precision": "number",
    "boolean": "boolean",
    "jsonb": "json",
}


def test_every_view_is_in_the_dictionary() -> None:
    assert [*VIEW_DICTIONARY] == [
        "articles",
        "revisions",
        "changes",
        "removals",
        "stories",
        "relations",
        "coverage",
        "runs",
    ]
    assert {*VIEW_DICTIONARY} == {*VIEWS}


def test_columns_have_the_order_and_the_types_that_the_dictionary_says(archive: Archive) -> None:
    for view, (_, columns) in VIEW_DICTIONARY.items():
        assert [*kinds_of(archive, view).items()] == [(name, each.kind) for name, each in columns.items()]


def kinds_of(archive: Archive, view: str) -> dict[str, str]:
    """Return the columns of *view*, in order, with the types that the engine gives them."""
    with archive._engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            found = connection.execute(text(f"SELECT name, type FROM pragma_table_info('{view}')"))
            return {name: SQLITE[kind] for name, kind in found}
        found = connection.execute(
            text(
                "SELECT column_name, data_type FROM information_schema.columns"
                f" WHERE table_schema = 'public' AND table_name = '{view}' ORDER BY ordinal_position"
            )
        )
        return {name: POSTGRESQL[kind] for name, kind in found}


@pytest.mark.parametrize("view", VIEW_DICTIONARY)
def test_every_column_says_what_it_means(view: str) -> None:
    assert all(each.meaning[:1].strip() for each in VIEW_DICTIONARY[view].columns.values())
