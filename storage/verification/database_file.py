"""Checks the SQLite file by SQLite's own means; a PostgreSQL server looks after its files itself."""

from __future__ import annotations

from sqlalchemy import Connection

from storage.database.failures import RESTORE
from storage.verification.findings import Check, Finding, Findings

MOST_PROBLEMS = 20


def check_database(connection: Connection) -> Findings:
    """Run `PRAGMA integrity_check`; return the pages of the file, 0 on PostgreSQL."""
    if connection.dialect.name != "sqlite":
        return 0
    for (problem,) in connection.exec_driver_sql(f"PRAGMA integrity_check({MOST_PROBLEMS})"):
        if problem != "ok":
            yield Finding(
                check=Check.DATABASE,
                subject=str(connection.engine.url.database),
                problem=str(problem),
                remedy=RESTORE,
            )
    return int(connection.exec_driver_sql("PRAGMA page_count").scalar() or 0)
