"""Whether an archive has the tables of its revision: builds between two releases may have had others."""

from __future__ import annotations

from sqlalchemy import URL, Inspector, inspect
from sqlalchemy.exc import SQLAlchemyError

from storage.engine import make_engine
from storage.models import metadata


def missing_part(url: URL) -> str | None:
    """Return the first table or column that the archive at *url* lacks, None where it lacks nothing."""
    engine = make_engine(url)
    try:
        with engine.connect() as connection:
            return _first_missing(inspect(connection))
    except SQLAlchemyError:  # it cannot be asked any more: the error that led here says more
        return None
    finally:
        engine.dispose()


def _first_missing(found: Inspector) -> str | None:
    existing = {*found.get_table_names()}
    for table in metadata.sorted_tables:
        if table.name not in existing:
            return f"table {table.name}"
        columns = {column["name"] for column in found.get_columns(table.name)}
        for column in table.columns:
            if column.name not in columns:
                return f"column {table.name}.{column.name}"
    return None
