"""A command that is told to end, and told again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.crawl.conftest import HOTNEWS, SECONDS, path_with


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_command_that_is_told_to_end_again_and_again_ends_once(
    sqlite_url: str, tmp_path: Path, number: signal.Signals
) -> None:
    rows = tmp_path / "rows.jsonl"
    os.mkfifo(rows)
    command = [sys.executable, "-P", *HOTNEWS, "import", "--archive", sqlite_url, str(rows)]
    child = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    with rows.open("w", encoding="utf-8"):  # it waits for the first row
        while child.poll() is None:
            child.send_signal(number)
            time.sleep(0.001)  # nobody is faster at the keyboard
    _, said = child.communicate(timeout=SECONDS)

    assert child.returncode == 3, said
    assert said.splitlines()[1:] == ["hotnews: interrupted"]


def test_a_command_that_does_not_come_to_its_end_is_ended_when_it_is_told_again() -> None:
    command = [sys.executable, "-P", "-c", DEAF]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as child:
        assert child.stderr is not None
        for heard in ("ready", "told"):
            assert child.stderr.readline() == f"{heard}\n"
            child.terminate()
        said = child.stderr.read()

    assert (child.returncode, said) == (3, "hotnews: interrupted again, and ended at once\n")


# Something that holds on to what it does, and a patience that has an end before it began.
DEAF = """
import signal, sys
from crawler import streams
streams.PATIENCE_SECONDS = -1
streams.end_on_signals()
try:
    print("ready", file=sys.stderr)
    signal.pause()
except KeyboardInterrupt:
    print("told", file=sys.stderr)
    signal.pause()
"""


def test_a_command_that_was_interrupted_while_it_began_ends_with_its_exit_code(tmp_path: Path) -> None:
    (tmp_path / "beginning.py").write_text(BEGINNING)

    done = subprocess.run(
        [sys.executable, "-m", "beginning"],
        env={**os.environ, "PYTHONPATH": path_with(tmp_path)},
        check=False,
    )

    assert done.returncode == 3


# What imports are full of: named tuples and dataclasses are made by `exec`.
BEGINNING = """
import sys
from crawler.streams import hear_no_more_signals
try:
    exec("raise KeyboardInterrupt")
except KeyboardInterrupt:
    hear_no_more_signals()
    sys.exit(3)
"""
