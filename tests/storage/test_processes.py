"""Many files, several processes, one order."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from storage.errors import ProcessEnded
from storage.processes import WORTH_A_PROCESS, in_processes, processes_for

ROOT = Path(__file__).parents[2]


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


def test_a_process_that_the_system_ends_is_one_clear_line() -> None:
    with pytest.raises(ProcessEnded, match=r"want of memory.*--jobs 1"):
        list(in_processes(kill_this_one, [(0,), (signal.SIGKILL,)], jobs=2))


def kill_this_one(number: int) -> None:
    """Send the process that works the signal *number*; 0 is none."""
    os.kill(os.getpid(), number)


def test_processes_end_once_nobody_asks_for_their_answers(tmp_path: Path) -> None:
    pipe = tmp_path / "never"
    os.mkfifo(pipe)
    answers = in_processes(told, [("first", None), ("second", pipe), ("third", pipe)], jobs=2)

    assert next(answers)[0] == "first"
    answers.close()  # what an interrupted command does; the others would read to the end of time


def told(name: str, pipe: Path | None) -> tuple[str, int]:
    """Return *name* and this process once *pipe*, where there is one, was read to its end."""
    return (pipe.read_text() if pipe else name), os.getpid()


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_processes_end_with_the_one_that_started_them(tmp_path: Path, number: int) -> None:
    pipe, alive = tmp_path / "never", tmp_path / "alive"
    for each in (pipe, alive):
        os.mkfifo(each)
    child = subprocess.Popen(
        [sys.executable, "-P", "-c", ASKS, str(pipe), str(alive)], cwd=ROOT, stderr=subprocess.DEVNULL
    )

    with alive.open() as held:  # by the process that works, as long as it lives
        assert held.readline() == "begun\n"
        child.send_signal(number)
        assert held.read() == ""
    assert child.wait(timeout=60) != 0


ASKS = """
import sys
sys.path.insert(0, "")
from tests.storage.test_processes import hold
from storage.processes import in_processes
if __name__ == "__main__":
    list(in_processes(hold, [sys.argv[1:], [sys.argv[1], "/dev/null"]], jobs=2))
"""


def hold(pipe: str, alive: str) -> None:
    """Hold *alive* open for as long as *pipe* has no end."""
    with Path(alive).open("w", encoding="utf-8") as held:
        print("begun", file=held, flush=True)
        Path(pipe).read_text(encoding="utf-8")


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
