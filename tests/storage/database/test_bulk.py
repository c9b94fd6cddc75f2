"""Look-ups: any number of values is one parameter of one statement, and finds its rows by their index."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from storage.archive import Archive
from storage.database.bulk import is_wanted, select_rows
from storage.database.engine import reading
from storage.models import article, site

BY_ID = select(article.c.id).where(is_wanted(article.c.id), article.c.withheld.is_(None))


@pytest.mark.parametrize("count", [0, 1, 3, 25_000])
def test_any_number_of_values_is_looked_up(archive: Archive, count: int) -> None:
    statement = select(site.c.key).where(is_wanted(site.c.key))

    with reading(archive._engine) as connection:
        found = list(select_rows(connection, statement, (f"no site {n}" for n in range(count))))

    assert found == []


def test_rows_are_found_by_the_index_of_their_column(sqlite_url: str) -> None:
    with Archive(sqlite_url) as archive, reading(archive._engine) as connection:
        statement = str(BY_ID.compile(connection))
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", ("[1]",))

        assert any("SEARCH article USING INTEGER PRIMARY KEY" in row.detail for row in plan)
