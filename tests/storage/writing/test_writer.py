"""Group commit: batches, heartbeats and failures of the writer."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Event

import pytest
from sqlalchemy import update
from sqlalchemy.exc import StatementError

from storage.archive import Archive
from storage.database.engine import PRAGMAS, writing
from storage.errors import ArchiveNotWritable, LeaseLost, VisitNotStored
from storage.models import lease
from storage.records import Change
from storage.writing import leases, writer
from storage.writing.writer import GroupCommit
from tests.storage.samples import article, list_visit, next_run, start, url, visit


def test_every_visit_gets_its_own_outcome(archive: Archive) -> None:
    run = start(archive)

    with GroupCommit(archive, run) as commit, ThreadPoolExecutor(8) as threads:
        futures = list(threads.map(lambda n: commit.submit(visit(n, article(f"T{n}"))), range(250)))
        ids = [future.result(timeout=60).article_id for future in futures]

    assert ids == [archive.article(url(n)).id for n in range(250)]


def test_what_queues_while_a_transaction_runs_is_written_together(archive: Archive) -> None:
    run = start(archive)
    batches: list[int] = []
    writing_now, go_on = Event(), Event()

    class Watched(Archive):
        def record_all(self, run, visits):  # type: ignore[no-untyped-def]
            batches.append(len(visits))
            writing_now.set()
            go_on.wait(timeout=60)
            return super().record_all(run, visits)

    with Watched(archive.url) as watched, GroupCommit(watched, run) as commit:
        commit.submit(visit(0, article("T0")))
        writing_now.wait(timeout=60)
        futures = [commit.submit(visit(n, article(f"T{n}"))) for n in range(1, 151)]
        go_on.set()
        for future in futures:
            future.result(timeout=60)

    assert batches == [1, 100, 50]


@pytest.mark.parametrize(
    ("size", "written", "seconds", "expected"),
    [
        (100, 100, 0.1, 100),
        (100, 100, 0.8, 50),  # a busy machine: others wait meanwhile
        (50, 50, 0.7, 25),
        (100, 12, 2.0, 10),
        (10, 10, 9.0, 10),
        (25, 3, 0.1, 50),
    ],
)
def test_batches_shrink_where_a_transaction_took_long_and_grow_again(
    size: int, written: int, seconds: float, expected: int
) -> None:
    assert writer.next_batch_size(size, written, seconds) == expected


@pytest.mark.parametrize(("number", "batches"), [(1, [1, 1]), (2, [2])])
def test_only_a_first_list_page_is_written_before_the_articles_after_it(
    archive: Archive, monkeypatch: pytest.MonkeyPatch, number: int, batches: list[int]
) -> None:
    monkeypatch.setattr(writer, "PAUSE_SECONDS", 60)
    monkeypatch.setattr(writer, "GATHER_SECONDS", 60)
    written: list[int] = []

    class Watched(Archive):
        def record_all(self, run, visits):  # type: ignore[no-untyped-def]
            written.append(len(visits))
            return super().record_all(run, visits)

    run = start(archive)
    page = list_visit(1)
    with Watched(archive.url) as watched, GroupCommit(watched, run) as commit:
        listed = commit.submit(replace(page, result=replace(page.result, number=number)))
        if number == 1:
            listed.result(timeout=60)
        commit.submit(visit(1, article("A")))

    assert written == batches


def test_list_pages_do_not_wait_for_more_list_pages(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A crawl that has asked for all articles it knows reads nothing else, and waits for what they name."""
    monkeypatch.setattr(writer, "PAUSE_SECONDS", 0.2)
    monkeypatch.setattr(writer, "GATHER_SECONDS", 60)
    run = start(archive)
    stored = Event()

    with GroupCommit(archive, run) as commit:
        listed = []
        while not stored.wait(0.05) and len(listed) < writer.LARGEST_BATCH - 1:
            page = list_visit(len(listed))
            listed.append(commit.submit(replace(page, result=replace(page.result, number=len(listed) + 2))))
            listed[-1].add_done_callback(lambda _: stored.set())
        assert len(listed) < writer.LARGEST_BATCH - 1

    assert [future.result(0).new_entries for future in listed] == [1] * len(listed)


def test_closing_writes_what_is_queued(archive: Archive) -> None:
    run = start(archive)
    commit = GroupCommit(archive, run)
    futures = [commit.submit(visit(n, article(f"T{n}"))) for n in range(30)]

    commit.close()

    assert all(future.done() for future in futures)
    assert archive.counts()["articles"] == 30


def test_one_visit_that_cannot_be_written_loses_only_itself(archive: Archive) -> None:
    run = start(archive)
    poison = visit("poison", article(language=object()))

    with GroupCommit(archive, run) as commit:
        futures = [
            commit.submit(v) for v in (visit(1, article("A")), poison, visit(2, article("B")), list_visit(3))
        ]

    assert [future.exception() is None for future in futures] == [True, False, True, True]
    refusal = futures[1].exception()
    assert isinstance(refusal, VisitNotStored)
    assert url("poison") in str(refusal)
    assert isinstance(refusal.__cause__, StatementError)
    assert {row.title for row in archive.articles()} == {"A", "B"}


def test_a_full_disk_fails_every_pending_and_later_visit(sqlite_url: str) -> None:
    with Archive(sqlite_url) as archive:
        run = start(archive)
        archive._engine.dispose()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("storage.database.engine.PRAGMAS", (*PRAGMAS, "PRAGMA max_page_count=1"))
            with GroupCommit(archive, run) as commit:
                futures = [commit.submit(visit(n, article(f"T{n}", "x" * 50_000))) for n in range(40)]
                errors = [future.exception(timeout=60) for future in futures]
                later = commit.submit(visit(50, article())).exception(timeout=60)

        assert {type(error) for error in [*errors, later]} == {ArchiveNotWritable}
        assert archive.counts()["articles"] == 0


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_writer_that_breaks_leaves_nobody_waiting(archive: Archive) -> None:
    run = start(archive)

    class Broken(Archive):
        def record_all(self, run, visits):  # type: ignore[no-untyped-def]
            raise NotImplementedError("a defect of ours")

    with Broken(archive.url) as broken, GroupCommit(broken, run) as commit:
        futures = [commit.submit(visit(n, article(f"T{n}"))) for n in range(150)]
        errors = [future.exception(timeout=60) for future in futures]
        later = commit.submit(visit("later", article())).exception(timeout=60)

    assert {type(error) for error in [*errors, later]} == {ArchiveNotWritable}


def test_a_run_that_lost_its_lease_stops_writing(archive: Archive) -> None:
    lost = start(archive)
    with writing(archive._engine) as connection:
        connection.execute(update(lease).values(heartbeat_at=leases.now() - leases.SILENCE))
    start(archive)

    with GroupCommit(archive, lost) as commit:
        future = commit.submit(visit(1, article()))

    assert isinstance(future.exception(), LeaseLost)


def test_an_idle_writer_keeps_its_lease_alive(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer, "HEARTBEAT", leases.HEARTBEAT / 10_000)
    beaten = Event()

    class Watched(Archive):
        def heartbeat(self, run):  # type: ignore[no-untyped-def]
            super().heartbeat(run)
            beaten.set()

    run = start(archive)
    with Watched(archive.url) as watched, GroupCommit(watched, run):
        assert beaten.wait(timeout=60)


def test_a_cancelled_visit_is_not_written_and_hurts_nobody(archive: Archive) -> None:
    run = start(archive)
    blocked = Event()

    class Slow(Archive):
        def record_all(self, run, visits):  # type: ignore[no-untyped-def]
            blocked.wait(timeout=60)
            return super().record_all(run, visits)

    with Slow(archive.url) as slow, GroupCommit(slow, run) as commit:
        first = commit.submit(visit(1, article("A")))
        second = commit.submit(visit(2, article("B")))
        third = commit.submit(visit(3, article("C")))
        second.cancel()
        blocked.set()

    assert first.result().change is third.result().change is Change.NEW


def test_runs_one_after_another_give_the_same_archive_as_one(archive: Archive) -> None:
    run = start(archive)
    archive.record_all(run, [visit(1, article("A")), visit(2, article("B"))])
    again = next_run(archive, run)

    outcomes = archive.record_all(again, [visit(1, article("A")), visit(2, replace(article("B")))])

    assert {outcome.change for outcome in outcomes} == {Change.UNCHANGED}
