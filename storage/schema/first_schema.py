"""The whole schema, as a new archive gets it; imported by what makes one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import text

from storage.models import FEW, metadata
from storage.schema.views import create_views
from storage.search.index import create_search_index

if TYPE_CHECKING:
    from sqlalchemy import Connection


def create_schema(connection: Connection, head: str) -> None:
    """Make every table, index and view, and write down that they are those of revision *head*."""
    limit_indexes()
    metadata.create_all(connection, checkfirst=False)
    create_search_index(connection)
    create_views(connection)
    connection.exec_driver_sql(
        "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL,"
        " CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
    )
    connection.execute(text("INSERT INTO alembic_version VALUES (:head)"), {"head": head})


def limit_indexes() -> None:
    """Tell PostgreSQL's dialect which indexes hold only few rows of their table.

    The models do not say it: that would import the dialect wherever an archive is read, a SQLite file too.
    """
    for table in metadata.tables.values():
        for index in table.indexes:
            if FEW in index.info:
                index.dialect_options["postgresql"]["where"] = index.info[FEW]
