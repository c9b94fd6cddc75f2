"""Work that ends before its end closes its run."""

from __future__ import annotations

import pytest

from storage.archive import Archive
from storage.errors import ArchiveDamaged, ArchiveNotWritable
from storage.writing.runs import Run
from tests.storage.samples import article, start, visit


@pytest.mark.parametrize(
    ("error", "verdict", "reason"),
    [
        (KeyboardInterrupt(), "incomplete", "stopped before its end"),
        (ArchiveNotWritable("the disk is full"), "storage", "the disk is full"),
        (ArchiveDamaged("it is damaged"), "storage", "it is damaged"),
        (ZeroDivisionError("by zero"), "crashed", "ZeroDivisionError: by zero"),
    ],
)
def test_work_that_an_error_ends_is_closed_with_what_it_had_done(
    archive: Archive, error: BaseException, verdict: str, reason: str
) -> None:
    run = start(archive, None)

    with pytest.raises(type(error)):
        work(archive, run, error)

    row = archive.runs()[0]
    assert (row.verdict, row.reason, row.counts) == (verdict, reason, {"new": 1})
    assert row.finished_at is not None


def work(archive: Archive, run: Run, error: BaseException) -> None:
    with archive.closed_early(run, lambda: {"new": 1}):
        archive.record(run, visit(1, article()))
        raise error


def test_an_archive_that_takes_nothing_more_hides_no_error(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = start(archive, None)
    monkeypatch.setattr(archive, "finish_run", refuse)

    with pytest.raises(ZeroDivisionError):
        work(archive, run, ZeroDivisionError())


def refuse(*_arguments: object, **_named: object) -> None:
    raise ArchiveNotWritable("the disk is full")
