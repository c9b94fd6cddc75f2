"""A whole crawl of a site that lies wherever it can: every page is accounted for, and nothing leaks."""

from __future__ import annotations

import gzip
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.crawl.conftest import Place
from tests.crawler.kept_evidence import evidence_of
from tests.crawler.probing import Loopback, reply, running_servers

SENTENCE = "The port opened its new terminal on Friday, and more ships will follow, the bureau of {} said. "
CHALLENGE = b"<html><script>window._cf_chl_opt={cvId:'3'};</script></html>"

# The links of the list page that are no pages at all.
NO_PAGES = """
    http://127.0.0.1:99999/art/9.html http://127.0.0.1:port/art/9.html http://[ http://[::1/art/9.html
    javascript:alert(1) file:///etc/passwd ftp://127.0.0.1/art/9.html data:text/html,x http:// //
    http://u:p@127.0.0.1/art/9.html http://*.cn/art/9.html
""".split()


def article(name: str) -> bytes:
    """Return an article page."""
    body = "".join(f"<p>{SENTENCE.format(name)}</p>" for _ in range(5))
    return f"<html><head><title>{name}</title></head><body><h1>{name}</h1>{body}</body></html>".encode()


def moved(to: str) -> bytes:
    """Return a redirect."""
    return reply(302, headers={"Location": to})


PAGES = {
    "/art/good.html": reply(200, article("Good")),
    "/art/file.html": moved("file:///etc/passwd"),
    "/art/broken.html": moved("http://["),
    "/art/port.html": moved("http://127.0.0.1:99999/x"),
    "/art/self.html": moved("/art/self.html"),
    "/art/ping.html": moved("/art/pong.html"),
    "/art/pong.html": moved("/art/ping.html"),
    "/art/private.html": moved("http://169.254.169.254/latest/meta-data/"),
    "/art/bomb.html": reply(200, gzip.compress(b"\0" * 30_000_000), {"Content-Encoding": "gzip"}),
    "/art/torn.html": reply(200, article("Torn"), {"Content-Length": "100000"}),
    "/art/challenge.html": reply(200, CHALLENGE),
    "/art/forbidden.html": reply(403, b"<h1>Forbidden</h1>"),
    "/art/gone.html": reply(410),
    "/art/binary.html": reply(200, b"\x7fELF" + b"\0\1" * 5000),
    "/art/nul.html": reply(200, article("Nu\0l \ud800".encode("utf-8", "surrogatepass").decode("latin-1"))),
    "/art/last.html": reply(200, article("Last")),
}


@dataclass(frozen=True, slots=True)
class Crawled:
    """What the archive says of the crawl, by path."""

    folder: Path
    exit_code: int
    log: str
    fetches: dict[str, tuple[str, str]]  # result and error
    server: Loopback


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    """Yield a crawl of the list page and of what it names."""
    folder = tmp_path_factory.mktemp("hostile")
    with running_servers() as start:
        server = start()
        links = [*PAGES, *NO_PAGES]
        rows = "".join(
            f'<li><a href="{link}">Notice number {number} of the port</a><span>2024-05-01</span></li>'
            for number, link in enumerate(links)
        )
        server.answers |= PAGES | {"/list": reply(200, f"<html><body><ul>{rows}</ul></body></html>".encode())}
        crawl = Place(f"sqlite:///{folder}/archive.db", folder).crawl_lists(
            server.url("/list"), RETRY_TIMES=0, DOWNLOAD_TIMEOUT=5
        )
        with closing(sqlite3.connect(folder / "archive.db")) as archive, archive:
            rows = archive.execute("select url, result, coalesce(error, '') from fetch").fetchall()
        fetches = {url.removeprefix(server.url("")): (result, error) for url, result, error in rows}
        yield Crawled(folder, crawl.exit_code, crawl.log, fetches, server)


@pytest.mark.parametrize(
    ("path", "result", "word"),
    [
        ("/art/good.html", "new", ""),
        ("/art/last.html", "new", ""),
        ("/art/nul.html", "new", ""),
        ("/art/file.html", "rejected", "redirect"),
        ("/art/broken.html", "rejected", "redirect"),
        ("/art/port.html", "rejected", "redirect"),
        ("/art/self.html", "rejected", "redirects"),
        ("/art/private.html", "moved", ""),
        ("http://169.254.169.254/latest/meta-data/", "failed", "address"),
        ("/art/bomb.html", "failed", "too-large"),
        ("/art/torn.html", "failed", "truncated"),
        ("/art/challenge.html", "failed", "challenge"),
        ("/art/forbidden.html", "failed", "refused"),
        ("/art/gone.html", "rejected", "not-found"),
        ("/art/binary.html", "rejected", ""),
    ],
)
def test_every_page_has_its_result(crawled: Crawled, path: str, result: str, word: str) -> None:
    found, error = crawled.fetches[path]

    assert found == result
    assert word in error


def test_of_two_pages_that_lead_to_each_other_the_later_one_leads_nowhere(crawled: Crawled) -> None:
    results = {crawled.fetches[path][0] for path in ("/art/ping.html", "/art/pong.html")}

    assert results == {"moved", "rejected"}


def test_links_that_are_no_pages_are_asked_of_nobody(crawled: Crawled) -> None:
    asked = set(crawled.server.paths())

    assert asked == {"/robots.txt", "/list", *PAGES}


def test_no_callback_crashed_and_the_losses_show_in_the_exit_code(crawled: Crawled) -> None:
    assert "Traceback" not in crawled.log
    assert crawled.exit_code == 3


def test_every_response_that_arrived_whole_is_evidence(crawled: Crawled) -> None:
    (file,) = crawled.folder.rglob("*.warc.gz")
    root = file.parents[1]

    kept = [evidence.url for evidence in evidence_of(root, file.relative_to(root).as_posix())]

    lost = {"/art/bomb.html", "/art/torn.html"}
    arrived = {"/robots.txt", *(path for path in PAGES if path not in lost)}
    assert {url.removeprefix(crawled.server.url("")) for url in kept} == arrived


def test_nothing_is_written_outside_the_archives_folder(crawled: Crawled) -> None:
    top = {path.name for path in crawled.folder.iterdir()}

    assert {name for name in top if not name.startswith("archive")} == set()
