"""What an export writes is there whole or not at all, whoever was killed before."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from storage.errors import ArchiveBusy, BadQuery
from storage.export.whole_files import filling, replacing

FILE = "with replacing(Path({!r})) as part: part.write_text('half'); print(flush=True); sys.stdin.read()"
FOLDER = (
    "with filling(Path({!r}), ['a', 'b']) as part:"
    " (part / 'a').write_text('half'); print(flush=True); sys.stdin.read()"
)
IMPORTS = "import sys; from pathlib import Path; from storage.export.whole_files import filling, replacing\n"


@contextmanager
def writing(script: str, path: Path) -> Iterator[subprocess.Popen[str]]:
    """Let another process be in the middle of an export to *path*; it is killed at the end."""
    with subprocess.Popen(
        [sys.executable, "-c", IMPORTS + script.format(str(path))],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as child:
        assert child.stdout is not None
        child.stdout.readline()
        yield child
        child.send_signal(signal.SIGKILL)


def test_a_file_that_a_killed_export_left_is_written_over(tmp_path: Path) -> None:
    path = tmp_path / "articles.jsonl"
    path.write_text("before")
    with writing(FILE, path):
        pass
    left = {each.name: each.read_text() for each in tmp_path.iterdir()}

    with replacing(path) as part:
        part.write_text("whole")

    assert left == {"articles.jsonl": "before", "articles.jsonl.part": "half"}
    assert {each.name: each.read_text() for each in tmp_path.iterdir()} == {"articles.jsonl": "whole"}


def test_a_folder_that_a_killed_export_left_is_filled_anew(tmp_path: Path) -> None:
    whole = tmp_path / "package"
    with writing(FOLDER, whole):
        pass
    left = [each.name for each in tmp_path.iterdir()]

    with filling(whole, ["a", "b"]) as folder:
        (folder / "b").write_text("whole")
        folder.replace(whole)

    assert left == ["package.part"]
    assert [each.relative_to(tmp_path).as_posix() for each in tmp_path.rglob("*")] == ["package", "package/b"]


def test_two_exports_to_one_file_never_mix(tmp_path: Path) -> None:
    path = tmp_path / "articles.jsonl"

    with writing(FILE, path), pytest.raises(ArchiveBusy, match="another export writes it"), replacing(path):
        pass

    assert (tmp_path / "articles.jsonl.part").read_text() == "half"


def test_two_exports_to_one_folder_never_mix(tmp_path: Path) -> None:
    whole = tmp_path / "package"

    with (
        writing(FOLDER, whole),
        pytest.raises(ArchiveBusy, match="another export writes it"),
        filling(whole, ["a", "b"]),
    ):
        pass

    assert [each.name for each in whole.with_name("package.part").iterdir()] == ["a"]


def test_a_folder_with_the_files_of_others_is_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "package.part"
    folder.mkdir()
    for name in ("a", "my notes.txt"):
        (folder / name).touch()

    with (
        pytest.raises(BadQuery, match=r"my notes.txt is of no"),
        filling(tmp_path / "package", ["a"]),
    ):
        pass

    assert {each.name for each in folder.iterdir()} == {"a", "my notes.txt"}


def test_what_fails_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "articles.jsonl"
    path.write_text("before")

    with pytest.raises(ZeroDivisionError):
        fail(path)

    assert {each.name: each.read_text() for each in tmp_path.iterdir()} == {"articles.jsonl": "before"}


def fail(path: Path) -> None:
    with replacing(path) as part, filling(path.with_name("package"), ["a"]) as folder:
        part.write_text("half")
        (folder / "a").write_text("half")
        raise ZeroDivisionError


def test_a_device_is_written_to_as_it_is() -> None:
    with replacing(Path(os.devnull)) as part:
        assert part == Path(os.devnull)
