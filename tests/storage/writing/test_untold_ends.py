"""How a run ended is known even where the archive could not be told."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from storage.archive import Archive
from storage.database.engine import writing
from storage.errors import ArchiveNotWritable
from storage.verdicts import Verdict
from storage.writing import leases, untold_ends
from storage.writing.runs import Run
from tests.storage.samples import start

COUNTS = {"new": 3}


@pytest.fixture(autouse=True)
def evidence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOTNEWS_EVIDENCE", str(tmp_path / "evidence"))


def cut_off(url: str) -> Run:
    """Begin a run that loses its archive, and return it."""
    with Archive(url) as archive:
        run = start(archive)
        with pytest.raises(ArchiveNotWritable):
            lose(archive, run)
    return run


def lose(archive: Archive, run: Run) -> None:
    with archive.closed_early(run, lambda: COUNTS):
        archive.close()
        raise ArchiveNotWritable("the disk is full")


def test_a_run_that_was_cut_off_from_its_archive_is_shown_as_it_ended(archive_url: str) -> None:
    run = cut_off(archive_url)

    with Archive(archive_url) as archive:
        (row,), shown, found, (site,) = (
            archive.runs(),
            archive.run(run.key),
            archive.find_run(run.key),
            archive.sites(),
        )

    assert row == shown == found
    assert (row.verdict, row.reason, row.counts) == ("storage", "the disk is full", COUNTS)
    assert (row.ending, row.interrupted, row.finished_at is None) == ("storage", False, False)
    assert (site.last_verdict, site.last_interrupted) == ("storage", False)


def test_the_next_run_tells_the_archive_how_the_one_before_it_ended(archive_url: str) -> None:
    run = cut_off(archive_url)

    with Archive(archive_url) as archive:
        start(archive)
        left = list(archive.evidence_root.iterdir())
        row = archive.run(run.key)

    assert left == []
    assert (row.verdict, row.reason, row.counts) == ("storage", "the disk is full", COUNTS)


def test_what_another_machine_closed_unknowing_is_put_right_by_the_one_that_knows(archive_url: str) -> None:
    run = cut_off(archive_url)

    with Archive(archive_url) as archive:
        folder = archive.evidence_root
        folder.rename(folder.with_name("elsewhere"))
        with writing(archive._engine) as connection:
            leases.release(connection, run.id)  # as if its process were gone
        second = start(archive)
        unknowing = archive.run(run.key)
        archive.finish_run(second, verdict=Verdict.COMPLETE, reason="", counts={})
        folder.with_name("elsewhere").rename(folder)
        start(archive)
        row = archive.run(run.key)

    assert (unknowing.verdict, unknowing.reason) == ("crashed", leases.UNTOLD)
    assert (row.verdict, row.reason) == ("storage", "the disk is full")


def test_the_end_of_a_run_of_another_archive_with_the_same_evidence_is_left_alone(archive_url: str) -> None:
    run = cut_off(archive_url)

    with Archive(archive_url) as archive:
        (end,) = untold_ends.kept(archive.evidence_root, archive.masked_url)
        assert untold_ends.kept(archive.evidence_root, "sqlite:////srv/another.db") == []
    assert end.run == run.key


@pytest.mark.parametrize("content", ["[]", "{}", '{"at": "x"}', '{"at": "2026-01-01", "why": "odd"}'])
def test_a_file_that_tells_no_end_is_passed_over(archive_url: str, content: str) -> None:
    cut_off(archive_url)
    with Archive(archive_url) as archive:
        (file,) = archive.evidence_root.iterdir()
        file.write_text(content)

        assert archive.runs()[0].ending == "running"


def test_of_an_end_on_a_full_disk_at_least_the_verdict_is_known(archive_url: str) -> None:
    cut_off(archive_url)

    with Archive(archive_url) as archive:
        (file,) = archive.evidence_root.iterdir()
        os.truncate(file, 0)  # what a full disk makes of it
        (row,) = archive.runs()

    assert (row.verdict, row.reason) == ("storage", untold_ends.NO_ROOM)
