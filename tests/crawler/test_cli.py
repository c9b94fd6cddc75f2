"""The command line as a whole: its commands, and what it says of those that do not exist."""

from __future__ import annotations

import subprocess
import sys

import pytest
from click.testing import CliRunner

from crawler.cli import COMMANDS, cli


def test_help_shows_every_command_with_its_summary_in_80_columns() -> None:
    shown = CliRunner().invoke(cli, ["--help"], terminal_width=80).output

    assert [
        name for name, entry in COMMANDS.items() if f"  {name} " not in shown or entry.summary not in shown
    ] == []


@pytest.mark.parametrize(("typed", "meant"), [("serch", "search"), ("exprot", "export"), ("run", "runs")])
def test_a_mistyped_command_is_told_what_was_meant(typed: str, meant: str) -> None:
    ended = CliRunner().invoke(cli, [typed, "x"])

    assert ended.exit_code == 2
    assert f"No such command '{typed}'." in ended.output
    assert f"'{meant}'" in ended.output


def test_the_module_is_the_command_line_too() -> None:
    asked = [sys.executable, "-m", "crawler.cli", "serch", "x"]
    ended = subprocess.run(asked, capture_output=True, text=True, check=False)

    assert ended.returncode == 2
    assert "'search'" in ended.stderr
