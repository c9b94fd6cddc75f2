"""Whether an archive has the tables of its revision: another build had others, damage spoils them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import URL, Connection, Inspector, inspect
from sqlalchemy.exc import SQLAlchemyError

from storage.database.engine import make_engine
from storage.models import metadata

MOST_LETTERS = 2  # that damage changes of a name, where the rest of the schema can be read


class MissingPart(NamedTuple):
    """A table or column that is not there, and whether that is because the file is damaged."""

    name: str
    is_damage: bool


def missing_part(url: URL) -> MissingPart | None:
    """Return the first table or column that the archive at *url* lacks, None where it lacks nothing."""
    engine = make_engine(url)
    try:
        with engine.connect() as connection:
            missing = _first_missing(inspect(connection))
            if missing is None or missing.is_damage:
                return missing
            return missing._replace(is_damage=_file_is_damaged(connection))
    except SQLAlchemyError:  # it cannot be asked any more: the error that led here says more
        return None
    finally:
        engine.dispose()


def _first_missing(found: Inspector) -> MissingPart | None:
    existing = {*found.get_table_names()}
    for table in metadata.sorted_tables:
        if table.name not in existing:
            return MissingPart(f"table {table.name}", _is_garbled(table.name, existing - {*metadata.tables}))
        columns = {column["name"] for column in found.get_columns(table.name)}
        for column in table.columns:
            if column.name not in columns:
                spoiled = _is_garbled(column.name, columns - {*table.columns.keys()})
                return MissingPart(f"column {table.name}.{column.name}", spoiled)
        for key in found.get_foreign_keys(table.name):
            if key["referred_table"] not in existing:  # no engine makes such a key
                return MissingPart(f"table {key['referred_table']}", is_damage=True)
    return None


def _is_garbled(name: str, others: Iterable[str]) -> bool:
    """Return whether one of *others* is *name* with a letter or two gone wrong: nobody renames like that."""
    return any(
        len(name) == len(other) and sum(map(str.__ne__, name, other)) <= MOST_LETTERS for other in others
    )


def _file_is_damaged(connection: Connection) -> bool:
    if connection.dialect.name != "sqlite":
        return False
    return connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar() != "ok"
