"""Crawls keep each response once, and name where it lies."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pytest

from storage.evidence.responses import read_evidence
from storage.records import EvidencePointer
from tests.crawl.conftest import Place
from tests.crawler.probing import Loopback, reply, running_servers

FIELDS = "status, digest, warc_file, warc_offset, warc_length, rule, waited"


def page(name: str) -> bytes:
    """Return an article page without validators, so that a revisit gets it whole."""
    body = f"<p>The port of {name} opened its new terminal on Friday, and more ships will follow.</p>" * 5
    return f"<html><head><title>{name}</title></head><body><h1>{name}</h1>{body}</body></html>".encode()


@dataclass(frozen=True, slots=True)
class Archive:
    """The archive of some crawls of one list page."""

    folder: Path
    server: Loopback

    def crawl(self, *, exit_code: int = 0) -> None:
        """Crawl everything once more."""
        done = Place(f"sqlite:///{self.folder}/archive.db", self.folder).crawl_lists(
            self.server.url("/list"), arguments={"revisit": "all"}, RETRY_TIMES=0
        )
        assert done.exit_code == exit_code, done.log

    def fetches(self, path: str) -> list[sqlite3.Row]:
        """Return the fetches of *path*, oldest first."""
        with closing(sqlite3.connect(self.folder / "archive.db")) as archive, archive:
            archive.row_factory = sqlite3.Row
            query = f"select {FIELDS} from fetch where url = ? order by id"
            return archive.execute(query, [self.server.url(path)]).fetchall()

    @property
    def evidence_root(self) -> Path:
        """Return the folder that the pointers are relative to."""
        return next(self.folder.rglob("*.warc.gz")).parents[1]


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """Yield an empty archive and a site of some articles."""
    names = ("Ningbo", "Wenzhou", "Taizhou")
    rows = "".join(
        f'<li><a href="/art/{name}.html">The port of {name} opens</a><span>2024-05-01</span></li>'
        for name in names
    )
    with running_servers() as start:
        server = start()
        server.answers |= {f"/art/{name}.html": reply(200, page(name)) for name in names}
        server.answers["/list"] = reply(200, f"<html><body><ul>{rows}</ul></body></html>".encode())
        yield Archive(tmp_path, server)


def test_a_row_points_at_what_was_received_and_an_unchanged_page_is_kept_once(archive: Archive) -> None:
    archive.crawl()
    archive.server.answers["/art/Wenzhou.html"] = reply(200, page("Wenzhou").replace(b"Friday", b"Monday"))
    archive.crawl()

    kinds: dict[str, list[str]] = {}
    for name in ("Ningbo", "Wenzhou"):
        for row in archive.fetches(f"/art/{name}.html"):
            pointer = EvidencePointer(
                file=row["warc_file"], offset=row["warc_offset"], length=row["warc_length"]
            )
            evidence = read_evidence(archive.evidence_root, pointer)
            assert sha256(evidence.payload).hexdigest() == row["digest"]
            assert row["rule"] == "no robots.txt (HTTP 404); DOWNLOAD_DELAY"
            assert row["waited"] is not None
            kinds.setdefault(name, []).append(evidence.kind)
    assert kinds == {"Ningbo": ["response", "revisit"], "Wenzhou": ["response", "response"]}


def test_the_last_good_robots_of_a_day_stands_in_for_one_that_fails(archive: Archive) -> None:
    archive.server.answers["/robots.txt"] = reply(200, b"User-agent: *\nDisallow: /art/Wenzhou")
    archive.crawl()  # what is forbidden is rejected by name
    archive.server.answers["/robots.txt"] = reply(503)
    archive.crawl()

    assert archive.server.paths().count("/art/Ningbo.html") == 2
    assert "/art/Wenzhou.html" not in archive.server.paths()
    assert [row["status"] for row in archive.fetches("/robots.txt")] == [200, 503]
    rules = [row["rule"] for row in archive.fetches("/art/Ningbo.html")]
    assert rules[1].startswith("robots.txt of the last 24 hours allows")
