"""Many files, several processes, one order."""

from __future__ import annotations

import os

import pytest

from storage.processes import in_processes


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
