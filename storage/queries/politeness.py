"""How a crawl treated each host: what it asked for and when, how long it waited, under which rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import Connection, func, select

from storage.models import fetch, run
from storage.queries.runs import run_number
from storage.records import RunKind

UNKNOWN = "not noted"


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestRow:
    """One request of a crawl."""

    host: str
    run: str
    at: datetime  # of its answer, or of its failure
    kind: str  # robots, list, article
    url: str
    status: int | None
    waited_seconds: float | None  # before it was sent
    rule: str | None  # of robots.txt and of the pause


@dataclass(frozen=True, slots=True, kw_only=True)
class HostRow:
    """What a run asked of one host, all in all."""

    host: str
    run: str
    requests: int
    kinds: Mapping[str, int]
    first_at: datetime
    last_at: datetime
    seconds_between: float | None  # on average; None of a single request
    longest_wait_seconds: float | None
    rules: Mapping[str, int]


def requests(connection: Connection, host: str | None, run_key: str | None) -> Iterator[RequestRow]:
    """Yield the requests of a run, or of the last crawl of each site, in order; those to *host* alone.

    :raises BadQuery: if there is no such run
    """
    for row in connection.execution_options(yield_per=1_000).execute(
        select(
            run.c.key.label("run"),
            fetch.c.at,
            fetch.c.kind,
            fetch.c.url,
            fetch.c.status,
            fetch.c.waited,
            fetch.c.rule,
        )
        .join(run, run.c.id == fetch.c.run_id)
        .where(fetch.c.run_id.in_(_runs(connection, run_key)))
        .order_by(fetch.c.id)
    ):
        found = _request(row)
        if host is None or found.host == host.lower():
            yield found


def _runs(connection: Connection, run_key: str | None) -> Sequence[int]:
    if run_key is not None:
        return [run_number(connection, run_key)]
    last = select(func.max(run.c.id)).where(run.c.kind == RunKind.CRAWL.value).group_by(run.c.site_id)
    return connection.scalars(last).all()


def _request(row: Any) -> RequestRow:
    return RequestRow(
        host=_host(row.url),
        run=row.run,
        at=row.at,
        kind=row.kind,
        url=row.url,
        status=row.status,
        waited_seconds=row.waited,
        rule=row.rule,
    )


def _host(url: str) -> str:
    """Return the host of *url* with its port, where that is no default one."""
    try:
        return urlsplit(url).netloc.rpartition("@")[2].lower()
    except ValueError:
        return ""


def hosts(connection: Connection, run_key: str | None) -> list[HostRow]:
    """Return what a run, or the last crawl of each site, asked of each host, the most asked one first."""
    accounts: dict[tuple[str, str], _Account] = {}
    for request in requests(connection, None, run_key):
        accounts.setdefault((request.run, request.host), _Account(request)).add(request)
    rows = [account.row() for account in accounts.values()]
    return sorted(rows, key=lambda row: (-row.requests, row.host, row.run))


class _Account:
    """The requests of one run to one host, while they are counted."""

    def __init__(self, first: RequestRow) -> None:
        self._first = self._last = first
        self._kinds: Counter[str] = Counter()
        self._rules: Counter[str] = Counter()
        self._longest: float | None = None

    def add(self, request: RequestRow) -> None:
        self._first = min(self._first, request, key=lambda each: each.at)
        self._last = max(self._last, request, key=lambda each: each.at)
        self._kinds[request.kind] += 1
        self._rules[request.rule or UNKNOWN] += 1
        if request.waited_seconds is not None:
            self._longest = max(self._longest or 0.0, request.waited_seconds)

    def row(self) -> HostRow:
        number = self._kinds.total()
        seconds = (self._last.at - self._first.at).total_seconds()
        return HostRow(
            host=self._first.host,
            run=self._first.run,
            requests=number,
            kinds=dict(self._kinds),
            first_at=self._first.at,
            last_at=self._last.at,
            seconds_between=round(seconds / (number - 1), 3) if number > 1 else None,
            longest_wait_seconds=self._longest,
            rules=dict(self._rules.most_common()),
        )
