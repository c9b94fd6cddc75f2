"""What commands do to a reader that has seen enough."""

from __future__ import annotations

import subprocess
import sys

import pytest

from storage.archive import Archive
from tests.storage.samples import article, finish, start, visit


@pytest.mark.parametrize(
    "command", ["search title", "search title --json", "export", "runs", "stats", "stories"]
)
def test_a_closed_pipe_ends_a_command_quietly(archive: Archive, command: str) -> None:
    run = start(archive)
    archive.record_all(run, [visit(number, article(f"Title {number}", "One text.")) for number in range(3)])
    finish(archive, run)

    with subprocess.Popen(
        [
            sys.executable,
            "-c",
            "from crawler.cli import main; main()",
            *command.split(),
            "--archive",
            archive.url,
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as child:
        assert child.stdout is not None
        child.stdout.close()
        assert child.stderr is not None
        said = child.stderr.read()

    assert (child.returncode, said) == (0, "")
