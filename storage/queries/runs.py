"""What runs, sections and sites came to: questions in, frozen rows out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Select, func, select, true

from storage.errors import BadQuery
from storage.models import (
    article,
    fetch,
    listing,
    membership,
    page,
    revision,
    run,
    section,
    section_coverage,
    site,
    story,
)
from storage.rows import CoverageRow, Measure, RunRow, SiteRow, Warned
from storage.safe_text import storable

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Row

RUNS: Select[Any] = select(
    run.c.id.label("number"),
    run.c.key.label("run"),
    site.c.key.label("site"),
    *(column for column in run.c if column.name not in {"id", "key", "site_id"}),
).join_from(run, site, site.c.id == run.c.site_id, isouter=True)


def runs(connection: Connection, site_key: str | None, limit: int, before: str | None = None) -> list[RunRow]:
    """Return the latest runs, newest first; those that started earlier than *before*, the key of one."""
    statement = RUNS
    if site_key is not None:
        statement = statement.where(site.c.key == storable(site_key))
    if before is not None:
        statement = statement.where(run.c.id < run_number(connection, before))
    return _run_rows(connection, connection.execute(statement.order_by(run.c.id.desc()).limit(limit)).all())


def run_row(connection: Connection, key: str) -> RunRow:
    """Return the run of that key. :raises BadQuery: if there is none."""
    (row,) = _run_rows(
        connection, connection.execute(RUNS.where(run.c.id == run_number(connection, key))).all()
    )
    return row


def find_run(connection: Connection, key: str) -> RunRow | None:
    """Return the run of that key, None where there is none."""
    rows = _run_rows(connection, connection.execute(RUNS.where(run.c.key == storable(key))).all())
    return rows[0] if rows else None


def run_number(connection: Connection, key: str) -> int:
    """Return the row number of a run. :raises BadQuery: if there is none of that key."""
    number = connection.scalar(select(run.c.id).where(run.c.key == storable(key)))
    if number is None:
        raise BadQuery(f"there is no run {key!r}; `hotnews runs --json` names them")
    return int(number)


def end_of(connection: Connection, key: str) -> tuple[int, datetime]:
    """Return the row number of a run and when it ended, or began where it goes on.

    :raises BadQuery: if there is none of that key
    """
    times = select(run.c.id, func.coalesce(run.c.finished_at, run.c.started_at))
    number, ended_at = connection.execute(times.where(run.c.id == run_number(connection, key))).one()
    return number, ended_at


def _run_rows(connection: Connection, rows: Sequence[Row[Any]]) -> list[RunRow]:
    dead = _interrupted(connection, [row.number for row in rows if row.finished_at is None])
    return [_run_row(row, interrupted=row.number in dead) for row in rows]


def _run_row(row: Row[Any], *, interrupted: bool) -> RunRow:
    values = dict(row._mapping)
    del values["number"]
    values["measures"] = {name: Measure(**each) for name, each in row.measures.items()}
    values["warnings"] = tuple(Warned(**each) for each in row.warnings)
    return RunRow(interrupted=interrupted, **values)


def _interrupted(connection: Connection, unfinished: Sequence[int]) -> set[int]:
    if not unfinished:
        return set()
    from storage.writing.leases import interrupted, now

    return interrupted(connection, unfinished, now())


def coverage(connection: Connection, site_key: str | None, run_key: str | None) -> list[CoverageRow]:
    """Return the certificates of a run, or the latest one of each section."""
    v = section_coverage
    statement = (
        select(
            v,
            run.c.key.label("run"),
            run.c.counts,
            site.c.key.label("site"),
            section.c.slug.label("section"),
        )
        .join_from(v, run, run.c.id == v.c.run_id)
        .join(section, section.c.id == v.c.section_id)
        .join(site, site.c.id == section.c.site_id)
        .order_by(site.c.key, section.c.slug)
    )
    if site_key is not None:
        statement = statement.where(site.c.key == storable(site_key))
    if run_key is not None:
        statement = statement.where(v.c.run_id == run_number(connection, run_key))
    else:
        later = v.alias()
        newest = (
            select(func.max(later.c.run_id)).where(later.c.section_id == v.c.section_id).scalar_subquery()
        )
        statement = statement.where(v.c.run_id == newest)
    return [_coverage_row(dict(row._mapping)) for row in connection.execute(statement)]


def _coverage_row(values: dict[str, Any]) -> CoverageRow:
    del values["run_id"], values["section_id"]
    values["gaps"] = tuple(values["gaps"])
    accounted_for = values["archived"] + sum(values["rejected"].values()) + values["lost"]
    repeated = values.pop("counts").get(f"repeated/{values['section']}", 0)
    return CoverageRow(**values, repeated=repeated, waiting=max(0, values["known"] - accounted_for))


def sites(connection: Connection, key: str | None = None) -> list[SiteRow]:
    """Return the sites with what the archive holds of them; that of *key* alone, where it is given."""
    article_count = select(func.count()).where(article.c.site_id == site.c.id).scalar_subquery()
    page_count = select(func.count()).where(page.c.site_id == site.c.id).scalar_subquery()
    earlier = run.alias()
    last = select(func.max(earlier.c.id)).where(earlier.c.site_id == site.c.id).scalar_subquery()
    wanted = true() if key is None else site.c.key == storable(key)
    rows = connection.execute(
        select(
            site,
            article_count.label("articles"),
            page_count.label("pages"),
            run.c.key.label("last_run"),
            run.c.verdict.label("last_verdict"),
            run.c.id.label("number"),
            run.c.finished_at,
        )
        .join_from(site, run, run.c.id == last, isouter=True)
        .where(wanted)
        .order_by(site.c.key)
    ).all()
    begun = (row for row in rows if row.number is not None and row.finished_at is None)
    dead = _interrupted(connection, [row.number for row in begun])
    return [_site_row(dict(row._mapping), dead) for row in rows]


def _site_row(values: dict[str, Any], interrupted: set[int]) -> SiteRow:
    del values["id"], values["finished_at"]
    return SiteRow(last_interrupted=values.pop("number") in interrupted, **values)


def article_count(connection: Connection) -> int:
    """Return how many articles the archive holds."""
    return connection.scalar(select(func.count()).select_from(article)) or 0


def counts(connection: Connection) -> Mapping[str, int]:
    """Return how much the archive holds, by what it is."""
    copies = select(func.count()).where(membership.c.linked_to.is_not(None))
    tables = {"sites": site, "sections": section, "pages": page, "listings": listing, "fetches": fetch}
    tables |= {"articles": article, "revisions": revision, "stories": story, "runs": run}
    found = {name: connection.scalar(select(func.count()).select_from(t)) or 0 for name, t in tables.items()}
    return found | {"copies": connection.scalar(copies) or 0}
