"""Before a callback sees a response, it lies on disk as it was received."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from storage.evidence.responses import Evidence, evidence_record, read_evidence
from storage.records import EvidencePointer
from tests.crawler.kept_evidence import evidence_of
from tests.crawler.probing import Answer, Loopback, probe, reply, running_servers

PAGE = "<html><p>港口 The port opened.</p></html>".encode()
DIGEST = sha256(PAGE).hexdigest()
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nX-Plain: 1\r\n\r\n%x\r\n%b\r\n0\r\n\r\n"
ODD = b"HTTP/1.1 200 Tout va bien\r\nx-ONE: b\r\nserver: old\r\nX-One: a\r\nContent-Length: 2\r\n\r\nhi"
ANSWERS: dict[str, Answer] = {
    "/odd": ODD,
    "/plain": reply(200, PAGE),
    "/gzip": reply(200, gzip.compress(PAGE), {"Content-Encoding": "gzip"}),
    "/chunked": CHUNKED % (len(PAGE), PAGE),
    "/moved": reply(302, headers={"Location": "/plain"}),
    "/gone": reply(410, b"gone"),
    "/list": reply(200, PAGE),
    "/unmodified": reply(304),
}


@dataclass(frozen=True, slots=True)
class Kept:
    """A crawl and what it kept."""

    server: Loopback
    root: Path
    results: dict[str, dict[str, Any]]

    def pointer(self, path: str) -> EvidencePointer:
        """Return where the evidence of *path* lies."""
        return EvidencePointer(**self.results[path]["meta"]["evidence"])

    def evidence(self, path: str) -> Evidence:
        """Return the evidence of *path*."""
        return read_evidence(self.root, self.pointer(path))


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    """Yield a crawl of every answer, the list page as such."""
    root = tmp_path_factory.mktemp("evidence")
    with running_servers() as start:
        server = start()
        server.answers |= ANSWERS | {"/robots.txt": reply(200, b"User-agent: *\nAllow: /")}
        headers = {"If-None-Match": '"1"', "Authorization": "Basic c2VjcmV0"}
        wanted = [
            {
                "url": server.url(path),
                "headers": headers,
                "meta": {"kind": "list" if path == "/list" else "article"},
            }
            for path in ANSWERS
        ]
        probed = probe(*wanted, evidence=root, ROBOTSTXT_OBEY=True)
        yield Kept(server, root, dict(zip(ANSWERS, probed.results, strict=True)))


@pytest.mark.parametrize("path", ["/plain", "/gzip", "/chunked"])
def test_a_payload_comes_back_and_its_digest_is_that_of_the_decoded_body(kept: Kept, path: str) -> None:
    assert kept.evidence(path).payload == PAGE
    assert kept.evidence(path).url == kept.server.url(path)
    assert kept.results[path]["meta"]["digest"] == DIGEST


def test_bodies_are_kept_under_their_encoding_and_without_their_transfer(kept: Kept) -> None:
    assert gzip.decompress(kept.evidence("/gzip").received) == PAGE
    assert kept.evidence("/gzip").header("Content-Encoding") == "gzip"
    assert kept.evidence("/chunked").header("Transfer-Encoding") is None
    assert kept.evidence("/chunked").header("X-Plain") == "1"


def test_the_headers_are_kept_in_their_order_and_spelling(kept: Kept) -> None:
    files = b"".join(gzip.decompress(path.read_bytes()) for path in kept.root.rglob("*.warc.gz"))

    assert ODD in files


def test_redirects_and_errors_are_kept_too(kept: Kept) -> None:
    moved, gone = kept.evidence("/moved"), kept.evidence("/gone")

    assert (moved.status, moved.header("Location")) == (302, "/plain")
    assert (gone.status, gone.payload) == (410, b"gone")


def test_robots_is_kept_and_what_is_unmodified_or_a_list_is_not(kept: Kept) -> None:
    urls = [evidence.url for evidence in evidence_of(kept.root, kept.pointer("/plain").file)]

    pages = {path for path in ANSWERS if path not in {"/list", "/unmodified"}}
    assert sorted(urls) == sorted(map(kept.server.url, {*pages, "/robots.txt"}))
    assert kept.results["/unmodified"]["status"] == 304
    assert kept.results["/list"]["meta"]["digest"] == DIGEST


def test_the_record_names_the_server_and_what_was_asked_but_no_secret(kept: Kept) -> None:
    record = evidence_record(kept.root, kept.pointer("/plain"))
    text = gzip.decompress((kept.root / kept.pointer("/plain").file).read_bytes())

    assert record.field("WARC-IP-Address") == "127.0.0.1"
    assert b'If-None-Match: "1"' in text
    assert b"c2VjcmV0" not in text


def test_a_known_payload_is_not_stored_again_and_lists_are_where_the_setting_says_so(
    kept: Kept, server: Loopback
) -> None:
    server.answers |= {"/same": reply(200, PAGE), "/other": reply(200, b"edited"), "/list": reply(200, PAGE)}
    before = kept.results["/gzip"]["meta"]
    known = {"known_digest": before["digest"], "known_evidence": before["evidence"]}

    results = probe(
        {"url": server.url("/same"), "meta": known},
        {"url": server.url("/other"), "meta": known},
        {"url": server.url("/list"), "meta": {"kind": "list"}},
        evidence=kept.root,
        EVIDENCE_LISTS=True,
    ).results

    again = Kept(server, kept.root, dict(zip(server.answers, results, strict=True)))
    assert (again.evidence("/same").kind, again.evidence("/same").payload) == ("revisit", PAGE)
    assert (again.evidence("/other").kind, again.evidence("/other").payload) == ("response", b"edited")
    assert again.evidence("/list").payload == PAGE


def test_without_a_writer_there_is_a_digest_and_nothing_else(server: Loopback) -> None:
    server.answers["/a"] = reply(200, gzip.compress(PAGE), {"Content-Encoding": "gzip"})

    (result,) = probe(server.url("/a")).results

    assert result["meta"]["digest"] == DIGEST
    assert "evidence" not in result["meta"]


def test_evidence_that_cannot_be_written_reaches_the_spider_by_its_name(
    server: Loopback, tmp_path: Path
) -> None:
    server.answers |= {"/a": reply(200, PAGE), "/b": reply(200, PAGE)}
    (tmp_path / "probe").write_text("in the way")

    results = probe(server.url("/a"), server.url("/b"), evidence=tmp_path).results

    assert [result["error"] for result in results] == ["EvidenceNotWritable"] * 2
