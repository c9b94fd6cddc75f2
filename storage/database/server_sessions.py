"""What a session on a PostgreSQL server is set to: once, or with each transaction behind a pooler.

A pooler (pgbouncer, say) may give each transaction another session, which somebody else had before and has
after it: what is set for good would be set for them, and prepared statements would not be found.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, cast

from sqlalchemy import URL, Connection, Engine, event

from storage.database.failures import BUSY_SECONDS

if TYPE_CHECKING:
    import psycopg
    from sqlalchemy.engine.interfaces import DBAPIConnection, Dialect
    from sqlalchemy.pool import ConnectionPoolEntry

CONNECT_SECONDS = (
    "30"  # a server that is silent for longer is gone; PGCONNECT_TIMEOUT or the URL says otherwise
)
# Of a server for other work: a transaction of ours must not end for them, a wait for another writer must,
# after as long as on SQLite. Milliseconds; 0 is none.
SERVER_BOUNDS = {
    "statement_timeout": 0,
    "idle_in_transaction_session_timeout": 0,
    "lock_timeout": BUSY_SECONDS * 1000,
}
POOLED = "hotnews_pooled"  # of a connection behind a pooler: the bounds to set with each transaction


def prepare_sessions(engine: Engine) -> None:
    """Have the sessions of *engine* take any text, and let no bound of the server end our work."""
    event.listen(engine, "do_connect", _agree_on_connecting)
    event.listen(engine, "connect", partial(_set_bounds, bounds=_own_bounds(engine.url)))
    event.listen(engine, "begin", _begin_transaction)


def allow_questions_alone(engine: Engine, milliseconds: int) -> None:
    """Have the sessions of *engine* write nothing, and end each question after so many *milliseconds*."""
    event.listen(engine, "connect", _forbid_writing)
    event.listen(engine, "connect", partial(_set_bounds, bounds={"statement_timeout": milliseconds}))


def _agree_on_connecting(
    _dialect: Dialect, _entry: ConnectionPoolEntry, _arguments: list[object], named: dict[str, object]
) -> None:
    named.setdefault("connect_timeout", os.environ.get("PGCONNECT_TIMEOUT", CONNECT_SECONDS))
    named["client_encoding"] = "utf8"  # whatever PGCLIENTENCODING says: texts are of every script


def _own_bounds(url: URL) -> Mapping[str, int]:
    """Return our bounds, without those that the URL or the environment names."""
    chosen = f"{url.query.get('options', '')} {os.environ.get('PGOPTIONS', '')}"
    return {name: value for name, value in SERVER_BOUNDS.items() if name not in chosen}


def _set_bounds(
    connection: DBAPIConnection, entry: ConnectionPoolEntry, *, bounds: Mapping[str, int]
) -> None:
    """Set *bounds* for good; behind a pooler keep them, to be set with each transaction."""
    driver = cast("psycopg.Connection", connection)
    # Behind a pooler, the process that answers is not the one that was connected to.
    pooled = f"pg_backend_pid() <> {driver.info.backend_pid}"
    cursor = connection.cursor()
    cursor.execute(f"SELECT {', '.join((pooled, *_settings(bounds, is_local=pooled)))}")
    (is_pooled, *_) = cursor.fetchone() or (False,)
    cursor.close()
    connection.commit()
    if is_pooled:
        entry.info[POOLED] = {**entry.info.get(POOLED, {}), **bounds}
        driver.prepare_threshold = None


def _settings(bounds: Mapping[str, int], *, is_local: str) -> Iterator[str]:
    return (f"set_config('{name}', '{value}', {is_local})" for name, value in bounds.items())


def _forbid_writing(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    cast("psycopg.Connection", connection).read_only = True  # each transaction begins so


def _begin_transaction(connection: Connection) -> None:
    if bounds := connection.info.get(POOLED):
        connection.exec_driver_sql(f"SELECT {', '.join(_settings(bounds, is_local='true'))}")
