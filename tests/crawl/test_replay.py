"""pywb, which knows nothing of us, finds and replays what crawls and imports kept."""

from __future__ import annotations

import json
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from crawler.demo.site import DemoSite
from tests.crawl.conftest import SECONDS, Workplace, workplace_at
from tests.crawl.crashes import save_pages
from tests.environments import programs_of

REPLAY = Path(__file__).with_name("pywb_replay.py")
EVIDENCE = """
    SELECT url, strftime('%Y%m%d%H%M%S', at), status, digest, warc_file, warc_offset, warc_length
    FROM fetch WHERE warc_file IS NOT NULL
"""

Place = tuple[str, int, int]  # file, offset, length


@dataclass(frozen=True, slots=True)
class Shown:
    """A record as somebody reads it."""

    url: str
    timestamp: str
    status: int
    digest: str  # of the body
    mime: str = field(default="", compare=False)


@pytest.fixture(scope="module")
def workplace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workplace]:
    """Return an archive of two crawls of everything and of an import."""
    programs_of("pywb")  # before anything is crawled for it
    folder = tmp_path_factory.mktemp("replay")
    for workplace in workplace_at(f"sqlite:///{folder}/archive.db", folder, DemoSite()):
        save_pages(workplace)
        workplace.site.respond = without_validators(workplace.site)  # type: ignore[method-assign]
        for _ in range(2):
            assert workplace.crawl({"revisit": "all"}).exit_code == 0
        assert workplace.hotnews("import", "saved").exit_code == 0
        yield workplace


def without_validators(site: DemoSite) -> Any:
    """Let *site* send every page whole again, so that the second crawl keeps it as a revisit.

    What fails at first has failed already: of two answers within a second replay could show either.
    """
    respond = site.respond
    for path in [*site.truth()] * 3:
        respond("GET", path, {})

    def answer(method: str, target: str, headers: dict[str, str], body: bytes = b"") -> Any:
        plain = {name: value for name, value in headers.items() if not name.startswith("if-")}
        return respond(method, target, plain, body)

    return answer


@pytest.fixture(scope="module")
def replayed(workplace: Workplace) -> dict[Place, Shown]:
    """Return what pywb makes of each record."""
    done = subprocess.run(
        [programs_of("pywb") / "python", "-P", REPLAY, workplace.folder / "archive-evidence"],
        cwd=workplace.folder,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return dict(read_line(line) for line in done.stdout.splitlines())


def read_line(line: str) -> tuple[Place, Shown]:
    told = json.loads(line)
    return tuple(told.pop(name) for name in ("file", "offset", "length")), Shown(**told)


def kept(workplace: Workplace) -> dict[Place, Shown]:
    """Return what our rows say was received, by the place that they name."""
    with closing(sqlite3.connect(workplace.folder / "archive.db")) as archive, archive:
        return {tuple(row[4:]): Shown(*row[:4]) for row in archive.execute(EVIDENCE)}


def test_pywb_finds_and_shows_each_page_byte_for_byte_as_it_was_received(
    workplace: Workplace, replayed: dict[Place, Shown]
) -> None:
    assert replayed == kept(workplace)
    assert sum(each.mime == "warc/revisit" for each in replayed.values()) > 100
