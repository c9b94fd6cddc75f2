"""Leases: two runs of one site never overlap, and a dead one holds no site."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from storage.archive import Archive
from storage.database.engine import writing
from storage.errors import ArchiveBusy, LeaseLost
from storage.models import lease
from storage.models import run as run_table
from storage.records import SiteRecord
from storage.writing import leases
from storage.writing.leases import Holder, is_alive, this_process
from storage.writing.runs import Run
from tests.storage.samples import NINGBO, article, finish, start, visit

ROOT = Path(__file__).parents[3]
OTHER = replace(NINGBO, key="other")


def ended_process() -> int:
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


@pytest.mark.parametrize(
    ("change", "silent", "alive"),
    [
        ({}, timedelta(0), True),
        ({}, leases.SILENCE, False),
        ({"pid": ended_process()}, timedelta(0), False),
        ({"pid_started": "1"}, timedelta(0), False),  # the number was given to another process
        ({"host": "elsewhere", "pid": 1}, timedelta(0), True),
        ({"host": "elsewhere", "pid": 1}, leases.SILENCE, False),
        ({"boot_id": "before the restart", "pid": 1}, timedelta(0), True),
        ({"host": "elsewhere", "pid": 1}, -leases.SILENCE, False),  # its clock was ahead
        ({}, -leases.SILENCE, True),  # the clock was put back, the process is there
    ],
)
def test_a_holder_is_alive_until_it_is_known_to_have_ended(
    change: dict[str, object], silent: timedelta, alive: bool
) -> None:
    holder = replace(this_process(), **change)  # type: ignore[arg-type]

    assert is_alive(holder, silent) is alive


def test_a_second_run_of_a_site_is_refused_and_told_who_holds_it(archive: Archive) -> None:
    run = start(archive)

    with pytest.raises(
        ArchiveBusy, match=f"run {run.key} holds the site .process {os.getpid()} on "
    ) as raised:
        start(archive)

    assert raised.value.exit_code == 8
    assert [row.run for row in archive.runs()] == [run.key]


def test_runs_of_other_sites_and_imports_go_on(archive: Archive) -> None:
    start(archive)

    start(archive, OTHER)
    start(archive, None)
    start(archive, None)


def test_an_import_that_was_killed_is_closed_by_the_next_and_one_that_lives_is_not(archive: Archive) -> None:
    begin = "from tests.storage.samples import Archive, start; start(Archive({!r}), None)"
    subprocess.run([sys.executable, "-c", begin.format(archive.url)], cwd=ROOT, check=True)

    start(archive, None)
    start(archive, None)

    assert [(row.verdict, row.reason) for row in archive.runs()] == [(None, None)] * 2 + [
        ("crashed", leases.UNTOLD)
    ]


def elsewhere(archive: Archive, run: Run, silent: timedelta) -> None:
    """Have *run* go on in another container, and told of itself so long ago."""
    heard = leases.now() - silent
    process = {**leases.process_option(heard)["process"], "boot_id": "another boot pid:[1]"}
    with writing(archive._engine) as connection:
        connection.execute(
            update(run_table).values(options={"process": process}).where(run_table.c.id == run.id)
        )


@pytest.mark.parametrize(
    ("silent", "verdict"), [(timedelta(minutes=50), None), (timedelta(minutes=61), "crashed")]
)
@pytest.mark.parametrize("next_site", [None, OTHER])
def test_an_import_in_a_container_that_is_gone_is_closed_once_it_is_silent_for_long(
    archive: Archive, silent: timedelta, verdict: str | None, next_site: SiteRecord | None
) -> None:
    elsewhere(archive, start(archive, None), silent)

    start(archive, next_site)

    assert archive.runs()[1].verdict == verdict


def test_an_import_says_with_each_batch_that_it_goes_on(archive: Archive) -> None:
    run = start(archive, None)
    elsewhere(archive, run, timedelta(hours=5))
    archive.record(run, visit(1, article()))

    start(archive, None)

    assert archive.runs()[1].verdict is None


def test_a_finished_run_gives_its_site_back(archive: Archive) -> None:
    finish(archive, start(archive))

    start(archive)


def hold_by(archive: Archive, holder: Holder, **values: object) -> None:
    with writing(archive._engine) as connection:
        connection.execute(update(lease).values(pid=holder.pid, pid_started=holder.pid_started, **values))


def test_the_lease_of_a_dead_process_is_taken_over_and_its_run_closed_as_killed(archive: Archive) -> None:
    dead = start(archive)
    hold_by(archive, replace(this_process(), pid=ended_process()))

    start(archive)

    closed = archive.runs()[1]
    assert (closed.run, closed.verdict, closed.reason) == (dead.key, "crashed", leases.UNTOLD)


@pytest.mark.parametrize(
    ("holder", "silent", "ending"),
    [
        ({}, timedelta(0), "running"),
        ({"pid": ended_process()}, timedelta(0), "interrupted"),
        ({"host": "elsewhere"}, timedelta(0), "running"),
        ({"host": "elsewhere"}, leases.SILENCE, "interrupted"),
    ],
)
def test_a_run_whose_process_is_gone_is_interrupted_before_another_closes_it(
    archive: Archive, holder: dict[str, object], silent: timedelta, ending: str
) -> None:
    run = start(archive)
    with writing(archive._engine) as connection:
        connection.execute(update(lease).values(heartbeat_at=leases.now() - silent, **holder))

    (row,) = archive.runs()

    assert (row.ending, row.verdict) == (ending, None)
    assert archive.run(run.key) == archive.find_run(run.key) == row
    assert archive.sites()[0].last_interrupted is row.interrupted is (ending == "interrupted")


@pytest.mark.parametrize(("silent", "ending"), [(50, "running"), (61, "interrupted")])
def test_an_import_elsewhere_that_is_silent_for_long_is_interrupted(
    archive: Archive, silent: int, ending: str
) -> None:
    elsewhere(archive, start(archive, None), timedelta(minutes=silent))

    assert [row.ending for row in archive.runs()] == [ending]


def test_a_run_that_lost_its_lease_writes_nothing_more(archive: Archive) -> None:
    lost = start(archive)
    hold_by(archive, this_process(), heartbeat_at=leases.now() - leases.SILENCE)
    start(archive)

    for call in (
        lambda: archive.record(lost, visit(1, article())),
        lambda: archive.heartbeat(lost),
        lambda: archive.finish_section(lost, "news", walked_to_end=True, full=True),
        lambda: finish(archive, lost),
    ):
        with pytest.raises(LeaseLost):
            call()
    assert archive.counts()["articles"] == 0


def test_a_heartbeat_keeps_the_lease(archive: Archive) -> None:
    run = start(archive)
    hold_by(archive, this_process(), heartbeat_at=leases.now() - leases.SILENCE)

    archive.heartbeat(run)

    with pytest.raises(ArchiveBusy):
        start(archive)
