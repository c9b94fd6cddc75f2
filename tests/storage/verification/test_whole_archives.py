"""What runs leave behind them is no damage."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

from storage.archive import Archive
from storage.database.engine import writing
from storage.evidence.warc import open_mark
from storage.records import FingerprintedArticle
from storage.verification import Check, Checked, Finding, Status
from tests.storage.evidence_samples import evidence_of, fill, keep, long_text, real, store
from tests.storage.samples import finish, start, visit
from tests.storage.verification.damages import (
    findings,
    warc_file,
)


def test_a_clock_that_was_put_back_between_two_runs_is_no_damage(archive: Archive) -> None:
    for number in range(2):
        run = start(archive)
        archive.record(run, visit(number, real(f"Title {number}")))
        finish(archive, run)
    with writing(archive._engine) as connection:
        connection.execute(text("UPDATE run SET finished_at = '2090-01-01 00:00:00+00:00' WHERE id = 1"))

    assert [each for each in archive.verify() if isinstance(each, Finding)] == []


def test_records_of_a_killed_run_are_orphans(sqlite_url: str) -> None:
    with Archive(sqlite_url) as archive:
        run = fill(archive)
        with evidence_of(archive, run) as writer:
            keep(writer, "lost", b"never stored")
            keep(writer, "lost too", b"never stored")

        (found,) = findings(archive)

        assert found.status is Status.ORPHAN
        assert "2 whole records" in found.problem


@pytest.mark.parametrize(("is_open", "status"), [(True, Status.ORPHAN), (False, Status.DAMAGED)])
def test_a_torn_end_is_an_orphan_while_its_file_may_grow_and_a_damage_once_it_was_closed(
    sqlite_url: str, *, is_open: bool, status: Status
) -> None:
    with Archive(sqlite_url) as archive:
        fill(archive)
        path = warc_file(archive)
        path.write_bytes(path.read_bytes() + path.read_bytes()[:50])
        if is_open:
            open_mark(path).touch()

        (found,) = findings(archive)

        assert found.status is status


@pytest.mark.parametrize("jobs", [1, 2])
def test_runs_copies_and_empty_archives_pass(archive: Archive, tmp_path: Path, jobs: int) -> None:
    archive.evidence_root = tmp_path / "evidence"
    assert findings(archive, jobs) == []
    for number in range(3):
        run = start(archive)
        with evidence_of(archive, run) as writer:
            copy: FingerprintedArticle = real("Shared text", long_text("shared"), f"Only here: {number}.")
            store(archive, run, writer, f"copy-{number}", copy)
            store(archive, run, writer, f"exact-{number}", real("Same", long_text("same")))
            store(archive, run, writer, "short", real("Short", f"See the annex {number}."), b"%d" % number)
            store(archive, run, writer, "undated", real("Undated", "No date.", published_day=None))
            store(archive, run, writer, "empty", real("Only tables", *()), None)
        finish(archive, run)

    assert findings(archive, jobs) == []


def test_imports_that_overlap_pass(archive: Archive) -> None:
    first, second = start(archive, None), start(archive, None)
    archive.record(second, visit("b", real("Title b")))
    finish(archive, second)
    archive.record(first, visit("a", real("Title a")))
    finish(archive, first)
    third = start(archive, None)
    archive.record(third, visit("c", real("Title c")))
    finish(archive, third)

    assert findings(archive) == []


def test_each_check_says_how_much_it_examined(sqlite_url: str) -> None:
    with Archive(sqlite_url) as archive:
        fill(archive)

        ended = {each.check: each.examined for each in archive.verify() if isinstance(each, Checked)}

    assert list(ended) == list(Check)
    assert ended[Check.CHAIN] == 4
    assert ended[Check.SEARCH] == 3
