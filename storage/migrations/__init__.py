"""Schema migrations: Alembic's, forward only, run by `hotnews upgrade` and never by opening."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config
from sqlalchemy import text

from storage.database.engine import WRITING
from storage.errors import ArchiveDamaged
from storage.locations import masked
from storage.migrations.search_index import (
    call_by_revision,
    call_unfilled,
    fill_index,
    make_missing_index,
)
from storage.schema.views import create_views, drop_views

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

HERE = Path(__file__).parent
VERSIONS = HERE / "versions"


def configuration(versions: Sequence[Path] = (VERSIONS,)) -> Config:
    """Return Alembic's configuration; *versions* are the folders with revisions."""
    config = Config()
    config.set_main_option("script_location", str(HERE))
    config.set_main_option("path_separator", "newline")
    config.set_main_option("version_locations", "\n".join(map(str, versions)))
    return config


def migrate(engine: Engine, *, versions: Sequence[Path] = (VERSIONS,)) -> None:
    """Bring the schema to the newest revision, in one transaction: all of it or nothing.

    What fills the full-text index follows in short ones; if they are stopped, the next call goes on.
    SQLite alters a table by making it anew, so foreign keys are off meanwhile (which only works
    outside a transaction) and checked before the end; views are made anew around it.
    """
    sqlite = engine.dialect.name == "sqlite"
    with engine.execution_options(**{WRITING: True}).connect() as connection:
        driver = connection.connection.dbapi_connection
        if sqlite and driver is not None:
            driver.execute("PRAGMA foreign_keys=OFF")
        try:
            with connection.begin():
                _migrate(connection, versions)
                if sqlite:
                    _check_foreign_keys(connection)
        finally:
            connection.invalidate()  # the next user gets a connection with foreign keys on
    fill_index(engine)


def _migrate(connection: Connection, versions: Sequence[Path]) -> None:
    drop_views(connection)
    unfilled = call_by_revision(connection)
    _run(connection, versions)
    if make_missing_index(connection) or unfilled:
        call_unfilled(connection)
    create_views(connection)


def _run(connection: Connection, versions: Sequence[Path]) -> None:
    config = configuration(versions)
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _check_foreign_keys(connection: Connection) -> None:
    broken = connection.execute(text("PRAGMA foreign_key_check")).first()
    if broken is not None:
        raise ArchiveDamaged(
            f"{masked(connection.engine.url)}: table {broken[0]}, row {broken[1]} refers to a row of"
            f" {broken[2]} that is not there; nothing was changed, see `hotnews verify`"
        )
