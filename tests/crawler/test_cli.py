"""The command line as a whole: its commands, and what it says of those that do not exist."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from crawler.cli import COMMANDS, cli
from storage import Archive
from storage.errors import ArchiveNotFound


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


@pytest.mark.parametrize("asked", [("backup", "x" * 300), ("extract", "x" * 300)])
def test_a_name_that_no_file_can_have_is_one_clear_line(tmp_path: Path, asked: tuple[str, str]) -> None:
    url = f"sqlite:///{tmp_path}/archive.db"
    Archive.create(url).close()
    ended = subprocess.run(
        [sys.executable, "-m", "crawler.cli", *asked],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "HOTNEWS_ARCHIVE": url},
    )

    assert ended.returncode == 2
    assert ended.stderr.startswith("hotnews: xxx")
    assert ended.stderr.endswith(": File name too long; name another\n")


@pytest.mark.parametrize("command", [("runs",), ("crawl", "demo"), ("import", "."), ("verify",)])
def test_an_empty_archive_is_none_for_any_command(command: tuple[str, ...]) -> None:
    ended = CliRunner().invoke(cli, [*command, "--archive", ""])

    assert isinstance(ended.exception, ArchiveNotFound)


def test_the_archive_may_be_named_before_the_command(tmp_path: Path) -> None:
    Archive.create(f"sqlite:///{tmp_path}/archive.db").close()

    named = CliRunner().invoke(cli, ["--archive", f"{tmp_path}/archive.db", "runs"])
    named_twice = CliRunner().invoke(
        cli, ["--archive", f"{tmp_path}/other.db", "runs", "--archive", f"{tmp_path}/archive.db"]
    )

    assert (named.exit_code, named_twice.exit_code) == (0, 0)
    assert named.output.startswith("no runs")
    assert named_twice.output == named.output
