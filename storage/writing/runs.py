"""Runs: started with a lease, finished with a verdict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime

from sqlalchemy import Connection, Table, func, insert, select, update

from storage.chain import run_digest
from storage.database.row_numbers import next_numbers
from storage.models import revision, run, section, site
from storage.records import Revisit, RunKind, SectionRecord, SiteRecord
from storage.rows import Measure, Warned
from storage.safe_text import storable
from storage.verdicts import Verdict
from storage.writing import leases
from storage.writing.leases import now

REMOVAL_CHECKS = 3
REMOVAL_DAYS = 14.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run, as its writer holds it.

    Of *options* the archive reads `revisit` (due, all, none), `removal_checks` and `removal_days`;
    the others are only kept.
    """

    id: int
    key: str  # what people and scripts call it
    site: SiteRecord | None
    site_id: int | None
    kind: RunKind
    started_at: datetime
    revisit: Revisit = Revisit.DUE
    removal_checks: int = REMOVAL_CHECKS
    removal_days: float = REMOVAL_DAYS
    section_ids: Mapping[str, int] = field(default_factory=dict)


def start(
    connection: Connection,
    site_record: SiteRecord | None,
    sections: Sequence[SectionRecord],
    *,
    kind: RunKind,
    code_version: str,
    options: Mapping[str, object],
) -> Run:
    """Start a run; with a site it takes the site's lease. :raises ArchiveBusy: if that is held."""
    at = now().replace(microsecond=0)
    (run_id,) = next_numbers(connection, run, 1)
    site_id = ensure_site(connection, site_record) if site_record else None
    started = Run(
        id=run_id,
        key=_free_key(connection, at, site_record.key if site_record else kind.value),
        site=site_record,
        site_id=site_id,
        kind=kind,
        started_at=at,
        revisit=Revisit(str(options.get("revisit", Revisit.DUE))),
        removal_checks=int(str(options.get("removal_checks", REMOVAL_CHECKS))),
        removal_days=float(str(options.get("removal_days", REMOVAL_DAYS))),
        section_ids={s.slug: ensure_section(connection, site_id, s) for s in sections} if site_id else {},
    )
    leases.close_killed(connection, at)
    if site_record is None:
        options = {**options, **leases.process_option(at)}
    connection.execute(insert(run), _row_of(started, code_version, options))
    if site_record and site_id is not None:
        leases.take(connection, site_id=site_id, site_key=site_record.key, run_id=run_id, at=at)
    return started


def _row_of(started: Run, code_version: str, options: Mapping[str, object]) -> dict[str, object]:
    return {
        "id": started.id,
        "key": started.key,
        "site_id": started.site_id,
        "kind": started.kind.value,
        "started_at": started.started_at,
        "counts": {},
        "measures": {},
        "warnings": [],
        "options": {name: _plain(value) for name, value in options.items()},
        "code_version": code_version,
        "host": leases.this_process().host,
    }


def _plain(value: object) -> object:
    return value if value is None or isinstance(value, bool | int | float | str | list | dict) else str(value)


def _free_key(connection: Connection, at: datetime, name: str) -> str:
    """Return a key nobody has: time and site, with a number where two runs start in one second."""
    stem = f"{at:%Y%m%dT%H%M%SZ}-{storable(name)}"
    taken = connection.scalar(
        select(func.count())
        .select_from(run)
        .where((run.c.key == stem) | run.c.key.startswith(f"{stem}-", autoescape=True))
    )
    return f"{stem}-{taken + 1}" if taken else stem


def ensure_site(connection: Connection, record: SiteRecord) -> int:
    """Return the row number of a site, made or brought up to date."""
    values = _stored(record)
    return _ensure(connection, site, {"key": values.pop("key")}, values)


def ensure_section(connection: Connection, site_id: int, record: SectionRecord) -> int:
    """Return the row number of a section, made or brought up to date."""
    values = _stored(record)
    return _ensure(connection, section, {"site_id": site_id, "slug": values.pop("slug")}, values)


def _stored(record: SiteRecord | SectionRecord) -> dict[str, object]:
    return {name: storable(text) for name, text in asdict(record).items()}


def _ensure(
    connection: Connection, table: Table, key: Mapping[str, object], values: Mapping[str, object]
) -> int:
    """Return the number of the row with that *key*, made or changed so that it has those *values*."""
    same = (table.c[name] == value for name, value in key.items())
    stored = connection.execute(select(table).where(*same)).first()
    if stored is None:
        (number,) = next_numbers(connection, table, 1)
        connection.execute(insert(table).values(id=number, **key, **values))
        return number
    if any(getattr(stored, name) != value for name, value in values.items()):
        connection.execute(update(table).where(table.c.id == stored.id).values(**values))
    return int(stored.id)


def finish(
    connection: Connection,
    ended: Run,
    *,
    verdict: Verdict,
    reason: str,
    counts: Mapping[str, int],
    measures: Mapping[str, Measure],
    warnings: Sequence[Warned],
) -> None:
    """Close a run with its verdict and its digest, and give up its lease."""
    connection.execute(
        update(run)
        .where(run.c.id == ended.id)
        .values(
            finished_at=now(),
            verdict=verdict.value,
            reason=storable(reason),
            counts=dict(counts),
            measures={name: asdict(measure) for name, measure in measures.items()},
            warnings=[{name: storable(text) for name, text in asdict(each).items()} for each in warnings],
            digest=_digest(connection, ended),
        )
    )
    leases.release(connection, ended.id)


def _digest(connection: Connection, ended: Run) -> str:
    chains = select(revision.c.chain).where(revision.c.run_id == ended.id).order_by(revision.c.id)
    previous = connection.scalar(
        select(run.c.digest)
        .where(
            run.c.site_id.is_not_distinct_from(ended.site_id), run.c.id < ended.id, run.c.digest.is_not(None)
        )
        .order_by(run.c.id.desc())
        .limit(1)
    )
    at_once = {"yield_per": 1_000}
    return run_digest(connection.scalars(chains, execution_options=at_once), previous)
