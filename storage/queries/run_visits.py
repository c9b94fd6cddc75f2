"""What a run visited, by what came of it, and the pages it did not archive with the reason for each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, or_, select

from storage.models import fetch
from storage.queries.runs import run_number
from storage.records import Change, FetchKind

NOT_ARCHIVED = (Change.REJECTED, Change.FAILED, Change.MISSING, Change.MOVED)


@dataclass(frozen=True, slots=True, kw_only=True)
class RunVisit:
    """One fetch of a run that brought no article."""

    at: datetime
    url: str
    kind: str
    status: int | None
    result: str
    error: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RunVisits:
    """How many visits of a run ended in what, and those that brought no article."""

    results: Mapping[str, int]
    not_archived: tuple[RunVisit, ...]


def run_visits(connection: Connection, key: str, *, limit: int) -> RunVisits:
    """Return what the run of that key visited. :raises BadQuery: if there is no such run."""
    of_run = (
        fetch.c.run_id == run_number(connection, key),
        fetch.c.kind != FetchKind.PART.value,  # what came of an article is told by its first page
        # A robots.txt is no page; one that cannot be had is told, since nothing is fetched without it.
        or_(fetch.c.kind != FetchKind.ROBOTS.value, fetch.c.result == Change.FAILED.value),
    )
    counts = connection.execute(select(fetch.c.result, func.count()).where(*of_run).group_by(fetch.c.result))
    rows = connection.execute(
        select(fetch.c.at, fetch.c.url, fetch.c.kind, fetch.c.status, fetch.c.result, fetch.c.error)
        .where(*of_run, fetch.c.result.in_([change.value for change in NOT_ARCHIVED]))
        .order_by(fetch.c.id)
        .limit(limit)
    )
    return RunVisits(
        results={row[0]: row[1] for row in counts},
        not_archived=tuple(RunVisit(**row._mapping) for row in rows),
    )
