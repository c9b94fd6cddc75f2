"""Archives of which nothing is there yet, or another revision of the schema."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

from storage.database.engine import make_engine
from storage.locations import parse_url


@pytest.fixture
def empty_url(archive_url: str) -> str:
    """Name a database that holds nothing."""
    engine = make_engine(parse_url(archive_url))
    if engine.dialect.name == "sqlite":
        Path(str(engine.url.database)).unlink()
    else:
        with engine.begin() as connection:
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
    engine.dispose()
    return archive_url


def set_revision(archive_url: str, revision: str) -> None:
    """Call the schema of an archive by another revision."""
    engine = make_engine(parse_url(archive_url))
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :r"), {"r": revision})
    engine.dispose()
