"""Many files, several processes, one order."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from storage.processes import WORTH_A_PROCESS, in_processes, processes_for


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("number", [0, 1, 2, 9])
def test_results_come_in_the_order_of_the_tasks(jobs: int, number: int) -> None:
    assert list(in_processes(pow, ((each, 2) for each in range(number)), jobs=jobs)) == [
        each * each for each in range(number)
    ]


def test_one_task_needs_no_other_process() -> None:
    assert list(in_processes(os.getpid, [()], jobs=4)) == [os.getpid()]


def test_an_error_in_a_process_is_raised_here() -> None:
    with pytest.raises(ZeroDivisionError):
        list(in_processes(divmod, [(1, 1), (1, 0)], jobs=2))


def test_what_is_read_before_a_process_has_begun_is_read_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 8)
    (tmp_path / "site").mkdir()

    empty = processes_for(tmp_path / "nowhere")
    (tmp_path / "site" / "small.warc.gz").write_bytes(b"x" * 1000)
    small = processes_for(tmp_path)
    os.truncate(tmp_path / "site" / "small.warc.gz", 3 * WORTH_A_PROCESS)
    large = processes_for(tmp_path)
    os.truncate(tmp_path / "site" / "small.warc.gz", 100 * WORTH_A_PROCESS)

    assert (empty, small, large, processes_for(tmp_path)) == (1, 1, 4, 8)
