"""Leases: two runs of one site never overlap, and a dead run does not hold its site for ever."""

from __future__ import annotations

import os
import socket
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Select, bindparam, delete, insert, select, update

from storage.errors import ArchiveBusy, LeaseLost
from storage.models import lease, run
from storage.records import RunKind

if TYPE_CHECKING:
    from sqlalchemy import Row

HEARTBEAT = timedelta(seconds=15)
SILENCE = timedelta(seconds=120)
WORK_SILENCE = timedelta(hours=1)  # of work that holds no lease: between two batches it may read for long
PROCESS = "process"  # among the options of a run
HEARD = "heard_at"  # of that process: when it last wrote
_NAMES = (lease.c.host, lease.c.boot_id, lease.c.pid, lease.c.pid_started, lease.c.heartbeat_at)
# What is known of a run that works no more and left its row open.
UNTOLD = "ended without storing how: killed, or cut off from its archive"
_CLOSE = update(run).values(verdict="crashed", reason=UNTOLD)
_UNFINISHED: Select[Any] = (
    select(run.c.id, run.c.site_id, run.c.host.label("run_host"), run.c.started_at, run.c.options, *_NAMES)
    .join_from(run, lease, lease.c.run_id == run.c.id, isouter=True)
    .where(run.c.finished_at.is_(None))
)
_HOLDER = select(lease.c.run_id).where(lease.c.site_id == bindparam("site"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """A process, so exactly named that a later one with the same number is not mistaken for it."""

    host: str
    boot_id: str
    pid: int
    pid_started: str


def this_process() -> Holder:
    """Return this process as the holder of a lease."""
    return _process(os.getpid())


@cache
def _process(pid: int) -> Holder:
    return Holder(host=socket.gethostname(), boot_id=_boot_id(), pid=pid, pid_started=_started(pid) or "")


def _boot_id() -> str:
    """Return what tells this boot and this container from others: process numbers mean nothing outside."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        return f"{boot} {Path('/proc/self/ns/pid').readlink()}"
    except OSError:
        return ""


def _started(pid: int) -> str | None:
    """Return the start time of process *pid* in clock ticks, None where there is no such process."""
    try:
        status = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    fields = status.rpartition(")")[2].split()
    return None if fields[0] in {"Z", "X"} else fields[19]


def is_alive(holder: Holder, silent: timedelta) -> bool:
    """Return whether *holder* still works: heard of lately, and not known to have ended."""
    if _is_of_here(holder):
        return silent < SILENCE and _runs(holder)
    # Another machine, boot or container: its process numbers mean nothing here. What it told in the future
    # it told by a clock that was wrong: nobody is to wait for that time.
    return abs(silent) < SILENCE


def _is_of_here(holder: Holder) -> bool:
    here = this_process()
    return (holder.host, holder.boot_id) == (here.host, here.boot_id) and bool(here.boot_id)


def _runs(holder: Holder) -> bool:
    return _started(holder.pid) == holder.pid_started


def take(connection: Connection, *, site_id: int, site_key: str, run_id: int, at: datetime) -> None:
    """Give the lease of a site to run *run_id*; a dead holder's run is closed.

    :raises ArchiveBusy: if another live run holds it
    """
    held = connection.execute(
        select(lease, run.c.key).join(run, run.c.id == lease.c.run_id).where(lease.c.site_id == site_id)
    ).first()
    if held is not None:
        holder = _holder(held)
        if is_alive(holder, at - held.heartbeat_at):
            raise ArchiveBusy(
                f"{site_key}: run {held.key} holds the site (process {holder.pid} on {holder.host},"
                f" last heard of {held.heartbeat_at.isoformat()}); wait for it, or stop it"
            )
        connection.execute(delete(lease).where(lease.c.site_id == site_id))
    _close_unfinished(connection, site_id, run_id, at)
    mine = asdict(this_process())
    connection.execute(insert(lease).values(site_id=site_id, run_id=run_id, heartbeat_at=at, **mine))


def _close_unfinished(connection: Connection, site_id: int, run_id: int, at: datetime) -> None:
    others = _CLOSE.where(run.c.site_id == site_id, run.c.finished_at.is_(None), run.c.id != run_id)
    connection.execute(others.values(finished_at=at))


def close_killed(connection: Connection, at: datetime) -> None:
    """Close the runs of no site, which hold no lease, that have ended or are silent for too long elsewhere.

    What was killed while it decided copies anew is gone on with by the next one, and stays open.
    """
    of_no_site = (run.c.site_id.is_(None), run.c.kind != RunKind.REDEDUP.value)
    for row in connection.execute(_UNFINISHED.where(*of_no_site)).all():
        if _has_ended(row, at):
            connection.execute(_CLOSE.where(run.c.id == row.id).values(finished_at=at))


def interrupted(connection: Connection, run_ids: Sequence[int], at: datetime) -> set[int]:
    """Return those of the unfinished runs *run_ids* that work no more, though none has closed them yet."""
    rows = connection.execute(_UNFINISHED.where(run.c.id.in_(run_ids))).all()
    return {row.id for row in rows if _has_ended(row, at)}


def _has_ended(row: Row[Any], at: datetime) -> bool:
    """Return whether an unfinished run works no more: its process has ended, or is silent for too long."""
    if row.site_id is not None:
        return row.heartbeat_at is None or not is_alive(_holder(row), at - row.heartbeat_at)
    process = dict(row.options.get(PROCESS, {}))
    heard = process.pop(HEARD, None)
    silent = at - (datetime.fromisoformat(heard) if heard else row.started_at)
    return bool(process) and not _works(Holder(host=row.run_host, **process), silent)


def _holder(row: Row[Any]) -> Holder:
    return Holder(host=row.host, boot_id=row.boot_id, pid=row.pid, pid_started=row.pid_started)


def _works(holder: Holder, silent: timedelta) -> bool:
    return _runs(holder) if _is_of_here(holder) else abs(silent) < WORK_SILENCE


def process_option(at: datetime) -> dict[str, dict[str, str | int]]:
    """Return what a run of no site keeps of its process, so that others can tell whether it is there."""
    mine = asdict(this_process())
    del mine["host"]  # has a column of its own
    return {PROCESS: {**mine, HEARD: at.isoformat()}}


def note_work(connection: Connection, run_id: int, at: datetime) -> None:
    """Note that a run of no site wrote just now."""
    options = connection.scalar(select(run.c.options).where(run.c.id == run_id)) or {}
    process = {**options.get(PROCESS, {}), HEARD: at.isoformat()}
    connection.execute(update(run).where(run.c.id == run_id).values(options={**options, PROCESS: process}))


def require(connection: Connection, run_id: int, site_id: int, site_key: str) -> None:
    """Raise `LeaseLost` unless the run still holds the lease of its site."""
    if connection.scalar(_HOLDER, {"site": site_id}) != run_id:
        raise LeaseLost(f"{site_key}: this run was silent for too long and another took over; it stops")


def beat(connection: Connection, run_id: int, at: datetime) -> bool:
    """Note that the run is alive; return False if it holds no lease any more."""
    statement = update(lease).where(lease.c.run_id == run_id).values(heartbeat_at=at)
    return connection.execute(statement).rowcount > 0


def release(connection: Connection, run_id: int) -> None:
    """Give up the lease of a run."""
    connection.execute(delete(lease).where(lease.c.run_id == run_id))


def now() -> datetime:
    """Return the time that leases and runs are measured by."""
    return datetime.now(UTC)
