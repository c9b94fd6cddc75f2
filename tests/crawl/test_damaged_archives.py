"""A file that was an archive and is none any more: every command says so and ends with 7, never with 2."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from crawler.cli import cli
from storage import Archive, ArchiveDamaged
from storage.verdicts import Verdict
from tests.crawl.conftest import Workplace
from tests.storage.samples import article, finish, start, visit

COMMANDS = (
    "search harbour",
    "verify",
    "export",
    "runs",
    "import dump.txt",
    "backup copy",
    "upgrade",
    "rededup",
)


@pytest.fixture
def path(sqlite_url: str) -> Path:
    with Archive(sqlite_url) as archive:
        run = start(archive)
        archive.record_all(run, [visit(n, article(f"T{n}", "y" * 5_000)) for n in range(50)])
        finish(archive, run)
        return Path(str(archive._engine.url.database))


@pytest.mark.parametrize("left", [0.0, 0.0001, 0.02, 0.5])
def test_every_command_ends_with_7_where_the_file_was_cut_short(
    path: Path, left: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = path.read_bytes()
    cut = path.with_name("cut.db")
    cut.write_bytes(content[: int(len(content) * left)])
    (path.parent / "cut-evidence" / "site").mkdir(parents=True)
    monkeypatch.chdir(path.parent)
    Path("dump.txt").write_text("A title\n\nA paragraph of some words.\n")

    ended = [CliRunner().invoke(cli, [*command.split(), "--archive", str(cut)]) for command in COMMANDS]

    assert {type(each.exception) for each in ended} == {ArchiveDamaged}
    assert ArchiveDamaged.exit_code == Verdict.STORAGE.exit_code


def test_a_crawl_ends_with_7_where_the_file_is_garbage(sqlite_crawled: Workplace) -> None:
    path = Path(sqlite_crawled.archive_url.removeprefix("sqlite:///"))
    garbage = b"\xa5" * path.stat().st_size
    path.write_bytes(garbage)

    crawl = sqlite_crawled.crawl()

    assert crawl.exit_code == 7
    assert "evidence" in crawl.log.splitlines()[-1]
    assert sqlite_crawled.requests() == []
    assert path.read_bytes() == garbage
